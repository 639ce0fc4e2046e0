//! What the drawing has no word for: windows, bounds, limits. Lives beside the diagram, keyed by node.

use crate::{
    analysis::Analysis,
    query::{Metric, Quantile},
    units::{Limit, Millis},
};
use alloc::{collections::BTreeMap, vec, vec::Vec};
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
    /// What a test finds in the counts of both.
    Analysis(Analysis),
}

/// A bound on a metric.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Bound {
    /// The healthy side.
    pub healthy: Healthy,
    /// What it is compared with.
    pub against: Against,
}

impl Bound {
    /// Takes the number away, and leaves what is compared with what. A test keeps its own.
    pub(crate) const fn level(&mut self) {
        match &mut self.against {
            Against::Fixed(limit) | Against::StablePlus(limit) | Against::StableTimes(limit) => {
                *limit = Limit(0);
            }
            Against::Analysis(_) => {}
        }
    }

    /// Whether stable must be measured as well.
    pub const fn needs_stable(self) -> bool {
        match self.against {
            Against::Fixed(_) => false,
            Against::StablePlus(_) | Against::StableTimes(_) => true,
            Against::Analysis(analysis) => analysis.method.needs_stable(),
        }
    }

    /// The test that decides, if one does.
    pub const fn analysis(self) -> Option<Analysis> {
        match self.against {
            Against::Fixed(_) | Against::StablePlus(_) | Against::StableTimes(_) => None,
            Against::Analysis(analysis) => Some(analysis),
        }
    }
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

/// A budget that must not burn too fast: looked at on every scrape while the canary has traffic.
///
/// It trips where the canary's error rate reaches `factor` times what the objective forgives, over both windows: the
/// long one so that a blip does not count, the short one so that it is over as soon as the burning is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct BurnRate {
    /// Good requests over all (millionths: 999 000 forgives one in a thousand).
    pub objective: Limit,
    /// How many times too fast (millionths: 14 400 000 burns the budget of 30 days in 50 hours).
    pub factor: Limit,
    /// How far back it looks. It does not stop at the last change of weight.
    pub long: Millis,
    /// The shorter window.
    pub short: Millis,
    /// Requests needed in each window.
    pub min_requests: u64,
}

impl BurnRate {
    /// The error rate that is too much.
    pub const fn limit(self) -> Limit {
        let forgiven = 1_000_000_i64.saturating_sub(self.objective.0);
        Limit(forgiven.saturating_mul(self.factor.0) / 1_000_000)
    }
}

/// An observation is looked at no more often than this.
pub const MOST_LOOKS: u32 = 1_000;

/// Where a test plans its looks, no more often than this: what it asks of each takes long to work out for more, and
/// hardly changes.
pub const MOST_PLANNED_LOOKS: u32 = 20;

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
    /// How often this gate is looked at while the observation before it lasts.
    pub look_every: Option<Millis>,
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
    /// Budgets between gates.
    pub burn_rates: Vec<BurnRate>,
    /// How often a gate may extend its window when it cannot decide.
    pub extensions: u8,
    /// Where it goes then.
    pub fallback: Fallback,
    /// How long pods may take to get ready before the rollout fails.
    pub ready_deadline: Millis,
    /// How often gates are looked at while the observation before them lasts, to stop it as soon as a check fails;
    /// without, only at its end.
    pub look_every: Option<Millis>,
    /// By node.
    pub nodes: BTreeMap<NodeId, NodePolicy>,
}

/// A fixed upper bound, in millionths.
const fn below(millionths: i64) -> Bound {
    Bound {
        healthy: Healthy::Below,
        against: Against::Fixed(Limit(millionths)),
    }
}

