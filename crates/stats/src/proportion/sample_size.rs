//! How many requests a comparison of two shares needs, planned before it starts. Each formula is named for its source:
//! they differ in whose variance they use.

use crate::normal::normal_quantile;

/// How often a comparison may be wrong.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Power {
    /// The share of false alarms among equal arms, on both sides together, as in 0.05.
    pub alpha: f64,
    /// The share of true differences that are found, as in 0.8.
    pub power: f64,
}

impl Power {
    /// The standard normal deviate of a false alarm on one side.
    fn z_alpha(self) -> f64 {
        -normal_quantile(self.alpha / 2.0)
    }

    fn z_power(self) -> f64 {
        normal_quantile(self.power)
    }
}

/// Requests per arm, not rounded, to tell `p` from `p + difference` (absolute), with the variance of `p` where the arms
/// are equal: the formula of E. Miller's calculator, which mirrors shares above a half.
pub fn size_per_arm(p: f64, difference: f64, wanted: Power) -> f64 {
    let p = if 0.5 < p { 1.0 - p } else { p };
    let q = p + difference;
    let equal = libm::sqrt(2.0 * p * (1.0 - p));
    let apart = libm::sqrt(p * (1.0 - p) + q * (1.0 - q));
    square((wanted.z_alpha() * equal + wanted.z_power() * apart) / difference)
}

/// Requests per arm, not rounded, to tell `p` from `p + difference` (absolute), with the variance of the mean of both
/// where the arms are equal: the formula of J. L. Fleiss, "Statistical Methods for Rates and Proportions".
pub fn size_per_arm_pooled(p: f64, difference: f64, wanted: Power) -> f64 {
    let p = if 0.5 < p { 1.0 - p } else { p };
    let q = p + difference;
    let mean = f64::midpoint(p, q);
    let equal = libm::sqrt(2.0 * mean * (1.0 - mean));
    let apart = libm::sqrt(p * (1.0 - p) + q * (1.0 - q));
    square((wanted.z_alpha() * equal + wanted.z_power() * apart) / difference)
}

/// Requests of the canary, not rounded, to tell its share from that of the control, which serves `ratio` times as many:
/// the unpooled z test.
pub fn canary_size(p_control: f64, p_canary: f64, ratio: f64, wanted: Power) -> f64 {
    let variance = p_control * (1.0 - p_control) / ratio + p_canary * (1.0 - p_canary);
    square((wanted.z_alpha() + wanted.z_power()) / (p_canary - p_control)) * variance
}

fn square(x: f64) -> f64 {
    x * x
}
