//! The laws of counts, without the cancellation of large logarithms.

use crate::special::{beta_i, binomial_point, gamma_p, gamma_q, poisson_point};

/// Natural logarithm of `count` factorial.
pub fn ln_factorial(count: f64) -> f64 {
    libm::lgamma(count + 1.0)
}

/// Probability of exactly `count` events where `mean` are expected (Poisson).
pub fn poisson_pmf(mean: f64, count: u64) -> f64 {
    poisson_point(count as f64, mean)
}

/// Probability of at most `count` events where `mean` are expected (Poisson).
pub fn poisson_cdf(mean: f64, count: u64) -> f64 {
    gamma_q(count as f64 + 1.0, mean)
}

/// Probability of more than `count` events where `mean` are expected (Poisson).
pub fn poisson_above(mean: f64, count: u64) -> f64 {
    gamma_p(count as f64 + 1.0, mean)
}

/// Probability of exactly `count` successes in `trials`, each with probability `p` (binomial).
pub fn binomial_pmf(trials: u64, p: f64, count: u64) -> f64 {
    if trials < count {
        return 0.0;
    }
    if p <= 0.0 {
        return if count == 0 { 1.0 } else { 0.0 };
    }
    if 1.0 <= p {
        return if count == trials { 1.0 } else { 0.0 };
    }
    binomial_point(count as f64, trials as f64, p, 1.0 - p)
}

/// Probability of at most `count` successes in `trials`, each with probability `p` (binomial).
pub fn binomial_cdf(trials: u64, p: f64, count: u64) -> f64 {
    if trials <= count {
        return 1.0;
    }
    beta_i((trials - count) as f64, count as f64 + 1.0, 1.0 - p)
}

/// Probability of more than `count` successes in `trials`, each with probability `p` (binomial).
pub fn binomial_above(trials: u64, p: f64, count: u64) -> f64 {
    if trials <= count {
        return 0.0;
    }
    beta_i(count as f64 + 1.0, (trials - count) as f64, p)
}
