//! What Prometheus would say, exactly, because gates judge what Prometheus says and not what is true.

mod buckets;
mod histogram;
mod range;

pub use histogram::{DEFAULT_BUCKETS_SECONDS, histogram_fraction, histogram_quantile};
pub use range::{Sample, Window, avg_over_time, delta, increase, max_over_time, rate, ratio};

#[cfg(test)]
mod tests;
