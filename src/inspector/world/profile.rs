//! The course of the traffic: which courses there are, how one becomes another, and how high it is when.

use crate::inspector::knob::DAY;
use coalmine_controller::{Limit, Millis, Time};
use coalmine_sim::{Profile, Rate};

const HOUR: u64 = 60 * 60_000;
/// What a picture shows of a course that is no wave: half an hour, as the library does.
const HALF_HOUR: u64 = 30 * 60_000;

/// The kind of a course.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Course {
    /// The same all the time.
    Constant,
    /// A day's wave.
    Diurnal,
    /// A day's wave, lower on a weekend.
    Weekly,
    /// From one rate to another in a line.
    Ramp,
    /// The same at once.
    Step,
    /// Higher for a while.
    Burst,
    /// As recorded.
    Recorded,
}

impl Course {
    /// All, in the order of the choice.
    pub const ALL: [(Self, &str); 7] = [
        (Self::Constant, "constant"),
        (Self::Diurnal, "a day’s wave"),
        (Self::Weekly, "a week’s wave"),
        (Self::Ramp, "a ramp"),
        (Self::Step, "a step"),
        (Self::Burst, "a burst"),
        (Self::Recorded, "recorded"),
    ];

    /// The course of a profile.
    pub const fn of(profile: &Profile) -> Self {
        match profile {
            Profile::Constant(_) => Self::Constant,
            Profile::Diurnal { .. } => Self::Diurnal,
            Profile::Weekly { .. } => Self::Weekly,
            Profile::Ramp { .. } => Self::Ramp,
            Profile::Step { .. } => Self::Step,
            Profile::Burst { .. } => Self::Burst,
            Profile::Recorded(_) => Self::Recorded,
        }
    }

    /// A profile of this course at about the rate of another one.
    pub fn profile(self, before: &Profile) -> Profile {
        let rate = usual(before);
        let times = |factor| Rate(rate.0.saturating_mul(factor).min(1_000_000_000));
        let (at, peak, begins) = (Time(8 * 60_000), Millis(14 * HOUR), Millis(9 * HOUR));
        let swing = Limit(500_000);
        match self {
            Self::Constant => Profile::Constant(rate),
            Self::Diurnal => Profile::Diurnal {
                mean: rate,
                swing,
                peak,
                begins,
            },
            Self::Weekly => Profile::Weekly {
                mean: rate,
                swing,
                peak,
                weekend: Limit(500_000),
                begins,
            },
            Self::Ramp => Profile::Ramp {
                from: rate,
                to: times(2),
                at,
                takes: Millis::from_mins(10),
            },
            Self::Step => Profile::Step {
                from: rate,
                to: times(2),
                at,
            },
            Self::Burst => Profile::Burst {
                base: rate,
                peak: times(3),
                at,
                lasts: Millis::from_mins(3),
                every: None,
            },
            Self::Recorded => Profile::Recorded(vec![(Time(0), rate), (Time(HALF_HOUR), rate)]),
        }
    }
}

/// The rate that a profile has usually, or at first.
fn usual(profile: &Profile) -> Rate {
    match profile {
        Profile::Constant(rate)
        | Profile::Diurnal { mean: rate, .. }
        | Profile::Weekly { mean: rate, .. }
        | Profile::Ramp { from: rate, .. }
        | Profile::Step { from: rate, .. }
        | Profile::Burst { base: rate, .. } => *rate,
        Profile::Recorded(points) => points.first().map_or(Rate(200_000), |(_, rate)| *rate),
    }
}

/// What a picture shows: its length, and where on it the run begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// In milliseconds.
    pub millis: u64,
    /// The instant of the picture at which the run begins.
    pub begins: u64,
    /// What it is, in words.
    pub words: &'static str,
}

/// What the picture of a profile shows.
pub fn span(profile: &Profile) -> Span {
    let of = |millis, begins: u64, words| Span {
        millis,
        begins,
        words,
    };
    match profile {
        Profile::Diurnal { begins, .. } => of(DAY, begins.0 % DAY, "a day"),
        Profile::Weekly { begins, .. } => of(7 * DAY, begins.0 % (7 * DAY), "a week from Monday"),
        Profile::Recorded(points) => {
            let last = points.last().map_or(HALF_HOUR, |(at, _)| at.0);
            of(last.max(60_000), 0, "as recorded")
        }
        Profile::Constant(_)
        | Profile::Ramp { .. }
        | Profile::Step { .. }
        | Profile::Burst { .. } => of(HALF_HOUR, 0, "the first 30 min"),
    }
}

