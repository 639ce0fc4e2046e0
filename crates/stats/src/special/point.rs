//! Probabilities of single counts without the cancellation of large logarithms, also between the integers, where they
//! are the leading factors of the incomplete gamma and beta functions.
//!
//! The saddle-point expansion of C. Loader, "Fast and accurate computation of binomial probabilities", 2000.

use core::f64::consts::PI;

/// Half the natural logarithm of 2 pi.
const LN_SQRT_2_PI: f64 = 0.918_938_533_204_672_8;

/// What Stirling's formula lacks of the natural logarithm of `n` factorial.
fn stirling_error(n: f64) -> f64 {
    if n < 16.0 {
        return libm::lgamma(n + 1.0) - (n + 0.5) * libm::log(n) + n - LN_SQRT_2_PI;
    }
    let square = n * n;
    let tail = 1.0 / 1_260.0 - (1.0 / 1_680.0 - 1.0 / (1_188.0 * square)) / square;
    (1.0 / 12.0 - (1.0 / 360.0 - tail / square) / square) / n
}

/// `x ln(x / mean) + mean - x`, also where `x` is close to `mean`.
fn deviance(x: f64, mean: f64) -> f64 {
    let difference = x - mean;
    if 0.1 * (x + mean) <= libm::fabs(difference) {
        return x * libm::log(x / mean) - difference;
    }
    let v = difference / (x + mean);
    let mut sum = difference * v;
    let mut term = 2.0 * x * v;
    let mut odd = 3.0;
    loop {
        term *= v * v;
        let next = sum + term / odd;
        // Exact equality ends the series; what is not a number ends it too.
        if libm::fabs(next - sum) <= 0.0 || next.is_nan() {
            return next;
        }
        sum = next;
        odd += 2.0;
    }
}

/// `mean^x exp(-mean) / Gamma(x + 1)`: the probability of `x` events where `mean` are expected (Poisson).
pub(crate) fn poisson_point(x: f64, mean: f64) -> f64 {
    if mean <= 0.0 {
        return if x <= 0.0 { 1.0 } else { 0.0 };
    }
    if mean == f64::INFINITY {
        return 0.0;
    }
    if x < 1.0 {
        return libm::exp(x * libm::log(mean) - mean - libm::lgamma(x + 1.0));
    }
    libm::exp(-stirling_error(x) - deviance(x, mean)) / libm::sqrt(2.0 * PI * x)
}

/// `Gamma(n + 1) / (Gamma(x + 1) Gamma(n - x + 1)) p^x q^(n - x)` where `q` is `1 - p`: the probability of `x`
/// successes in `n` trials (binomial).
pub(crate) fn binomial_point(x: f64, n: f64, p: f64, q: f64) -> f64 {
    let all_of = |p: f64, q: f64| {
        if n <= 0.0 {
            1.0
        } else if p < 0.1 {
            libm::exp(-deviance(n, n * q) - n * p)
        } else {
            libm::exp(n * libm::log(q))
        }
    };
    if x <= 0.0 {
        return all_of(p, q);
    }
    if n <= x {
        return all_of(q, p);
    }
    if p <= 0.0 || q <= 0.0 {
        return 0.0;
    }
    let rest = n - x;
    let exponent = stirling_error(n)
        - stirling_error(x)
        - stirling_error(rest)
        - deviance(x, n * p)
        - deviance(rest, n * q);
    libm::exp(exponent) * libm::sqrt(n / (2.0 * PI * x * rest))
}
