//! What every path through the diagram must keep to, and what the policy supplies where the drawing is silent.

use super::{
    findings::{self, Findings, Title},
    graph::{Graph, NodeIx},
    outline,
    paths::{self, Completeness, Fate, Paths, Seen, Token},
};
use crate::{
    policy::{Policy, WindowSource},
    query::Metric,
    role::Role,
    units::{Millis, Weight},
};
use alloc::{
    collections::BTreeSet,
    format,
    string::{String, ToString},
    vec::Vec,
};
use coalmine_flow::{Diagnostic, Edge, TextSpan};

/// The rules of paths.
pub(crate) fn check(
    graph: &Graph<'_>,
    paths: &Paths,
    policy: &Policy,
    findings: &mut Vec<Diagnostic>,
) {
    if paths.complete == Completeness::CutOff {
        findings.error(
            "too-many-paths",
            TextSpan::default(),
            "the diagram has more paths than can be checked".into(),
            "draw fewer loops, or fewer steps that set pods without traffic",
        );
    }
    if let Some(at) = paths.endless_loop(graph, policy) {
        let node = graph.node(at);
        findings.error(
            "endless-loop",
            node.span,
            format!(
                "the token could go round through {} for ever without time passing",
                node.id
            ),
            "draw a wait into the loop, or give its windows a length",
        );
    }
    if graph.start.is_some() && !graph.reached().any(|at| graph.roles[at] == Role::End) {
        let start = graph
            .start
            .map_or(TextSpan::default(), |at| graph.node(at).span);
        findings.warning(
            "no-end",
            start,
            "no path leads to an end".into(),
            "lead one to a circle labelled \"End\"",
        );
    }
    for at in graph.reached() {
        // A finding is told once, however many paths have it.
        let mut told = BTreeSet::new();
        for &token in &paths.arrivals[at] {
            if let Some(broken) = broken_rule(graph, at, token)
                && told.insert(broken.code)
            {
                let span = graph.node(at).span;
                let (code, suggestion) = (broken.code, broken.suggestion);
                match broken.weight {
                    Gravity::Error => findings.error(code, span, broken.message, suggestion),
                    Gravity::Warning => findings.warning(code, span, broken.message, suggestion),
                }
            }
        }
        check_measured(graph, policy, at, findings);
    }
}

enum Gravity {
    Error,
    Warning,
}

struct Broken {
    weight: Gravity,
    code: &'static str,
    message: String,
    suggestion: &'static str,
}

impl Broken {
    fn error(code: &'static str, message: String, suggestion: &'static str) -> Option<Self> {
        Some(Self {
            weight: Gravity::Error,
            code,
            message,
            suggestion,
        })
    }

    fn warning(code: &'static str, message: String, suggestion: &'static str) -> Option<Self> {
        Some(Self {
            weight: Gravity::Warning,
            code,
            message,
            suggestion,
        })
    }
}

