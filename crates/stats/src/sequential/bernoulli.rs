//! A confidence sequence for a share: an interval that holds the truth at all times together.

use super::{BetaBinomial, Sides, Supermartingale};
use crate::{
    proportion::{Count, Interval},
    special::smallest,
};

/// The least share that is tried: below it, the logarithms of shares run out of digits.
const LEAST: f64 = 1e-100;

/// The interval for a share after each request, which holds the truth at all times together but for a share `alpha`,
/// tuned to be narrowest after `t_opt` requests for a probability of `alpha_opt`.
///
/// The shares that a two-sided beta-binomial mixture does not reject (Howard et al., arXiv 1810.08240). Everything from
/// 0 to 1 without trials.
pub fn bernoulli_interval(count: Count, alpha: f64, t_opt: f64, alpha_opt: f64) -> Interval {
    let (k, n) = (count.successes as f64, count.trials as f64);
    let threshold = -libm::log(alpha);
    // The share of successes and that of failures, each accurate near zero.
    let is_kept = |p: f64, q: f64, k: f64| {
        let mixture = BetaBinomial::tuned(p * q * t_opt, alpha_opt, p, q, Sides::Both);
        mixture.log(k - p * n, p * q * n) <= threshold
    };
    let lowest = |k: f64| {
        if k <= 0.0 {
            return 0.0;
        }
        let lowest = smallest(LEAST, k / n, |p| is_kept(p, 1.0 - p, k));
        if lowest <= LEAST { 0.0 } else { lowest }
    };
    Interval {
        lower: lowest(k),
        upper: 1.0 - lowest(n - k),
    }
}
