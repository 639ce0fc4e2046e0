//! One of several laws, by chance: hits and misses of a cache, small and large requests.

use super::{Law, LawError};
use crate::special::smallest;
use alloc::vec::Vec;

/// A mixture of laws, each with its share.
#[derive(Clone, Debug, PartialEq)]
pub struct Mixture {
    /// At least one part; the shares add up to one.
    parts: Vec<(f64, Law)>,
}

impl Mixture {
    /// The mixture of `parts`, each with a positive weight in any unit: 1 and 3 are the same as 25 % and 75 %.
    ///
    /// # Errors
    ///
    /// There is no part, or a weight is not positive and finite.
    pub fn new(mut parts: Vec<(f64, Law)>) -> Result<Self, LawError> {
        if parts.is_empty() {
            return Err(LawError::NoParts);
        }
        let is_weight = |weight: f64| 0.0 < weight && weight < f64::INFINITY;
        if let Some(part) = parts.iter().position(|&(weight, _)| !is_weight(weight)) {
            return Err(LawError::Weight { part });
        }
        let total: f64 = parts.iter().map(|(weight, _)| weight).sum();
        for (weight, _) in &mut parts {
            *weight /= total;
        }
        Ok(Self { parts })
    }

    /// The parts with their shares, which add up to one.
    pub fn parts(&self) -> &[(f64, Law)] {
        &self.parts
    }

    /// The mean of a quantity over the parts.
    fn mean_of(&self, quantity: impl Fn(&Law) -> f64) -> f64 {
        self.parts
            .iter()
            .map(|(share, law)| share * quantity(law))
            .sum()
    }

    /// Probability of a value of at most `x`.
    pub fn cdf(&self, x: f64) -> f64 {
        self.mean_of(|law| law.cdf(x)).min(1.0)
    }

    /// Probability of a value above `x`.
    pub fn above(&self, x: f64) -> f64 {
        self.mean_of(|law| law.above(x)).min(1.0)
    }

    /// Probability of a value between `lo` (excluded) and `hi` (included); nothing unless `lo < hi`.
    pub fn between(&self, lo: f64, hi: f64) -> f64 {
        self.mean_of(|law| law.between(lo, hi)).min(1.0)
    }

    /// The value below which a share `p` lies; NaN where `p` is not a share.
    pub fn quantile(&self, p: f64) -> f64 {
        if !(0.0..=1.0).contains(&p) {
            return f64::NAN;
        }
        // It lies between the least and the greatest of the parts' own.
        let (lo, hi) = self
            .parts
            .iter()
            .map(|(_, law)| law.quantile(p))
            .fold((f64::INFINITY, 0.0_f64), |(lo, hi), own| {
                (lo.min(own), hi.max(own))
            });
        if 1.0 <= p {
            hi
        } else if p < 0.5 {
            smallest(lo, hi, |x| p <= self.cdf(x))
        } else {
            smallest(lo, hi, |x| self.above(x) <= 1.0 - p)
        }
    }

    /// The mean, in the unit of the values.
    pub fn mean(&self) -> f64 {
        self.mean_of(Law::mean)
    }

    /// The squared coefficient of variation, without a unit.
    pub fn cv2(&self) -> f64 {
        let mean = self.mean();
        if mean <= 0.0 {
            return 0.0;
        }
        // Within the parts and between them, each relative to the mean of all, so that nothing cancels.
        let relative = self.mean_of(|law| {
            let own = law.mean() / mean;
            own * own * law.cv2() + (own - 1.0) * (own - 1.0)
        });
        if relative.is_nan() {
            f64::INFINITY
        } else {
            relative
        }
    }
}
