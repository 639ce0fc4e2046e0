//! What is measured, and how: scrapes, buckets, lag, and metrics of the team's own.

use alloc::{string::String, vec::Vec};
use coalmine_controller::{Limit, Millis};
use serde::{Deserialize, Serialize};

/// What a metric of the team's own counts or shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CustomKind {
    /// A counter of events such as orders, told a minute: each right answer of its endpoint is one with this
    /// probability (millionths).
    PerMinute(Limit),
    /// The same counter over the requests of its endpoint, so that versions with other shares of traffic compare.
    PerRequest(Limit),
    /// A gauge that stands at this level (millionths), with noise.
    Gauge {
        /// Its level.
        level: Limit,
        /// Standard deviation of the noise from scrape to scrape (millionths, in the gauge's own unit).
        noise: Limit,
    },
}

/// A metric of the team's own, which gates can judge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomMetric {
    /// What policies call it.
    pub name: String,
    /// What it counts or shows.
    pub kind: CustomKind,
    /// The endpoint whose requests count, by its place; without, all do.
    pub endpoint: Option<u8>,
}

/// How the world is measured.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measurement {
    /// Between two scrapes.
    pub scrape: Millis,
    /// A scrape comes up to this much late, by chance; less than the interval.
    pub jitter: Millis,
    /// Queries see what was scraped this long ago, and nothing newer.
    pub lag: Millis,
    /// Upper bounds of the latency buckets in microseconds, rising; the infinite one goes without saying.
    pub buckets_micros: Vec<u64>,
    /// Metrics of the team's own.
    pub metrics: Vec<CustomMetric>,
}

/// A scrape every five seconds into the buckets that Prometheus' client libraries use.
impl Default for Measurement {
    fn default() -> Self {
        Self {
            scrape: Millis::from_secs(5),
            jitter: Millis(0),
            lag: Millis(0),
            buckets_micros: [
                5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 2_500_000,
                5_000_000, 10_000_000,
            ]
            .into(),
            metrics: Vec::new(),
        }
    }
}
