//! Rules of what is watched, and of pods and traffic.

use super::{Finding, Repair, ground::Ground, steps::plain};
use crate::{compile::graph::NodeIx, role::Role, units::Weight};
use alloc::{format, vec::Vec};
use coalmine_flow::{EdgeId, NodeId, Severity, Shape, edit::Change};

/// What a node says that measures before a gate all that gates judge by default.
const WATCH: &str = "Watch error rate, latency p99 and resource usage";

/// What is monitored is monitored only once the canary has all traffic.
pub(super) fn late(ground: &Ground<'_>, findings: &mut Vec<Finding>) {
    let is_early = |at: &NodeIx| {
        let share = ground.least_traffic(*at);
        share.is_some_and(|share| share < Weight::FULL)
    };
    let is_probe = |at: &NodeIx| matches!(ground.role(*at), Role::Probe { .. });
    let Some(first) = ground.graph.reached().find(is_probe) else {
        return;
    };
    if ground
        .graph
        .reached()
        .filter(is_probe)
        .any(|at| is_early(&at))
    {
        return;
    }
    let gates: Vec<NodeIx> = ground
        .graph
        .reached()
        .filter(|at| *ground.role(*at) == Role::Gate && is_early(at))
        .collect();
    let Some(share) = gates
        .iter()
        .filter_map(|at| ground.least_traffic(*at))
        .min()
    else {
        return;
    };
    let why = format!(
        "monitoring begins at {}, with all traffic on the canary: the drawing shows nobody watching from {share} on, and \
         a fault is first looked for when it can hurt everyone",
        ground.named(first)
    );
    let code = ("late-monitoring", Severity::Warning);
    findings.push(ground.finding(code, Some(first), why, watched(ground, &gates)));
}

/// A probe before each of these gates: in the place of the wait that is there, or on the edge.
fn watched(ground: &Ground<'_>, gates: &[NodeIx]) -> Option<Repair> {
    let mut waits: Vec<NodeId> = Vec::new();
    let mut edges: Vec<EdgeId> = Vec::new();
    for &gate in gates {
        for (before, way) in ground.into(gate) {
            match ground.role(before) {
                Role::Wait(None) => waits.push(ground.id(before)),
                Role::Wait(Some(_)) => {}
                _ => edges.push(way.edge),
            }
        }
    }
    edges.sort_unstable_by(|one, other| other.cmp(one));
    ground.draw("watch the metrics before each gate".into(), |sketch| {
        for wait in waits {
            sketch.change(&Change::SetLabel(wait, WATCH.into()));
        }
        for edge in edges {
            sketch.add_on(edge, Shape::Rectangle, WATCH);
        }
    })
}

/// Pods and traffic get different shares, or one of them is not said.
pub(super) fn disagree(ground: &Ground<'_>, findings: &mut Vec<Finding>) {
    for at in ground.graph.reached() {
        let Role::Split(own) = ground.role(at) else {
            continue;
        };
        let pods = ground
            .behind(at, |role| !matches!(role, Role::Pods(_) | Role::Raise(_)))
            .into_iter()
            .find_map(|(before, _)| match ground.role(before) {
                Role::Pods(share) => Some((before, *share)),
                _ => None,
            });
        let Some((before, share)) = pods else {
            continue;
        };
        let label = &ground.graph.node(at).label;
        let (why, repair) = match own {
            Some(own) if *own == share => continue,
            Some(own) => (
                format!(
                    "{} gives the canary {share} of the pods and {} sends it {own} of the traffic: each of its pods has \
                     another load than stable's, and CPU, memory and latency are compared between unequal pods",
                    ground.named(before),
                    ground.named(at)
                ),
                pods_like_traffic(ground, before, *own),
            ),
            None => (
                format!(
                    "{} sets a share of pods and {} splits traffic without saying which share: {share} of the pods are not \
                     {share} of the traffic unless somebody makes them so",
                    ground.named(before),
                    ground.named(at)
                ),
                ground.draw(format!("say {share} on {}", ground.id(at)), |sketch| {
                    let label = format!("{label} to {}", plain(share));
                    sketch.change(&Change::SetLabel(ground.id(at), label));
                }),
            ),
        };
        let code = ("pods-and-traffic-disagree", Severity::Warning);
        findings.push(ground.finding(code, Some(at), why, repair));
    }
}

/// As large a share of pods as of traffic.
fn pods_like_traffic(ground: &Ground<'_>, pods: NodeIx, share: Weight) -> Option<Repair> {
    let span = ground.graph.share_spans[pods]?;
    let title = format!("give {} of the pods at {}", share, ground.id(pods));
    let number = plain(share);
    let number = number.trim_end_matches('%');
    let (before, behind) = (
        ground.code.get(..span.start as usize)?,
        ground.code.get(span.end as usize..)?,
    );
    Some(Repair {
        title,
        code: [before, number, behind].concat(),
        policy: ground.policy.clone(),
    })
}
