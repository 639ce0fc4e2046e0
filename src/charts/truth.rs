//! What really is, beside what was measured: error rates as they were likely, latencies by their law.

use super::model::{Plot, version_of};
use crate::playback::Recording;
use coalmine_controller::{Time, Version};
use coalmine_sim::Sample;

/// True values of both versions, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrueValues {
    /// Stable's.
    pub stable: String,
    /// The canary's.
    pub canary: String,
}

impl Plot {
    /// Whether the truth of what it shows is known beside what is measured.
    pub const fn has_truth(self) -> bool {
        matches!(self, Self::Errors | Self::Latency)
    }

    /// The true value of a version at a scrape, in the base unit; nothing without traffic.
    pub fn truth(self, sample: &Sample, version: Version) -> Option<f64> {
        let series = version_of(sample, version);
        let value = match self {
            Self::Errors => series.true_error_rate,
            Self::Latency => series.true_latency_p99,
            Self::Share | Self::Cpu | Self::Memory => None,
        };
        value.map(f64::from)
    }
}

/// What really was at the last scrape up to and at an instant; nothing for plots that know no truth.
pub fn true_values(plot: Plot, recording: &Recording, at: Time) -> Option<TrueValues> {
    if !plot.has_truth() {
        return None;
    }
    let sample = recording.sample_at(at);
    let words = |version| {
        let value = sample.and_then(|sample| plot.truth(sample, version));
        value.map_or_else(|| "–".to_owned(), |value| plot.value(value))
    };
    Some(TrueValues {
        stable: words(Version::Stable),
        canary: words(Version::Canary),
    })
}

/// A sentence on the truth up to an instant, to follow the one on what was measured; empty where none is known.
pub fn truth_summary(plot: Plot, recording: &Recording, at: Time) -> String {
    let count = recording.samples_until(at);
    if !plot.has_truth() || count == 0 {
        return String::new();
    }
    let span = |version, name: &str| {
        let samples = recording.samples().range(0, count);
        let values = samples.filter_map(|sample| plot.truth(sample, version));
        let span = values.fold(None, |span: Option<(f64, f64)>, value| {
            let (least, greatest) = span.unwrap_or((value, value));
            Some((least.min(value), greatest.max(value)))
        });
        span.map_or_else(
            || format!("{name} without traffic"),
            |(least, greatest)| format!("{name} {} to {}", plot.value(least), plot.value(greatest)),
        )
    };
    format!(
        " In truth: {}, {}.",
        span(Version::Stable, "stable"),
        span(Version::Canary, "canary")
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format;
    use coalmine_controller::Weight;
    use coalmine_sim::VersionSample;
    use coalmine_wire::Batch;

    fn recording() -> Recording {
        let version = |error_rate, true_error_rate| VersionSample {
            error_rate,
            true_error_rate,
            ..VersionSample::default()
        };
        let samples = vec![Sample {
            at: Time(5_000),
            weight: Weight::FULL,
            stable: version(Some(0.004), Some(0.002)),
            canary: version(None, Some(0.05)),
        }];
        let mut recording = Recording::default();
        recording.append(Batch {
            events: Vec::new(),
            samples,
            until: Time(5_000),
        });
        recording
    }

    #[test]
    fn truth_is_told_where_nothing_was_measured() {
        let values = true_values(Plot::Errors, &recording(), Time(5_000)).unwrap();
        let words = format!("{} {}", values.stable, values.canary);
        assert_eq!(words.replace(format::THIN, " "), "0.20 % 5.0 %");
        let words = truth_summary(Plot::Errors, &recording(), Time(5_000));
        assert_eq!(
            words.replace(format::THIN, " "),
            " In truth: stable 0.20 % to 0.20 %, canary 5.0 % to 5.0 %."
        );
    }

    #[test]
    fn what_is_set_or_counted_has_no_truth_beside_it() {
        for plot in [Plot::Share, Plot::Cpu, Plot::Memory] {
            assert_eq!(true_values(plot, &recording(), Time(5_000)), None);
            assert_eq!(truth_summary(plot, &recording(), Time(5_000)), "");
        }
    }
}
