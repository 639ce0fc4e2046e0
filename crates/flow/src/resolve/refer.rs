//! The second pass: edges and loops, whose nodes and lanes are known by now.

use super::{
    Scope,
    declare::{first, said},
};
use crate::{
    Edge, LaneIx, Loop, NodeId, TextSpan,
    label::tidy,
    reports::{Finding, Reports},
    spelling,
    syntax::{EdgeForm, End, Key, LoopForm, Name, Statement, excerpt},
};
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

/// Which end of an edge.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Which {
    From,
    To,
}

/// Adds an edge, if both of its ends are there. Says whether it leads from one lane to another.
pub(super) fn edge(
    scope: &mut Scope<'_>,
    statement: &Statement,
    form: &EdgeForm,
    lane: Option<LaneIx>,
    reports: &mut Reports,
) -> bool {
    if lane.is_none() {
        reports.warn("edge-outside-lane", statement.span, || {
            Finding::new("an edge stands between the braces of the lane that it starts in").suggest(
                format!(
                    "move it into the lane of `{}`",
                    excerpt(form.from.name.span.of(scope.text))
                ),
            )
        });
    }
    let errors = reports.errors();
    let from = node_at(scope, form.from.name, reports);
    let to = form.to.and_then(|end| node_at(scope, end.name, reports));
    if let Some(at) = from {
        scope.degrees[at].any += 1;
        scope.degrees[at].out += 1;
        check_lane(scope, form.from, Which::From, at, lane, reports);
    }
    if let (Some(at), Some(end)) = (to, form.to) {
        scope.degrees[at].any += 1;
        check_lane(scope, end, Which::To, at, lane, reports);
    }
    let (Some(from), Some(to), Some(end)) = (from, to, form.to) else {
        return false;
    };
    let [from, to] = [from, to].map(|at| &scope.diagram.nodes[at]);
    let crosses = from.lane != to.lane;
    let label = first(&form.attributes, Key::Label);
    let edge = Edge {
        from: from.id,
        from_side: form.from.side,
        to: to.id,
        to_side: end.side,
        label: label
            .map(|value| said(scope.text, value))
            .filter(|label| !label.is_empty()),
        span: statement.span,
        label_span: label.map(|value| value.inner),
    };
    if !statement.is_broken && errors == reports.errors() {
        scope.diagram.edges.push(edge);
    }
    crosses
}

/// Adds a loop with those of its nodes that exist.
pub(super) fn read_loop(
    scope: &mut Scope<'_>,
    statement: &Statement,
    form: &LoopForm,
    lane: Option<LaneIx>,
    reports: &mut Reports,
) {
    let span = statement.span;
    if lane.is_none() {
        reports.warn("loop-outside-lane", span, || {
            Finding::new("a loop stands between the braces of a lane")
                .suggest("move it into the lane of its first node")
        });
    }
    if form.condition.is_none() && !statement.is_broken {
        reports.warn("loop-no-condition", span, || {
            Finding::new("the loop does not say when it is left").suggest(
                "write the condition into the brackets, as in `loop [retry 3 times] n1 n2`",
            )
        });
    }
    if form.nodes.len() < 2 && !statement.is_broken {
        reports.warn("loop-too-short", span, || {
            Finding::new("a loop goes over two nodes or more").suggest("name the nodes it repeats")
        });
    }
    let mut nodes = Vec::new();
    for named in &form.nodes {
        match find(scope, named.name) {
            Some(at) => nodes.push(scope.diagram.nodes[at].id),
            None => report_unknown(scope, "loop-unknown-node", named.name, reports),
        }
        if let Some(prefix) = named.lane {
            known_lane(scope, prefix, None, reports);
        }
    }
    scope.diagram.loops.push(Loop {
        condition: form
            .condition
            .map(|span| span.of(scope.text).to_string())
            .unwrap_or_default(),
        nodes,
        span,
    });
}

fn find(scope: &Scope<'_>, name: Name) -> Option<usize> {
    scope.nodes.get(&name.id?.0).copied()
}

fn node_at(scope: &Scope<'_>, name: Name, reports: &mut Reports) -> Option<usize> {
    let found = find(scope, name);
    if found.is_none() {
        report_unknown(scope, "unknown-node", name, reports);
    }
    found
}

