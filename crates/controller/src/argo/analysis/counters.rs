//! Counting measurements, and what the counts come to.

use crate::argo::{Metric, Phase};
use alloc::{format, string::String};

/// How the measurements of a metric came out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counters {
    /// All but errors.
    pub count: i64,
    /// As they should be.
    pub successful: i64,
    /// Not so.
    pub failed: i64,
    /// Neither.
    pub inconclusive: i64,
    /// Not to be had.
    pub error: i64,
    /// Of those, the last in a row.
    pub consecutive_error: i64,
    /// Of the successful ones, the last in a row.
    pub consecutive_success: i64,
}

impl Counters {
    /// Counts a measurement that has come to its end.
    pub const fn add(&mut self, phase: Phase) {
        match phase {
            Phase::Pending | Phase::Running => return,
            Phase::Successful => {
                self.successful += 1;
                self.consecutive_success += 1;
            }
            Phase::Failed => self.failed += 1,
            Phase::Inconclusive => self.inconclusive += 1,
            Phase::Error => {
                self.error += 1;
                self.consecutive_error += 1;
                self.consecutive_success = 0;
                return;
            }
        }
        self.count += 1;
        self.consecutive_error = 0;
        if !matches!(phase, Phase::Successful) {
            self.consecutive_success = 0;
        }
    }
}

/// How many measurements a metric has; nothing where it goes on without end.
pub fn effective_count(metric: &Metric) -> Option<i64> {
    match metric.count.filter(|&count| 0 < count) {
        Some(count) => Some(count),
        None if metric.interval.is_none() => Some(1),
        None => None,
    }
}

/// Which limit the counts have passed, and in which words; of several the last one counts.
pub fn over_a_limit(metric: &Metric, counters: &Counters) -> Option<(Phase, String)> {
    let failures = metric.failure_limit.unwrap_or(0);
    let inconclusive = metric.inconclusive_limit.unwrap_or(0);
    let errors = metric.consecutive_error_limit.unwrap_or(4);
    if errors < counters.consecutive_error {
        let found = counters.consecutive_error;
        let told = format!("consecutiveErrors ({found}) > consecutiveErrorLimit ({errors})");
        return Some((Phase::Error, told));
    }
    if inconclusive < counters.inconclusive {
        let found = counters.inconclusive;
        let told = format!("inconclusive ({found}) > inconclusiveLimit ({inconclusive})");
        return Some((Phase::Inconclusive, told));
    }
    if failures != -1 && failures < counters.failed {
        let found = counters.failed;
        let told = format!("failed ({found}) > failureLimit ({failures})");
        return Some((Phase::Failed, told));
    }
    None
}

/// What a metric's measurements come to; `last` is the phase of the newest one.
pub fn assess(
    metric: &Metric,
    phase: Phase,
    last: Option<Phase>,
    counters: &Counters,
    terminating: bool,
) -> Phase {
    if phase.is_complete() {
        return phase;
    }
    match last {
        None if terminating => return Phase::Successful,
        None => return Phase::Pending,
        Some(last) if !last.is_complete() => return Phase::Running,
        Some(_) => {}
    }
    if let Some((phase, _)) = over_a_limit(metric, counters) {
        return phase;
    }
    let successes = metric.consecutive_success_limit.unwrap_or(0);
    if 0 < successes && successes <= counters.consecutive_success {
        return Phase::Successful;
    }
    if effective_count(metric).is_some_and(|count| count <= counters.count) {
        return match (0 < successes, metric.failure_limit.unwrap_or(0)) {
            (false, _) => Phase::Successful,
            (true, -1) => Phase::Failed,
            (true, _) => Phase::Inconclusive,
        };
    }
    if terminating {
        Phase::Successful
    } else {
        Phase::Running
    }
}
