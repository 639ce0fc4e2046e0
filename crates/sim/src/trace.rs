//! What a run leaves behind: events, what each scrape showed, and a summary.

mod hash;
mod writer;

pub(crate) use writer::Writer;

use alloc::{string::String, vec::Vec};
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
    /// Lost with its node; comes back on another one.
    NodeLost,
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
    /// Truth: requests sent to it since the last sample, whether or not anything was scraped.
    pub sent: u32,
    /// Truth: how likely each of these was to fail, on average; nothing without traffic.
    pub true_error_rate: Option<f32>,
    /// Truth: the 99th percentile of their latency law in seconds, queueing included; nothing without traffic.
    pub true_latency_p99: Option<f32>,
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

/// Why requests were bad: each bad request of a run has one cause.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BadByCause {
    /// By fault, in the scenario's order: requests that would have been good without it. Where several faults strike at
    /// once each request is charged to one of them, in proportion to how much each one does.
    pub faults: Vec<u64>,
    /// Shed, or slow from waiting, because more came than the pods can take although no fault made it so.
    pub load: u64,
    /// Sent to a version without pods, by whoever set the weights.
    pub plan: u64,
    /// All others: what the versions do on a plain day, warming up included.
    pub background: u64,
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
    /// When the first fault that strikes the canary began to matter: the later of its onset and the canary's first
    /// traffic. Faults of the pipeline, of traffic, of measurement and of what both versions depend on do not count: no
    /// release is to blame for those.
    pub onset: Option<Time>,
    /// When the decision fell that led to the rollback: the rollback was asked for then.
    pub detected: Option<Time>,
    /// The canary's share of traffic at that moment.
    pub weight_at_detection: Option<Weight>,
    /// Requests sent to the canary until it was promoted or the run ended: the exposure.
    pub canary_requests: u64,
    /// Of these, bad: failed, wrong, slower than the scenario allows, or too slow for the client's patience.
    pub canary_bad: u64,
    /// Requests that faults made bad, on either version, tail included: the blast radius. Each of these was bad and
    /// would not have been without faults; they are counted one by one, not estimated.
    pub bad_by_fault: u64,
    /// All requests, tail included.
    pub requests: u64,
    /// All bad requests, tail included.
    pub bad: u64,
    /// The same by their causes.
    pub bad_by_cause: BadByCause,
    /// When each fault began, in the scenario's order; nothing where it never did.
    pub fault_onsets: Vec<Option<Time>>,
    /// Bad requests over those that the scenario's objective forgives in as many requests as came (millionths:
    /// 1 000 000 is exactly the error budget of the run). Zero where nothing is forgiven and nothing was bad.
    pub budget_burned: u64,
    /// A hash over every event and every scrape: equal runs have equal hashes, natively and in a browser. Zero where
    /// nothing was recorded.
    pub trace_hash: u64,
}
