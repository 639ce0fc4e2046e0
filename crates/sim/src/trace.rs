//! What a run leaves behind: events, what each scrape showed, and a summary.

mod hash;
mod writer;

pub(crate) use writer::Writer;

use alloc::string::String;
use coalmine_controller::{Command, CommandId, Outcome, Record, Time, Version, Weight};
use serde::{Deserialize, Serialize};

/// A pod: numbered from zero in the order in which pods of a run are created, stable's first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PodId(pub u32);

/// What happens to a pod.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum PodChange {
    /// Asked for; not ready yet.
    Starting,
    /// Serves traffic.
    Ready,
    /// Crashed; comes back after a back-off.
    Crashed,
    /// Killed for using all its memory; comes back after a back-off.
    OutOfMemory,
    /// Serves no new traffic, finishes what it has.
    Draining,
    /// Is no more.
    Gone,
    /// The canary pod counts as stable from now on: its version was promoted.
    Promoted,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum EventKind {
    /// The controller tells of itself.
    Controller(Record),
    /// The controller asked for something (measurements are told in records instead).
    Asked(CommandId, Command),
    /// It was done.
    Done(CommandId),
    /// It could not be done.
    CouldNot(CommandId, String),
    /// The router splits the traffic so from now on.
    Routed(Weight),
    /// A pod changed.
    Pod {
        /// Which.
        pod: PodId,
        /// Its version.
        version: Version,
        /// How.
        change: PodChange,
    },
    /// A fault of the scenario began, by its place in the list.
    FaultBegan(u32),
    /// It is over.
    FaultEnded(u32),
    /// The tail is over: nothing follows.
    Closed,
}

/// Something that happened at an instant. Events at equal times keep their order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// When.
    pub at: Time,
    /// What.
    pub kind: EventKind,
}

/// What one version's series showed at a scrape.
///
/// Rates and quantiles are over the last minute of scrapes, as a dashboard would chart them; `None` is no data.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct VersionSample {
    /// Requests since the last scrape.
    pub requests: u32,
    /// Failed requests since the last scrape.
    pub failed: u32,
    /// Failed over all requests, over one minute.
    pub error_rate: Option<f32>,
    /// 99th percentile of the latency in seconds, over one minute, from buckets.
    pub latency_p99: Option<f32>,
    /// CPU over limit, the mean of its ready pods.
    pub cpu: Option<f32>,
    /// Memory over limit, the mean of its ready pods.
    pub memory: Option<f32>,
    /// Pods that serve.
    pub ready: u32,
}

/// What one scrape showed.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sample {
    /// When.
    pub at: Time,
    /// The canary's share of traffic, as routed.
    pub weight: Weight,
    /// The version in service.
    pub stable: VersionSample,
    /// The version being rolled out.
    pub canary: VersionSample,
}

/// How a run went, in numbers. Truth, not measurement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// How it ended.
    pub outcome: Outcome,
    /// Why, in a sentence without a full stop.
    pub reason: String,
    /// When it ended (the tail not counted).
    pub ended: Time,
    /// When the tail was over.
    pub closed: Time,
    /// When the first fault that strikes the canary began to matter: the later of its onset and the canary's first traffic.
    pub onset: Option<Time>,
    /// When the decision fell that led to the rollback: the rollback was asked for then.
    pub detected: Option<Time>,
    /// The canary's share of traffic at that moment.
    pub weight_at_detection: Option<Weight>,
    /// Requests sent to the canary until it was promoted or the run ended: the exposure.
    pub canary_requests: u64,
    /// Of these, failed or slower than the scenario allows.
    pub canary_bad: u64,
    /// Requests that faults made bad, on either version, tail included: the blast radius. Each of these failed or was
    /// slow and would have been neither without faults; they are counted one by one, not estimated.
    pub bad_by_fault: u64,
    /// All requests, tail included.
    pub requests: u64,
    /// All bad requests, tail included.
    pub bad: u64,
    /// A hash over every event and every scrape: equal runs have equal hashes, natively and in a browser. Zero where
    /// nothing was recorded.
    pub trace_hash: u64,
}
