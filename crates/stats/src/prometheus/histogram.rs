//! Quantiles of bucketed latencies exactly as Prometheus reports them, because gates judge what Prometheus would say
//! and not what is true.

use alloc::vec::Vec;

/// Upper bounds, in seconds, of the buckets that Prometheus' client libraries use unless told otherwise, without the
/// last one, which is infinite.
pub const DEFAULT_BUCKETS_SECONDS: [f64; 11] = [
    0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0,
];

/// Counts that differ by less than this, relatively, count as equal: sums of floats in other orders differ so.
const SMALL_DELTA: f64 = 1e-12;

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
    let len = le.len().min(cumulative.len());
    let (le, cumulative) = (&le[..len], &cumulative[..len]);
    if is_tidy(le, cumulative) {
        return tidy_quantile(q, le, cumulative);
    }
    match tidied(le, cumulative) {
        Some((le, cumulative)) => tidy_quantile(q, &le, &cumulative),
        None => f64::NAN,
    }
}

/// Whether the bounds rise strictly to infinity and the counts never fall, so that no copy is needed.
fn is_tidy(le: &[f64], cumulative: &[f64]) -> bool {
    le.last().is_some_and(|&last| last == f64::INFINITY)
        && le.windows(2).all(|pair| pair[0] < pair[1])
        && cumulative
            .windows(2)
            .all(|pair| repaired(pair[0], pair[1]).to_bits() == pair[1].to_bits())
}

/// A count as Prometheus uses it, given the one before it.
fn repaired(before: f64, count: f64) -> f64 {
    if count < before || is_almost_equal(before, count) {
        before
    } else {
        count
    }
}

fn is_almost_equal(a: f64, b: f64) -> bool {
    let sum = libm::fabs(a) + libm::fabs(b);
    let difference = libm::fabs(a - b);
    difference == 0.0
        || (a != 0.0 && b != 0.0 && difference / sum.min(f64::MAX) < SMALL_DELTA)
        || ((a == 0.0 || b == 0.0 || sum < f64::MIN_POSITIVE)
            && difference < SMALL_DELTA * f64::MIN_POSITIVE)
}

/// Sorted, equal bounds added up, falling counts lifted; nothing where the highest bound is finite.
fn tidied(le: &[f64], cumulative: &[f64]) -> Option<(Vec<f64>, Vec<f64>)> {
    let mut buckets: Vec<(f64, f64)> = le.iter().copied().zip(cumulative.iter().copied()).collect();
    buckets.sort_by(|a, b| a.0.total_cmp(&b.0));
    buckets.last().filter(|last| last.0 == f64::INFINITY)?;
    buckets.dedup_by(|next, kept| {
        let same = next.0.total_cmp(&kept.0).is_eq();
        if same {
            kept.1 += next.1;
        }
        same
    });
    for at in 1..buckets.len() {
        buckets[at].1 = repaired(buckets[at - 1].1, buckets[at].1);
    }
    Some(buckets.into_iter().unzip())
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
