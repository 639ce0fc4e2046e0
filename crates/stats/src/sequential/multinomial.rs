//! A test of counts that holds at any time: whether errors fall on canary and control as their traffic does.
//!
//! M. Lindon and A. Malek, "Anytime-Valid Inference for Multinomial Count Data" (arXiv 2011.03567). Given all errors of
//! two arms with equal error rates, those of the canary are binomial with its share of the traffic.

/// The logarithm of the Bayes factor against `counts` that fall with the shares `theta`, which add up to one, under a
/// Dirichlet mixture around them: the higher its `concentration`, the smaller the differences that are looked for. Slices
/// of different length are read as far as the shorter one goes.
pub fn log_bayes_factor(counts: &[u64], theta: &[f64], concentration: f64) -> f64 {
    let (mut sum, mut prior_total, mut total) = (0.0, 0.0, 0.0);
    for (&count, &share) in counts.iter().zip(theta) {
        let (count, prior) = (count as f64, concentration * share);
        sum += libm::lgamma(prior + count) - libm::lgamma(prior);
        if 0.0 < count {
            sum -= count * libm::log(share);
        }
        prior_total += prior;
        total += count;
    }
    sum + libm::lgamma(prior_total) - libm::lgamma(prior_total + total)
}

/// The p-value of such a logarithm; the least over time holds at any time.
pub fn anytime_p_value(log_bayes_factor: f64) -> f64 {
    libm::exp(-log_bayes_factor).min(1.0)
}
