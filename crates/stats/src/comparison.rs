//! Analyses of a canary, each with its numbers in the same form: what was found, what it had to reach, and how likely
//! that is among equal arms.
//!
//! Nothing here integrates: what to ask of a look is computed beforehand ([`crate::sequential::pocock`]).

use crate::{
    normal::normal_cdf,
    proportion::{Count, Interval, fisher_exact, two_proportion_z},
    rank::{Alternative, MannWhitney},
    sequential::{
        BernoulliSprt, NormalOneSided, NormalTwoSided, Supermartingale, anytime_p_value,
        log_bayes_factor,
    },
};

/// What a comparison came to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Comparison {
    /// What was computed: standard errors apart, the logarithm of the evidence, or for an exact test the p-value.
    pub statistic: f64,
    /// What it had to lie beyond.
    pub bound: f64,
    /// How likely so much is if both arms are equal; at any time, where the test may be looked at at any time.
    pub p_value: f64,
    /// Where the difference of the shares lies, first less second; nothing where the test says nothing about it.
    pub interval: Option<Interval>,
    /// What follows.
    pub finding: Finding,
}

/// What follows from a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    /// The first arm is worse.
    Worse,
    /// It was not found to be worse.
    Alike,
    /// The test wants to see more.
    Open,
}

/// Worse where the statistic lies beyond its bound, on the side that counts.
fn beyond(is_beyond: bool) -> Finding {
    if is_beyond {
        Finding::Worse
    } else {
        Finding::Alike
    }
}

/// How likely a standard normal deviate is at least as extreme.
fn p_of_z(z: f64, worse: Alternative) -> f64 {
    match worse {
        Alternative::TwoSided => 2.0 * normal_cdf(-libm::fabs(z)),
        Alternative::Greater => normal_cdf(-z),
        Alternative::Less => normal_cdf(z),
    }
}

/// A deviate against the one that it has to lie beyond.
fn z_beyond(z: f64, critical: f64, worse: Alternative) -> Finding {
    beyond(match worse {
        Alternative::TwoSided => critical < libm::fabs(z),
        Alternative::Greater => critical < z,
        Alternative::Less => z < -critical,
    })
}

/// Two arms in which nothing varies are as near as can be.
fn or_zero(z: f64) -> f64 {
    if z.is_nan() { 0.0 } else { z }
}

/// The z test of two shares (pooled), where `critical` standard errors apart are too many. The interval is as wide.
pub fn by_z(first: Count, second: Count, critical: f64, worse: Alternative) -> Comparison {
    let z = or_zero(two_proportion_z(first, second).z_pooled);
    let (p, q) = (first.share(), second.share());
    let variance = p * (1.0 - p) / first.trials as f64 + q * (1.0 - q) / second.trials as f64;
    let half = critical * libm::sqrt(variance);
    Comparison {
        statistic: z,
        bound: critical,
        p_value: p_of_z(z, worse),
        interval: Some(one_sided(p - q, half, worse)),
        finding: z_beyond(z, critical, worse),
    }
}

/// A difference give or take, where one side says nothing.
fn one_sided(difference: f64, half: f64, worse: Alternative) -> Interval {
    let (lower, upper) = (difference - half, difference + half);
    match worse {
        Alternative::TwoSided => Interval { lower, upper },
        Alternative::Greater => Interval { lower, upper: 1.0 },
        Alternative::Less => Interval { lower: -1.0, upper },
    }
}

/// The constant of O'Brien and Fleming as what it asks of one look out of several.
pub fn obrien_fleming_at(constant: f64, look: u32, looks: u32) -> f64 {
    constant * libm::sqrt(f64::from(looks) / f64::from(look.clamp(1, looks.max(1))))
}

/// Fisher's exact test of two shares. The p-value is the statistic, and has to lie below `alpha`.
pub fn by_fisher(first: Count, second: Count, alpha: f64, worse: Alternative) -> Comparison {
    let p_values = fisher_exact(first, second);
    let p_value = match worse {
        Alternative::TwoSided => p_values.two_sided,
        Alternative::Greater => p_values.greater,
        Alternative::Less => p_values.less,
    };
    Comparison {
        statistic: p_value,
        bound: alpha,
        p_value,
        interval: None,
        finding: beyond(p_value < alpha),
    }
}

