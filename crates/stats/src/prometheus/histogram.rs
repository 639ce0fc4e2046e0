//! Quantiles and shares of bucketed latencies exactly as Prometheus reports them.

use super::buckets::Buckets;

/// Upper bounds, in seconds, of the buckets that Prometheus' client libraries use unless told otherwise, without the
/// last one, which is infinite.
pub const DEFAULT_BUCKETS_SECONDS: [f64; 11] = [
    0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0,
];

/// The `q` quantile of a histogram with the upper bounds `le` (any order; the highest must be infinite) and the
/// cumulative counts `cumulative`, in the unit of `le`.
///
/// This is `histogram_quantile` of Prometheus for classic buckets: a straight line within a bucket, the highest
/// finite bound for anything beyond it, NaN for an empty or malformed histogram, and infinities for `q` outside 0 to 1.
/// Slices of different length are read as far as the shorter one goes.
pub fn histogram_quantile(q: f64, le: &[f64], cumulative: &[f64]) -> f64 {
    if q.is_nan() {
        return f64::NAN;
    }
    if q < 0.0 {
        return f64::NEG_INFINITY;
    }
    if 1.0 < q {
        return f64::INFINITY;
    }
    let Some(mut buckets) = Buckets::sorted(le, cumulative) else {
        return f64::NAN;
    };
    buckets.repair();
    tidy_quantile(q, &buckets.le, &buckets.cumulative)
}

/// The share of observations between `lower` and `upper`, in the unit of the upper bounds `le` (any order; the highest
/// must be infinite), where `cumulative` are the cumulative counts.
///
/// This is `histogram_fraction` of Prometheus for classic buckets: a straight line within a bucket, nothing of the
/// last bucket below infinity, nothing for bounds in the wrong order, NaN for an empty or malformed histogram or a bound
/// that is not a number. Unlike a quantile it reads falling counts as they are.
pub fn histogram_fraction(lower: f64, upper: f64, le: &[f64], cumulative: &[f64]) -> f64 {
    let Some(buckets) = Buckets::sorted(le, cumulative) else {
        return f64::NAN;
    };
    let total = buckets.cumulative.last().copied().unwrap_or(0.0);
    if total == 0.0 || total.is_nan() || lower.is_nan() || upper.is_nan() {
        return f64::NAN;
    }
    if upper <= lower {
        return 0.0;
    }
    let rank = |value| rank_of(value, &buckets.le, &buckets.cumulative).min(total);
    (rank(upper) - rank(lower)) / total
}

/// How many observations lie at or below `value`, by straight lines within the buckets.
fn rank_of(value: f64, le: &[f64], cumulative: &[f64]) -> f64 {
    let bucket = le.partition_point(|&bound| bound <= value);
    // Every bound is at or below infinity only.
    let (Some(&end), Some(&count)) = (le.get(bucket), cumulative.get(bucket)) else {
        return f64::INFINITY;
    };
    let (start, below) = match bucket.checked_sub(1) {
        Some(before) => (le[before], cumulative[before]),
        // The first bucket starts at zero, unless it ends there or below: then nothing bounds it from below.
        None if 0.0 < end => (0.0, 0.0),
        None => (f64::NEG_INFINITY, 0.0),
    };
    if value <= start {
        below
    } else if start == f64::NEG_INFINITY {
        count
    } else {
        below + (count - below) * (value - start) / (end - start)
    }
}

fn tidy_quantile(q: f64, le: &[f64], cumulative: &[f64]) -> f64 {
    let last = match le.len() {
        0 | 1 => return f64::NAN,
        len => len - 1,
    };
    let total = cumulative[last];
    if total == 0.0 || total.is_nan() {
        return f64::NAN;
    }
    let rank = q * total;
    let bucket = cumulative[..last]
        .iter()
        .position(|&count| rank <= count)
        .unwrap_or(last);
    if bucket == last {
        return le[last - 1];
    }
    if bucket == 0 && le[0] <= 0.0 {
        return le[0];
    }
    let (start, below) = match bucket {
        0 => (0.0, 0.0),
        _ => (le[bucket - 1], cumulative[bucket - 1]),
    };
    start + (le[bucket] - start) * ((rank - below) / (cumulative[bucket] - below))
}
