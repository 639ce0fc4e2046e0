//! What Prometheus would say, exactly, because gates judge what Prometheus says and not what is true.

mod histogram;

pub use histogram::{DEFAULT_BUCKETS_SECONDS, histogram_quantile};