/// The test of Mann and Whitney over the counts of the same buckets, from the lowest values on: values of one bucket
/// are equal.
pub fn by_ranks(first: &[u64], second: &[u64], critical: f64, worse: Alternative) -> Comparison {
    let z = MannWhitney::of_buckets(first, second).z();
    Comparison {
        statistic: z,
        bound: critical,
        p_value: p_of_z(z, worse),
        interval: None,
        finding: z_beyond(z, critical, worse),
    }
}

/// Wald's sequential test of the first arm by itself: between its two bounds it wants to see more.
pub fn by_sprt(count: Count, test: BernoulliSprt) -> Comparison {
    let (failed, all) = (count.successes as f64, count.trials as f64);
    let log = failed * test.on_error() + (all - failed) * test.on_success();
    let (lower, upper) = (test.lower_log(), test.upper_log());
    Comparison {
        statistic: log,
        bound: upper,
        p_value: anytime_p_value(log),
        interval: None,
        finding: if upper <= log {
            Finding::Worse
        } else if log <= lower {
            Finding::Alike
        } else {
            Finding::Open
        },
    }
}

/// The difference of two shares by a normal mixture around no difference, with standard deviation `effect`: holds
/// however often it is looked at, as soon as the normal law holds for both arms. As the always-valid test of Johari and
/// others, for arms of different size: what a request adds is the inverse of the variance of the difference.
pub fn by_mixture(
    first: Count,
    second: Count,
    effect: f64,
    alpha: f64,
    worse: Alternative,
) -> Comparison {
    let difference = first.share() - second.share();
    let (n, m) = (first.trials as f64, second.trials as f64);
    let both = (first.successes + second.successes) as f64 / (n + m);
    let variance = both * (1.0 - both) * (1.0 / n + 1.0 / m);
    let rho = 1.0 / (effect * effect);
    // Where nothing varies nothing is known.
    let v = if 0.0 < variance { 1.0 / variance } else { 0.0 };
    let s = difference * v;
    let (log, half) = match worse {
        Alternative::TwoSided => {
            let mixture = NormalTwoSided { rho };
            (mixture.log(s, v), mixture.bound(v, alpha))
        }
        Alternative::Greater => {
            let mixture = NormalOneSided { rho };
            (mixture.log(s, v), mixture.bound(v, alpha))
        }
        Alternative::Less => {
            let mixture = NormalOneSided { rho };
            (mixture.log(-s, v), mixture.bound(v, alpha))
        }
    };
    let bound = -libm::log(alpha);
    let half = if 0.0 < v { half / v } else { 1.0 };
    Comparison {
        statistic: log,
        bound,
        p_value: anytime_p_value(log),
        interval: Some(one_sided(difference, half, worse)),
        finding: beyond(bound < log),
    }
}

/// Whether the events of two arms fall on them as their trials do: exact, and holds however often it is looked at.
/// `concentration` as in [`log_bayes_factor`].
pub fn by_multinomial(
    first: Count,
    second: Count,
    concentration: f64,
    alpha: f64,
    worse: Alternative,
) -> Comparison {
    let all = (first.trials + second.trials) as f64;
    let shares = [first.trials as f64 / all, second.trials as f64 / all];
    let log = log_bayes_factor(&[first.successes, second.successes], &shares, concentration);
    let bound = -libm::log(alpha);
    let is_worse = match worse {
        Alternative::TwoSided => true,
        Alternative::Greater => second.share() < first.share(),
        Alternative::Less => first.share() < second.share(),
    };
    Comparison {
        statistic: log,
        bound,
        p_value: anytime_p_value(log),
        interval: None,
        finding: beyond(is_worse && bound < log),
    }
}

#[cfg(test)]
mod tests;
