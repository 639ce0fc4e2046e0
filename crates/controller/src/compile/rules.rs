//! What every path through the diagram must keep to.

use super::{
    findings::{Findings, Title},
    graph::{Graph, NodeIx},
    paths::{Completeness, Fate, Paths, Token},
};
use crate::{policy::Policy, query::Metric, role::Role, units::Weight};
use alloc::{collections::BTreeSet, format, string::String, vec::Vec};
use coalmine_flow::{Diagnostic, Severity, TextSpan};

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
            let broken = without_canary(graph, at, token).or_else(|| unlikely(graph, at, token));
            if let Some(broken) = broken.filter(|broken| told.insert(broken.code)) {
                findings.push(Diagnostic {
                    severity: broken.severity,
                    code: broken.code.into(),
                    span: graph.node(at).span,
                    message: broken.message,
                    suggestion: Some(broken.suggestion.into()),
                    fix: None,
                });
            }
        }
        check_measured(graph, policy, at, findings);
    }
}

/// A rule that a token breaks by arriving at a node.
struct Broken {
    severity: Severity,
    code: &'static str,
    message: String,
    suggestion: &'static str,
}

impl Broken {
    fn error(code: &'static str, message: String, suggestion: &'static str) -> Self {
        Self {
            severity: Severity::Error,
            code,
            message,
            suggestion,
        }
    }

    fn warning(code: &'static str, message: String, suggestion: &'static str) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::error(code, message, suggestion)
        }
    }
}

/// What needs a canary must not come where there is none any more, or none yet.
fn without_canary(graph: &Graph<'_>, at: NodeIx, token: Token) -> Option<Broken> {
    let (id, title) = (graph.node(at).id, graph.node(at).title());
    match (&graph.roles[at], token.fate) {
        (
            Role::Pods(_)
            | Role::Raise(_)
            | Role::Split(_)
            | Role::Success
            | Role::Gate
            | Role::Probe { .. },
            Fate::RolledBack,
        ) => Some(Broken::error(
            "after-rollback",
            format!("{id} ({title}) comes after a rollback, when there is no canary any more"),
            "lead the rollback to the end; a new attempt is a new run",
        )),
        (
            Role::Pods(_)
            | Role::Raise(_)
            | Role::Split(_)
            | Role::Success
            | Role::Gate
            | Role::Probe { .. }
            | Role::RollBack,
            Fate::Promoted,
        ) => Some(Broken::error(
            "after-success",
            format!("{id} ({title}) comes after stable took over the new version"),
            "put it before the success, which is the point of no return",
        )),
        (Role::Split(_), Fate::Absent) => Some(Broken::error(
            "split-without-share",
            format!("{id} sets the traffic, but a path leads here on which nothing was deployed"),
            "put a step such as \"Deploy to 5% of pods\" before it",
        )),
        (Role::Success, Fate::Absent) => Some(Broken::error(
            "success-without-canary",
            format!("{id} declares success, but a path leads here on which nothing was deployed"),
            "put a step such as \"Increase to 100%\" before it",
        )),
        (_, Fate::Absent | Fate::Present { .. } | Fate::RolledBack | Fate::Promoted) => None,
    }
}

/// Shares and traffic that make little sense where they come.
fn unlikely(graph: &Graph<'_>, at: NodeIx, token: Token) -> Option<Broken> {
    let id = graph.node(at).id;
    let traffic = token.fate.traffic();
    let decreases = |from: Weight, to: Weight, what| {
        Broken::warning(
            "share-decreases",
            format!("{id} takes the canary from {from} down to {to} of {what}"),
            "raise the percentages along the path",
        )
    };
    match (&graph.roles[at], token.fate) {
        (Role::Success, Fate::Present { .. }) if traffic < Weight::FULL => Some(Broken::warning(
            "success-before-full",
            format!("{id} declares success when the canary has {traffic} of traffic"),
            "raise it to 100% and watch it before",
        )),
        (Role::Raise(share) | Role::Split(Some(share)), Fate::Present { .. })
            if *share < traffic =>
        {
            Some(decreases(traffic, *share, "traffic"))
        }
        (Role::Pods(share), Fate::Present { share: last, .. }) if *share < last => {
            Some(decreases(last, *share, "pods"))
        }
        (Role::Gate | Role::Probe { .. }, _) if traffic == Weight::ZERO => Some(Broken::warning(
            "no-traffic",
            format!("{id} looks at the canary before it has traffic, when there is nothing to see"),
            "put it behind a step such as \"Increase to 25%\"",
        )),
        (Role::End, Fate::Absent | Fate::Present { .. }) if traffic < Weight::FULL => {
            Some(Broken::warning(
                "end-without-outcome",
                format!(
                    "a path leads to {id} without a success or a rollback; what exists is rolled back, and the run has failed"
                ),
                "lead it through a step such as \"Mark success\" or \"Rollback\"",
            ))
        }
        (_, Fate::Absent | Fate::Present { .. } | Fate::RolledBack | Fate::Promoted) => None,
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
