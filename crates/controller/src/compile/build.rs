//! Builds the plan of a diagram in which no error was found.

use super::graph::{Graph, NodeIx, Way};
use crate::{
    plan::{Act, Ask, Escape, Exit, Gate, Judged, Plan, Probe, Step, StepIx},
    policy::Policy,
    query::Metric,
    role::Role,
    vocabulary::Answer,
};
use alloc::vec::Vec;

/// The plan; `None` where the shape is not as the rules demand.
pub(crate) fn plan(graph: &Graph<'_>, policy: &Policy) -> Option<Plan> {
    let builder = Builder {
        graph,
        policy,
        places: graph.reached().collect(),
    };
    let steps = builder.places.iter().map(|&at| builder.step(at));
    let triggers = Judged::triggers(&policy.triggers);
    Some(Plan {
        steps: steps.collect::<Option<Vec<Step>>>()?,
        start: builder.index(graph.start?)?,
        trigger_asks: asks(&triggers),
        triggers,
        ready_deadline: policy.ready_deadline,
    })
}

struct Builder<'a> {
    graph: &'a Graph<'a>,
    policy: &'a Policy,
    /// The nodes that become steps, ascending.
    places: Vec<NodeIx>,
}

impl Builder<'_> {
    fn index(&self, at: NodeIx) -> Option<StepIx> {
        let index = self.places.binary_search(&at).ok()?;
        Some(StepIx(u32::try_from(index).ok()?))
    }

    fn exit(&self, way: Way) -> Option<Exit> {
        Some(Exit {
            edge: way.edge,
            to: self.index(way.to)?,
        })
    }

    fn step(&self, at: NodeIx) -> Option<Step> {
        let escape = self.escape(at);
        Some(Step {
            node: self.graph.node(at).id,
            act: self.act(at)?,
            escape: escape.map_or(Escape::InPlace, Escape::To),
        })
    }

    /// The `No` target of the next gate ahead, where it leads to a rollback.
    fn escape(&self, at: NodeIx) -> Option<StepIx> {
        let gate = self.graph.gate_ahead(at)?;
        let no = self.graph.answered(gate, Answer::No)?;
        if self.graph.leads_to_rollback(no.to) {
            self.index(no.to)
        } else {
            None
        }
    }

    fn act(&self, at: NodeIx) -> Option<Act> {
        let node = self.graph.node(at).id;
        let only = || match self.graph.ways[at].as_slice() {
            [only] => self.exit(*only),
            _ => None,
        };
        let window = |drawn| self.policy.observation_of(node, drawn).0;
        Some(match &self.graph.roles[at] {
            Role::Start | Role::Complete | Role::Milestone | Role::Unknown => Act::Pass(only()?),
            Role::End => Act::End,
            Role::Build => Act::Build(only()?),
            Role::Push => Act::Push(only()?),
            Role::Pods(share) => Act::Pods(*share, only()?),
            Role::Raise(share) => Act::Raise(*share, only()?),
            Role::Split(own) => Act::Split(*own, only()?),
            Role::Wait(drawn) => Act::Wait(window(*drawn), only()?),
            Role::Probe {
                metrics,
                window: drawn,
            } => Act::Probe(self.probe(at, metrics, window(*drawn)), only()?),
            Role::Gate => Act::Gate(self.gate(at)?),
            Role::RollBack => Act::RollBack(only()?),
            Role::Success => Act::Success(only()?),
        })
    }

    fn probe(&self, at: NodeIx, metrics: &[Metric], window: crate::units::Millis) -> Probe {
        let gate = self.graph.gate_ahead(at);
        let checks = gate.map(|gate| self.policy.checks_of(self.graph.node(gate).id));
        let mut checks = Judged::all(checks.unwrap_or_default());
        checks.retain(|check| metrics.contains(&check.metric));
        Probe {
            window,
            asks: asks(&checks),
            checks,
        }
    }

    fn gate(&self, at: NodeIx) -> Option<Gate> {
        let node = self.graph.node(at).id;
        let checks = Judged::all(self.policy.checks_of(node));
        Some(Gate {
            yes: self.exit(self.graph.answered(at, Answer::Yes)?)?,
            no: self.exit(self.graph.answered(at, Answer::No)?)?,
            asks: asks(&checks),
            checks,
            window: self.policy.window_of(node),
            extension: self.policy.nodes.get(&node).and_then(|entry| entry.window),
            extensions: self.policy.extensions_of(node),
            fallback: self.policy.fallback_of(node),
        })
    }
}

fn asks(checks: &[Judged]) -> Vec<Ask> {
    checks.iter().flat_map(Judged::asks).collect()
}
