//! The statistics of a rollout: quantiles and rates as Prometheus has them, laws of latency, queues, intervals and
//! tests of shares, tests that may be looked at again and again. Knows nothing of rollouts.

#![no_std]

extern crate alloc;

pub mod bound;
pub mod comparison;
mod counts;
pub mod law;
mod normal;
pub mod prometheus;
pub mod proportion;
pub mod queue;
pub mod rank;
pub mod sequential;
pub mod special;
pub mod window;

pub use counts::{
    binomial_above, binomial_cdf, binomial_pmf, ln_factorial, poisson_above, poisson_cdf,
    poisson_pmf,
};
pub use law::{Law, LogNormal};
pub use normal::{normal_between, normal_cdf, normal_quantile};
pub use prometheus::{DEFAULT_BUCKETS_SECONDS, histogram_quantile};
