//! What a controller may ask of the metrics, and what it gets back.

use crate::units::Time;
use alloc::sync::Arc;
use core::fmt;
use serde::{Deserialize, Serialize};

/// The version in service, or the one being rolled out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Version {
    /// In service.
    Stable,
    /// Being rolled out.
    Canary,
}

/// A quantile in basis points: 9 900 is the 99th percentile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Quantile(pub u16);

/// As in `p99` or `p99.9`.
impl fmt::Display for Quantile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, rest) = (self.0 / 100, self.0 % 100);
        match (rest, rest % 10) {
            (0, _) => write!(f, "p{whole}"),
            (_, 0) => write!(f, "p{whole}.{}", rest / 10),
            _ => write!(f, "p{whole}.{rest:02}"),
        }
    }
}

/// What can be measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Metric {
    /// Failed requests over all requests, 0 to 1.
    ErrorRate,
    /// A quantile of the latency in seconds, read from histogram buckets.
    Latency(Quantile),
    /// CPU used over CPU limit, averaged over pods and scrapes, 0 to 1 and beyond.
    Cpu,
    /// Memory used over memory limit, averaged over pods and scrapes, 0 to 1.
    Memory,
    /// A metric of the team's own, by its place in the list that the metrics and the policy share: names live beside
    /// that list. Its unit is its own.
    Custom(u8),
}

/// As in a sentence: `error rate`, `latency p99`, `CPU`, `memory`, `custom metric 1`.
impl fmt::Display for Metric {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ErrorRate => f.write_str("error rate"),
            Self::Latency(quantile) => write!(f, "latency {quantile}"),
            Self::Cpu => f.write_str("CPU"),
            Self::Memory => f.write_str("memory"),
            Self::Custom(place) => write!(f, "custom metric {}", u16::from(*place) + 1),
        }
    }
}

impl Metric {
    /// Whether a check's `min_requests` applies: it does where requests are counted, and to the samples of a metric of
    /// the team's own.
    pub const fn counts_requests(self) -> bool {
        match self {
            Self::ErrorRate | Self::Latency(_) | Self::Custom(_) => true,
            Self::Cpu | Self::Memory => false,
        }
    }
}

/// The scrapes from one instant to another, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Window {
    /// The first instant.
    pub from: Time,
    /// The last instant.
    pub to: Time,
}

/// A question to the metrics.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Query {
    /// What is measured.
    pub metric: Metric,
    /// On which version.
    pub version: Version,
    /// Over which scrapes.
    pub window: Window,
}

/// An answer. No data is a case of its own, never a zero.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Reading {
    /// Fewer than two scrapes, or nothing was counted between them.
    NoData,
    /// A value.
    Value {
        /// In the base unit of the metric.
        value: f64,
        /// What it rests on: requests, or gauge readings for CPU, memory and gauges of the team's own.
        samples: u64,
    },
}

/// An answer in counts, for tests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Counted {
    /// Fewer than two scrapes, nothing was counted between them, or the metric is no share of anything.
    NoData,
    /// So many events in so many requests, at least one.
    Share {
        /// Requests that failed, or events of a metric of the team's own.
        events: u64,
        /// All requests.
        requests: u64,
    },
    /// Requests by latency, from the fastest bucket on; those of both versions have the same bounds.
    Buckets(Arc<[u64]>),
}
