//! What it costs to look several times at a test that is made for one look, and what to ask of each look instead.
//!
//! P. Armitage and others, "Repeated significance tests on accumulating data" (1969): the density of the sum
//! that has not crossed a bound yet is integrated from look to look. Looks are equally spaced, tests two-sided, data
//! normal with known variance.

use crate::{
    normal::{normal_cdf, normal_quantile},
    special::{gauss_legendre, root},
};
use alloc::{vec, vec::Vec};
use core::f64::consts::PI;

/// The longest stretch, in standard deviations of one look's data, that one set of nodes covers: with ten nodes the
/// error is below rounding.
const PANEL: f64 = 1.25;

/// Standard deviations beyond which the normal density is nothing next to rounding.
const REACH: f64 = 9.0;

/// The probability that the statistic lies beyond its bound at one look or more if nothing is there: `bounds` are in
/// standard normal deviates, one for each look.
pub fn crossing_probability(bounds: &[f64]) -> f64 {
    let rule = gauss_legendre();
    // Where the sum may be, with the weight of each node times the density there; the lower half is the mirror image.
    let mut density: Vec<(f64, f64)> = vec![(0.0, 0.5)];
    for (look, &bound) in (1..).zip(bounds) {
        let reach = bound.clamp(0.0, REACH + 1.0) * libm::sqrt(f64::from(look));
        let nodes = nodes(reach, &rule);
        density = nodes
            .into_iter()
            .map(|(x, weight)| (x, weight * arriving(x, &density)))
            .collect();
    }
    let inside: f64 = density.iter().map(|(_, mass)| 2.0 * mass).sum();
    (1.0 - inside).max(0.0)
}

/// Nodes and weights from zero to `reach`.
fn nodes(reach: f64, rule: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let panels = libm::ceil(reach / PANEL).max(1.0);
    let half = reach / panels / 2.0;
    let mut nodes = Vec::new();
    let mut middle = half;
    while middle < reach {
        nodes.extend(
            rule.iter()
                .map(|(x, weight)| (middle + half * x, half * weight)),
        );
        middle += 2.0 * half;
    }
    nodes
}

/// The density at `x` of the sum one look after it had `density`.
fn arriving(x: f64, density: &[(f64, f64)]) -> f64 {
    let near = density.partition_point(|&(at, _)| at < x - REACH);
    let far = density.partition_point(|&(at, _)| at <= x + REACH);
    let kernel = |distance: f64| libm::exp(-distance * distance / 2.0);
    let sum: f64 = density[near..far]
        .iter()
        .map(|&(at, mass)| {
            let mirrored = if x + at < REACH { kernel(x + at) } else { 0.0 };
            mass * (kernel(x - at) + mirrored)
        })
        .sum();
    sum / libm::sqrt(2.0 * PI)
}

/// The true level of `looks` tests, each at the `nominal` level: 5 looks at 0.05 reject 14 % of what is right.
pub fn repeated_looks(looks: u32, nominal: f64) -> f64 {
    let z = -normal_quantile(nominal / 2.0);
    crossing_probability(&vec![z; looks as usize])
}

/// The standard normal deviate to ask of each of `looks` looks for a level of `alpha` in all: the constant of S. J.
/// Pocock (1977).
pub fn pocock(looks: u32, alpha: f64) -> f64 {
    constant(looks, alpha, |constant, _| constant)
}

/// The nominal level to ask of each of `looks` looks for a level of `alpha` in all.
pub fn pocock_nominal(looks: u32, alpha: f64) -> f64 {
    2.0 * normal_cdf(-pocock(looks, alpha))
}

/// The standard normal deviates to ask of `looks` looks, one after the other, for a level of `alpha` in all: strict at
/// first, and at the last look hardly more than a single test asks (P. C. O'Brien and T. R. Fleming 1979).
pub fn obrien_fleming(looks: u32, alpha: f64) -> Vec<f64> {
    let bound = |constant: f64, look: f64| constant * libm::sqrt(f64::from(looks) / look);
    let last = constant(looks, alpha, bound);
    (1..=looks)
        .map(|look| bound(last, f64::from(look)))
        .collect()
}

/// The constant with which the bounds of all looks, counted from one, are crossed with probability `alpha`.
fn constant(looks: u32, alpha: f64, bound: impl Fn(f64, f64) -> f64) -> f64 {
    let single = -normal_quantile(alpha / 2.0);
    if looks <= 1 {
        return single;
    }
    // As if the looks had nothing to do with each other: more is never needed.
    let most = -normal_quantile(alpha / 2.0 / f64::from(looks));
    root(single, most, 1e-14, |constant| {
        let bounds: Vec<f64> = (1..=looks)
            .map(|look| bound(constant, f64::from(look)))
            .collect();
        crossing_probability(&bounds) - alpha
    })
}
