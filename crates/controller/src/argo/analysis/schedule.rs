//! When a metric is measured.

use super::{Progress, effective_count};
use crate::{
    argo::{Metric, Phase},
    units::{Millis, Time},
};

/// How long after an error the next try is, whatever the interval says.
pub const ERROR_RETRY: Millis = Millis::from_secs(10);

/// What is to be done with a metric.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// Measure.
    Now,
    /// Go on with a measurement in flight.
    Resume,
    /// Come back then.
    At(Time),
    /// Nothing more.
    Never,
}

/// What is to be done with a metric at `now`, in a run that began at `started`; without that, this is its first pass.
pub fn due(metric: &Metric, progress: &Progress, started: Option<Time>, now: Time) -> Due {
    if progress.phase.is_complete() {
        return Due::Never;
    }
    let Some(last) = &progress.last else {
        return match (metric.initial_delay, started) {
            (None | Some(Millis(0)), _) => Due::Now,
            (Some(delay), None) => Due::At(now + delay),
            (Some(delay), Some(started)) if now < started + delay => Due::At(started + delay),
            (Some(_), Some(_)) => Due::Now,
        };
    };
    let Some(finished) = last.finished else {
        return match last.resume_at {
            Some(at) if now < at => Due::At(at),
            Some(_) | None => Due::Resume,
        };
    };
    if effective_count(metric).is_some_and(|count| count <= progress.counters.count) {
        return Due::Never;
    }
    let interval = match last.phase {
        Phase::Error => ERROR_RETRY,
        _ => metric.interval.unwrap_or_default(),
    };
    // A clock has moved on by the time it is looked at, so that an interval that is just over is over.
    if finished + interval < now {
        Due::Now
    } else {
        Due::At(finished + interval)
    }
}

/// When a run has to be looked at again, if a time for it is set: not for what is measured at once, nor for what is in
/// flight without a time.
pub fn next_due<'a>(
    metrics: impl Iterator<Item = (&'a Metric, &'a Progress)>,
    started: Option<Time>,
    now: Time,
) -> Option<Time> {
    let times = metrics.filter_map(|(metric, progress)| next_time(metric, progress, started, now));
    times.min()
}

fn next_time(
    metric: &Metric,
    progress: &Progress,
    started: Option<Time>,
    now: Time,
) -> Option<Time> {
    if progress.phase.is_complete() {
        return None;
    }
    let Some(last) = &progress.last else {
        let delay = metric.initial_delay?;
        return Some(started.unwrap_or(now) + delay);
    };
    let Some(finished) = last.finished else {
        return last.resume_at;
    };
    if effective_count(metric).is_some_and(|count| count <= progress.counters.count) {
        return None;
    }
    match last.phase {
        Phase::Error => Some(finished + ERROR_RETRY),
        _ => metric.interval.map(|interval| finished + interval),
    }
}