/// The rate at an instant of the picture, in requests a second.
pub fn rate_at(profile: &Profile, at: u64) -> f64 {
    let of = |rate: &Rate| rate.0 as f64 / 1_000.0;
    let wave = |swing: &Limit, peak: &Millis| {
        let turn = (at as f64 - peak.0 as f64) / DAY as f64;
        1.0 + swing.0 as f64 / 1e6 * libm::cos(turn * core::f64::consts::TAU)
    };
    let line = |(from, low): (u64, &Rate), (to, high): (u64, &Rate)| {
        let length = to.saturating_sub(from).max(1) as f64;
        let share = (at.saturating_sub(from) as f64 / length).min(1.0);
        of(low) + (of(high) - of(low)) * share
    };
    match profile {
        Profile::Constant(rate) => of(rate),
        Profile::Diurnal {
            mean, swing, peak, ..
        } => of(mean) * wave(swing, peak),
        Profile::Weekly {
            mean,
            swing,
            peak,
            weekend,
            ..
        } => {
            let is_weekend = 5 <= at / DAY % 7;
            let level = if is_weekend {
                weekend.0 as f64 / 1e6
            } else {
                1.0
            };
            of(mean) * level * wave(swing, peak)
        }
        Profile::Ramp {
            from,
            to,
            at: begin,
            takes,
        } => line((begin.0, from), (begin.0 + takes.0, to)),
        Profile::Step { from, to, at: then } => of(if at < then.0 { from } else { to }),
        Profile::Burst {
            base,
            peak,
            at: first,
            lasts,
            every,
        } => {
            let since = at.checked_sub(first.0);
            let since = since.map(|since| every.map_or(since, |every| since % every.0.max(1)));
            of(if since.is_some_and(|since| since < lasts.0) {
                peak
            } else {
                base
            })
        }
        Profile::Recorded(points) => {
            let next = points.partition_point(|(then, _)| then.0 <= at);
            match (
                next.checked_sub(1).map(|before| &points[before]),
                points.get(next),
            ) {
                (Some((from, low)), Some((to, high))) => line((from.0, low), (to.0, high)),
                (Some((_, rate)), None) | (None, Some((_, rate))) => of(rate),
                (None, None) => 0.0,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_course_keeps_the_rate_and_can_be_run() {
        let mut project = coalmine_wire::Project::default();
        for (first, _) in Course::ALL {
            for (course, words) in Course::ALL {
                let before = first.profile(&Profile::Constant(Rate(300_000)));
                let profile = course.profile(&before);
                assert_eq!(Course::of(&profile), course);
                assert_eq!(usual(&profile), Rate(300_000), "{words}");
                project.scenario.traffic.profile = profile;
                assert_eq!(project.problems(), [], "{words}");
            }
        }
    }

    #[test]
    fn a_picture_is_as_high_as_the_traffic() {
        let rate = Profile::Constant(Rate(100_000));
        // Whole requests a second, as text: heights of a picture, not results.
        let heights = |profile: &Profile, minutes: &[u64]| {
            let rates = minutes
                .iter()
                .map(|minute| rate_at(profile, minute * 60_000));
            rates
                .map(|rate| format!("{rate:.0}"))
                .collect::<Vec<_>>()
                .join(" ")
        };
        let of = |course: Course, minutes: &[u64]| heights(&course.profile(&rate), minutes);
        assert_eq!(of(Course::Ramp, &[0, 13, 30]), "100 150 200");
        assert_eq!(of(Course::Step, &[0, 7, 8]), "100 100 200");
        assert_eq!(of(Course::Burst, &[7, 10, 11]), "100 300 100");
        assert_eq!(of(Course::Diurnal, &[120, 840, 1_200]), "50 150 100");
        let saturday = 5 * 24 * 60;
        assert_eq!(of(Course::Weekly, &[840, saturday + 840]), "150 75");
        let recorded = Profile::Recorded(vec![
            (Time(60_000), Rate(100_000)),
            (Time(180_000), Rate(200_000)),
        ]);
        assert_eq!(heights(&recorded, &[0, 2, 99]), "100 150 200");
    }
}