fn report_unknown(scope: &Scope<'_>, code: &str, name: Name, reports: &mut Reports) {
    let written = name.span.of(scope.text);
    if scope.lost.contains(written) {
        return;
    }
    reports.error(code, name.span, || {
        let finding = Finding::new(format!("there is no node `{}`", excerpt(written)));
        let near = near_ids(scope, written);
        match near.as_slice() {
            [] => finding.suggest("declare it in a lane, as in `n1: rectangle label:\"…\"`"),
            [one] => finding.fix(format!("write `{one}`"), name.span, one.to_string()),
            [one, two, ..] => finding.suggest(format!(
                "declare it, or write the id you mean: `{one}` or `{two}`?"
            )),
        }
    });
}

/// Declared ids that are one slip away: `n99` for `n9`, `n21` for `n12`. Two of one digit are no slip but two nodes.
fn near_ids(scope: &Scope<'_>, written: &str) -> Vec<NodeId> {
    let nodes = scope.diagram.nodes.iter();
    nodes
        .map(|node| node.id)
        .filter(|id| {
            let candidate = id.to_string();
            let is_short = candidate.len() <= 2 && written.len() <= 2;
            !is_short && spelling::distance(written, &candidate) == Some(1)
        })
        .take(3)
        .collect()
}

/// Checks the lane in front of an end against the lane that the node stands in.
fn check_lane(
    scope: &Scope<'_>,
    end: End,
    which: Which,
    at: usize,
    around: Option<LaneIx>,
    reports: &mut Reports,
) {
    let node = &scope.diagram.nodes[at];
    let home = scope
        .diagram
        .lane(node.lane)
        .map_or("", |lane| lane.id.as_str());
    let before = TextSpan::at(end.name.span.start);
    match (end.lane, which, around) {
        (Some(prefix), ..) => {
            let Some(named) = known_lane(scope, prefix, Some(home), reports) else {
                return;
            };
            if named != home {
                reports.error("wrong-lane", prefix, || {
                    Finding::new(format!(
                        "`{}` stands in the lane `{}`, not in `{}`",
                        node.id,
                        excerpt(home),
                        excerpt(named)
                    ))
                    .fix(format!("write `{}`", excerpt(home)), prefix, home)
                });
            } else if around == Some(node.lane) {
                let needless = TextSpan::new(prefix.start, before.start);
                reports.info("redundant-lane-prefix", needless, || {
                    Finding::new("a node of the same lane needs no lane in front").fix(
                        "remove it",
                        needless,
                        "",
                    )
                });
            }
        }
        (None, Which::To, Some(around)) if around != node.lane => {
            reports.warn("missing-lane-prefix", end.name.span, || {
                Finding::new(format!(
                    "`{}` stands in another lane, which belongs in front of it",
                    node.id
                ))
                .fix(
                    format!("write `{}.{}`", excerpt(home), node.id),
                    before,
                    format!("{home}."),
                )
            });
        }
        (None, Which::From, Some(around)) if around != node.lane => {
            reports.info("edge-in-other-lane", end.name.span, || {
                Finding::new("by rule an edge stands in the lane that it starts in")
                    .suggest(format!("move the line into the lane `{}`", excerpt(home)))
            });
        }
        (None, ..) => {}
    }
}

/// The name of a lane, as it was declared; `home` is the one that is meant, if that is known.
fn known_lane<'s>(
    scope: &'s Scope<'_>,
    prefix: TextSpan,
    home: Option<&str>,
    reports: &mut Reports,
) -> Option<&'s str> {
    let name = tidy(prefix.of(scope.text));
    if let Some((known, _)) = scope.lanes.get_key_value(name.as_ref()) {
        return Some(known);
    }
    reports.error("unknown-lane", prefix, || {
        let finding = Finding::new(format!("there is no lane `{}`", excerpt(&name)));
        let names = || scope.lanes.keys().map(String::as_str);
        match home.or_else(|| spelling::nearest(&name, names())) {
            Some(near) => finding.fix(format!("write `{}`", excerpt(near)), prefix, near),
            None => finding.suggest("write the name in front of a lane's brace"),
        }
    });
    None
}
