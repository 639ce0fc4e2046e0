//! Laws of latency, behind one type, so that whoever draws or buckets latencies need not know which law it is.
//!
//! Values are not negative and in any unit: a law knows its own. Every method takes the nearer tail, so that a share
//! of 1e-30 does not drown in the rounding of numbers near one.

mod empirical;
mod error;
mod gamma;
mod lognormal;
mod mixture;
mod pareto_tail;
mod weibull;

#[cfg(test)]
mod tests;

pub use empirical::Empirical;
pub use error::LawError;
pub use gamma::Gamma;
pub use lognormal::LogNormal;
pub use mixture::Mixture;
pub use pareto_tail::ParetoTail;
pub use weibull::Weibull;

/// A law of latency.
#[derive(Clone, Debug, PartialEq)]
pub enum Law {
    /// Many small delays that multiply.
    LogNormal(LogNormal),
    /// Delays in a row.
    Gamma(Gamma),
    /// A rate of completion that grows or falls with age.
    Weibull(Weibull),
    /// A lognormal body with a heavy tail.
    ParetoTail(ParetoTail),
    /// One of several laws, by chance: a cache that hits or misses.
    Mixture(Mixture),
    /// Measured quantiles.
    Empirical(Empirical),
}

/// Calls one method of whichever law it is.
macro_rules! dispatch {
    ($law:expr, $each:ident => $call:expr) => {
        match $law {
            Law::LogNormal($each) => $call,
            Law::Gamma($each) => $call,
            Law::Weibull($each) => $call,
            Law::ParetoTail($each) => $call,
            Law::Mixture($each) => $call,
            Law::Empirical($each) => $call,
        }
    };
}

impl Law {
    /// Probability of a value of at most `x`.
    pub fn cdf(&self, x: f64) -> f64 {
        dispatch!(self, law => law.cdf(x))
    }

    /// Probability of a value above `x`.
    pub fn above(&self, x: f64) -> f64 {
        dispatch!(self, law => law.above(x))
    }

    /// Probability of a value between `lo` (excluded) and `hi` (included); nothing unless `lo < hi`.
    pub fn between(&self, lo: f64, hi: f64) -> f64 {
        dispatch!(self, law => law.between(lo, hi))
    }

    /// The value below which a share `p` lies, in the unit of the law; NaN where `p` is not a share.
    pub fn quantile(&self, p: f64) -> f64 {
        dispatch!(self, law => law.quantile(p))
    }

    /// The mean, in the unit of the law; infinite for a tail too heavy to have one.
    pub fn mean(&self) -> f64 {
        dispatch!(self, law => law.mean())
    }

    /// The squared coefficient of variation: the variance over the squared mean, without a unit; infinite for a tail
    /// too heavy to have one.
    pub fn cv2(&self) -> f64 {
        dispatch!(self, law => law.cv2())
    }
}

/// Lets each law stand for the type of all of them.
macro_rules! stands_for_law {
    ($($name:ident),*) => {$(
        impl From<$name> for Law {
            fn from(law: $name) -> Self {
                Self::$name(law)
            }
        }
    )*};
}

stands_for_law!(LogNormal, Gamma, Weibull, ParetoTail, Mixture, Empirical);
