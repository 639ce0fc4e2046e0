//! What the charts show, without a canvas: plots, thresholds, scales, values at an instant, summaries.

use super::{
    marks::{Marks, same_metric},
    scale::ValueAxis,
};
use crate::{format, playback::Recording};
use coalmine_controller::{Against, Bound, Metric, Policy, Quantile, Time, Version};
use coalmine_sim::{Sample, VersionSample};

/// One plot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Plot {
    /// The canary's share of traffic.
    Share,
    /// Failed requests over all.
    Errors,
    /// 99th percentile of the latency.
    Latency,
    /// CPU over limit.
    Cpu,
    /// Memory over limit.
    Memory,
}

impl Plot {
    /// All, in the order in which they stand.
    pub const ALL: [Self; 5] = [
        Self::Share,
        Self::Errors,
        Self::Latency,
        Self::Cpu,
        Self::Memory,
    ];

    /// Its place in [`Plot::ALL`].
    pub const fn index(self) -> usize {
        self as usize
    }

    /// What stands above it.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Share => "Traffic share",
            Self::Errors => "Error rate",
            Self::Latency => "p99 latency",
            Self::Cpu => "CPU",
            Self::Memory => "Memory",
        }
    }

    /// Names it in the document.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Share => "plot-share",
            Self::Errors => "plot-errors",
            Self::Latency => "plot-latency",
            Self::Cpu => "plot-cpu",
            Self::Memory => "plot-memory",
        }
    }

    /// The metric whose bounds belong here.
    pub const fn metric(self) -> Option<Metric> {
        match self {
            Self::Share => None,
            Self::Errors => Some(Metric::ErrorRate),
            Self::Latency => Some(Metric::Latency(Quantile(9_900))),
            Self::Cpu => Some(Metric::Cpu),
            Self::Memory => Some(Metric::Memory),
        }
    }

    /// The value of a version at a scrape, in the base unit.
    pub fn reading(self, sample: &Sample, version: Version) -> Option<f64> {
        let series = version_of(sample, version);
        let value = match self {
            Self::Share => {
                let canary = f64::from(sample.weight.basis_points()) / 10_000.0;
                return Some(match version {
                    Version::Stable => 1.0 - canary,
                    Version::Canary => canary,
                });
            }
            Self::Errors => series.error_rate,
            Self::Latency => series.latency_p99,
            Self::Cpu => series.cpu,
            Self::Memory => series.memory,
        };
        value.map(f64::from)
    }

    /// A value in words.
    pub fn value(self, value: f64) -> String {
        match self {
            // Shares are what was set, not what was measured: they are exact.
            Self::Share => format!("{}{}%", format::trimmed(value * 100.0, 2), format::THIN),
            Self::Errors | Self::Cpu | Self::Memory => format::percent(value),
            Self::Latency => format::latency(value),
        }
    }

    /// A value at a tick, where all ticks have the same unit.
    pub fn tick(self, value: f64) -> String {
        match self {
            Self::Share | Self::Errors | Self::Cpu | Self::Memory => {
                format!("{}{}%", format::trimmed(value * 100.0, 3), format::THIN)
            }
            Self::Latency => format!("{}{}ms", format::trimmed(value * 1_000.0, 1), format::THIN),
        }
    }

    /// The scale that holds this plot's bounds with some room, and everything up to `greatest`.
    pub fn axis(self, bounds: &[Threshold], greatest: f64) -> ValueAxis {
        match self {
            Self::Share => ValueAxis::RATIO,
            Self::Cpu | Self::Memory if greatest <= 1.0 => ValueAxis::RATIO,
            Self::Errors | Self::Latency | Self::Cpu | Self::Memory => {
                let bound = bounds
                    .iter()
                    .filter(|bound| bound.kind == ThresholdKind::Gate)
                    .filter_map(|bound| format::bound_value(bound.bound.against, None))
                    .fold(0.0, f64::max);
                let least = match self {
                    Self::Errors => 0.01,
                    Self::Latency => 0.1,
                    Self::Share | Self::Cpu | Self::Memory => 1.0,
                };
                ValueAxis::holding((bound * 1.3).max(greatest * 1.05).max(least))
            }
        }
    }
}

/// Who set a threshold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ThresholdKind {
    /// Gates judge by it.
    Gate,
    /// A hard limit between gates.
    Trigger,
}

/// A bound that a plot draws.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Threshold {
    /// Who set it.
    pub kind: ThresholdKind,
    /// The bound.
    pub bound: Bound,
    /// What stands at its right end, as in `1 %`.
    pub label: String,
}

