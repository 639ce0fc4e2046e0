//! What a run is run against: traffic, versions, the platform, faults, and what people do.

use alloc::vec::Vec;
use coalmine_controller::{Limit, Millis, Operator, Pods, Time, Weight};
use serde::{Deserialize, Serialize};

/// Where all chance comes from.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Seed(pub u64);

/// How one version behaves while it is healthy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Law {
    /// Median of the lognormal latency, in microseconds.
    pub latency_median_micros: u64,
    /// Sigma of the lognormal latency, in millionths.
    pub latency_sigma: Limit,
    /// Probability that a request fails, in millionths.
    pub error_rate: Limit,
    /// CPU of a pod over its limit when all pods of a fully scaled version share all traffic, in millionths.
    pub cpu: Limit,
    /// Memory of a pod over its limit, in millionths.
    pub memory: Limit,
}

/// What the platform takes its time for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Platform {
    /// Pods that serve all traffic.
    pub replicas: Pods,
    /// Building the image.
    pub build: Millis,
    /// Pushing the image.
    pub push: Millis,
    /// From asking for a pod until it is ready, about half of it fixed, the rest chance.
    pub pod_start: Millis,
    /// From asking the router until traffic follows.
    pub router_delay: Millis,
    /// From asking a pod to go until it is gone.
    pub drain: Millis,
    /// Between two scrapes.
    pub scrape: Millis,
}

/// Which pods a fault strikes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Target {
    /// The version being rolled out.
    Canary,
    /// The version in service.
    Stable,
    /// Both, as a broken dependency would.
    Both,
}

/// When a fault begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Onset {
    /// At an instant of the run.
    At(Time),
    /// When the canary first has at least this share of traffic.
    Weight(Weight),
}

/// A stage of the pipeline before any pod is touched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum PipelineStage {
    /// Building the image.
    Build,
    /// Pushing the image.
    Push,
}

/// What breaks, and by how much at full strength.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum FaultKind {
    /// This much more of the requests fail (millionths: 50 000 is 5 points more).
    ErrorRate(Limit),
    /// Latencies are multiplied by one plus this (millionths: 1 000 000 doubles them).
    Latency(Limit),
    /// Memory grows by this share of the limit a minute (millionths); at the limit the pod is killed and starts again.
    MemoryLeak(Limit),
    /// Each pod crashes this long after it got ready, give or take, and starts again with back-off.
    CrashLoop(Millis),
    /// A stage of the pipeline fails.
    Pipeline(PipelineStage),
}

/// A fault: injected, where a symptom is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Fault {
    /// What breaks.
    pub kind: FaultKind,
    /// Where.
    pub target: Target,
    /// When it begins.
    pub onset: Onset,
    /// From nothing to full strength, in a straight line.
    pub ramp: Millis,
    /// From its beginning to its end; without, to the end of the run.
    pub lasts: Option<Millis>,
}

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
    /// Requests a second in thousandths: 200 000 is 200 requests a second.
    pub rate_milli: u64,
    /// The version in service.
    pub stable: Law,
    /// The version being rolled out.
    pub canary: Law,
    /// The platform.
    pub platform: Platform,
    /// Answers slower than this count as bad, as failed ones do, in microseconds.
    pub slow_micros: u64,
    /// What breaks.
    pub faults: Vec<Fault>,
    /// What people do.
    pub interventions: Vec<Intervention>,
    /// How long the world runs on after the end.
    pub tail: Millis,
    /// When a run that has not ended is stopped, and counts as failed.
    pub limit: Millis,
}

/// A service at half its capacity whose 99th percentile is well inside half a second.
impl Default for Law {
    fn default() -> Self {
        Self {
            latency_median_micros: 80_000,
            latency_sigma: Limit(500_000),
            error_rate: Limit(2_000),
            cpu: Limit(500_000),
            memory: Limit(500_000),
        }
    }
}

/// Twenty pods behind a router, scraped every five seconds.
impl Default for Platform {
    fn default() -> Self {
        Self {
            replicas: Pods(20),
            build: Millis::from_secs(90),
            push: Millis::from_secs(30),
            pod_start: Millis::from_secs(20),
            router_delay: Millis::from_secs(2),
            drain: Millis::from_secs(30),
            scrape: Millis::from_secs(5),
        }
    }
}

/// A good release on a good day: 200 requests a second, the new version as good as the old one, no faults.
impl Default for Scenario {
    fn default() -> Self {
        Self {
            rate_milli: 200_000,
            stable: Law::default(),
            canary: Law::default(),
            platform: Platform::default(),
            slow_micros: 500_000,
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
        self.platform.scrape.max(Millis::from_secs(1))
    }

    /// Pods that serve all traffic: at least one, at most ten thousand.
    pub fn replica_count(&self) -> Pods {
        self.platform.replicas.clamp(Pods(1), Pods(10_000))
    }
}
