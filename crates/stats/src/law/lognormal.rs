//! The lognormal law: what latencies look like when many small delays multiply.

use crate::normal::{normal_between, normal_cdf, normal_quantile};

/// A lognormal law: its logarithm is normal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LogNormal {
    /// The median, in any unit. Everything lies at zero where it is zero or less.
    pub median: f64,
    /// The standard deviation of the natural logarithm. Everything lies at the median where it is zero or less.
    pub sigma: f64,
}

impl LogNormal {
    /// How many standard deviations `x` lies above the median on the logarithmic scale.
    pub fn z(self, x: f64) -> f64 {
        if x <= 0.0 {
            // A law concentrated at zero has everything at or below zero, and any other has nothing there.
            return if self.median <= 0.0 && x == 0.0 {
                f64::INFINITY
            } else {
                f64::NEG_INFINITY
            };
        }
        if self.median <= 0.0 || x == f64::INFINITY {
            return f64::INFINITY;
        }
        let distance = libm::log(x / self.median);
        if 0.0 < self.sigma {
            distance / self.sigma
        } else if distance < 0.0 {
            f64::NEG_INFINITY
        } else {
            f64::INFINITY
        }
    }

    /// Probability of a value of at most `x`.
    pub fn cdf(self, x: f64) -> f64 {
        normal_cdf(self.z(x))
    }

    /// Probability of a value between `lo` (excluded) and `hi` (included).
    pub fn between(self, lo: f64, hi: f64) -> f64 {
        normal_between(self.z(lo), self.z(hi))
    }

    /// Probability of a value above `x`.
    pub fn above(self, x: f64) -> f64 {
        normal_cdf(-self.z(x))
    }

    /// The value below which a share `p` lies; NaN where `p` is not a share.
    pub fn quantile(self, p: f64) -> f64 {
        let z = normal_quantile(p);
        if z.is_nan() {
            return z;
        }
        if self.median <= 0.0 {
            return 0.0;
        }
        if self.sigma <= 0.0 {
            return self.median;
        }
        self.median * libm::exp(self.sigma * z)
    }

    /// The mean, in the unit of the values: `median * exp(sigma^2 / 2)`.
    pub fn mean(self) -> f64 {
        let sigma = self.sigma.max(0.0);
        self.median.max(0.0) * libm::exp(sigma * sigma / 2.0)
    }

    /// The squared coefficient of variation, without a unit: `exp(sigma^2) - 1`.
    pub fn cv2(self) -> f64 {
        let sigma = self.sigma.max(0.0);
        libm::expm1(sigma * sigma)
    }
}
