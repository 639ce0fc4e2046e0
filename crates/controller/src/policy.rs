//! What the drawing has no word for: windows, bounds, limits. Lives beside the diagram, keyed by node.

use crate::{
    query::Metric,
    units::{Limit, Millis},
};
use alloc::{collections::BTreeMap, vec::Vec};
use coalmine_flow::NodeId;
use serde::{Deserialize, Serialize};

/// Which side of the bound is healthy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Healthy {
    /// Values strictly below the bound.
    Below,
    /// Values strictly above the bound.
    Above,
}

/// What a value is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Against {
    /// A fixed limit.
    Fixed(Limit),
    /// Stable over the same window plus this much.
    StablePlus(Limit),
    /// Stable over the same window times this (millionths: 2 000 000 is twice).
    StableTimes(Limit),
}

/// A bound on a metric.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Bound {
    /// The healthy side.
    pub healthy: Healthy,
    /// What it is compared with.
    pub against: Against,
}

/// What it means that a query found nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum NoDataMeans {
    /// Not enough to decide: look longer.
    #[default]
    Inconclusive,
    /// Unhealthy.
    Fail,
    /// Healthy.
    Pass,
}

/// One thing that a gate judges.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Check {
    /// What is measured on the canary.
    pub metric: Metric,
    /// When it is healthy.
    pub bound: Bound,
    /// How far it looks back; without, to the last change of weight.
    pub window: Option<Millis>,
    /// Requests needed to decide (error rate and latency only).
    pub min_requests: u64,
    /// What no data means.
    pub no_data: NoDataMeans,
}

/// A hard limit, looked at on every scrape while the canary has traffic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Trigger {
    /// What is measured on the canary.
    pub metric: Metric,
    /// When it is healthy; otherwise the rollout is stopped.
    pub bound: Bound,
    /// How far it looks back.
    pub window: Millis,
    /// Requests needed to decide (error rate and latency only).
    pub min_requests: u64,
}

/// Where a gate goes that cannot decide.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Fallback {
    /// As if unhealthy.
    #[default]
    No,
    /// As if healthy.
    Yes,
}

/// What one node does differently.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NodePolicy {
    /// Observation at this wait, probe or gate.
    pub window: Option<Millis>,
    /// What this gate judges instead of the policy's checks.
    pub checks: Option<Vec<Check>>,
    /// How often this gate may extend its window.
    pub extensions: Option<u8>,
    /// Where this gate goes that cannot decide.
    pub fallback: Option<Fallback>,
}

/// The parameters of a rollout.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    /// Observation where neither node nor drawing says otherwise.
    pub window: Millis,
    /// What gates judge.
    pub checks: Vec<Check>,
    /// Hard limits between gates.
    pub triggers: Vec<Trigger>,
    /// How often a gate may extend its window when it cannot decide.
    pub extensions: u8,
    /// Where it goes then.
    pub fallback: Fallback,
    /// How long pods may take to get ready before the rollout fails.
    pub ready_deadline: Millis,
    /// By node.
    pub nodes: BTreeMap<NodeId, NodePolicy>,
}
