//! Boundaries that a sum crosses at any time with a given probability at most, from mixtures over all effects at once.
//!
//! S. R. Howard and others, "Time-uniform, nonparametric, nonasymptotic confidence sequences" (arXiv 1810.08240). `s` is
//! a sum of differences from what is expected, `v` its variance so far (intrinsic time), and each mixture is tuned to be
//! narrowest at `v_opt`.

use crate::{
    normal::normal_cdf,
    special::{beta_i, gamma_p, gamma_q, ln_beta, smallest},
};

/// Whether a boundary is kept on one side or on both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sides {
    /// Above only.
    One,
    /// Above and below.
    Both,
}

/// A quantity that starts at one and does not grow on average if nothing is there.
pub trait Supermartingale {
    /// Its natural logarithm where the sum is `s` at intrinsic time `v`.
    fn log(&self, s: f64, v: f64) -> f64;

    /// The greatest sum that there can be at intrinsic time `v`.
    fn limit(&self, _v: f64) -> f64 {
        f64::INFINITY
    }

    /// The sum that is reached at `v`, or was at any time before, with probability `alpha` at most.
    fn bound(&self, v: f64, alpha: f64) -> f64 {
        let threshold = -libm::log(alpha);
        let limit = self.limit(v);
        let mut upper = v.max(f64::MIN_POSITIVE).min(limit);
        while upper < limit && self.log(upper, v) <= threshold {
            upper = (2.0 * upper).min(limit);
        }
        smallest(0.0, upper, |s| threshold < self.log(s, v))
    }
}

/// The mixing precision that is best at `v_opt` on two sides together.
fn best_rho_two_sided(v_opt: f64, alpha_opt: f64) -> f64 {
    let twice = -2.0 * libm::log(alpha_opt);
    v_opt / (twice + libm::log1p(twice))
}

/// The mixing precision that is best at `v_opt` on one side.
fn best_rho_one_sided(v_opt: f64, alpha_opt: f64) -> f64 {
    best_rho_two_sided(v_opt, 2.0 * alpha_opt)
}

/// A normal mixture on both sides, for sums of normal or sub-Gaussian differences.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NormalTwoSided {
    /// The mixing precision, in the unit of intrinsic time.
    pub rho: f64,
}

impl NormalTwoSided {
    /// Tuned to be narrowest at `v_opt` for a probability of `alpha_opt`.
    pub fn tuned(v_opt: f64, alpha_opt: f64) -> Self {
        Self {
            rho: best_rho_two_sided(v_opt, alpha_opt),
        }
    }
}

impl Supermartingale for NormalTwoSided {
    fn log(&self, s: f64, v: f64) -> f64 {
        let spread = v + self.rho;
        libm::log(self.rho / spread) / 2.0 + s * s / (2.0 * spread)
    }

    fn bound(&self, v: f64, alpha: f64) -> f64 {
        let spread = v + self.rho;
        libm::sqrt(spread * (libm::log1p(v / self.rho) - 2.0 * libm::log(alpha)))
    }
}

/// A half-normal mixture, on one side.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NormalOneSided {
    /// The mixing precision, in the unit of intrinsic time.
    pub rho: f64,
}

impl NormalOneSided {
    /// Tuned to be narrowest at `v_opt` for a probability of `alpha_opt`.
    pub fn tuned(v_opt: f64, alpha_opt: f64) -> Self {
        Self {
            rho: best_rho_one_sided(v_opt, alpha_opt),
        }
    }
}

impl Supermartingale for NormalOneSided {
    fn log(&self, s: f64, v: f64) -> f64 {
        let spread = v + self.rho;
        libm::log(4.0 * self.rho / spread) / 2.0
            + s * s / (2.0 * spread)
            + libm::log(normal_cdf(s / libm::sqrt(spread)))
    }
}

/// A gamma mixture for sums of differences with exponential tails of scale `c`, on one side.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GammaExponential {
    rho: f64,
    c: f64,
}

impl GammaExponential {
    /// Tuned to be narrowest at `v_opt` for a probability of `alpha_opt`; `c`, in the unit of the sum, is not zero.
    pub fn tuned(v_opt: f64, alpha_opt: f64, c: f64) -> Self {
        Self {
            rho: best_rho_one_sided(v_opt, alpha_opt),
            c,
        }
    }
}

impl Supermartingale for GammaExponential {
    fn log(&self, s: f64, v: f64) -> f64 {
        let square = self.c * self.c;
        let (prior, shape) = (self.rho / square, (v + self.rho) / square);
        let rate = (self.c * s + v + self.rho) / square;
        leading(prior, gamma_p(prior, prior))
            + libm::lgamma(shape)
            + libm::log(gamma_p(shape, rate))
            - shape * libm::log(rate)
            + (self.c * s + v) / square
    }
}

/// A gamma mixture for sums of Poisson counts less their means, in steps of `c`, on one side.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GammaPoisson {
    rho: f64,
    c: f64,
}

impl GammaPoisson {
    /// Tuned to be narrowest at `v_opt` for a probability of `alpha_opt`; `c`, in the unit of the sum, is not zero.
    pub fn tuned(v_opt: f64, alpha_opt: f64, c: f64) -> Self {
        Self {
            rho: best_rho_one_sided(v_opt, alpha_opt),
            c,
        }
    }
}

impl Supermartingale for GammaPoisson {
    fn log(&self, s: f64, v: f64) -> f64 {
        let square = self.c * self.c;
        let (prior, rate) = (self.rho / square, (v + self.rho) / square);
        let shape = s / self.c + rate;
        leading(prior, gamma_q(prior, prior))
            + libm::lgamma(shape)
            + libm::log(gamma_q(shape, rate))
            - shape * libm::log(rate)
            + v / square
    }
}

/// What the density of a gamma mixture, cut off to one side, starts with.
fn leading(prior: f64, kept: f64) -> f64 {
    prior * libm::log(prior) - libm::lgamma(prior) - libm::log(kept)
}

/// A beta mixture for sums of differences that lie between `-g` and `h`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BetaBinomial {
    r: f64,
    g: f64,
    h: f64,
    sides: Sides,
}

impl BetaBinomial {
    /// Tuned to be narrowest at `v_opt` for a probability of `alpha_opt`; `g` and `h`, in the unit of the sum, are
    /// positive.
    pub fn tuned(v_opt: f64, alpha_opt: f64, g: f64, h: f64, sides: Sides) -> Self {
        let rho = match sides {
            Sides::One => best_rho_one_sided(v_opt, alpha_opt),
            Sides::Both => best_rho_two_sided(v_opt, alpha_opt),
        };
        let r = (rho - g * h).max(1e-3 * g * h);
        Self { r, g, h, sides }
    }

    /// The logarithm of the incomplete beta function over the effects that are mixed.
    fn ln_mixed(&self, a: f64, b: f64) -> f64 {
        match self.sides {
            Sides::One => libm::log(beta_i(a, b, self.h / (self.g + self.h))) + ln_beta(a, b),
            Sides::Both => ln_beta(a, b),
        }
    }
}

impl Supermartingale for BetaBinomial {
    fn log(&self, s: f64, v: f64) -> f64 {
        let Self { r, g, h, .. } = *self;
        let (below, above) = (g * (g + h), h * (g + h));
        v / (g * h) * libm::log(g + h)
            - (v + h * s) / above * libm::log(g)
            - (v - g * s) / below * libm::log(h)
            + self.ln_mixed((r + v - g * s) / below, (r + v + h * s) / above)
            - self.ln_mixed(r / below, r / above)
    }

    fn limit(&self, v: f64) -> f64 {
        v / self.g
    }
}