/// What a team would start from: 5 minutes a step; 1 % errors, 500 ms p99, 80 % CPU and memory at each gate; and a
/// hard limit of 10 % errors over 30 seconds in between.
impl Default for Policy {
    fn default() -> Self {
        let check = |metric, millionths| Check {
            metric,
            bound: below(millionths),
            window: None,
            min_requests: 500,
            no_data: NoDataMeans::Inconclusive,
        };
        Self {
            window: Millis::from_mins(5),
            checks: vec![
                check(Metric::ErrorRate, 10_000),
                check(Metric::Latency(Quantile(9_900)), 500_000),
                check(Metric::Cpu, 800_000),
                check(Metric::Memory, 800_000),
            ],
            triggers: vec![Trigger {
                metric: Metric::ErrorRate,
                bound: below(100_000),
                window: Millis::from_secs(30),
                min_requests: 100,
            }],
            burn_rates: Vec::new(),
            extensions: 1,
            fallback: Fallback::No,
            ready_deadline: Millis::from_mins(10),
            look_every: None,
            nodes: BTreeMap::new(),
        }
    }
}

impl Policy {
    /// Whether a test decides anything.
    pub fn has_tests(&self) -> bool {
        let own = self.nodes.values().filter_map(|node| node.checks.as_ref());
        let mut checks = own.chain([&self.checks]).flatten();
        let mut triggers = self.triggers.iter();
        checks.any(|check| check.bound.analysis().is_some())
            || triggers.any(|trigger| trigger.bound.analysis().is_some())
    }

    /// Observation at this node as far as the policy says: the node's own, or the one for all.
    ///
    /// What the drawing says ("Wait 10 min") comes between the two: [`observation_of`](Self::observation_of).
    pub fn window_of(&self, node: NodeId) -> Millis {
        self.observation_of(node, None).0
    }

    /// Observation at this node and who says so: the node's entry, else the drawing, else the policy for all.
    pub fn observation_of(&self, node: NodeId, drawn: Option<Millis>) -> (Millis, WindowSource) {
        let own = self.nodes.get(&node).and_then(|entry| entry.window);
        match (own, drawn) {
            (Some(own), _) => (own, WindowSource::Node),
            (None, Some(drawn)) => (drawn, WindowSource::Drawn),
            (None, None) => (self.window, WindowSource::Policy),
        }
    }

    /// What this gate judges.
    pub fn checks_of(&self, gate: NodeId) -> &[Check] {
        self.nodes
            .get(&gate)
            .and_then(|entry| entry.checks.as_deref())
            .unwrap_or(&self.checks)
    }

    /// How often this gate may extend its window.
    pub fn extensions_of(&self, gate: NodeId) -> u8 {
        let own = self.nodes.get(&gate).and_then(|entry| entry.extensions);
        own.unwrap_or(self.extensions)
    }

    /// How many looks at this gate an observation of this length has: evenly spaced, at most as dense as the policy
    /// says, the last one at its end.
    pub fn looks_of(&self, gate: NodeId, length: Millis) -> u32 {
        let own = self.nodes.get(&gate).and_then(|entry| entry.look_every);
        let every = own.or(self.look_every).map_or(0, |every| every.0);
        let looks = length.0.checked_div(every).unwrap_or(1);
        let plans = |check: &Check| {
            let analysis = check.bound.analysis();
            analysis.is_some_and(|analysis| analysis.method.plans_looks())
        };
        let most = if self.checks_of(gate).iter().any(plans) {
            MOST_PLANNED_LOOKS
        } else {
            MOST_LOOKS
        };
        u32::try_from(looks).unwrap_or(u32::MAX).clamp(1, most)
    }

    /// Where this gate goes that cannot decide.
    pub fn fallback_of(&self, gate: NodeId) -> Fallback {
        let own = self.nodes.get(&gate).and_then(|entry| entry.fallback);
        own.unwrap_or(self.fallback)
    }
}

/// Who says how long an observation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WindowSource {
    /// The node's entry in the policy.
    Node,
    /// The label, as in "Wait 10 min".
    Drawn,
    /// The policy's window for all: implicit.
    Policy,
}
