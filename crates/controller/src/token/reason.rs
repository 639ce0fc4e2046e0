//! Why, in plain words with numbers: what a person reads when a run ends.

use crate::{
    policy::{Against, Healthy},
    protocol::{Checked, Verdict},
    query::{Metric, Reading},
    units::{Limit, Millis, Weight},
};
use alloc::{format, string::String};
use coalmine_stats::bound;

/// Pods that do not come.
pub(super) fn not_ready(deadline: Millis) -> String {
    format!("the canary pods were not ready within {deadline}")
}

/// An end that is reached too early.
pub(super) fn unfinished(weight: Weight) -> String {
    format!("the run reached its end with the canary at {weight} of traffic")
}

/// A gate that stops the rollout.
pub(super) fn gate(checks: &[Checked], weight: Weight) -> String {
    let decisive = checks
        .iter()
        .find(|check| check.verdict == Verdict::Fail)
        .or_else(|| {
            checks
                .iter()
                .find(|check| check.verdict == Verdict::Inconclusive)
        });
    decisive.map_or_else(
        || String::from("the gate said no"),
        |check| format!("{} at {weight} of traffic", check_words(check)),
    )
}

/// A trigger that stops the rollout.
pub(super) fn trigger(checked: &Checked, weight: Weight) -> String {
    format!(
        "hard limit: {} at {weight} of traffic",
        check_words(checked)
    )
}

fn check_words(check: &Checked) -> String {
    let metric = check.query.metric;
    match (check.canary, check.verdict) {
        (Reading::NoData, _) => format!("no data for {metric}"),
        (Reading::Value { samples, .. }, Verdict::Inconclusive) => {
            format!(
                "not enough requests to decide on {metric}: {samples} of {}",
                check.min_requests
            )
        }
        (Reading::Value { value, .. }, Verdict::Pass | Verdict::Fail) => {
            let side = match check.bound.healthy {
                Healthy::Below => "below",
                Healthy::Above => "above",
            };
            let value = amount(metric, value);
            format!(
                "{metric} {value} was not {side} {}",
                bound_words(metric, check.bound.against)
            )
        }
    }
}

fn bound_words(metric: Metric, against: Against) -> String {
    let fixed = |Limit(millionths)| amount(metric, bound::from_millionths(millionths));
    match against {
        Against::Fixed(limit) => fixed(limit),
        Against::StablePlus(limit) => format!("stable plus {}", fixed(limit)),
        Against::StableTimes(Limit(millionths)) => {
            format!("{} times stable", bound::from_millionths(millionths))
        }
    }
}

/// With two or three digits that count, a thin space and the unit.
fn amount(metric: Metric, value: f64) -> String {
    match metric {
        Metric::Latency(_) => format!("{:.0}\u{2009}ms", bound::in_unit(value, 1_000.0)),
        Metric::ErrorRate => trimmed(format!("{:.2}", bound::in_unit(value, 100.0))),
        Metric::Cpu | Metric::Memory => trimmed(format!("{:.1}", bound::in_unit(value, 100.0))),
    }
}

fn trimmed(digits: String) -> String {
    let short = digits.trim_end_matches('0').trim_end_matches('.');
    format!("{short}\u{2009}%")
}
