//! The sequential test of one error rate against another: count errors, and stop at a line.

use crate::normal::normal_quantile;

/// Wald's sequential probability ratio test of an error rate (1945), with his approximations, which leave out by how
/// much the last request oversteps a bound.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BernoulliSprt {
    /// The share of good versions that are rejected, as in 0.05.
    pub alpha: f64,
    /// The share of bad versions that are accepted, as in 0.05.
    pub beta: f64,
    /// The error rate of a good version.
    pub p0: f64,
    /// The error rate of a bad version, above that of a good one; below it where what is counted is good.
    pub p1: f64,
}

impl BernoulliSprt {
    /// The logarithm of the likelihood ratio at which the version is rejected.
    pub fn upper_log(self) -> f64 {
        libm::log((1.0 - self.beta) / self.alpha)
    }

    /// The logarithm of the likelihood ratio at which the version is accepted; negative.
    pub fn lower_log(self) -> f64 {
        libm::log(self.beta / (1.0 - self.alpha))
    }

    /// What a failed request adds to the logarithm of the likelihood ratio.
    pub fn on_error(self) -> f64 {
        libm::log(self.p1 / self.p0)
    }

    /// What a successful request adds to the logarithm of the likelihood ratio; negative.
    pub fn on_success(self) -> f64 {
        libm::log1p(-self.p1) - libm::log1p(-self.p0)
    }

    /// Errors per request along both lines.
    pub fn slope(self) -> f64 {
        -self.on_success() / (self.on_error() - self.on_success())
    }

    /// The version is rejected once its errors reach this many and [`slope`](Self::slope) more for each request.
    pub fn upper_intercept(self) -> f64 {
        self.upper_log() / (self.on_error() - self.on_success())
    }

    /// The version is accepted once its errors fall to this many, a negative number, and [`slope`](Self::slope) more
    /// for each request.
    pub fn lower_intercept(self) -> f64 {
        self.lower_log() / (self.on_error() - self.on_success())
    }

    /// Requests until a decision about a good version, on average.
    pub fn mean_requests_good(self) -> f64 {
        self.mean_requests(self.p0, self.alpha)
    }

    /// Requests until a decision about a bad version, on average.
    pub fn mean_requests_bad(self) -> f64 {
        self.mean_requests(self.p1, 1.0 - self.beta)
    }

    /// Where the walk ends on average over how far a request takes it on average.
    fn mean_requests(self, p: f64, rejected: f64) -> f64 {
        let end = (1.0 - rejected) * self.lower_log() + rejected * self.upper_log();
        end / (p * self.on_error() + (1.0 - p) * self.on_success())
    }

    /// Requests, not rounded, that a test of the same errors needs which looks once (one sample, one side, by the
    /// normal law).
    pub fn fixed_requests(self) -> f64 {
        let good = -normal_quantile(self.alpha) * libm::sqrt(self.p0 * (1.0 - self.p0));
        let bad = -normal_quantile(self.beta) * libm::sqrt(self.p1 * (1.0 - self.p1));
        let root = (good + bad) / (self.p1 - self.p0);
        root * root
    }
}
