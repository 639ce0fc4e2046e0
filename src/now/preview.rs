//! The next gate's checks as they would stand now: a preview from what has been scraped so far.
//!
//! The gate itself asks the metrics over its window. Latencies are shown over the last minute, as the chart has them,
//! for quantiles of parts do not add up to the quantile of the whole.

use super::checks::{CheckLine, CheckVerdict, too_few};
use crate::{
    charts::is_beyond,
    format,
    playback::{Moment, Recording},
};
use coalmine_controller::{Bound, Check, Metric, Millis, Policy, Time, Trigger, Version};
use coalmine_flow::{Diagram, NodeId, Shape};
use coalmine_sim::{Sample, VersionSample};

/// The gate that the token comes to next, or stands at.
pub fn next_gate(diagram: &Diagram, from: NodeId) -> Option<NodeId> {
    let mut node = from;
    // A walk longer than there are nodes goes in circles.
    for _ in 0..=diagram.nodes.len() {
        if diagram.node(node)?.shape == Shape::Diamond {
            return Some(node);
        }
        node = diagram.outgoing(node).next()?.1.to;
    }
    None
}

/// What a gate judges under a policy.
pub fn checks_of(policy: &Policy, gate: NodeId) -> &[Check] {
    policy
        .nodes
        .get(&gate)
        .and_then(|node| node.checks.as_deref())
        .unwrap_or(&policy.checks)
}

/// When the split last changed.
pub fn last_change(recording: &Recording, moment: &Moment) -> Time {
    recording
        .events()
        .range(0, moment.events)
        .rev()
        .find(|event| matches!(event.kind, coalmine_sim::EventKind::Routed(_)))
        .map_or(Time(0), |event| event.at)
}

/// The checks as they would stand at `at`, over what was scraped since `since`.
pub fn preview(checks: &[Check], recording: &Recording, since: Time, at: Time) -> Vec<CheckLine> {
    checks
        .iter()
        .map(|check| {
            let from = match check.window {
                Some(window) => since.max(Time(at.0.saturating_sub(window.0))),
                None => since,
            };
            line(
                check.metric,
                check.bound,
                check.min_requests,
                recording,
                from,
                at,
            )
        })
        .collect()
}

/// The hard limits as they stand at `at`.
pub fn trigger_lines(triggers: &[Trigger], recording: &Recording, at: Time) -> Vec<CheckLine> {
    triggers
        .iter()
        .map(|trigger| {
            let from = Time(at.0.saturating_sub(trigger.window.0));
            CheckLine {
                basis: format!("hard limit, over {}", format::duration(trigger.window)),
                ..line(
                    trigger.metric,
                    trigger.bound,
                    trigger.min_requests,
                    recording,
                    from,
                    at,
                )
            }
        })
        .collect()
}

fn line(
    metric: Metric,
    bound: Bound,
    needed: u64,
    recording: &Recording,
    from: Time,
    at: Time,
) -> CheckLine {
    let (first, last) = (recording.samples_until(from), recording.samples_until(at));
    let window = || recording.samples().range(first, last);
    let requests: u64 = window()
        .map(|sample| u64::from(sample.canary.requests))
        .sum();
    let canary = over(metric, window(), Version::Canary);
    let stable = over(metric, window(), Version::Stable);
    let counts = matches!(metric, Metric::ErrorRate | Metric::Latency(_));
    let (verdict, basis) = match canary {
        None => (CheckVerdict::Unsure, "no data yet".to_owned()),
        Some(_) if counts && requests < needed => (CheckVerdict::Unsure, too_few(requests, needed)),
        Some(_) if is_beyond(bound, canary, stable) => (
            CheckVerdict::Unhealthy,
            basis(metric, requests, at.since(from)),
        ),
        Some(_) => (
            CheckVerdict::Healthy,
            basis(metric, requests, at.since(from)),
        ),
    };
    let limit = format::bound_value(bound.against, stable);
    CheckLine {
        name: format::sentence_case(&format::metric(metric)),
        value: match (canary, limit) {
            (Some(value), Some(limit)) => format::value_beside(metric, value, limit),
            (Some(value), None) => format::value(metric, value),
            (None, _) => "–".to_owned(),
        },
        bound: format::bound(metric, bound),
        basis,
        verdict,
    }
}

