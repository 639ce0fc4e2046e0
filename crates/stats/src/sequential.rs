//! Tests that may be looked at again and again, and what looking costs those that may not.

mod bernoulli;
mod looks;
mod mixture;
mod msprt;
mod multinomial;
mod quantile;
mod sprt;
mod stitching;

#[cfg(test)]
mod tests;

pub use bernoulli::bernoulli_interval;
pub use looks::{crossing_probability, obrien_fleming, pocock, pocock_nominal, repeated_looks};
pub use mixture::{
    BetaBinomial, GammaExponential, GammaPoisson, NormalOneSided, NormalTwoSided, Sides,
    Supermartingale,
};
pub use msprt::NormalMsprt;
pub use multinomial::{anytime_p_value, log_bayes_factor};
pub use quantile::quantile_ab_p_value;
pub use sprt::BernoulliSprt;
pub use stitching::{
    Stitching, double_stitching_bound, empirical_process_lil_bound, poly_stitching_bound,
};
