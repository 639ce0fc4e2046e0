//! Rules of rollbacks and ends, and of what is never reached.

use super::{Finding, ground::Ground};
use crate::{
    compile::{graph::NodeIx, paths::Fate},
    role::Role,
};
use alloc::{format, vec, vec::Vec};
use coalmine_flow::{NodeId, Severity, Shape, Side, edit::Change};

/// Words of labels that ask for a rollback instead of making one.
const ASKS: [&str; 6] = ["trigger", "triggers", "request", "alert", "notify", "page"];

/// A rollback is triggered, and nothing drawn carries it out.
pub(super) fn not_executed(ground: &Ground<'_>, findings: &mut Vec<Finding>) {
    let rollbacks: Vec<NodeIx> = ground
        .graph
        .reached()
        .filter(|at| *ground.role(*at) == Role::RollBack)
        .collect();
    let executes = |at: &&NodeIx| !asks(ground, **at);
    for &at in rollbacks.iter().filter(|at| asks(ground, **at)) {
        if leads_to(ground, at, |to| {
            rollbacks.contains(&to) && !asks(ground, to)
        }) {
            continue;
        }
        let why = format!(
            "{} only triggers a rollback, and no node behind it carries one out: the drawing leaves the broken release in \
             service",
            ground.named(at)
        );
        let executor = rollbacks.iter().find(executes).copied();
        let out = ground.graph.ways[at].first().map(|way| way.edge);
        let repair = if let (Some(executor), Some(edge)) = (executor, out) {
            let title = format!("lead {} to {}", ground.named(at), ground.named(executor));
            ground.draw(title, |sketch| {
                sketch.change(&Change::SetEdge {
                    edge,
                    from: (ground.id(at), Side::Top),
                    to: (ground.id(executor), Side::Bottom),
                    label: None,
                });
            })
        } else {
            let title = format!("say that {} rolls back", ground.id(at));
            ground.draw(title, |sketch| {
                sketch.change(&Change::SetLabel(ground.id(at), "Roll back canary".into()));
            })
        };
        let code = ("rollback-not-executed", Severity::Warning);
        findings.push(ground.finding(code, Some(at), why, repair));
    }
}

/// Whether a label asks for a rollback instead of making one.
fn asks(ground: &Ground<'_>, at: NodeIx) -> bool {
    let label = coalmine_flow::case::smalls(&ground.graph.node(at).label);
    let mut words = label.split(|c: char| !c.is_alphanumeric());
    words.any(|word| ASKS.contains(&word))
}

/// Whether a path leads from behind a node to one that fits.
fn leads_to(ground: &Ground<'_>, from: NodeIx, fits: impl Fn(NodeIx) -> bool) -> bool {
    let mut seen = vec![false; ground.graph.roles.len()];
    let mut open: Vec<NodeIx> = ground.graph.ways[from].iter().map(|way| way.to).collect();
    while let Some(at) = open.pop() {
        if core::mem::replace(&mut seen[at], true) {
            continue;
        }
        if fits(at) {
            return true;
        }
        open.extend(ground.graph.ways[at].iter().map(|way| way.to));
    }
    false
}

/// A rollback ends where a success ends.
pub(super) fn joins_success(ground: &Ground<'_>, findings: &mut Vec<Finding>) {
    let both = |at: NodeIx| {
        let arrivals = &ground.paths.arrivals[at];
        let has = |fate: Fate| arrivals.iter().any(|token| token.fate == fate);
        has(Fate::RolledBack) && has(Fate::Promoted)
    };
    let Some(joint) = ground.graph.reached().find(|at| {
        let mut before = ground.into(*at);
        both(*at) && before.any(|(from, _)| !both(from) && rolled_back(ground, from))
    }) else {
        return;
    };
    let from: Vec<_> = ground
        .into(joint)
        .filter(|(from, _)| !both(*from) && rolled_back(ground, *from))
        .collect();
    let why = format!(
        "a rollback ends in {}, where a success ends too: whoever reads the end, a dashboard or the next stage of a \
         pipeline, takes the one for the other",
        ground.named(joint)
    );
    let repair = ground.draw("give the rollback an end of its own".into(), |sketch| {
        let Some((first, _)) = from.first() else {
            return;
        };
        let end = sketch.add(ground.graph.node(*first).lane, Shape::Circle, "Rolled back");
        // From the last edge on: one that is written in another lane afterwards leaves the numbers before it.
        let mut edges: Vec<_> = from.iter().map(|(_, way)| way.edge).collect();
        edges.sort_unstable_by(|one, other| other.cmp(one));
        for edge in edges {
            sketch.lead(edge, (end, Side::Left));
        }
    });
    let code = ("rollback-joins-success", Severity::Warning);
    findings.push(ground.finding(code, Some(joint), why, repair));
}

/// Whether only rolled back tokens leave a node.
fn rolled_back(ground: &Ground<'_>, at: NodeIx) -> bool {
    let mut leaving = ground.leaving(at).peekable();
    leaving.peek().is_some() && leaving.all(|token| token.fate == Fate::RolledBack)
}

/// No path leads to a node.
pub(super) fn never_reached(ground: &Ground<'_>, findings: &mut Vec<Finding>) {
    let lost: Vec<NodeIx> = (0..ground.graph.roles.len())
        .filter(|at| !ground.graph.reachable[*at])
        .collect();
    let ids: Vec<NodeId> = lost.iter().map(|at| ground.id(*at)).collect();
    for &at in &lost {
        let why = format!(
            "no path leads to {}: whatever it is there for never happens",
            ground.named(at)
        );
        let title = match ids.as_slice() {
            [only] => format!("remove {only}"),
            several => format!("remove the {} nodes that nothing leads to", several.len()),
        };
        let repair = ground.draw(title, |sketch| {
            sketch.change(&Change::RemoveNodes(ids.clone()));
        });
        let code = ("never-reached", Severity::Warning);
        findings.push(ground.finding(code, Some(at), why, repair));
    }
}