/// The rule that a token breaks by arriving at a node.
fn broken_rule(graph: &Graph<'_>, at: NodeIx, token: Token) -> Option<Broken> {
    let node = graph.node(at);
    let id = node.id;
    match (&graph.roles[at], token.fate) {
        (
            Role::Pods(_)
            | Role::Raise(_)
            | Role::Split(_)
            | Role::Success
            | Role::Gate
            | Role::Probe { .. },
            Fate::RolledBack,
        ) => Broken::error(
            "after-rollback",
            format!(
                "{id} ({}) comes after a rollback, when there is no canary any more",
                node.title()
            ),
            "lead the rollback to the end; a new attempt is a new run",
        ),
        (
            Role::Pods(_)
            | Role::Raise(_)
            | Role::Split(_)
            | Role::Success
            | Role::Gate
            | Role::Probe { .. }
            | Role::RollBack,
            Fate::Promoted,
        ) => Broken::error(
            "after-success",
            format!(
                "{id} ({}) comes after stable took over the new version",
                node.title()
            ),
            "put it before the success, which is the point of no return",
        ),
        (Role::Split(_), Fate::Absent) => Broken::error(
            "split-without-share",
            format!("{id} sets the traffic, but a path leads here on which nothing was deployed"),
            "put a step such as \"Deploy to 5% of pods\" before it",
        ),
        (Role::Success, Fate::Absent) => Broken::error(
            "success-without-canary",
            format!("{id} declares success, but a path leads here on which nothing was deployed"),
            "put a step such as \"Increase to 100%\" before it",
        ),
        (Role::Success, Fate::Present { traffic, .. }) if traffic < Weight::FULL => {
            Broken::warning(
                "success-before-full",
                format!("{id} declares success when the canary has {traffic} of traffic"),
                "raise it to 100% and watch it before",
            )
        }
        (Role::Raise(share), Fate::Present { traffic, .. }) if *share < traffic => Broken::warning(
            "share-decreases",
            format!("{id} takes the canary from {traffic} down to {share} of traffic"),
            "raise the percentages along the path",
        ),
        (Role::Split(Some(share)), Fate::Present { traffic, .. }) if *share < traffic => {
            Broken::warning(
                "share-decreases",
                format!("{id} takes the canary from {traffic} down to {share} of traffic"),
                "raise the percentages along the path",
            )
        }
        (Role::Pods(share), Fate::Present { share: last, .. }) if *share < last => Broken::warning(
            "share-decreases",
            format!("{id} takes the canary from {last} down to {share} of pods"),
            "raise the percentages along the path",
        ),
        (Role::Gate | Role::Probe { .. }, fate) if fate.traffic() == Weight::ZERO => {
            Broken::warning(
                "no-traffic",
                format!(
                    "{id} looks at the canary before it has traffic, when there is nothing to see"
                ),
                "put it behind a step such as \"Increase to 25%\"",
            )
        }
        (Role::End, Fate::Absent | Fate::Present { .. }) if token.fate.traffic() < Weight::FULL => {
            Broken::warning(
                "end-without-outcome",
                format!(
                    "a path leads to {id} without a success or a rollback; what exists is rolled back, and the run has failed"
                ),
                "lead it through a step such as \"Mark success\" or \"Rollback\"",
            )
        }
        (
            Role::Start
            | Role::End
            | Role::Build
            | Role::Push
            | Role::Pods(_)
            | Role::Raise(_)
            | Role::Split(_)
            | Role::Wait(_)
            | Role::Probe { .. }
            | Role::Gate
            | Role::RollBack
            | Role::Success
            | Role::Complete
            | Role::Milestone
            | Role::Unknown,
            _,
        ) => None,
    }
}

/// What is measured must be judged, and what judges must have something to judge.
fn check_measured(graph: &Graph<'_>, policy: &Policy, at: NodeIx, findings: &mut Vec<Diagnostic>) {
    let node = graph.node(at);
    let checks = |gate: NodeIx| policy.checks_of(graph.node(gate).id);
    match &graph.roles[at] {
        Role::Gate if checks(at).is_empty() => findings.warning(
            "gate-without-checks",
            node.span,
            format!("the gate {} judges nothing and always goes on", node.id),
            "give it a check in the policy",
        ),
        Role::Probe { metrics, .. } => {
            let judged = graph.gate_ahead(at).map(checks).unwrap_or_default();
            let idle = |metric: &&Metric| judged.iter().all(|check| check.metric != **metric);
            for metric in metrics.iter().filter(idle) {
                findings.warning(
                    "probe-not-judged",
                    node.span,
                    format!(
                        "{} measures {metric}, which no gate ahead judges, so that it is left out",
                        node.id
                    ),
                    "add a check of it to the policy of the next gate",
                );
            }
        }
        Role::Start
        | Role::End
        | Role::Build
        | Role::Push
        | Role::Pods(_)
        | Role::Raise(_)
        | Role::Split(_)
        | Role::Wait(_)
        | Role::Gate
        | Role::RollBack
        | Role::Success
        | Role::Complete
        | Role::Milestone
        | Role::Unknown => {}
    }
}

/// What the policy supplies and the drawing does not say, each with a fix that draws it.
pub(crate) fn tell_implicit(
    graph: &Graph<'_>,
    paths: &Paths,
    policy: &Policy,
    told: &mut Vec<Diagnostic>,
) {
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
