//! What upstream refuses in the metrics of an analysis.

use crate::argo::{Metric, duration};
use alloc::{collections::BTreeSet, format, string::String};

/// A metric with what its file writes as text, before it is read.
#[derive(Clone, Debug)]
pub struct Written<'a> {
    /// The metric.
    pub metric: &'a Metric,
    /// Its interval as written; nothing where it was read.
    pub interval: Option<&'a str>,
    /// Its delay as written.
    pub initial_delay: Option<&'a str>,
    /// How many providers it names.
    pub providers: usize,
}

impl<'a> Written<'a> {
    /// A metric that was read.
    pub const fn read(metric: &'a Metric) -> Self {
        Self {
            metric,
            interval: None,
            initial_delay: None,
            providers: 1,
        }
    }
}

/// Checks the metrics of an analysis; tells the first mistake.
///
/// # Errors
///
/// The first mistake, with its place.
pub fn validate(metrics: &[Written<'_>]) -> Result<(), String> {
    if metrics.is_empty() {
        return Err("no metrics specified: write at least one".into());
    }
    let mut names = BTreeSet::new();
    for (place, written) in metrics.iter().enumerate() {
        let name = &written.metric.name;
        if !names.insert(name.as_str()) {
            return Err(format!("metrics[{place}]: duplicate name '{name}'"));
        }
        one(written).map_err(|told| format!("metrics[{place}]: {told}"))?;
    }
    Ok(())
}

fn one(written: &Written<'_>) -> Result<(), String> {
    let metric = written.metric;
    let count = metric.count.unwrap_or(0);
    let failures = metric.failure_limit.unwrap_or(0);
    let inconclusive = metric.inconclusive_limit.unwrap_or(0);
    let successes = metric.consecutive_success_limit.unwrap_or(0);
    if 0 < count && 0 <= failures && 0 <= successes && count < failures.saturating_add(successes) {
        return Err(format!(
            "count ({count}) must be >= failureLimit + consecutiveSuccessLimit ({failures} + {successes}) if both >= 0"
        ));
    }
    if 0 < count && count < successes {
        return Err(format!(
            "count ({count}) must be >= consecutiveSuccessLimit ({successes})"
        ));
    }
    if 0 < count && count < inconclusive {
        return Err("count must be >= inconclusiveLimit".into());
    }
    let has_interval =
        metric.interval.is_some() || written.interval.is_some_and(|text| !text.is_empty());
    if 1 < count && !has_interval {
        return Err("interval must be specified when count > 1".into());
    }
    let is_wrong = |text: Option<&str>| {
        text.is_some_and(|text| !text.is_empty() && duration::nanos(text).is_none())
    };
    if is_wrong(written.interval) {
        let text = written.interval.unwrap_or_default();
        return Err(format!(
            "invalid interval string: {text:?} is no duration such as 30s"
        ));
    }
    if is_wrong(written.initial_delay) {
        let text = written.initial_delay.unwrap_or_default();
        return Err(format!(
            "invalid startDelay string: {text:?} is no duration such as 30s"
        ));
    }
    if failures < -1 {
        return Err("failureLimit must be >= 0, or -1 to be disabled".into());
    }
    if inconclusive < 0 {
        return Err("inconclusiveLimit must be >= 0".into());
    }
    if metric
        .consecutive_error_limit
        .is_some_and(|limit| limit < 0)
    {
        return Err("consecutiveErrorLimit must be >= 0".into());
    }
    if successes < 0 {
        return Err("consecutiveSuccessLimit must be >= 0".into());
    }
    if failures == -1 && successes == 0 {
        return Err("failureLimit and consecutiveSuccessLimit cannot both be disabled".into());
    }
    match written.providers {
        0 => Err("no provider specified".into()),
        1 => Ok(()),
        _ => Err("multiple providers specified".into()),
    }
}