fn basis(metric: Metric, requests: u64, length: Millis) -> String {
    match metric {
        Metric::ErrorRate => format!(
            "{}, {}",
            format::counted(requests, "request", "requests"),
            format::duration(Millis(length.0 / 1_000 * 1_000))
        ),
        Metric::Latency(_) => format!(
            "{}, last minute",
            format::counted(requests, "request", "requests")
        ),
        Metric::Cpu | Metric::Memory | Metric::Custom(_) => {
            format!(
                "mean of {}",
                format::duration(Millis(length.0 / 1_000 * 1_000))
            )
        }
    }
}

/// A metric of a version over some scrapes.
fn over<'a>(
    metric: Metric,
    samples: impl DoubleEndedIterator<Item = &'a Sample>,
    version: Version,
) -> Option<f64> {
    let mut series = samples.map(|sample| match version {
        Version::Stable => &sample.stable,
        Version::Canary => &sample.canary,
    });
    match metric {
        Metric::ErrorRate => {
            let (failed, requests) = series.fold((0_u64, 0_u64), |(failed, requests), sample| {
                (
                    failed + u64::from(sample.failed),
                    requests + u64::from(sample.requests),
                )
            });
            (0 < requests).then(|| failed as f64 / requests as f64)
        }
        Metric::Latency(_) => series.next_back()?.latency_p99.map(f64::from),
        Metric::Cpu => mean(series, |sample| sample.cpu),
        Metric::Memory => mean(series, |sample| sample.memory),
        // Samples hold no metrics of the team's own.
        Metric::Custom(_) => None,
    }
}

fn mean<'a>(
    series: impl Iterator<Item = &'a VersionSample>,
    gauge: impl Fn(&VersionSample) -> Option<f32>,
) -> Option<f64> {
    let (sum, count) = series
        .filter_map(gauge)
        .fold((0.0, 0_u32), |(sum, count), value| {
            (sum + f64::from(value), count + 1)
        });
    (0 < count).then(|| sum / f64::from(count))
}

#[cfg(test)]
mod tests {
    use super::*;
    use coalmine_controller::{Against, Healthy, Limit, NoDataMeans, Weight};
    use coalmine_wire::Batch;

    fn recording() -> Recording {
        let sample = |index: u64| Sample {
            at: Time(index * 5_000),
            weight: Weight::FULL,
            stable: VersionSample::default(),
            canary: VersionSample {
                requests: 100,
                failed: u32::from(6 < index) * 5,
                cpu: Some(0.5),
                ..VersionSample::default()
            },
        };
        let mut recording = Recording::default();
        recording.append(Batch {
            events: Vec::new(),
            samples: (1..=10).map(sample).collect(),
            until: Time(50_000),
        });
        recording
    }

    fn told(metric: Metric, since: u64, at: u64) -> String {
        let check = Check {
            metric,
            bound: Bound {
                healthy: Healthy::Below,
                against: Against::Fixed(Limit(10_000)),
            },
            window: None,
            min_requests: 500,
            no_data: NoDataMeans::Inconclusive,
        };
        let lines = preview(&[check], &recording(), Time(since), Time(at));
        let line = lines.first().unwrap();
        format!("{} | {} | {}", line.value, line.basis, line.verdict.word())
            .replace(format::THIN, " ")
    }

    #[test]
    fn a_preview_counts_what_was_scraped_since_the_split_changed() {
        assert_eq!(
            told(Metric::ErrorRate, 0, 2_000),
            "– | no data yet | undecided"
        );
        assert_eq!(
            told(Metric::ErrorRate, 0, 20_000),
            "0.00 % | Not enough requests to decide: 400 of 500 | undecided"
        );
        assert_eq!(
            told(Metric::ErrorRate, 0, 30_000),
            "0.00 % | 600 requests, 30 s | healthy"
        );
        assert_eq!(
            told(Metric::ErrorRate, 25_000, 50_000),
            "4.0 % | 500 requests, 25 s | unhealthy"
        );
        assert_eq!(
            told(Metric::Cpu, 0, 10_000),
            "50 % | mean of 10 s | unhealthy"
        );
    }
}
