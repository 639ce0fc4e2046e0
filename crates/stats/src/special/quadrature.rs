//! Gauss and Legendre's rule of integration, whose nodes are computed rather than copied.

use core::f64::consts::PI;

/// Nodes of the rule: integrals of polynomials up to the nineteenth degree are exact.
const NODES: usize = 10;

/// Nodes between -1 and 1 with their weights.
pub(crate) fn gauss_legendre() -> [(f64, f64); NODES] {
    let mut rule = [(0.0, 0.0); NODES];
    let mut at = 0.75;
    for slot in &mut rule {
        let mut x = -libm::cos(PI * at / (NODES as f64 + 0.5));
        // Newton's method doubles the digits of a guess that is good to three.
        for _ in 0..5 {
            let (value, slope) = legendre(x);
            x -= value / slope;
        }
        let (_, slope) = legendre(x);
        *slot = (x, 2.0 / ((1.0 - x * x) * slope * slope));
        at += 1.0;
    }
    rule
}

/// Legendre's polynomial of degree `NODES` at `x`, and its slope.
fn legendre(x: f64) -> (f64, f64) {
    let (mut before, mut value) = (1.0, x);
    let mut degree = 2.0;
    while degree <= NODES as f64 {
        let next = ((2.0 * degree - 1.0) * x * value - (degree - 1.0) * before) / degree;
        (before, value) = (value, next);
        degree += 1.0;
    }
    let n = NODES as f64;
    (value, n * (x * value - before) / (x * x - 1.0))
}
