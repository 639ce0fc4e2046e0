//! The regularised incomplete gamma functions: a series below the mean and a continued fraction above it, so that both
//! tails keep their digits.
//!
//! NIST Digital Library of Mathematical Functions, 8.7.1 and 8.9.2.

use super::{SETTLED, STEPS, continued_fraction, poisson_point};

/// The share of a gamma law of shape `a` and scale one that lies at or below `x`; everything where `a` is not positive.
pub fn gamma_p(a: f64, x: f64) -> f64 {
    let (p, _) = gamma_parts(a, x);
    p
}

/// The share of a gamma law of shape `a` and scale one that lies above `x`; nothing where `a` is not positive.
pub fn gamma_q(a: f64, x: f64) -> f64 {
    let (_, q) = gamma_parts(a, x);
    q
}

fn gamma_parts(a: f64, x: f64) -> (f64, f64) {
    if a.is_nan() || x.is_nan() {
        return (f64::NAN, f64::NAN);
    }
    if x < 0.0 || (x == 0.0 && 0.0 < a) {
        return (0.0, 1.0);
    }
    if a <= 0.0 || x == f64::INFINITY {
        return (1.0, 0.0);
    }
    let point = poisson_point(a, x);
    if x < a + 1.0 {
        let p = (point * series(a, x)).min(1.0);
        (p, 1.0 - p)
    } else {
        let fraction = continued_fraction(x + 1.0 - a, |level| {
            (-level * (level - a), x + 2.0 * level + 1.0 - a)
        });
        let q = (point * a * fraction).min(1.0);
        (1.0 - q, q)
    }
}

/// `1 + x/(a+1) + x^2/((a+1)(a+2)) + ...`
fn series(a: f64, x: f64) -> f64 {
    let mut term = 1.0;
    let mut sum = 1.0;
    for step in 1..STEPS {
        term *= x / (a + f64::from(step));
        sum += term;
        if term <= 0.1 * SETTLED * sum {
            break;
        }
    }
    sum
}
