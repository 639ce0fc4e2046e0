//! The closed forms agree with sums over short steps, and halves add up to wholes.

use super::{DAY, expected, of, ratio};
use crate::scenario::{Profile, Rate};
use alloc::vec::Vec;
use coalmine_controller::{Limit, Millis, Time};
use core::f64::consts::TAU;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const HOUR: u64 = 3_600_000;

/// Thousandths of requests a second at an instant, as the profile is documented.
fn rate(profile: &Profile, at: u64) -> f64 {
    let day = |swing: Limit, peak: Millis, begins: Millis| {
        let since = (at + begins.0 + 7 * DAY - peak.0) as f64;
        1.0 + ratio(swing) * libm::cos(TAU * since / DAY as f64)
    };
    match profile {
        Profile::Constant(rate) => of(*rate),
        Profile::Diurnal {
            mean,
            swing,
            peak,
            begins,
        } => of(*mean) * day(*swing, *peak, *begins),
        Profile::Weekly {
            mean,
            swing,
            peak,
            weekend,
            begins,
        } => {
            let is_weekend = 5 * DAY <= (at + begins.0) % (7 * DAY);
            let share = if is_weekend { ratio(*weekend) } else { 1.0 };
            of(*mean) * share * day(*swing, *peak, *begins)
        }
        Profile::Ramp {
            from,
            to,
            at: begin,
            takes,
        } => {
            let along = at.saturating_sub(begin.0) as f64 / takes.0 as f64;
            of(*from) + (of(*to) - of(*from)) * along.min(1.0)
        }
        Profile::Step { from, to, at: when } => of(if at < when.0 { *from } else { *to }),
        Profile::Burst {
            base,
            peak,
            at: begin,
            lasts,
            every,
        } => {
            let since = at.checked_sub(begin.0);
            let within = since.map(|since| every.map_or(since, |every| since % every.0));
            of(if within.is_some_and(|within| within < lasts.0) {
                *peak
            } else {
                *base
            })
        }
        Profile::Recorded(points) => {
            let next = points.partition_point(|(point, _)| point.0 <= at);
            match (
                next.checked_sub(1).map(|last| points[last]),
                points.get(next),
            ) {
                (None, Some((_, rate))) => of(*rate),
                (Some((_, rate)), None) => of(rate),
                (Some((left, low)), Some((right, high))) => {
                    let along = (at - left.0) as f64 / (right.0 - left.0) as f64;
                    of(low) + (of(*high) - of(low)) * along
                }
                (None, None) => 0.0,
            }
        }
    }
}

fn profiles() -> Vec<Profile> {
    let (low, high) = (Rate(100_000), Rate(300_000));
    [
        Profile::Constant(low),
        Profile::Diurnal {
            mean: low,
            swing: Limit(600_000),
            peak: Millis(14 * HOUR),
            begins: Millis(9 * HOUR),
        },
        Profile::Weekly {
            mean: low,
            swing: Limit(300_000),
            peak: Millis(14 * HOUR),
            weekend: Limit(250_000),
            begins: Millis(4 * DAY + 22 * HOUR),
        },
        Profile::Ramp {
            from: high,
            to: low,
            at: Time(HOUR),
            takes: Millis(2 * HOUR),
        },
        Profile::Step {
            from: low,
            to: high,
            at: Time(2 * HOUR),
        },
        Profile::Burst {
            base: low,
            peak: high,
            at: Time(HOUR),
            lasts: Millis(HOUR / 2),
            every: Some(Millis(HOUR)),
        },
        Profile::Burst {
            base: low,
            peak: high,
            at: Time(HOUR),
            lasts: Millis(HOUR / 2),
            every: None,
        },
        Profile::Recorded(
            [
                (Time(HOUR), low),
                (Time(2 * HOUR), high),
                (Time(5 * HOUR), Rate(0)),
            ]
            .into(),
        ),
    ]
    .into()
}

#[test]
fn integrals_are_the_sums_of_short_steps() {
    for profile in profiles() {
        for (from, to) in [
            (0, 3 * HOUR),
            (HOUR / 3, 7 * HOUR),
            (HOUR + 1_000, HOUR + 31_000),
        ] {
            let steps = 3_000;
            let width = (to - from) as f64 / steps as f64;
            let middles = (0..steps)
                .map(|at| rate(&profile, from + (2 * at + 1) * (to - from) / (2 * steps)));
            let sum = middles.sum::<f64>() * width / 1e6;
            let found = expected(&profile, Time(from), Time(to));
            assert!(
                libm::fabs(found / sum - 1.0) < 2e-3,
                "{profile:?} {from} {to}: {found} {sum}"
            );
        }
    }
}

#[test]
fn halves_add_up_to_wholes() {
    for profile in profiles() {
        for from in (0..8 * HOUR).step_by(1_234_567) {
            let times = [from, from + 777_777, from + 5_000_000].map(Time);
            let halves =
                expected(&profile, times[0], times[1]) + expected(&profile, times[1], times[2]);
            let whole = expected(&profile, times[0], times[2]);
            assert!(
                libm::fabs(halves - whole) <= 1e-9 * whole.max(1.0),
                "{profile:?} {from}: {halves} {whole}"
            );
        }
    }
}
