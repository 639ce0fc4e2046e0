//! The mixture sequential probability ratio test of a mean, whose p-value holds at any time.

/// The test with normal data and a normal mixture: R. Johari, L. Pekelis and D. Walsh, "Always Valid Inference"
/// (arXiv 1512.04922).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NormalMsprt {
    /// The variance of one observation; twice that of either arm where an observation is a difference of two.
    pub variance: f64,
    /// The variance of the effects that are looked for, in the same unit.
    pub tau2: f64,
}

impl NormalMsprt {
    /// The mixed likelihood ratio after `n` observations with this mean.
    pub fn likelihood_ratio(self, mean: f64, n: f64) -> f64 {
        let (variance, spread) = (self.variance, self.spread(n));
        let exponent = n * n * self.tau2 * mean * mean / (2.0 * variance * spread);
        libm::sqrt(variance / spread) * libm::exp(exponent)
    }

    /// The p-value after `n` observations with this mean; the least over time holds at any time.
    pub fn p_value(self, mean: f64, n: f64) -> f64 {
        (1.0 / self.likelihood_ratio(mean, n)).min(1.0)
    }

    /// Half the width of the interval around the mean after `n` observations that holds the truth at all times together
    /// but for a share `alpha`.
    pub fn half_width(self, n: f64, alpha: f64) -> f64 {
        let (variance, spread) = (self.variance, self.spread(n));
        let scale = variance * spread / (n * n * self.tau2);
        libm::sqrt(scale * (libm::log(spread / variance) - 2.0 * libm::log(alpha)))
    }

    fn spread(self, n: f64) -> f64 {
        self.variance + n * self.tau2
    }
}
