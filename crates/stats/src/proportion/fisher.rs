//! The exact test of two shares, for the few errors of a good canary.

use super::Count;
use crate::special::binomial_point;

/// Tables whose probabilities differ by less than this, relatively, count as equally likely, as in R.
const EQUALLY_LIKELY: f64 = 1e-7;

/// How likely a table at least as extreme is if both arms are equal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PValues {
    /// Extreme on either side: a table that is no more likely.
    pub two_sided: f64,
    /// Extreme by a higher first share.
    pub greater: f64,
    /// Extreme by a lower first share.
    pub less: f64,
}

/// The exact test of R. A. Fisher: given all successes, those of the first arm are hypergeometric if both arms are
/// equal.
pub fn fisher_exact(first: Count, second: Count) -> PValues {
    let all = first.successes + second.successes;
    let lowest = all.saturating_sub(second.trials);
    let highest = all.min(first.trials);
    let observed = hypergeometric(first, second, first.successes);
    let limit = observed * (1.0 + EQUALLY_LIKELY);
    let mut found = PValues {
        two_sided: 0.0,
        greater: 0.0,
        less: 0.0,
    };
    for successes in lowest..=highest {
        let probability = hypergeometric(first, second, successes);
        if probability <= limit {
            found.two_sided += probability;
        }
        if first.successes <= successes {
            found.greater += probability;
        }
        if successes <= first.successes {
            found.less += probability;
        }
    }
    PValues {
        two_sided: found.two_sided.min(1.0),
        greater: found.greater.min(1.0),
        less: found.less.min(1.0),
    }
}

/// Probability of `successes` in the first arm given those of both, from binomial laws that share any rate: here the
/// pooled one, where each factor is near its greatest.
fn hypergeometric(first: Count, second: Count, successes: u64) -> f64 {
    let all = (first.successes + second.successes) as f64;
    let (ours, theirs) = (first.trials as f64, second.trials as f64);
    let (both, k) = (ours + theirs, successes as f64);
    let (p, q) = (all / both, (both - all) / both);
    binomial_point(k, ours, p, q) * binomial_point(all - k, theirs, p, q)
        / binomial_point(all, both, p, q)
}