/// The bounds of a policy that belong to a plot, gates first.
pub fn thresholds(policy: &Policy, plot: Plot) -> Vec<Threshold> {
    let Some(metric) = plot.metric() else {
        return Vec::new();
    };
    let gates = policy
        .checks
        .iter()
        .map(|check| (ThresholdKind::Gate, check.metric, check.bound));
    let triggers = policy
        .triggers
        .iter()
        .map(|trigger| (ThresholdKind::Trigger, trigger.metric, trigger.bound));
    gates
        .chain(triggers)
        .filter(|(_, of, _)| same_metric(*of, metric))
        .map(|(kind, of, bound)| Threshold {
            kind,
            bound,
            label: format::against(of, bound.against),
        })
        .collect()
}

/// What a plot's caption says of an instant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Readout {
    /// Stable's value.
    pub stable: String,
    /// The canary's value.
    pub canary: String,
    /// The bound, as in `< 1 %`; empty where there is none.
    pub bound: String,
    /// Whether the canary's value is on the unhealthy side of it.
    pub is_beyond: bool,
}

/// Where there is no value.
const NO_VALUE: &str = "–";

/// The values of a plot at the last scrape up to and at an instant.
pub fn readout(plot: Plot, recording: &Recording, at: Time, bounds: &[Threshold]) -> Readout {
    let sample = recording.sample_at(at);
    let reading = |version| sample.and_then(|sample| plot.reading(sample, version));
    let text = |value: Option<f64>| value.map_or(NO_VALUE.to_owned(), |value| plot.value(value));
    let (stable, canary) = (reading(Version::Stable), reading(Version::Canary));
    let gate = bounds
        .iter()
        .find(|bound| bound.kind == ThresholdKind::Gate);
    Readout {
        stable: text(stable),
        canary: text(canary),
        bound: gate.map_or_else(String::new, |gate| {
            format!("{} {}", format::sign(gate.bound.healthy), gate.label)
        }),
        is_beyond: gate.is_some_and(|gate| is_beyond(gate.bound, canary, stable)),
    }
}

/// Whether a value lies on the unhealthy side of a bound. No value does not.
pub fn is_beyond(bound: Bound, canary: Option<f64>, stable: Option<f64>) -> bool {
    use coalmine_controller::Healthy;
    let (Some(value), Some(limit)) = (canary, format::bound_value(bound.against, stable)) else {
        return false;
    };
    match bound.healthy {
        Healthy::Below => limit <= value,
        Healthy::Above => value <= limit,
    }
}

/// One sentence on a plot up to an instant, for those who do not see it.
pub fn summary(
    plot: Plot,
    recording: &Recording,
    marks: &Marks,
    at: Time,
    bounds: &[Threshold],
) -> String {
    let bound = bounds.first().map_or_else(String::new, |bound| {
        format!(
            " Gates ask for {} {}.",
            format::sign(bound.bound.healthy),
            bound.label
        )
    });
    let count = recording.samples_until(at);
    if count == 0 {
        return format!("{}: nothing measured yet.{bound}", plot.title());
    }
    let span = |version| {
        recording
            .samples()
            .range(0, count)
            .filter_map(|sample| plot.reading(sample, version))
            .fold(None, |span: Option<(f64, f64)>, value| {
                let (least, greatest) = span.unwrap_or((value, value));
                Some((least.min(value), greatest.max(value)))
            })
    };
    if plot == Plot::Share {
        let steps: Vec<_> = marks
            .steps
            .iter()
            .filter(|step| step.at <= at)
            .map(|step| {
                format!(
                    "{} at {}",
                    format::weight(step.weight),
                    format::clock(step.at)
                )
            })
            .collect();
        return if steps.is_empty() {
            "Traffic share: all traffic goes to stable.".to_owned()
        } else {
            format!("Traffic share of the canary: {}.", steps.join(", "))
        };
    }
    let words = |name: &str, span: Option<(f64, f64)>| match span {
        Some((least, greatest)) => {
            format!("{name} {} to {}", plot.value(least), plot.value(greatest))
        }
        None => format!("{name} without data"),
    };
    format!(
        "{} until {}: {}, {}.{bound}",
        plot.title(),
        format::clock(at),
        words("stable", span(Version::Stable)),
        words("canary", span(Version::Canary)),
    )
}

/// The value of a threshold at a scrape.
pub fn threshold_at(plot: Plot, threshold: &Threshold, sample: &Sample) -> Option<f64> {
    format::bound_value(
        threshold.bound.against,
        plot.reading(sample, Version::Stable),
    )
}

/// Whether a threshold is a number, and so a straight line.
pub const fn is_fixed(threshold: &Threshold) -> bool {
    matches!(threshold.bound.against, Against::Fixed(_))
}

pub(super) const fn version_of(sample: &Sample, version: Version) -> &VersionSample {
    match version {
        Version::Stable => &sample.stable,
        Version::Canary => &sample.canary,
    }
}

#[cfg(test)]
mod tests;
