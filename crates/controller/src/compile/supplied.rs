//! What the policy supplies and the drawing does not say, reported as *implicit*, with a fix that draws it.

use super::{
    findings::{implicit, with_addition, with_node_on},
    graph::{Graph, NodeIx},
    paths::{Fate, Paths, Seen},
};
use crate::{policy::Policy, role::Role, units::Millis};
use alloc::{format, vec::Vec};
use coalmine_flow::Diagnostic;

/// Adds a finding for each silence of the drawing.
pub(crate) fn tell(
    graph: &Graph<'_>,
    policy: &Policy,
    paths: &Paths,
    findings: &mut Vec<Diagnostic>,
) {
    for at in graph.reached() {
        let node = graph.node(at);
        match &graph.roles[at] {
            Role::Wait(None) => findings.push(window(graph, at, policy.window_of(node.id))),
            Role::Probe { window: None, .. } if !arrives_only_probed(paths, at) => {
                findings.push(window(graph, at, policy.window_of(node.id)));
            }
            Role::Gate if arrives(paths, at, Seen::Nothing) => findings.push(hold(graph, policy, at)),
            Role::End if ends_undecided(paths, at) => findings.push(implicit(
                node,
                "implicit-promotion",
                format!(
                    "the run can end at {} without a success node: at 100 % the new version is promoted, below that the run rolls back and fails",
                    node.id
                ),
            )),
            _ => {}
        }
    }
}

fn window(graph: &Graph<'_>, at: NodeIx, window: Millis) -> Diagnostic {
    let node = graph.node(at);
    let found = implicit(
        node,
        "implicit-window",
        format!("{} observes for {window}; the policy says so, not the drawing", node.id),
    );
    with_addition(found, node, &format!(" {window}"))
}

fn hold(graph: &Graph<'_>, policy: &Policy, at: NodeIx) -> Diagnostic {
    let node = graph.node(at);
    let window = policy.window_of(node.id);
    let found = implicit(
        node,
        "implicit-observation",
        format!(
            "nothing observes between the last change of weight and the gate {}, so it holds for {window}",
            node.id
        ),
    );
    let mut before = graph.diagram.incoming(node.id);
    match (before.next(), before.next()) {
        (Some((_, edge)), None) => {
            with_node_on(found, graph.diagram, edge, &format!("Wait {window}"))
        }
        (_, _) => found,
    }
}

fn arrives(paths: &Paths, at: NodeIx, seen: Seen) -> bool {
    paths.arrivals[at]
        .iter()
        .any(|token| token.seen == seen && matches!(token.fate, Fate::Present { .. }))
}

fn arrives_only_probed(paths: &Paths, at: NodeIx) -> bool {
    paths.arrivals[at].iter().all(|token| token.seen == Seen::Probed)
}

fn ends_undecided(paths: &Paths, at: NodeIx) -> bool {
    paths.arrivals[at]
        .iter()
        .any(|token| matches!(token.fate, Fate::Present { .. }))
}
