//! The last step of compiling: the reachable part of a sound graph becomes a plan, every choice made.

use super::graph::{Graph, NodeIx, Way};
use crate::{
    plan::{Act, Ask, Escape, Exit, Gate, Judged, Plan, Probe, Step, StepIx},
    policy::Policy,
    role::Role,
    vocabulary::Answer,
};
use alloc::vec::Vec;

/// The plan of a graph without errors.
pub(crate) fn plan(graph: &Graph<'_>, policy: &Policy) -> Plan {
    let reached: Vec<NodeIx> = graph.reached().collect();
    let assembler = Assembler {
        graph,
        policy,
        reached: &reached,
    };
    let start = graph.start.expect("a graph without errors has a start");
    let triggers = Judged::triggers(&policy.triggers);
    Plan {
        steps: reached.iter().map(|&at| assembler.step(at)).collect(),
        start: assembler.place(start),
        trigger_asks: triggers.iter().flat_map(Judged::asks).collect(),
        triggers,
        ready_deadline: policy.ready_deadline,
    }
}

struct Assembler<'a> {
    graph: &'a Graph<'a>,
    policy: &'a Policy,
    /// In ascending order.
    reached: &'a [NodeIx],
}

impl Assembler<'_> {
    fn place(&self, at: NodeIx) -> StepIx {
        let place = self
            .reached
            .binary_search(&at)
            .expect("what a reached node leads to is reached");
        StepIx(u32::try_from(place).expect("a diagram has fewer than 2^32 nodes"))
    }

    fn exit(&self, way: Way) -> Exit {
        Exit {
            edge: way.edge,
            to: self.place(way.to),
        }
    }

    fn only(&self, at: NodeIx) -> Exit {
        let [way] = self.graph.ways[at][..] else {
            unreachable!("a sound step has one way out")
        };
        self.exit(way)
    }

    fn step(&self, at: NodeIx) -> Step {
        Step {
            node: self.graph.node(at).id,
            act: self.act(at),
            escape: self.escape(at),
        }
    }

    fn act(&self, at: NodeIx) -> Act {
        let node = self.graph.node(at).id;
        match &self.graph.roles[at] {
            Role::Start | Role::Complete | Role::Milestone | Role::Unknown => Act::Pass(self.only(at)),
            Role::End => Act::End,
            Role::Build => Act::Build(self.only(at)),
            Role::Push => Act::Push(self.only(at)),
            Role::Pods(share) => Act::Pods(*share, self.only(at)),
            Role::Raise(share) => Act::Raise(*share, self.only(at)),
            Role::Split(share) => Act::Split(*share, self.only(at)),
            Role::Wait(drawn) => {
                let (window, _) = self.policy.observation_of(node, *drawn);
                Act::Wait(window, self.only(at))
            }
            Role::Probe { metrics, window } => {
                let (window, _) = self.policy.observation_of(node, *window);
                let checks: Vec<Judged> = self
                    .graph
                    .gate_ahead(at)
                    .map(|gate| self.checks(gate))
                    .into_iter()
                    .flatten()
                    .filter(|check| metrics.contains(&check.metric))
                    .collect();
                let probe = Probe {
                    window,
                    asks: asks(&checks),
                    checks,
                };
                Act::Probe(probe, self.only(at))
            }
            Role::Gate => self.gate(at),
            Role::RollBack => Act::RollBack(self.only(at)),
            Role::Success => Act::Success(self.only(at)),
        }
    }

    fn gate(&self, at: NodeIx) -> Act {
        let node = self.graph.node(at).id;
        let way = |answer| {
            let way = self.graph.answered(at, answer);
            self.exit(way.expect("a sound gate has one edge for each answer"))
        };
        let checks = self.checks(at);
        Act::Gate(Gate {
            yes: way(Answer::Yes),
            no: way(Answer::No),
            asks: asks(&checks),
            checks,
            window: self.policy.window_of(node),
            extension: self.policy.nodes.get(&node).and_then(|entry| entry.window),
            extensions: self.policy.extensions_of(node),
            fallback: self.policy.fallback_of(node),
        })
    }

    fn checks(&self, gate: NodeIx) -> Vec<Judged> {
        Judged::all(self.policy.checks_of(self.graph.node(gate).id))
    }

    fn escape(&self, at: NodeIx) -> Escape {
        let no = self
            .graph
            .gate_ahead(at)
            .and_then(|gate| self.graph.answered(gate, Answer::No))
            .filter(|way| self.graph.leads_to_rollback(way.to));
        no.map_or(Escape::InPlace, |way| Escape::To(self.place(way.to)))
    }
}

fn asks(checks: &[Judged]) -> Vec<Ask> {
    checks.iter().flat_map(Judged::asks).collect()
}
