//! The rollout as lists in the order of a healthy run: what an inspector shows beside the diagram.

use super::{
    graph::{Graph, NodeIx},
    paths::{Paths, Seen},
};
use crate::{
    policy::{Check, Policy, WindowSource},
    role::Role,
    units::{Millis, Weight},
    vocabulary::Answer,
};
use alloc::{vec, vec::Vec};
use coalmine_flow::{NodeId, TextSpan};

/// A node that says a percentage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShareStep {
    /// The node.
    pub node: NodeId,
    /// The share.
    pub weight: Weight,
    /// The number in the text, where the label stands there as it reads.
    pub share_span: Option<TextSpan>,
}

/// A node that observes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Observation {
    /// The wait, the probe, or the gate that holds.
    pub node: NodeId,
    /// How long.
    pub window: Millis,
    /// Who says so.
    pub source: WindowSource,
}

/// A gate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GateChecks {
    /// The gate.
    pub node: NodeId,
    /// What it judges.
    pub checks: Vec<Check>,
}

/// All lists.
#[derive(Clone, Debug)]
pub(crate) struct Outline {
    pub(crate) steps: Vec<ShareStep>,
    pub(crate) observations: Vec<Observation>,
    pub(crate) gates: Vec<GateChecks>,
}

impl Outline {
    pub(crate) fn new(graph: &Graph<'_>, paths: &Paths, policy: &Policy) -> Self {
        let mut outline = Self {
            steps: Vec::new(),
            observations: Vec::new(),
            gates: Vec::new(),
        };
        for at in healthy_order(graph) {
            let node = graph.node(at).id;
            match &graph.roles[at] {
                Role::Pods(weight) | Role::Raise(weight) | Role::Split(Some(weight)) => {
                    outline.steps.push(ShareStep {
                        node,
                        weight: *weight,
                        share_span: graph.share_spans[at],
                    });
                }
                Role::Gate => outline.gates.push(GateChecks {
                    node,
                    checks: policy.checks_of(node).to_vec(),
                }),
                Role::Start
                | Role::End
                | Role::Build
                | Role::Push
                | Role::Split(None)
                | Role::Wait(_)
                | Role::Probe { .. }
                | Role::RollBack
                | Role::Success
                | Role::Complete
                | Role::Milestone
                | Role::Unknown => {}
            }
            if let Some((window, source)) = observation(graph, paths, policy, at) {
                outline.observations.push(Observation {
                    node,
                    window,
                    source,
                });
            }
        }
        outline
    }
}

/// The observation that a node makes on some path, if it makes any.
pub(crate) fn observation(
    graph: &Graph<'_>,
    paths: &Paths,
    policy: &Policy,
    at: NodeIx,
) -> Option<(Millis, WindowSource)> {
    let node = graph.node(at).id;
    let arrives = |fits: fn(Seen) -> bool| paths.arrivals[at].iter().any(|token| fits(token.seen));
    match &graph.roles[at] {
        Role::Wait(drawn) => Some(policy.observation_of(node, *drawn)),
        Role::Probe { window, .. } => {
            arrives(|seen| seen != Seen::Probed).then(|| policy.observation_of(node, *window))
        }
        Role::Gate => {
            arrives(|seen| seen == Seen::Nothing).then(|| policy.observation_of(node, None))
        }
        Role::Start
        | Role::End
        | Role::Build
        | Role::Push
        | Role::Pods(_)
        | Role::Raise(_)
        | Role::Split(_)
        | Role::RollBack
        | Role::Success
        | Role::Complete
        | Role::Milestone
        | Role::Unknown => None,
    }
}

/// From the start along `Yes`, then what lies off that path, then what nothing leads to.
fn healthy_order(graph: &Graph<'_>) -> Vec<NodeIx> {
    let mut seen = vec![false; graph.roles.len()];
    let mut order = Vec::new();
    let mut open: Vec<NodeIx> = (0..graph.roles.len()).rev().chain(graph.start).collect();
    while let Some(at) = open.pop() {
        if core::mem::replace(&mut seen[at], true) {
            continue;
        }
        order.push(at);
        let yes = graph
            .answered(at, Answer::Yes)
            .filter(|_| graph.roles[at] == Role::Gate);
        // What is pushed last is visited first.
        let others = graph.ways[at].iter().rev().filter(|way| Some(**way) != yes);
        let next = others.chain(yes.as_ref()).map(|way| way.to);
        open.extend(next);
    }
    order
}
