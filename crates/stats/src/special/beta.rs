//! The regularised incomplete beta function, which gives the tails of binomial counts and the exact bounds of shares.
//!
//! The continued fraction is 8.17.22 of the NIST Digital Library of Mathematical Functions.

use super::{binomial_point, continued_fraction, smallest};

/// Natural logarithm of the beta function of `a` and `b`, both positive.
pub fn ln_beta(a: f64, b: f64) -> f64 {
    libm::lgamma(a) + libm::lgamma(b) - libm::lgamma(a + b)
}

/// The share of a beta law with the shapes `a` and `b`, both positive, that lies at or below `x`.
pub fn beta_i(a: f64, b: f64, x: f64) -> f64 {
    if x.is_nan() {
        return f64::NAN;
    }
    if x <= 0.0 {
        return 0.0;
    }
    if 1.0 <= x {
        return 1.0;
    }
    let (y, turn) = (1.0 - x, (a + 1.0) / (a + b + 2.0));
    if x <= turn {
        lower(a, b, x, y).min(1.0)
    } else {
        1.0 - lower(b, a, y, x).min(1.0)
    }
}

/// The value below which a share `p` of a beta law with the shapes `a` and `b` lies.
pub fn beta_i_quantile(a: f64, b: f64, p: f64) -> f64 {
    if p < 0.5 {
        smallest(0.0, 1.0, |x| p <= beta_i(a, b, x))
    } else {
        // From the other end, where one less the share keeps its digits.
        1.0 - smallest(0.0, 1.0, |y| 1.0 - p <= beta_i(b, a, y))
    }
}

/// The share below `x`, which is `1 - y`, where the fraction settles quickly.
fn lower(a: f64, b: f64, x: f64, y: f64) -> f64 {
    let fraction = continued_fraction(1.0, |level| {
        // Levels come in pairs, odd ones first.
        let pair = libm::floor(level / 2.0);
        let end = a + 2.0 * pair;
        let numerator = if 2.0 * pair < level {
            -(a + pair) * (a + b + pair) * x / (end * (end + 1.0))
        } else {
            pair * (b - pair) * x / ((end - 1.0) * end)
        };
        (numerator, 1.0)
    });
    binomial_point(a, a + b, x, y) * b / (a + b) * fraction
}
