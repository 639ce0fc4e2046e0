//! The laws of counts, by their logarithms so that large means do not overflow.

/// Natural logarithm of `count` factorial.
pub fn ln_factorial(count: f64) -> f64 {
    libm::lgamma(count + 1.0)
}

/// Probability of exactly `count` events where `mean` are expected (Poisson).
pub fn poisson_pmf(mean: f64, count: u64) -> f64 {
    if mean <= 0.0 {
        return if count == 0 { 1.0 } else { 0.0 };
    }
    let count = count as f64;
    libm::exp(count * libm::log(mean) - mean - ln_factorial(count))
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
    let (n, k) = (trials as f64, count as f64);
    let ways = ln_factorial(n) - ln_factorial(k) - ln_factorial(n - k);
    libm::exp(ways + k * libm::log(p) + (n - k) * libm::log1p(-p))
}
