//! Builds the plan of a diagram in which no error was found.

use super::graph::{Graph, NodeIx, Way};
use crate::{
    plan::{Act, Ask, Critical, Escape, Exit, Gate, Judged, Plan, Probe, Step, StepIx, Watch},
    policy::Policy,
    query::Metric,
    role::Role,
    units::Millis,
    vocabulary::Answer,
};
use alloc::vec::Vec;

/// Works out what the tests of all checks and triggers ask.
pub(crate) type Criticals = fn(&[Step], &[Judged]) -> Vec<Critical>;

/// The plan; `None` where the shape is not as the rules demand.
pub(crate) fn plan(graph: &Graph<'_>, policy: &Policy, criticals: Criticals) -> Option<Plan> {
    let builder = Builder {
        graph,
        policy,
        places: graph.reached().collect(),
    };
    let steps = builder.places.iter().map(|&at| builder.step(at));
    let steps = steps.collect::<Option<Vec<Step>>>()?;
    let (triggers, burn_checks) = Judged::triggers(policy);
    Some(Plan {
        criticals: criticals(&steps, &triggers),
        steps,
        start: builder.index(graph.start?)?,
        trigger_asks: asks(&triggers),
        triggers,
        burn_rates: policy.burn_rates.clone(),
        burn_asks: asks(&burn_checks),
        burn_checks,
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
            Role::Wait(drawn) => Act::Wait(self.watch(at, window(*drawn)), only()?),
            Role::Probe {
                metrics,
                window: drawn,
            } => Act::Probe(self.probe(at, metrics, window(*drawn)), only()?),
            Role::Gate => Act::Gate(self.gate(at)?),
            Role::RollBack => Act::RollBack(only()?),
            Role::Success => Act::Success(only()?),
        })
    }

    /// An observation at this node, with the looks of the gate that it is for.
    fn watch(&self, at: NodeIx, length: Millis) -> Watch {
        let gate = self.gate_watched(at);
        Watch {
            length,
            looks: gate.map_or(1, |gate| {
                self.policy.looks_of(self.graph.node(gate).id, length)
            }),
        }
    }

    /// The gate that this node is the last to observe for: nothing but remarks, and behind a probe other probes, lies
    /// between the two.
    fn gate_watched(&self, from: NodeIx) -> Option<NodeIx> {
        let is_probe = |at: NodeIx| matches!(self.graph.roles[at], Role::Probe { .. });
        let mut at = from;
        for _ in 0..=self.graph.roles.len() {
            match (&self.graph.roles[at], self.graph.ways[at].as_slice()) {
                (Role::Gate, _) => return Some(at),
                (Role::Complete | Role::Milestone | Role::Unknown, [only]) => at = only.to,
                (Role::Wait(_), [only]) if at == from => at = only.to,
                (Role::Probe { .. }, [only]) if is_probe(from) => at = only.to,
                (_, _) => return None,
            }
        }
        None
    }

    fn probe(&self, at: NodeIx, metrics: &[Metric], window: Millis) -> Probe {
        let gate = self.graph.gate_ahead(at);
        let checks = gate.map(|gate| self.policy.checks_of(self.graph.node(gate).id));
        let mut checks = Judged::all(checks.unwrap_or_default());
        checks.retain(|check| metrics.contains(&check.metric));
        Probe {
            watch: self.watch(at, window),
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
            watch: self.watch(at, self.policy.window_of(node)),
            extension: self.policy.nodes.get(&node).and_then(|entry| entry.window),
            extensions: self.policy.extensions_of(node),
            fallback: self.policy.fallback_of(node),
        })
    }
}

fn asks(checks: &[Judged]) -> Vec<Ask> {
    checks.iter().flat_map(Judged::asks).collect()
}
