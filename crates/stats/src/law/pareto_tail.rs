//! A lognormal body with a Pareto tail: a service that is ordinary until it is not, as garbage collection, retries and
//! lock convoys make it.

use super::LogNormal;
use crate::normal::{normal_cdf, normal_quantile};

/// A lognormal law whose slowest share is replaced by a Pareto tail.
///
/// The tail starts at the quantile `1 - from` of the body, so that the probabilities are continuous there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ParetoTail {
    /// The law below the join, in any unit.
    pub body: LogNormal,
    /// The share of all values in the tail, below one, as in 0.01; no tail where it is zero or less.
    pub from: f64,
    /// How quickly the tail falls: the share above `x` falls as `x^-alpha`. Positive; the mean is finite above one and
    /// the variance above two.
    pub alpha: f64,
}

impl ParetoTail {
    /// Standard deviations of the logarithm by which the join lies above the median.
    fn join_z(self) -> f64 {
        -normal_quantile(self.from.max(0.0))
    }

    /// The value at which the tail starts; infinite where there is none.
    pub fn join(self) -> f64 {
        if self.from <= 0.0 {
            f64::INFINITY
        } else if self.body.sigma <= 0.0 {
            self.body.median.max(0.0)
        } else {
            self.body.median.max(0.0) * libm::exp(self.body.sigma * self.join_z())
        }
    }

    /// Probability of a value of at most `x`.
    pub fn cdf(self, x: f64) -> f64 {
        let join = self.join();
        if x <= join {
            self.body.cdf(x)
        } else {
            1.0 - self.tail(join, x)
        }
    }

    /// Probability of a value above `x`.
    pub fn above(self, x: f64) -> f64 {
        let join = self.join();
        if x <= join {
            self.body.above(x)
        } else {
            self.tail(join, x)
        }
    }

    /// Probability of a value above `x`, which is not below the join.
    fn tail(self, join: f64, x: f64) -> f64 {
        if join <= 0.0 {
            return 0.0;
        }
        self.from.max(0.0) * libm::pow(join / x, self.alpha)
    }

    /// Probability of a value between `lo` (excluded) and `hi` (included); nothing unless `lo < hi`.
    pub fn between(self, lo: f64, hi: f64) -> f64 {
        if hi <= lo || lo.is_nan() || hi.is_nan() {
            return 0.0;
        }
        let join = self.join();
        let body = if lo < join {
            self.body.between(lo, hi.min(join))
        } else {
            0.0
        };
        if hi <= join {
            return body;
        }
        let start = lo.max(join);
        // A ratio near one is a difference of logarithms near zero: the share between keeps its digits.
        let share = -libm::expm1(-self.alpha * libm::log(hi / start));
        body + self.tail(join, start) * share
    }

    /// The value below which a share `p` lies; NaN where `p` is not a share.
    pub fn quantile(self, p: f64) -> f64 {
        let (above, join) = (1.0 - p, self.join());
        if above < self.from && 0.0 <= above && 0.0 < join {
            join * libm::pow(self.from / above, 1.0 / self.alpha)
        } else {
            self.body.quantile(p)
        }
    }

    /// The mean, in the unit of the values; infinite for an `alpha` of one or less.
    pub fn mean(self) -> f64 {
        self.moment(1.0)
    }

    /// The squared coefficient of variation, without a unit; infinite for an `alpha` of two or less.
    pub fn cv2(self) -> f64 {
        let mean = self.mean();
        if mean <= 0.0 {
            return 0.0;
        }
        let square = self.moment(2.0);
        if square == f64::INFINITY {
            f64::INFINITY
        } else {
            (square / (mean * mean) - 1.0).max(0.0)
        }
    }

    /// The mean of the `power`th power: that of a lognormal law cut off at the join, and that of the tail.
    fn moment(self, power: f64) -> f64 {
        let sigma = self.body.sigma.max(0.0);
        let median = self.body.median.max(0.0);
        let whole = libm::pow(median, power) * libm::exp(power * power * sigma * sigma / 2.0);
        if self.from <= 0.0 || median <= 0.0 {
            return whole;
        }
        if self.alpha <= power {
            return f64::INFINITY;
        }
        let body = if 0.0 < sigma {
            whole * normal_cdf(self.join_z() - power * sigma)
        } else {
            whole * (1.0 - self.from)
        };
        body + self.from * libm::pow(self.join(), power) * self.alpha / (self.alpha - power)
    }
}
