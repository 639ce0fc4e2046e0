//! The rollout as lists, in the order in which the token meets things: what an inspector shows.

use super::{
    graph::{Graph, NodeIx},
    paths::{Paths, Seen},
};
use crate::{
    policy::{Check, Policy, WindowSource},
    role::Role,
    units::{Millis, Weight},
};
use alloc::{collections::VecDeque, vec, vec::Vec};
use coalmine_flow::{NodeId, TextSpan};

/// A node that changes the canary's share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShareStep {
    /// The node.
    pub node: NodeId,
    /// The share.
    pub share: Weight,
    /// The number in the label, as bytes of the text.
    pub share_span: Option<TextSpan>,
}

/// A node that observes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Observation {
    /// The wait, the probe, or the gate that holds because nothing observed before it.
    pub node: NodeId,
    /// How long.
    pub window: Millis,
    /// Who says so.
    pub source: WindowSource,
}

/// A node that decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GateChecks {
    /// The gate.
    pub node: NodeId,
    /// What it judges.
    pub checks: Vec<Check>,
}

/// Reachable places, nearest to the start first.
fn in_flow_order(graph: &Graph<'_>) -> Vec<NodeIx> {
    let mut known = vec![false; graph.roles.len()];
    let mut order = Vec::new();
    let mut open: VecDeque<NodeIx> = graph.start.into_iter().collect();
    while let Some(at) = open.pop_front() {
        if core::mem::replace(&mut known[at], true) {
            continue;
        }
        order.push(at);
        if graph.roles[at] != Role::End {
            open.extend(graph.ways[at].iter().map(|way| way.to));
        }
    }
    order
}

pub(crate) fn steps(graph: &Graph<'_>) -> Vec<ShareStep> {
    in_flow_order(graph)
        .into_iter()
        .filter_map(|at| match graph.roles[at] {
            Role::Pods(share) | Role::Raise(share) | Role::Split(Some(share)) => Some(ShareStep {
                node: graph.node(at).id,
                share,
                share_span: graph.share_spans[at],
            }),
            _ => None,
        })
        .collect()
}

pub(crate) fn observations(
    graph: &Graph<'_>,
    policy: &Policy,
    paths: &Paths,
) -> Vec<Observation> {
    let observation = |at: NodeIx| {
        let arrives = |seen| paths.arrivals[at].iter().any(|token| token.seen == seen);
        let drawn = match &graph.roles[at] {
            Role::Wait(drawn) => *drawn,
            Role::Probe { window, .. } if arrives(Seen::Nothing) || arrives(Seen::Waited) => *window,
            Role::Gate if arrives(Seen::Nothing) => None,
            _ => return None,
        };
        let node = graph.node(at).id;
        let (window, source) = policy.observation_of(node, drawn);
        Some(Observation {
            node,
            window,
            source,
        })
    };
    in_flow_order(graph).into_iter().filter_map(observation).collect()
}

pub(crate) fn gates(graph: &Graph<'_>, policy: &Policy) -> Vec<GateChecks> {
    in_flow_order(graph)
        .into_iter()
        .filter(|&at| graph.roles[at] == Role::Gate)
        .map(|at| GateChecks {
            node: graph.node(at).id,
            checks: policy.checks_of(graph.node(at).id).to_vec(),
        })
        .collect()
}
