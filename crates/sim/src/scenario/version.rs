//! How a version behaves while nothing is wrong: latency, errors, what it costs, how it warms up, what it can take.

use alloc::vec::Vec;
use coalmine_controller::{Limit, Millis};
use serde::{Deserialize, Serialize};

/// The law of the time in which a version answers, without waiting for a free slot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Latency {
    /// Its logarithm is normal.
    LogNormal {
        /// In microseconds.
        median_micros: u64,
        /// Standard deviation of the natural logarithm (millionths).
        sigma: Limit,
    },
    /// Gamma.
    Gamma {
        /// In microseconds.
        mean_micros: u64,
        /// Shape (millionths): one is exponential, more is narrower.
        shape: Limit,
    },
    /// Weibull.
    Weibull {
        /// In microseconds.
        median_micros: u64,
        /// Shape (millionths): below one the tail is heavy.
        shape: Limit,
    },
    /// A lognormal body whose slowest requests follow a power law.
    ParetoTail {
        /// Median of the body, in microseconds.
        median_micros: u64,
        /// Sigma of the body (millionths).
        sigma: Limit,
        /// The share of requests in the tail (millionths).
        tail: Limit,
        /// Exponent of the power law (millionths): the smaller, the heavier; at or below one there is no mean.
        alpha: Limit,
    },
    /// Several laws, each with its weight (millionths, adding up to one): cached and uncached answers, say.
    Mixture(Vec<(Limit, Self)>),
    /// As measured: quantiles in rising order, from the fastest (0) to the slowest (1 000 000), straight lines between
    /// them. Probabilities in millionths, latencies in microseconds.
    Quantiles(Vec<(Limit, u64)>),
}

impl Latency {
    /// The lognormal law with this median (microseconds) and sigma (millionths).
    pub const fn log_normal(median_micros: u64, sigma: Limit) -> Self {
        Self::LogNormal {
            median_micros,
            sigma,
        }
    }

    /// Median (microseconds) and sigma (millionths) of a lognormal law; nothing for any other.
    pub const fn as_log_normal(&self) -> Option<(u64, Limit)> {
        match self {
            Self::LogNormal {
                median_micros,
                sigma,
            } => Some((*median_micros, *sigma)),
            Self::Gamma { .. }
            | Self::Weibull { .. }
            | Self::ParetoTail { .. }
            | Self::Mixture(_)
            | Self::Quantiles(_) => None,
        }
    }
}

/// Slower and dearer while a pod is young: cold caches, code not compiled yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WarmUp {
    /// How much slower a new pod is (millionths: 1 000 000 is twice as slow), falling off exponentially with its age.
    pub slower: Limit,
    /// After this, a 1/e of it is left.
    pub lasts: Millis,
}

/// What a pod can take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Capacity {
    /// Requests that a pod works on at the same time.
    pub in_flight: u16,
    /// Requests that may wait at a pod; one more is shed, and fails.
    pub queue: u32,
}

/// How one version behaves while it is healthy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Law {
    /// The time in which it answers.
    pub latency: Latency,
    /// Probability that a request fails (millionths).
    pub error_rate: Limit,
    /// CPU of a pod over its limit when all pods of a fully scaled version share all traffic at its reference rate
    /// (millionths).
    pub cpu: Limit,
    /// The share of that CPU which is spent at rest (millionths); the remainder follows the requests.
    pub cpu_at_rest: Limit,
    /// Memory of a pod over its limit (millionths).
    pub memory: Limit,
    /// How new pods warm up; without, they are at their best at once.
    pub warm_up: Option<WarmUp>,
    /// What a pod can take; without, as much as comes.
    pub capacity: Option<Capacity>,
}

/// A service at half its capacity whose 99th percentile is well inside half a second.
impl Default for Law {
    fn default() -> Self {
        Self {
            latency: Latency::LogNormal {
                median_micros: 80_000,
                sigma: Limit(500_000),
            },
            error_rate: Limit(2_000),
            cpu: Limit(500_000),
            cpu_at_rest: Limit(200_000),
            memory: Limit(500_000),
            warm_up: None,
            capacity: None,
        }
    }
}
