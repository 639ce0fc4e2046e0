//! Functions of Prometheus over a window of samples: rates with its extrapolation, means and maxima.
//!
//! The rules are those of Prometheus 3: a window leaves its left bound out, and a rate is extrapolated towards the
//! bounds of the window as far as the spacing of the samples makes it likely that the series goes on there.

/// One scraped value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sample {
    /// When it was scraped, in milliseconds.
    pub time_ms: i64,
    /// What was scraped, in the unit of the series.
    pub value: f64,
}

/// What a range selector selects: samples after `start_ms` and up to `end_ms`, which is when the query is evaluated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// The left bound, in milliseconds, itself left out as by Prometheus since version 3.0.
    pub start_ms: i64,
    /// The right bound, in milliseconds, itself included.
    pub end_ms: i64,
}

/// A series either counts, and only ever falls by starting anew, or may fall.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Series {
    Counter,
    Gauge,
}

impl Window {
    /// Those of `samples`, which are in the order of their times, that lie within the window.
    pub fn select(self, samples: &[Sample]) -> &[Sample] {
        let from = samples.partition_point(|sample| sample.time_ms <= self.start_ms);
        let to = samples.partition_point(|sample| sample.time_ms <= self.end_ms);
        samples.get(from..to).unwrap_or_default()
    }

    fn seconds(self) -> f64 {
        seconds(self.start_ms, self.end_ms)
    }
}

/// By how much a counter rose within the window: `increase` of Prometheus, resets added and extrapolated to the whole
/// window. Nothing unless the window holds two samples, which are in the order of their times.
pub fn increase(window: Window, samples: &[Sample]) -> Option<f64> {
    extrapolated(window, samples, Series::Counter).map(|(rise, factor)| rise * factor)
}

/// How fast a counter rose within the window, per second: `rate` of Prometheus, which is [`increase`] over the length
/// of the window.
pub fn rate(window: Window, samples: &[Sample]) -> Option<f64> {
    // In the order in which Prometheus divides, so that the last bit agrees.
    extrapolated(window, samples, Series::Counter)
        .map(|(rise, factor)| rise * (factor / window.seconds()))
}

/// By how much a gauge rose within the window: `delta` of Prometheus, extrapolated to the whole window. Nothing unless
/// the window holds two samples, which are in the order of their times.
pub fn delta(window: Window, samples: &[Sample]) -> Option<f64> {
    extrapolated(window, samples, Series::Gauge).map(|(rise, factor)| rise * factor)
}

/// The mean of the samples within the window: `avg_over_time` of Prometheus. Nothing without samples.
pub fn avg_over_time(window: Window, samples: &[Sample]) -> Option<f64> {
    let selected = window.select(samples);
    if selected.is_empty() {
        return None;
    }
    let count = selected.len() as f64;
    let mean = sum(selected.iter().map(|sample| sample.value)) / count;
    let is_finite = selected.iter().all(|sample| sample.value.is_finite());
    if is_finite && !mean.is_finite() {
        // The sum is beyond all floats, but the mean is not.
        return Some(sum(selected.iter().map(|sample| sample.value / count)));
    }
    Some(mean)
}

/// The greatest sample within the window: `max_over_time` of Prometheus. Nothing without samples, and not a number only
/// where no sample is one.
pub fn max_over_time(window: Window, samples: &[Sample]) -> Option<f64> {
    let values = window.select(samples).iter().map(|sample| sample.value);
    values.reduce(f64::max)
}

/// `numerator / denominator` as Prometheus divides: zero by zero is not a number, which compares false with any bound,
/// and anything else by zero is infinite.
pub fn ratio(numerator: f64, denominator: f64) -> f64 {
    numerator / denominator
}

fn seconds(from_ms: i64, to_ms: i64) -> f64 {
    (to_ms - from_ms) as f64 / 1_000.0
}

/// The sum with the correction of Neumaier, as Prometheus adds.
fn sum(values: impl Iterator<Item = f64>) -> f64 {
    let (mut sum, mut correction) = (0.0, 0.0);
    for value in values {
        let next: f64 = sum + value;
        if next.is_infinite() {
            correction = 0.0;
        } else if libm::fabs(value) <= libm::fabs(sum) {
            correction += (sum - next) + value;
        } else {
            correction += (value - next) + sum;
        }
        sum = next;
    }
    sum + correction
}

/// The difference of the last and the first sample, resets added, and the factor by which it grows where the samples go
/// on towards the bounds of the window.
fn extrapolated(window: Window, samples: &[Sample], series: Series) -> Option<(f64, f64)> {
    let selected = window.select(samples);
    let [first, .., last] = selected else {
        return None;
    };
    let mut rise = last.value - first.value;
    if series == Series::Counter {
        // A counter that falls has started anew from zero: what it had reached is added.
        rise += selected
            .windows(2)
            .filter(|pair| pair[1].value < pair[0].value)
            .map(|pair| pair[0].value)
            .sum::<f64>();
    }
    let covered = seconds(first.time_ms, last.time_ms);
    if covered <= 0.0 {
        return None;
    }
    let spacing = covered / (selected.len() - 1) as f64;
    // A bound that is farther from its sample than usual is not one that the series reaches.
    let reach = |distance: f64| {
        if distance < spacing * 1.1 {
            distance
        } else {
            spacing / 2.0
        }
    };
    let mut before = reach(seconds(window.start_ms, first.time_ms));
    let after = reach(seconds(last.time_ms, window.end_ms));
    if series == Series::Counter && 0.0 < rise && 0.0 <= first.value {
        // A counter does not start below zero.
        before = before.min(covered * (first.value / rise));
    }
    Some((rise, (covered + before + after) / covered))
}
