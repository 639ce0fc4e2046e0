//! Rules of steps and gates: no rise without a gate, no gate without an observation.

use super::{
    Finding,
    ground::{Ground, first_edge},
};
use crate::{compile::graph::NodeIx, role::Role, units::Weight};
use alloc::{format, string::String, vec::Vec};
use coalmine_flow::{Severity, Shape, Side};

/// What a wait that is added says; how long it is, the policy says.
const WAIT: &str = "Wait observation period";

/// The canary's share rises with no gate since the last rise.
pub(super) fn unguarded(ground: &Ground<'_>, findings: &mut Vec<Finding>) {
    for at in ground.graph.reached() {
        let Role::Raise(to) = ground.role(at) else {
            continue;
        };
        let before = ground.behind(at, |role| {
            !matches!(role, Role::Gate | Role::Raise(_) | Role::Split(_))
        });
        let Some((from, share)) = before
            .iter()
            .find_map(|(from, _)| Some((*from, share_of(ground, *from)?)))
        else {
            continue;
        };
        let why = format!(
            "{} raises the canary from {share} to {to} of the traffic, and nothing judges it in between: what breaks at \
             {share} is found by the users of {to}",
            ground.named(at)
        );
        findings.push(ground.finding(
            ("unguarded-step", Severity::Warning),
            Some(at),
            why,
            guard(ground, from, at, share),
        ));
    }
}

/// The share that a step leaves the canary with, where it changes that.
fn share_of(ground: &Ground<'_>, at: NodeIx) -> Option<Weight> {
    let is_step = matches!(ground.role(at), Role::Raise(_) | Role::Split(_));
    let shares = ground.leaving(at).map(|token| token.fate.traffic());
    shares
        .filter(|share| is_step && *share != Weight::ZERO)
        .min()
}

/// A wait and a gate before a step, with the rollback that is there or a new one.
fn guard(ground: &Ground<'_>, from: NodeIx, at: NodeIx, share: Weight) -> Option<super::Repair> {
    let ways: Vec<_> = ground.into(at).collect();
    let edge = first_edge(&ways)?;
    let observed = ways.first().is_some_and(|(before, _)| *before != from);
    let rollback = ground.rollback_near(at).map(|at| ground.id(at));
    let lane = ground.graph.node(from).lane;
    let end = ground
        .graph
        .reached()
        .find(|at| *ground.role(*at) == Role::End)
        .map(|at| ground.id(at));
    let title = format!("draw a gate at {share} before {}", ground.named(at));
    ground.draw(title, |sketch| {
        let label = format!("Healthy at {}?", plain(share));
        let (gate, leaves) = sketch.add_on(edge, Shape::Diamond, &label);
        sketch.label(leaves, "Yes");
        let rollback = rollback.unwrap_or_else(|| {
            let new = sketch.add(lane, Shape::Rectangle, "Roll back canary");
            if let Some(end) = end {
                sketch.connect((new, Side::Right), (end, Side::Bottom), "Rolled back");
            }
            new
        });
        sketch.connect((gate, Side::Bottom), (rollback, Side::Top), "No");
        if !observed {
            sketch.add_on(edge, Shape::Rectangle, WAIT);
        }
    })
}

/// A gate judges before anything was observed.
pub(super) fn unobserved(ground: &Ground<'_>, findings: &mut Vec<Finding>) {
    for at in ground.graph.reached() {
        if *ground.role(at) != Role::Gate || !ground.arrives_unobserved(at) {
            continue;
        }
        let window = ground.policy.window_of(ground.id(at));
        let why = format!(
            "nothing is observed between the last step and the gate {}: it holds for the policy's {window}, which the \
             drawing does not show, and a controller that takes the drawing at its word would judge almost no data",
            ground.named(at)
        );
        let edges = ground.into(at).collect::<Vec<_>>();
        let edge = edges.iter().find(|(before, _)| {
            let mut leaving = ground.leaving(*before);
            leaving.any(|token| token.seen == crate::compile::paths::Seen::Nothing)
        });
        let repair = edge.and_then(|(_, way)| {
            let title = format!("draw a wait before {}", ground.named(at));
            ground.draw(title, |sketch| {
                sketch.add_on(way.edge, Shape::Rectangle, WAIT);
            })
        });
        let severity = ("unobserved-gate", Severity::Warning);
        findings.push(ground.finding(severity, Some(at), why, repair));
    }
}

/// A share with a plain sign, to be written into code.
pub(super) fn plain(share: Weight) -> String {
    format!("{share}").replace('\u{2009}', "")
}
