//! What a controller runs: the reachable part of a diagram, every choice made, so that nothing can go missing at run
//! time. Only [`compile`](crate::compile()) makes one, and only where the diagram is runnable.

use crate::{
    policy::{Bound, Check, Fallback, NoDataMeans, Trigger},
    query::{Metric, Version},
    units::{Millis, Weight},
};
use alloc::vec::Vec;
use coalmine_flow::{EdgeId, NodeId};
use serde::{Deserialize, Serialize};

/// A runnable rollout.
///
/// Serialised only on its way between two parts of one build: read back from elsewhere it may not be runnable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// The steps, in the order of the text.
    pub(crate) steps: Vec<Step>,
    /// Where the token starts.
    pub(crate) start: StepIx,
    /// Looked at on every scrape.
    pub(crate) triggers: Vec<Judged>,
    /// What all triggers together ask.
    pub(crate) trigger_asks: Vec<Ask>,
    /// How long pods may take to get ready.
    pub(crate) ready_deadline: Millis,
}

/// The place of a step in [`Plan::steps`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct StepIx(pub(crate) u32);

/// A node as it runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Step {
    pub(crate) node: NodeId,
    pub(crate) act: Act,
    pub(crate) escape: Escape,
}

/// Where a trigger or an abort takes the token from a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Escape {
    /// To the `No` target of the next gate ahead, which leads to a rollback.
    To(StepIx),
    /// There is none: the rollback happens in place.
    InPlace,
}

/// An edge to leave by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Exit {
    pub(crate) edge: EdgeId,
    pub(crate) to: StepIx,
}

/// What a step does, with exactly the ways out that it needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Act {
    /// Nothing: start, remark, milestone.
    Pass(Exit),
    Build(Exit),
    Push(Exit),
    /// Pods only.
    Pods(Weight, Exit),
    /// Pods, then the router.
    Raise(Weight, Exit),
    /// The router only: to its own share, or to the last percentage passed.
    Split(Option<Weight>, Exit),
    Wait(Millis, Exit),
    Probe(Probe, Exit),
    Gate(Gate),
    RollBack(Exit),
    Success(Exit),
    End,
}

/// A probe measures for the next gate ahead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Probe {
    /// How long the first probe after a change of weight observes.
    pub(crate) window: Millis,
    /// The gate's checks that this probe records.
    pub(crate) checks: Vec<Judged>,
    /// What they ask.
    pub(crate) asks: Vec<Ask>,
}

/// A decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Gate {
    pub(crate) yes: Exit,
    pub(crate) no: Exit,
    pub(crate) checks: Vec<Judged>,
    pub(crate) asks: Vec<Ask>,
    /// How long it holds where nothing observed before.
    pub(crate) window: Millis,
    /// How long an extension is; without, as long as the observation was.
    pub(crate) extension: Option<Millis>,
    /// How often it may extend.
    pub(crate) extensions: u8,
    pub(crate) fallback: Fallback,
}

/// Where a reading is kept until it is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Slot(pub(crate) u32);

/// A check or a trigger, with the places of its readings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Judged {
    pub(crate) metric: Metric,
    pub(crate) bound: Bound,
    pub(crate) window: Option<Millis>,
    pub(crate) min_requests: u64,
    pub(crate) no_data: NoDataMeans,
    pub(crate) canary: Slot,
    /// Where the bound is relative to stable.
    pub(crate) stable: Option<Slot>,
}

/// A query to be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Ask {
    pub(crate) metric: Metric,
    pub(crate) version: Version,
    pub(crate) window: Option<Millis>,
    pub(crate) slot: Slot,
}

impl Plan {
    /// The start.
    pub fn start(&self) -> NodeId {
        self.step(self.start).node
    }

    /// Every node that the token can reach, in the order of the text.
    pub fn nodes(&self) -> impl Iterator<Item = NodeId> {
        self.steps.iter().map(|step| step.node)
    }

