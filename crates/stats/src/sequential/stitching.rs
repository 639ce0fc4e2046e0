//! Boundaries in closed form that grow as slowly as the law of the iterated logarithm lets them.
//!
//! S. R. Howard and others, "Time-uniform, nonparametric, nonasymptotic confidence sequences" (arXiv 1810.08240);
//! S. R. Howard and A. Ramdas, "Sequential estimation of quantiles" (arXiv 1906.09712).

use crate::special::{minimum, smallest, zeta};
use core::f64::consts::SQRT_2;

/// How the error is spent over epochs of time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stitching {
    /// How quickly the error per epoch falls, above one.
    pub s: f64,
    /// How many times longer each epoch is than the one before, above one.
    pub eta: f64,
}

impl Default for Stitching {
    /// What the authors use.
    fn default() -> Self {
        Self { s: 1.4, eta: 2.0 }
    }
}

impl Stitching {
    /// The factors of the square root and of the linear term.
    fn factors(self) -> (f64, f64) {
        let quarter = libm::pow(self.eta, 0.25);
        let square_root = (quarter + 1.0 / quarter) / SQRT_2;
        (square_root, f64::midpoint(libm::sqrt(self.eta), 1.0))
    }

    /// The boundary at a variance, where `ell` is the logarithm of the odds of the epoch and `c` the scale of the
    /// tails.
    fn bound(self, variance: f64, ell: f64, c: f64) -> f64 {
        let (square_root, linear) = self.factors();
        let second = linear * c * ell;
        libm::sqrt(square_root * square_root * variance * ell + second * second) + second
    }
}

/// The sum that is reached at intrinsic time `v`, or was at any time since `v_min`, with probability `alpha` at most,
/// for differences whose tails have the scale `c`, in the unit of the sum.
pub fn poly_stitching_bound(v: f64, alpha: f64, v_min: f64, c: f64, stitching: Stitching) -> f64 {
    let Stitching { s, eta } = stitching;
    let v = v.max(v_min);
    let spent = libm::log(zeta(s)) - s * libm::log(libm::log(eta));
    let ell = s * libm::log(libm::log(eta * v / v_min)) + spent - libm::log(alpha);
    stitching.bound(v, ell, c)
}

/// By how many values the count at or below a quantile `p` strays from `p * t` at time `t`, or did at any time, for any
/// quantile, with probability `alpha` at most; tuned to `t_opt`, and `delta`, usually 0.5, is the distance of the
/// quantiles, in logits, between which it is bridged.
pub fn double_stitching_bound(
    p: f64,
    t: f64,
    alpha: f64,
    t_opt: f64,
    delta: f64,
    stitching: Stitching,
) -> f64 {
    let Stitching { s, eta } = stitching;
    let t = t.max(t_opt);
    let logit = libm::log(p / (1.0 - p));
    let r = if 0.5 <= p {
        p
    } else {
        let moved = logit + 2.0 * delta * libm::sqrt(t_opt * eta / t);
        (1.0 / (1.0 + libm::exp(-moved))).min(0.5)
    };
    let variance = r * (1.0 - r);
    let step = libm::sqrt(t / t_opt) * libm::fabs(logit) / (2.0 * delta) + 1.0;
    let total = 2.0 * zeta(s);
    let ell = s * libm::log(libm::log(eta * t / t_opt))
        + s * libm::log(step)
        + libm::log(total * (total + 1.0) / (alpha * libm::pow(libm::log(eta), s)));
    let bridge = delta * libm::sqrt(eta * t * variance / t_opt);
    bridge + stitching.bound(variance * t, ell, (1.0 - 2.0 * p) / 3.0)
}

/// By how much, as a share, the measured law strays from the true one anywhere at time `t`, or did at any time since
/// `t_min`, with probability `alpha` at most; infinite before. `a`, usually 0.85 and above 0.707, trades early width
/// against late.
pub fn empirical_process_lil_bound(t: f64, alpha: f64, t_min: f64, a: f64) -> f64 {
    if t < t_min {
        return f64::INFINITY;
    }
    // The least constant with which some way to cut time into epochs keeps the error.
    let constant = smallest(1e-3, 1e6, |constant| least_error(constant, a) <= alpha);
    a * libm::sqrt((libm::log1p(libm::log(t / t_min)) + constant) / t)
}

/// The probability to stray, with the best length of epochs.
fn least_error(constant: f64, a: f64) -> f64 {
    let slack = |eta: f64| libm::sqrt(2.0 * (eta - 1.0) / constant);
    let longest = smallest(1.0, 2.0 * a * a, |eta| {
        a <= libm::sqrt(eta / 2.0) + slack(eta)
    });
    let error = |eta: f64| {
        let left = a - slack(eta);
        let gamma2 = 2.0 / eta * left * left;
        if gamma2 <= 1.0 {
            f64::INFINITY
        } else {
            4.0 * libm::exp(-gamma2 * constant) * (1.0 + 1.0 / ((gamma2 - 1.0) * libm::log(eta)))
        }
    };
    error(minimum(1.0, longest, error))
}
