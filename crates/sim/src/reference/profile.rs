//! The rate of first attempts at an instant, and where it bends, so that arrivals can be thinned from a bound.

use crate::scenario::{Profile, Rate};
use coalmine_controller::{Limit, Millis, Time};
use core::f64::consts::TAU;

const DAY: u64 = 24 * 60 * 60 * 1_000;

/// The rate over a piece of time in which it does not jump or bend.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Piece {
    /// No rate in it is above this, in requests a second.
    pub(super) bound: f64,
    /// Whether every rate in it is the bound.
    pub(super) is_flat: bool,
}

/// The rate between two instants that have no break between them.
pub(super) fn piece(profile: &Profile, from: Time, to: Time) -> Piece {
    let [begin, middle, end] = [from.0, u64::midpoint(from.0, to.0), to.0.max(1) - 1]
        .map(|millis| rate(profile, millis as f64 / 1e3));
    let flat = |bound| Piece {
        bound,
        is_flat: true,
    };
    let sloping = |bound| Piece {
        bound,
        is_flat: false,
    };
    match profile {
        Profile::Constant(_) | Profile::Step { .. } | Profile::Burst { .. } => flat(begin),
        Profile::Diurnal { mean, swing, .. } => sloping(of(*mean) * (1.0 + at_most_all(*swing))),
        Profile::Weekly {
            mean,
            swing,
            weekend,
            ..
        } => {
            let day = ratio(*weekend).max(1.0);
            sloping(of(*mean) * (1.0 + at_most_all(*swing)) * day)
        }
        Profile::Ramp { .. } | Profile::Recorded(_) => {
            if begin.to_bits() == middle.to_bits() && begin.to_bits() == end.to_bits() {
                flat(begin)
            } else {
                // A line is highest at an end; what it may rise in the last millisecond is its slope's, once more.
                let slope = libm::fabs(end - begin) / (to.0.max(from.0 + 2) - from.0 - 1) as f64;
                sloping(begin.max(end) + slope)
            }
        }
    }
}

/// Where the rate jumps or bends next after an instant.
pub(super) fn next_break(profile: &Profile, after: Time) -> Option<Time> {
    let first = |times: &[Time]| times.iter().copied().filter(|at| after < *at).min();
    match profile {
        Profile::Constant(_) | Profile::Diurnal { .. } | Profile::Weekly { .. } => None,
        Profile::Ramp { at, takes, .. } => first(&[*at, *at + *takes]),
        Profile::Step { at, .. } => first(&[*at]),
        Profile::Burst {
            at, lasts, every, ..
        } => {
            let period = every.map_or(0, |every| every.0);
            let turns = after.since(*at).0.checked_div(period).unwrap_or(0);
            let begin = *at + Millis(turns * period);
            let next = begin + Millis(period);
            first(&[*at, begin, begin + *lasts, next])
        }
        Profile::Recorded(points) => {
            let next = points.partition_point(|(at, _)| *at <= after);
            points.get(next).map(|(at, _)| *at)
        }
    }
}

/// The rate at so many seconds, in requests a second.
pub(super) fn rate(profile: &Profile, seconds: f64) -> f64 {
    let millis = seconds * 1e3;
    let line = |low: Rate, high: Rate, at: Time, takes: Millis| {
        let along = (millis - at.0 as f64) / takes.0.max(1) as f64;
        of(low) + (of(high) - of(low)) * along.clamp(0.0, 1.0)
    };
    match profile {
        Profile::Constant(rate) => of(*rate),
        Profile::Diurnal {
            mean,
            swing,
            peak,
            begins,
        } => of(*mean) * wave(millis + begins.0 as f64, *swing, *peak),
        Profile::Weekly {
            mean,
            swing,
            peak,
            weekend,
            begins,
        } => {
            let day = DAY as f64;
            let at = libm::fmod(millis + begins.0 as f64, 7.0 * day);
            let share = if at < 5.0 * day { 1.0 } else { ratio(*weekend) };
            of(*mean) * share * wave(at, *swing, *peak)
        }
        Profile::Ramp {
            from,
            to,
            at,
            takes,
        } => line(*from, *to, *at, *takes),
        Profile::Step { from, to, at } => of(if millis < at.0 as f64 { *from } else { *to }),
        Profile::Burst {
            base,
            peak,
            at,
            lasts,
            every,
        } => {
            let since = millis - at.0 as f64;
            let within = match every {
                Some(Millis(every)) if 0 < *every => libm::fmod(since, *every as f64),
                Some(_) | None => since,
            };
            of(if 0.0 <= since && within < lasts.0 as f64 {
                *peak
            } else {
                *base
            })
        }
        Profile::Recorded(points) => {
            let next = points.partition_point(|(at, _)| at.0 as f64 <= millis);
            match (
                next.checked_sub(1).and_then(|at| points.get(at)),
                points.get(next),
            ) {
                (Some((at, low)), Some((end, high))) => line(*low, *high, *at, end.since(*at)),
                (Some((_, only)), None) | (None, Some((_, only))) => of(*only),
                (None, None) => 0.0,
            }
        }
    }
}

/// In requests a second.
const fn of(rate: Rate) -> f64 {
    rate.0 as f64 / 1e3
}

pub(super) const fn ratio(limit: Limit) -> f64 {
    limit.0 as f64 / 1e6
}

fn at_most_all(swing: Limit) -> f64 {
    ratio(swing).clamp(0.0, 1.0)
}

fn wave(millis: f64, swing: Limit, peak: Millis) -> f64 {
    let turn = (millis - peak.0 as f64) / DAY as f64;
    1.0 + at_most_all(swing) * libm::cos(TAU * turn)
}
