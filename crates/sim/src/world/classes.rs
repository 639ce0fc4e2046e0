//! Classes of latency: stretches within which all requests count alike.

use alloc::vec::Vec;

/// Finite buckets of the latency histogram, at most.
pub(crate) const MOST_BOUNDS: usize = 30;
/// Classes, at most: the buckets, the infinite one, and two more where the limits of slow and of patience cut one.
pub(crate) const MOST_CLASSES: usize = MOST_BOUNDS + 3;

/// One stretch of latency: a bucket, or a part of the one that holds the limit of what counts as slow or that of the
/// clients' patience.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Class {
    /// Above this, in seconds.
    pub(crate) lo: f64,
    /// Up to this, in seconds.
    pub(crate) hi: f64,
    /// The bucket that counts it.
    pub(crate) bucket: usize,
    /// Whether it counts as bad: it is slow, or the client has given up.
    pub(crate) is_bad: bool,
    /// Whether the client has given up.
    pub(crate) is_late: bool,
}

/// All stretches of latency, fastest first, for finite bounds in seconds that rise.
pub(crate) fn classes(bounds: &[f64], slow: f64, patience: f64) -> Vec<Class> {
    let mut classes = Vec::with_capacity(MOST_CLASSES);
    let mut lo = 0.0;
    for (bucket, hi) in bounds.iter().copied().chain([f64::INFINITY]).enumerate() {
        let cuts = [slow.min(patience), slow.max(patience), hi];
        for cut in cuts {
            if lo < cut && cut <= hi {
                classes.push(Class {
                    lo,
                    hi: cut,
                    bucket,
                    is_bad: slow <= lo || patience <= lo,
                    is_late: patience <= lo,
                });
                lo = cut;
            }
        }
    }
    classes
}

/// The finite bounds of a histogram in seconds: those that rise, and no more than there is room for.
pub(crate) fn bounds(micros: &[u64]) -> Vec<f64> {
    let mut bounds = Vec::with_capacity(MOST_BOUNDS);
    for seconds in micros.iter().map(|micros| *micros as f64 / 1e6) {
        if bounds.len() < MOST_BOUNDS && bounds.last().copied().unwrap_or(0.0) < seconds {
            bounds.push(seconds);
        }
    }
    bounds
}
