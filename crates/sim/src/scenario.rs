//! What a run is run against: traffic, versions, the platform, measurement, faults, and what people do.

mod fault;
mod measurement;
mod platform;
mod traffic;
mod version;

pub use fault::{Fault, FaultKind, Flapping, Onset, PipelineStage, Reach, Target};
pub use measurement::{CustomKind, CustomMetric, Measurement};
pub use platform::{Autoscaler, Platform, Split};
pub use traffic::{Clients, Cohort, Endpoint, Profile, Rate, Traffic};
pub use version::{Capacity, Latency, Law, WarmUp};

use alloc::vec::Vec;
use coalmine_controller::{Limit, Millis, Operator, Pods, Time};
use serde::{Deserialize, Serialize};

/// Where all chance comes from.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Seed(pub u64);

/// What a person does in the middle of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Intervention {
    /// When.
    pub at: Time,
    /// What.
    pub act: Operator,
}

/// Everything that a run is run against.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scenario {
    /// The requests that come.
    pub traffic: Traffic,
    /// The version in service.
    pub stable: Law,
    /// The version being rolled out.
    pub canary: Law,
    /// The platform.
    pub platform: Platform,
    /// How all of it is measured.
    pub measurement: Measurement,
    /// Answers slower than this count as bad, as failed ones do, in microseconds.
    pub slow_micros: u64,
    /// The share of good requests that was promised (millionths): what lies below it is the error budget.
    pub objective: Limit,
    /// What breaks.
    pub faults: Vec<Fault>,
    /// What people do.
    pub interventions: Vec<Intervention>,
    /// How long the world runs on after the end.
    pub tail: Millis,
    /// When a run that has not ended is stopped, and counts as failed.
    pub limit: Millis,
}

/// A good release on a good day: 200 requests a second, the new version as good as the old one, no faults.
impl Default for Scenario {
    fn default() -> Self {
        Self {
            traffic: Traffic::default(),
            stable: Law::default(),
            canary: Law::default(),
            platform: Platform::default(),
            measurement: Measurement::default(),
            slow_micros: 500_000,
            objective: Limit(995_000),
            faults: Vec::new(),
            interventions: Vec::new(),
            tail: Millis::from_mins(10),
            limit: Millis::from_mins(24 * 60),
        }
    }
}

impl Scenario {
    /// Between two scrapes: at least a second.
    pub fn scrape_interval(&self) -> Millis {
        self.measurement.scrape.max(Millis::from_secs(1))
    }

    /// Pods that serve all traffic: at least one, at most ten thousand.
    pub fn replica_count(&self) -> Pods {
        self.platform.replicas.clamp(Pods(1), Pods(10_000))
    }
}
