//! Quantities that cannot be mixed up: integers, so that they compare, hash and print exactly.

use core::fmt;
use serde::{Deserialize, Serialize};

/// An instant: milliseconds since the run began.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Time(pub u64);

/// A length of time in milliseconds.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Millis(pub u64);

impl Millis {
    /// A length of whole seconds.
    pub const fn from_secs(secs: u64) -> Self {
        Self(secs * 1_000)
    }

    /// A length of whole minutes.
    pub const fn from_mins(mins: u64) -> Self {
        Self(mins * 60_000)
    }
}

/// As in `5 min`, `1 h 30 min` or `1.5 s`, with thin spaces.
impl fmt::Display for Millis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (hours, minutes) = (self.0 / 3_600_000, self.0 / 60_000 % 60);
        let (seconds, millis) = (self.0 / 1_000 % 60, self.0 % 1_000);
        let mut gap = "";
        for (amount, unit) in [(hours, "h"), (minutes, "min")] {
            if amount != 0 {
                write!(f, "{gap}{amount}\u{2009}{unit}")?;
                gap = " ";
            }
        }
        match (seconds, millis) {
            (0, 0) if !gap.is_empty() => Ok(()),
            (_, 0) => write!(f, "{gap}{seconds}\u{2009}s"),
            _ => {
                let fraction = alloc::format!("{millis:03}");
                let fraction = fraction.trim_end_matches('0');
                write!(f, "{gap}{seconds}.{fraction}\u{2009}s")
            }
        }
    }
}

impl core::ops::Add<Millis> for Time {
    type Output = Time;

    fn add(self, rhs: Millis) -> Time {
        Time(self.0.saturating_add(rhs.0))
    }
}

impl Time {
    /// This long before, or the beginning of the run.
    #[must_use]
    pub const fn before(self, length: Millis) -> Time {
        Time(self.0.saturating_sub(length.0))
    }

    /// How long after `earlier` this is; nothing, should it be before.
    pub const fn since(self, earlier: Time) -> Millis {
        Millis(self.0.saturating_sub(earlier.0))
    }
}

/// A share of traffic or of pods in basis points: 10 000 is all of it.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Weight(u16);

impl Weight {
    /// Nothing.
    pub const ZERO: Self = Self(0);
    /// Everything.
    pub const FULL: Self = Self(10_000);

    /// A share in basis points, or nothing above 10 000.
    pub const fn from_basis_points(points: u16) -> Option<Self> {
        if points <= 10_000 {
            Some(Self(points))
        } else {
            None
        }
    }

    /// In basis points, 0 to 10 000.
    pub const fn basis_points(self) -> u16 {
        self.0
    }

    /// This share of `replicas`, rounded up, and at least one pod unless the share is nothing.
    pub const fn of_pods(self, replicas: Pods) -> Pods {
        // In two parts, so that no product outgrows the type.
        let (whole, rest) = (replicas.0 / 10_000, replicas.0 % 10_000);
        let share = self.0 as u32;
        Pods(whole * share + (rest * share).div_ceil(10_000))
    }
}

/// As in `25 %` or `0.5 %`, with a thin space.
impl fmt::Display for Weight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, rest) = (self.0 / 100, self.0 % 100);
        match (rest, rest % 10) {
            (0, _) => write!(f, "{whole}\u{2009}%"),
            (_, 0) => write!(f, "{whole}.{}\u{2009}%", rest / 10),
            _ => write!(f, "{whole}.{rest:02}\u{2009}%"),
        }
    }
}

/// A number of pods.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Pods(pub u32);

/// A bound in millionths of its base unit: `0.01` (1 %) is 10 000, half a second is 500 000.
///
/// Base units: ratios for error rate, CPU and memory (1 is all); seconds for latency.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Limit(pub i64);

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn pods_are_rounded_up_and_at_least_one() {
        let share = |points| Weight::from_basis_points(points).unwrap();
        for (points, replicas, pods) in [
            (500, 20, 1),
            (500, 21, 2),
            (1, 3, 1),
            (0, 20, 0),
            (10_000, 20, 20),
            (2_500, 0, 0),
            (9_999, u32::MAX, 4_294_537_799),
        ] {
            assert_eq!(share(points).of_pods(Pods(replicas)), Pods(pods));
        }
    }

    #[test]
    fn nothing_is_more_than_everything() {
        assert_eq!(Weight::from_basis_points(10_001), None);
        assert_eq!(Weight::from_basis_points(10_000), Some(Weight::FULL));
    }

    #[test]
    fn shares_and_lengths_of_time_print_as_people_write_them() {
        for (points, text) in [(2_500, "25 %"), (50, "0.5 %"), (1_205, "12.05 %")] {
            let shown = Weight::from_basis_points(points).unwrap().to_string();
            assert_eq!(shown.replace('\u{2009}', " "), text);
        }
        for (millis, text) in [
            (0, "0 s"),
            (1_500, "1.5 s"),
            (90_000, "1 min 30 s"),
            (5_400_000, "1 h 30 min"),
            (3_600_000, "1 h"),
            (300_050, "5 min 0.05 s"),
        ] {
            assert_eq!(Millis(millis).to_string().replace('\u{2009}', " "), text);
        }
    }

    #[test]
    fn time_neither_overflows_nor_runs_below_zero() {
        assert_eq!(Time(u64::MAX) + Millis(1), Time(u64::MAX));
        assert_eq!(Time(1).before(Millis(2)), Time(0));
        assert_eq!(Time(1).since(Time(2)), Millis(0));
    }
}
