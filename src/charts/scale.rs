//! Scales and ticks: from instants and values to places, in steps that people count in.

use coalmine_controller::{Millis, Time};

/// Steps between ticks of time, in seconds.
const TIME_STEPS: [u64; 17] = [
    5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, 86_400,
    604_800,
];

/// Tops of a scale within one power of ten, with the step of their ticks.
const TOPS: [(f64, f64); 9] = [
    (1.0, 0.5),
    (1.5, 0.5),
    (2.0, 1.0),
    (2.5, 0.5),
    (3.0, 1.0),
    (4.0, 2.0),
    (6.0, 2.0),
    (8.0, 4.0),
    (10.0, 5.0),
];

/// The axis that all charts share: from the start of the run to the end of what is known or expected of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeAxis {
    /// Its end. Never the start.
    end: Time,
}

impl TimeAxis {
    /// An axis up to `end`, of at least a minute.
    pub fn up_to(end: Time) -> Self {
        Self {
            end: end.max(Time(60_000)),
        }
    }

    /// Its end.
    pub const fn end(self) -> Time {
        self.end
    }

    /// Where an instant lies: 0 at the start, 1 at the end, and never outside.
    pub fn fraction(self, at: Time) -> f64 {
        at.0.min(self.end.0) as f64 / self.end.0 as f64
    }

    /// The instant at a place, which may lie outside.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a share of the axis, clamped to 0 and 1"
    )]
    pub fn at(self, fraction: f64) -> Time {
        Time((fraction.clamp(0.0, 1.0) * self.end.0 as f64).round() as u64)
    }

    /// Instants for ticks at least `apart` pixels from each other on an axis of `width` pixels.
    pub fn ticks(self, width: f64, apart: f64) -> impl Iterator<Item = Time> {
        let room = (width / apart).max(1.0);
        let step = TIME_STEPS
            .into_iter()
            .find(|step| self.end.0 as f64 / (*step as f64 * 1_000.0) <= room)
            .unwrap_or(604_800);
        let step = Millis::from_secs(step);
        (0..=self.end.0 / step.0).map(move |index| Time(index * step.0))
    }
}

/// A scale of values from zero.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ValueAxis {
    /// Its top.
    pub top: f64,
    /// Between two ticks.
    pub step: f64,
}

impl ValueAxis {
    /// From nothing to everything.
    pub const RATIO: Self = Self {
        top: 1.0,
        step: 0.5,
    };

    /// The smallest scale with even ticks that holds `value`.
    pub fn holding(value: f64) -> Self {
        if !value.is_finite() || value <= 0.0 {
            return Self::RATIO;
        }
        let mut power = 1.0;
        while power < value {
            power *= 10.0;
        }
        while value <= power {
            power /= 10.0;
        }
        let (top, step) = TOPS
            .into_iter()
            .find(|(top, _)| value <= top * power * (1.0 + 1e-9))
            .unwrap_or((10.0, 5.0));
        Self {
            top: top * power,
            step: step * power,
        }
    }

    /// Values for ticks, zero and the top included.
    pub fn ticks(self) -> impl Iterator<Item = f64> {
        (0..=20_u32)
            .map(move |index| f64::from(index) * self.step)
            .take_while(move |value| *value <= self.top * (1.0 + 1e-9))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format;

    #[test]
    fn a_scale_is_the_smallest_with_even_ticks_that_holds_its_values() {
        let cases = [
            (0.013, 0.015),
            (0.015, 0.015),
            (0.65, 0.8),
            (0.8, 0.8),
            (1.0, 1.0),
            (1.04, 1.5),
            (73.0, 80.0),
            (0.0, 1.0),
            (f64::NAN, 1.0),
        ];
        for (value, top) in cases {
            let axis = ValueAxis::holding(value);
            assert!((axis.top - top).abs() < 1e-12, "{value}: {axis:?}");
            let last = axis.ticks().last().unwrap();
            assert!(
                (last - axis.top).abs() < 1e-12,
                "ticks of {value} end at {last}"
            );
        }
    }

    #[test]
    fn ticks_of_time_keep_their_distance() {
        let ticks = |minutes: u64, width: f64| {
            TimeAxis::up_to(Time(minutes * 60_000))
                .ticks(width, 56.0)
                .map(format::clock)
                .collect::<Vec<_>>()
                .join(" ")
        };
        assert_eq!(ticks(31, 400.0), "0:00 5:00 10:00 15:00 20:00 25:00 30:00");
        assert_eq!(ticks(31, 200.0), "0:00 10:00 20:00 30:00");
        assert_eq!(
            ticks(1_440, 400.0),
            "0:00 6:00:00 12:00:00 18:00:00 24:00:00"
        );
        assert_eq!(ticks(0, 400.0), "0:00 0:10 0:20 0:30 0:40 0:50 1:00");
    }

    #[test]
    fn places_and_instants_are_inverse() {
        let axis = TimeAxis::up_to(Time(1_860_000));
        for at in [0, 1, 5_000, 930_000, 1_860_000] {
            assert_eq!(axis.at(axis.fraction(Time(at))), Time(at));
        }
        assert_eq!(axis.at(-0.2), Time(0));
        assert_eq!(axis.at(7.0), axis.end());
    }
}
