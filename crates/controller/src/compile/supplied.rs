//! What the policy supplies where the drawing is silent: told as *implicit*, so that nothing happens unseen.

use super::{
    findings,
    graph::{Graph, NodeIx},
    outline,
    paths::{self, Paths, Seen, Token},
};
use crate::{
    policy::{Policy, WindowSource},
    role::Role,
    units::{Millis, Weight},
};
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};
use coalmine_flow::{Diagnostic, Edge};

/// What the policy supplies and the drawing does not say, each with a fix that draws it.
pub(crate) fn tell(graph: &Graph<'_>, paths: &Paths, policy: &Policy, told: &mut Vec<Diagnostic>) {
    for at in graph.reached() {
        let node = graph.node(at);
        let observed = outline::observation(graph, paths, policy, at);
        match (&graph.roles[at], observed) {
            (Role::Wait(_) | Role::Probe { .. }, Some((window, WindowSource::Policy))) => {
                let message = format!(
                    "{} does not say how long; the policy says {window}",
                    node.id
                );
                let found = findings::implicit(node, "implicit-window", message);
                let addition = format!(" ({})", plain(window));
                told.push(findings::with_addition(found, node, &addition));
            }
            (Role::Gate, observed) => {
                if let Some((window, _)) = observed {
                    let message = format!(
                        "nothing observes between the last change of weight and the gate {}, so it holds for the policy's {window}",
                        node.id
                    );
                    let found = findings::implicit(node, "implicit-hold", message);
                    let label = format!("Wait {}", plain(window));
                    told.push(draw_before(graph, paths, policy, at, found, &label));
                }
                told.extend(unprobed(graph, paths, policy, at));
            }
            (Role::End, _) => told.extend(promotion(graph, paths, policy, at)),
            (
                Role::Start
                | Role::Build
                | Role::Push
                | Role::Pods(_)
                | Role::Raise(_)
                | Role::Split(_)
                | Role::Wait(_)
                | Role::Probe { .. }
                | Role::RollBack
                | Role::Success
                | Role::Complete
                | Role::Milestone
                | Role::Unknown,
                _,
            ) => {}
        }
    }
}

/// A gate behind probes measures by itself what they do not.
fn unprobed(graph: &Graph<'_>, paths: &Paths, policy: &Policy, gate: NodeIx) -> Option<Diagnostic> {
    let probed = |token: &Token| token.seen == Seen::Probed;
    if !paths.arrivals[gate].iter().any(probed) {
        return None;
    }
    let mut measured = Vec::new();
    for at in graph.reached() {
        if let Role::Probe { metrics, .. } = &graph.roles[at]
            && graph.gate_ahead(at) == Some(gate)
        {
            measured.extend_from_slice(metrics);
        }
    }
    let node = graph.node(gate);
    let checks = policy.checks_of(node.id).iter().map(|check| check.metric);
    let missing: Vec<String> = checks
        .filter(|metric| !measured.contains(metric))
        .map(|metric| metric.to_string())
        .collect();
    if missing.is_empty() {
        return None;
    }
    let missing = missing.join(", ");
    let message = format!(
        "{} also judges {missing}, which no probe before it measures",
        node.id
    );
    let found = findings::implicit(node, "implicit-measurement", message);
    let label = format!("Measure {missing}");
    Some(draw_before(graph, paths, policy, gate, found, &label))
}

/// The end is reached with everything on the canary and no success drawn.
fn promotion(graph: &Graph<'_>, paths: &Paths, policy: &Policy, end: NodeIx) -> Option<Diagnostic> {
    let full = |token: &Token| token.fate.traffic() == Weight::FULL;
    if !paths.arrivals[end].iter().any(full) {
        return None;
    }
    let node = graph.node(end);
    let message = format!(
        "{} is reached with 100 % on the canary and no success drawn; stable takes over there",
        node.id
    );
    let found = findings::implicit(node, "implicit-promotion", message);
    let edge = edge_into(graph, paths, policy, end, full);
    Some(match edge {
        Some(edge) => findings::with_node_on(found, graph.diagram, edge, "Mark success"),
        None => found,
    })
}

/// A fix that draws a node before a gate, on the first edge that brings what the finding is about.
fn draw_before(
    graph: &Graph<'_>,
    paths: &Paths,
    policy: &Policy,
    gate: NodeIx,
    found: Diagnostic,
    label: &str,
) -> Diagnostic {
    let holds = found.code == "implicit-hold";
    let fits = move |token: &Token| (token.seen == Seen::Nothing) == holds;
    match edge_into(graph, paths, policy, gate, fits) {
        Some(edge) => findings::with_node_on(found, graph.diagram, edge, label),
        None => found,
    }
}

fn edge_into<'a>(
    graph: &Graph<'a>,
    paths: &Paths,
    policy: &Policy,
    to: NodeIx,
    fits: impl Fn(&Token) -> bool,
) -> Option<&'a Edge> {
    graph.reached().find_map(|from| {
        let way = graph.ways[from].iter().find(|way| way.to == to)?;
        let brings = |token: &Token| fits(&paths::pass(graph, policy, from, *token).0);
        let brought = paths.arrivals[from].iter().any(brings);
        brought.then(|| graph.edge(*way))
    })
}

/// A length of time with plain spaces, to be written into code.
fn plain(window: Millis) -> String {
    window.to_string().replace('\u{2009}', " ")
}