    /// Every edge that the token can travel, by the place of the node it leaves. What leads off the drawn path, an abort or
    /// a trigger, travels none.
    pub fn edges(&self) -> impl Iterator<Item = EdgeId> {
        self.steps.iter().flat_map(|step| {
            let (one, other) = match &step.act {
                Act::Pass(exit)
                | Act::Build(exit)
                | Act::Push(exit)
                | Act::Pods(_, exit)
                | Act::Raise(_, exit)
                | Act::Split(_, exit)
                | Act::Wait(_, exit)
                | Act::Probe(_, exit)
                | Act::RollBack(exit)
                | Act::Success(exit) => (Some(exit.edge), None),
                Act::Gate(gate) => (Some(gate.yes.edge), Some(gate.no.edge)),
                Act::End => (None, None),
            };
            one.into_iter().chain(other)
        })
    }

    /// The plan with everything levelled that only counts while a gate judges: bounds, requests needed, how far checks
    /// look back, extensions, fallbacks. Two plans that are equal then do the same until a gate judges, which needs
    /// that gates look at nothing before.
    #[must_use]
    pub fn levelled(&self) -> Self {
        let mut plan = self.clone();
        for step in &mut plan.steps {
            let (checks, asks) = match &mut step.act {
                Act::Gate(gate) => {
                    gate.extension = None;
                    gate.extensions = 0;
                    gate.fallback = Fallback::No;
                    (&mut gate.checks, &mut gate.asks)
                }
                Act::Probe(probe, _) => (&mut probe.checks, &mut probe.asks),
                Act::Pass(_)
                | Act::Build(_)
                | Act::Push(_)
                | Act::Pods(..)
                | Act::Raise(..)
                | Act::Split(..)
                | Act::Wait(..)
                | Act::RollBack(_)
                | Act::Success(_)
                | Act::End => continue,
            };
            for judged in checks {
                judged.bound.level();
                judged.window = None;
                judged.min_requests = 0;
                judged.no_data = NoDataMeans::Inconclusive;
            }
            for ask in asks {
                ask.window = None;
            }
        }
        plan
    }

    pub(crate) fn step(&self, at: StepIx) -> &Step {
        &self.steps[at.0 as usize]
    }

    /// Places for the readings of any one gate.
    pub(crate) fn slots(&self) -> usize {
        let slots = |step: &Step| match &step.act {
            Act::Gate(gate) => gate.asks.len(),
            Act::Pass(_)
            | Act::Build(_)
            | Act::Push(_)
            | Act::Pods(..)
            | Act::Raise(..)
            | Act::Split(..)
            | Act::Wait(..)
            | Act::Probe(..)
            | Act::RollBack(_)
            | Act::Success(_)
            | Act::End => 0,
        };
        self.steps.iter().map(slots).max().unwrap_or(0)
    }
}

impl Judged {
    /// Numbers the readings that these checks need.
    pub(crate) fn all(checks: &[Check]) -> Vec<Self> {
        let mut next = 0;
        let mut slot = || {
            let slot = Slot(next);
            next += 1;
            slot
        };
        let judged = |check: &Check| Self {
            metric: check.metric,
            bound: check.bound,
            window: check.window,
            min_requests: if check.metric.counts_requests() {
                check.min_requests
            } else {
                0
            },
            no_data: check.no_data,
            canary: slot(),
            stable: check.bound.needs_stable().then(&mut slot),
        };
        checks.iter().map(judged).collect()
    }

    /// The same for triggers, which a lack of data never trips.
    pub(crate) fn triggers(triggers: &[Trigger]) -> Vec<Self> {
        let check = |trigger: &Trigger| Check {
            metric: trigger.metric,
            bound: trigger.bound,
            window: Some(trigger.window),
            min_requests: trigger.min_requests,
            no_data: NoDataMeans::Inconclusive,
        };
        Self::all(&triggers.iter().map(check).collect::<Vec<_>>())
    }

    /// What this asks of the canary, and of stable where that counts.
    pub(crate) fn asks(&self) -> impl Iterator<Item = Ask> {
        let ask = |version, slot| Ask {
            metric: self.metric,
            version,
            window: self.window,
            slot,
        };
        let stable = self.stable.map(|slot| ask(Version::Stable, slot));
        core::iter::once(ask(Version::Canary, self.canary)).chain(stable)
    }
}
