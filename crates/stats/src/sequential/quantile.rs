//! Whether two arms have the same quantile, at any time: the canary's p99 against the control's.

use super::{BetaBinomial, Sides, Supermartingale};
use crate::special::minimum;
use alloc::vec::Vec;

/// The p-value that both arms have the same quantile `p`, which holds at any time, tuned to be sharpest after `t_opt`
/// values in each arm for a probability of `alpha_opt`; one where an arm has no values.
///
/// S. R. Howard and A. Ramdas, "Sequential estimation of quantiles" (arXiv 1906.09712): for each value that
/// the quantile might have in both arms, the evidence of both against it is multiplied, and the least over values
/// counts.
pub fn quantile_ab_p_value(
    p: f64,
    first: &[f64],
    second: &[f64],
    t_opt: f64,
    alpha_opt: f64,
) -> f64 {
    if first.is_empty() || second.is_empty() {
        return 1.0;
    }
    let mixture = BetaBinomial::tuned(t_opt * p * (1.0 - p), alpha_opt, p, 1.0 - p, Sides::Both);
    let arms = [first, second].map(|values| Arm::new(p, values, mixture));
    let evidence = |x: f64| arms[0].evidence(x) + arms[1].evidence(x);
    // It only changes at values, and is least between the quantiles of both arms.
    let from = arms[0].end.min(arms[1].end);
    let to = arms[0].start.max(arms[1].start);
    let between = arms
        .iter()
        .flat_map(|arm| &arm.sorted)
        .copied()
        .filter(|&x| from <= x && x <= to);
    let least = between
        .chain([from, to])
        .map(evidence)
        .fold(f64::INFINITY, f64::min);
    libm::exp(-least).min(1.0)
}

/// The values of one arm, and where their evidence is least.
struct Arm {
    p: f64,
    sorted: Vec<f64>,
    mixture: BetaBinomial,
    /// The share of values below the quantile against which there is least evidence.
    likeliest: f64,
    /// The values between which that share is found.
    start: f64,
    end: f64,
}

impl Arm {
    fn new(p: f64, values: &[f64], mixture: BetaBinomial) -> Self {
        let mut sorted = values.to_vec();
        sorted.sort_by(f64::total_cmp);
        let mut arm = Self {
            p,
            sorted,
            mixture,
            likeliest: p,
            start: 0.0,
            end: 0.0,
        };
        arm.likeliest = minimum(0.0, 1.0, |share| arm.against(share));
        let place = arm.likeliest * arm.sorted.len() as f64;
        arm.start = arm.order(libm::ceil(place));
        arm.end = arm.order(libm::floor(place) + 1.0);
        arm
    }

    /// The value at a place of the order, from one.
    fn order(&self, place: f64) -> f64 {
        let above = (1..self.sorted.len())
            .take_while(|&at| (at as f64) < place)
            .count();
        self.sorted[above]
    }

    /// The logarithm of the evidence against a quantile with such a share of the values below it.
    fn against(&self, share: f64) -> f64 {
        let n = self.sorted.len() as f64;
        self.mixture
            .log((share - self.p) * n, self.p * (1.0 - self.p) * n)
    }

    /// The logarithm of the evidence against a quantile at `x`.
    fn evidence(&self, x: f64) -> f64 {
        let n = self.sorted.len() as f64;
        if x < self.start {
            self.against(self.sorted.partition_point(|&value| value <= x) as f64 / n)
        } else if self.end < x {
            self.against(self.sorted.partition_point(|&value| value < x) as f64 / n)
        } else {
            self.against(self.likeliest)
        }
    }
}
