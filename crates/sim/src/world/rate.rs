//! First attempts expected over a stretch of time: the integral of the profile, in closed form.

#[cfg(test)]
mod tests;

use crate::scenario::{Profile, Rate};
use coalmine_controller::{Limit, Millis, Time};
use core::f64::consts::TAU;

const DAY: u64 = 24 * 60 * 60 * 1_000;
const WEEK: u64 = 7 * DAY;
/// Saturday begins.
const WEEKEND: u64 = 5 * DAY;

/// Thousandths of requests a second, over milliseconds, in requests.
const UNIT: f64 = 1e6;

/// First attempts expected between two instants.
pub(crate) fn expected(profile: &Profile, from: Time, to: Time) -> f64 {
    let millis = to.since(from).0 as f64;
    match profile {
        Profile::Constant(rate) => of(*rate) * millis / UNIT,
        Profile::Diurnal {
            mean,
            swing,
            peak,
            begins,
        } => {
            of(*mean)
                * wave(
                    from.0 + begins.0 % DAY,
                    to.0 + begins.0 % DAY,
                    *swing,
                    *peak,
                )
                / UNIT
        }
        Profile::Weekly {
            mean,
            swing,
            peak,
            weekend,
            begins,
        } => {
            let start = begins.0 % WEEK;
            let sum = week(from.0 + start, to.0 + start, *weekend, *swing, *peak);
            of(*mean) * sum / UNIT
        }
        Profile::Ramp {
            from: low,
            to: high,
            at,
            takes,
        } => {
            let line = [(*at, *low), (*at + *takes, *high)];
            recorded(&line, from, to) / UNIT
        }
        Profile::Step {
            from: low,
            to: high,
            at,
        } => {
            let before = overlap(from, to, Time(0), *at);
            (of(*low) * before + of(*high) * (millis - before)) / UNIT
        }
        Profile::Burst {
            base,
            peak,
            at,
            lasts,
            every,
        } => {
            let on = |until: Time| burst_millis(until.0.saturating_sub(at.0), *lasts, *every);
            let burst = on(to) - on(from);
            (of(*base) * (millis - burst) + of(*peak) * burst) / UNIT
        }
        Profile::Recorded(points) => recorded(points, from, to) / UNIT,
    }
}

/// Whether the rate is constant but for a few leaps.
pub(crate) const fn is_piecewise(profile: &Profile) -> bool {
    match profile {
        Profile::Constant(_) | Profile::Step { .. } | Profile::Burst { .. } => true,
        Profile::Diurnal { .. }
        | Profile::Weekly { .. }
        | Profile::Ramp { .. }
        | Profile::Recorded(_) => false,
    }
}

/// The rate that the CPU of versions is told for: of waves their mean, of other profiles the first, in thousandths of
/// requests a second.
pub(crate) fn reference(profile: &Profile) -> f64 {
    let rate = match profile {
        Profile::Constant(rate)
        | Profile::Diurnal { mean: rate, .. }
        | Profile::Weekly { mean: rate, .. }
        | Profile::Ramp { from: rate, .. }
        | Profile::Step { from: rate, .. }
        | Profile::Burst { base: rate, .. } => *rate,
        Profile::Recorded(points) => points.first().map_or(Rate(0), |(_, rate)| *rate),
    };
    of(rate)
}

const fn of(rate: Rate) -> f64 {
    rate.0 as f64
}

fn ratio(limit: Limit) -> f64 {
    limit.0.max(0) as f64 / 1e6
}

/// The integral of `1 + swing * cos` over a stretch of one day's or more days' time, in milliseconds.
fn wave(from: u64, to: u64, swing: Limit, peak: Millis) -> f64 {
    let phase = |at: u64| {
        let since = (at % DAY + DAY - peak.0 % DAY) % DAY;
        libm::sin(TAU * since as f64 / DAY as f64)
    };
    let swing = ratio(swing).min(1.0);
    (to - from) as f64 + swing * DAY as f64 / TAU * (phase(to) - phase(from))
}

/// The same over a week's time, whose weekend has less.
fn week(from: u64, to: u64, weekend: Limit, swing: Limit, peak: Millis) -> f64 {
    let (mut at, mut sum) = (from, 0.0);
    while at < to {
        let until = ((at / DAY + 1) * DAY).min(to);
        let is_weekend = WEEKEND <= at % WEEK;
        let share = if is_weekend { ratio(weekend) } else { 1.0 };
        sum += share * wave(at, until, swing, peak);
        at = until;
    }
    sum
}

/// Milliseconds that two stretches of time have in common.
fn overlap(from: Time, to: Time, begin: Time, end: Time) -> f64 {
    let (begin, end) = (from.max(begin), to.min(end));
    if begin < end {
        end.since(begin).0 as f64
    } else {
        0.0
    }
}

/// Milliseconds of burst within the first `passed` since the first one began.
fn burst_millis(passed: u64, lasts: Millis, every: Option<Millis>) -> f64 {
    let millis = match every {
        None => passed.min(lasts.0),
        Some(Millis(every)) if every <= lasts.0 => passed,
        Some(Millis(every)) => passed / every * lasts.0 + (passed % every).min(lasts.0),
    };
    millis as f64
}

/// The integral of straight lines between points; the first and the last rate hold beyond them.
fn recorded(points: &[(Time, Rate)], from: Time, to: Time) -> f64 {
    let (Some(first), Some(last)) = (points.first(), points.last()) else {
        return 0.0;
    };
    let mut sum = of(first.1) * overlap(from, to, Time(0), first.0)
        + of(last.1) * overlap(from, to, last.0, Time(u64::MAX));
    let begin = points.partition_point(|(at, _)| *at <= from);
    for pair in points[begin.saturating_sub(1)..].windows(2) {
        let [(left, low), (right, high)] = [pair[0], pair[1]];
        if to <= left {
            break;
        }
        let within = overlap(from, to, left, right);
        if 0.0 < within {
            let middle = from.max(left).since(left).0 as f64 + within / 2.0;
            let along = middle / right.since(left).0 as f64;
            sum += (of(low) + (of(high) - of(low)) * along) * within;
        }
    }
    sum
}
