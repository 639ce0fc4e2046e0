//! What a controller runs: the reachable part of a diagram, every choice made, so that nothing can go missing at run
//! time. Only [`compile`](crate::compile()) makes one, and only where the diagram is runnable.

use crate::{
    analysis::Analysis,
    policy::{Against, Bound, BurnRate, Check, Fallback, Healthy, NoDataMeans, Policy},
    query::{Metric, Version},
    units::{Limit, Millis, Weight},
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
    /// Looked at with them.
    pub(crate) burn_rates: Vec<BurnRate>,
    /// The error rate over the long and the short window of each.
    pub(crate) burn_checks: Vec<Judged>,
    /// What these ask.
    pub(crate) burn_asks: Vec<Ask>,
    /// How long pods may take to get ready.
    pub(crate) ready_deadline: Millis,
    /// What the tests of all checks ask, worked out beforehand.
    pub(crate) criticals: Vec<Critical>,
}

/// How many standard errors apart is too many for a test that is looked at so often.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Critical {
    pub(crate) analysis: Analysis,
    pub(crate) looks: u32,
    /// At the last look.
    pub(crate) z: Limit,
}

/// An observation, with its looks: evenly spaced, the last one at its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Watch {
    pub(crate) length: Millis,
    /// At least one.
    pub(crate) looks: u32,
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
    Wait(Watch, Exit),
    Probe(Probe, Exit),
    Gate(Gate),
    RollBack(Exit),
    Success(Exit),
    End,
}

impl Act {
    /// The gate that it is.
    pub(crate) const fn gate(&self) -> Option<&Gate> {
        match self {
            Self::Gate(gate) => Some(gate),
            Self::Pass(_)
            | Self::Build(_)
            | Self::Push(_)
            | Self::Pods(..)
            | Self::Raise(..)
            | Self::Split(..)
            | Self::Wait(..)
            | Self::Probe(..)
            | Self::RollBack(_)
            | Self::Success(_)
            | Self::End => None,
        }
    }

    /// How it observes, if it may.
    pub(crate) const fn watch(&self) -> Option<Watch> {
        match self {
            Self::Wait(watch, _) => Some(*watch),
            Self::Probe(probe, _) => Some(probe.watch),
            Self::Gate(gate) => Some(gate.watch),
            Self::Pass(_)
            | Self::Build(_)
            | Self::Push(_)
            | Self::Pods(..)
            | Self::Raise(..)
            | Self::Split(..)
            | Self::RollBack(_)
            | Self::Success(_)
            | Self::End => None,
        }
    }
}

/// A probe measures for the next gate ahead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Probe {
    /// What the first probe after a change of weight observes.
    pub(crate) watch: Watch,
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
    /// How it holds where nothing observed before.
    pub(crate) watch: Watch,
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
    /// Where a test decides.
    pub(crate) counts: Option<Counts>,
}

/// The places of counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Counts {
    pub(crate) canary: Slot,
    /// Where the test looks at stable as well.
    pub(crate) stable: Option<Slot>,
}

/// A query to be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Ask {
    pub(crate) metric: Metric,
    pub(crate) version: Version,
    pub(crate) window: Option<Millis>,
    pub(crate) slot: Slot,
    pub(crate) form: Form,
}

/// What kind of an answer is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Form {
    /// A value.
    Reading,
    /// Counts.
    Counted,
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
    /// look back, extensions, fallbacks. Two plans that are equal then do the same until a gate judges. A plan whose gates
    /// are looked at before their time stays as it is: they judge all the time.
    #[must_use]
    pub fn levelled(&self) -> Self {
        let mut plan = self.clone();
        let mut watches = self.steps.iter().filter_map(|step| step.act.watch());
        if watches.any(|watch| 1 < watch.looks) {
            return plan;
        }
        plan.criticals.clear();
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

    /// What a test asks that is looked at so often, at the last look.
    pub(crate) fn critical(&self, analysis: Analysis, looks: u32) -> Limit {
        let found = self
            .criticals
            .iter()
            .find(|critical| critical.analysis == analysis && critical.looks == looks);
        // Every one that may be asked for was worked out with the plan.
        found.map_or(Limit(i64::MAX), |critical| critical.z)
    }

    pub(crate) fn step(&self, at: StepIx) -> &Step {
        &self.steps[at.0 as usize]
    }

    /// Places for the readings of any one gate.
    pub(crate) fn slots(&self) -> usize {
        let gates = self.steps.iter().filter_map(|step| step.act.gate());
        gates.map(|gate| gate.asks.len()).max().unwrap_or(0)
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
            counts: check.bound.analysis().map(|analysis| Counts {
                canary: slot(),
                stable: analysis.method.needs_stable().then(&mut slot),
            }),
        };
        checks.iter().map(judged).collect()
    }

    /// The same for triggers and budgets, which share their places, and which a lack of data never trips.
    pub(crate) fn triggers(policy: &Policy) -> (Vec<Self>, Vec<Self>) {
        let triggers = policy.triggers.iter().map(|trigger| Check {
            metric: trigger.metric,
            bound: trigger.bound,
            window: Some(trigger.window),
            min_requests: trigger.min_requests,
            no_data: NoDataMeans::Inconclusive,
        });
        let windows = policy.burn_rates.iter().flat_map(|rate| {
            [rate.long, rate.short].map(|window| Check {
                metric: Metric::ErrorRate,
                bound: Bound {
                    healthy: Healthy::Below,
                    against: Against::Fixed(rate.limit()),
                },
                window: Some(window),
                min_requests: rate.min_requests,
                no_data: NoDataMeans::Inconclusive,
            })
        });
        let mut triggers = Self::all(&triggers.chain(windows).collect::<Vec<_>>());
        let windows = triggers.split_off(policy.triggers.len());
        (triggers, windows)
    }

    /// What this asks of the canary, and of stable where that counts.
    pub(crate) fn asks(&self) -> impl Iterator<Item = Ask> {
        let ask = |form, version, slot: Option<Slot>| {
            slot.map(|slot| Ask {
                metric: self.metric,
                version,
                window: self.window,
                slot,
                form,
            })
        };
        let counts = self.counts;
        let asks = [
            ask(Form::Reading, Version::Canary, Some(self.canary)),
            ask(Form::Reading, Version::Stable, self.stable),
            ask(Form::Counted, Version::Canary, counts.map(|it| it.canary)),
            ask(
                Form::Counted,
                Version::Stable,
                counts.and_then(|it| it.stable),
            ),
        ];
        asks.into_iter().flatten()
    }
}
