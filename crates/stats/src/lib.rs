//! Quantiles as Prometheus has them, and comparisons of measured values with bounds. Knows nothing of rollouts.

#![no_std]

extern crate alloc;

pub mod bound;
mod counts;
mod histogram;
mod normal;

pub use counts::{binomial_pmf, ln_factorial, poisson_pmf};
pub use histogram::{DEFAULT_BUCKETS_SECONDS, histogram_quantile};
pub use normal::{LogNormal, normal_between, normal_cdf, normal_quantile};
