//! The Weibull law: the time to an event whose rate grows or falls with age, as a power.

/// A Weibull law. Everything lies at zero unless both numbers are positive.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weibull {
    /// Below one the rate of completion falls with age, which makes a long tail; at one the law is exponential.
    pub shape: f64,
    /// The value above which a share of `exp(-1)` lies, in any unit.
    pub scale: f64,
}

impl Weibull {
    /// The cumulated rate of completion at `x`: minus the logarithm of the share above it.
    fn hazard(self, x: f64) -> f64 {
        if x < 0.0 {
            0.0
        } else if self.shape <= 0.0 || self.scale <= 0.0 {
            f64::INFINITY
        } else {
            libm::pow(x / self.scale, self.shape)
        }
    }

    /// Probability of a value of at most `x`.
    pub fn cdf(self, x: f64) -> f64 {
        -libm::expm1(-self.hazard(x))
    }

    /// Probability of a value above `x`.
    pub fn above(self, x: f64) -> f64 {
        libm::exp(-self.hazard(x))
    }

    /// Probability of a value between `lo` (excluded) and `hi` (included); nothing unless `lo < hi`.
    pub fn between(self, lo: f64, hi: f64) -> f64 {
        let (from, to) = (self.hazard(lo), self.hazard(hi));
        if from < to {
            libm::exp(-from) * -libm::expm1(from - to)
        } else {
            0.0
        }
    }

    /// The value below which a share `p` lies; NaN where `p` is not a share.
    pub fn quantile(self, p: f64) -> f64 {
        if !(0.0..=1.0).contains(&p) {
            f64::NAN
        } else if self.shape <= 0.0 || self.scale <= 0.0 {
            0.0
        } else {
            self.scale * libm::pow(-libm::log1p(-p), 1.0 / self.shape)
        }
    }

    /// The mean, in the unit of the values: `scale * Gamma(1 + 1/shape)`.
    pub fn mean(self) -> f64 {
        if self.shape <= 0.0 || self.scale <= 0.0 {
            0.0
        } else {
            self.scale * libm::tgamma(1.0 + 1.0 / self.shape)
        }
    }

    /// The squared coefficient of variation, without a unit: `Gamma(1 + 2/shape) / Gamma(1 + 1/shape)^2 - 1`.
    pub fn cv2(self) -> f64 {
        if self.shape <= 0.0 || self.scale <= 0.0 {
            return 0.0;
        }
        let ln_moment = |power: f64| libm::lgamma(1.0 + power / self.shape);
        libm::expm1(ln_moment(2.0) - 2.0 * ln_moment(1.0))
    }
}
