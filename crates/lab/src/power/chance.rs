//! The chance that a gate fails, where the laws of counts tell it.

use coalmine_stats::{binomial_above, poisson_pmf};

/// The chance that a fixed upper bound on the error rate fails a canary: at least `bound` of its requests fail, where
/// `mean` requests are expected, each fails with probability `p`, and fewer than `least` decide nothing. Exact for Poisson
/// arrivals.
pub fn chance_to_fail(mean: f64, p: f64, bound: f64, least: u64) -> f64 {
    let reach = 9.0 * libm::sqrt(mean) + 9.0;
    let (low, high) = (whole(mean - reach).max(least).max(1), whole(mean + reach));
    (low..=high)
        .map(|requests| {
            let errors = whole(libm::ceil(requests as f64 * bound - 1e-9));
            let fails = match errors.checked_sub(1) {
                Some(below) => binomial_above(requests, p, below),
                None => 1.0,
            };
            poisson_pmf(mean, requests) * fails
        })
        .sum::<f64>()
        .clamp(0.0, 1.0)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a count, and the cast saturates"
)]
pub(super) fn whole(value: f64) -> u64 {
    value.max(0.0) as u64
}
