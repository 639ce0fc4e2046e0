//! A test of counts that holds at any time: whether errors fall on canary and control as their traffic does.
//!
//! M. Lindon and A. Malek, "Anytime-Valid Inference for Multinomial Count Data" (arXiv 2011.03567). Given all errors of
//! two arms with equal error rates, those of the canary are binomial with its share of the traffic.

use crate::special::{deviance, stirling_error};

/// The logarithm of the Bayes factor against `counts` that fall with the shares `theta`, which add up to one, under a
/// Dirichlet mixture around them: the higher its `concentration`, the smaller the differences that are looked for.
/// Slices of different length are read as far as the shorter one goes.
///
/// Stirling's leading terms of all gamma functions together are deviances, so that millions of counts do not cancel.
pub fn log_bayes_factor(counts: &[u64], theta: &[f64], concentration: f64) -> f64 {
    let total: u64 = counts.iter().zip(theta).map(|(count, _)| count).sum();
    let all = concentration + total as f64;
    let mut sum = smooth(concentration) - smooth(all);
    for (&count, &share) in counts.iter().zip(theta) {
        if 0.0 < share {
            let prior = concentration * share;
            let posterior = prior + count as f64;
            sum += deviance(posterior, all * share) + smooth(posterior) - smooth(prior);
        } else if 0 < count {
            // What cannot happen did.
            return f64::INFINITY;
        }
    }
    sum
}

/// What the logarithm of the gamma function of `x` has beyond `x ln(x) - x` and a constant.
fn smooth(x: f64) -> f64 {
    stirling_error(x) - libm::log(x) / 2.0
}

/// The p-value of such a logarithm; the least over time holds at any time.
pub fn anytime_p_value(log_bayes_factor: f64) -> f64 {
    libm::exp(-log_bayes_factor).min(1.0)
}
