//! Buckets of a classic histogram in the order that the functions of Prometheus ask for, copied only where they are not
//! in it already.

use alloc::{borrow::Cow, vec::Vec};

/// Counts that differ by less than this, relatively, count as equal: sums of floats in other orders differ so.
const SMALL_DELTA: f64 = 1e-12;

/// Upper bounds that rise strictly to infinity, and the cumulative count of each.
pub(super) struct Buckets<'a> {
    pub(super) le: Cow<'a, [f64]>,
    pub(super) cumulative: Cow<'a, [f64]>,
}

impl<'a> Buckets<'a> {
    /// Sorted, with the counts of equal bounds added up; nothing where the highest bound is not infinite. Slices of
    /// different length are read as far as the shorter one goes.
    pub(super) fn sorted(le: &'a [f64], cumulative: &'a [f64]) -> Option<Self> {
        let len = le.len().min(cumulative.len());
        let (le, cumulative) = (&le[..len], &cumulative[..len]);
        if le.windows(2).all(|pair| pair[0] < pair[1]) {
            le.last().filter(|&&last| last == f64::INFINITY)?;
            return Some(Self {
                le: Cow::Borrowed(le),
                cumulative: Cow::Borrowed(cumulative),
            });
        }
        let mut buckets: Vec<(f64, f64)> =
            le.iter().copied().zip(cumulative.iter().copied()).collect();
        sort(&mut buckets);
        buckets.last().filter(|last| last.0 == f64::INFINITY)?;
        buckets.dedup_by(|next, kept| {
            // Sorted, so that what is not above is equal; the two zeros are.
            let same = next.0 <= kept.0;
            if same {
                kept.1 += next.1;
            }
            same
        });
        let (le, cumulative): (Vec<f64>, Vec<f64>) = buckets.into_iter().unzip();
        Some(Self {
            le: Cow::Owned(le),
            cumulative: Cow::Owned(cumulative),
        })
    }

    /// Lifts counts that fall below the one before them, and levels those that differ from it by rounding alone.
    pub(super) fn repair(&mut self) {
        let is_tidy = self
            .cumulative
            .windows(2)
            .all(|pair| is_repaired(pair[0], pair[1]));
        if is_tidy {
            return;
        }
        let counts = self.cumulative.to_mut();
        for at in 1..counts.len() {
            counts[at] = repaired(counts[at - 1], counts[at]);
        }
    }
}

/// Whether Prometheus uses a count as it is, given the one before it.
fn is_repaired(before: f64, count: f64) -> bool {
    // Counts mostly rise by far more than rounding: what is sure takes no division.
    let rises_clearly = 0.0 <= before && 10.0 * SMALL_DELTA * count < count - before;
    rises_clearly || repaired(before, count).to_bits() == count.to_bits()
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

/// Sorts by the bound, equal ones in their order. Buckets are few, and nearly always sorted before: insertion, which is a
/// fraction of the code of the library's sorting.
fn sort(buckets: &mut [(f64, f64)]) {
    for end in 1..buckets.len() {
        let mut at = end;
        while 0 < at && buckets[at - 1].0.total_cmp(&buckets[at].0).is_gt() {
            buckets.swap(at - 1, at);
            at -= 1;
        }
    }
}
