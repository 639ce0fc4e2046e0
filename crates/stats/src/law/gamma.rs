//! The gamma law: the time that several exponential delays take in a row.

use crate::special::{gamma_p, gamma_q, smallest};

/// A gamma law. Everything lies at zero unless both numbers are positive.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gamma {
    /// How many exponential delays there are, whole or not.
    pub shape: f64,
    /// The mean of each delay, in any unit.
    pub scale: f64,
}

impl Gamma {
    /// Where `x` lies in a law of scale one; infinite where everything lies at zero.
    fn scaled(self, x: f64) -> f64 {
        if 0.0 < self.scale || x < 0.0 {
            x / self.scale.max(f64::MIN_POSITIVE)
        } else {
            f64::INFINITY
        }
    }

    /// Probability of a value of at most `x`.
    pub fn cdf(self, x: f64) -> f64 {
        gamma_p(self.shape, self.scaled(x))
    }

    /// Probability of a value above `x`.
    pub fn above(self, x: f64) -> f64 {
        gamma_q(self.shape, self.scaled(x))
    }

    /// Probability of a value between `lo` (excluded) and `hi` (included); nothing unless `lo < hi`.
    pub fn between(self, lo: f64, hi: f64) -> f64 {
        if hi <= lo || lo.is_nan() || hi.is_nan() {
            return 0.0;
        }
        let between = if self.mean() < lo {
            self.above(lo) - self.above(hi)
        } else {
            self.cdf(hi) - self.cdf(lo)
        };
        between.max(0.0)
    }

    /// The value below which a share `p` lies; NaN where `p` is not a share.
    pub fn quantile(self, p: f64) -> f64 {
        if !(0.0..=1.0).contains(&p) {
            return f64::NAN;
        }
        if self.shape <= 0.0 || self.scale <= 0.0 {
            return 0.0;
        }
        if 1.0 <= p {
            return f64::INFINITY;
        }
        let scaled = if p < 0.5 {
            smallest(0.0, f64::INFINITY, |x| p <= gamma_p(self.shape, x))
        } else {
            smallest(0.0, f64::INFINITY, |x| gamma_q(self.shape, x) <= 1.0 - p)
        };
        scaled * self.scale
    }

    /// The mean, in the unit of the values: `shape * scale`.
    pub fn mean(self) -> f64 {
        self.shape.max(0.0) * self.scale.max(0.0)
    }

    /// The squared coefficient of variation, without a unit: `1 / shape`, and zero where everything lies at zero.
    pub fn cv2(self) -> f64 {
        if self.shape <= 0.0 || self.scale <= 0.0 {
            0.0
        } else {
            1.0 / self.shape
        }
    }
}
