//! What is allowed, but likely not meant: judged on the diagram as a whole.

use super::Scope;
use crate::{
    Shape, TextSpan,
    reports::{Finding, Reports},
};
use alloc::format;

/// FlowZap warns about longer labels.
const LONGEST_LABEL: usize = 50;

pub(super) fn lint(scope: &Scope<'_>, reports: &mut Reports) {
    for (node, degree) in scope.diagram.nodes.iter().zip(&scope.degrees) {
        if node.label.is_empty() {
            reports.warn("no-label", node.label_span.unwrap_or(node.span), || {
                let finding = Finding::new(format!("`{}` has no label", node.id));
                match node.label_span {
                    Some(_) => finding.suggest("write what happens there"),
                    None => finding.suggest("add `label:\"…\"` behind its shape"),
                }
            });
        }
        if degree.any == 0 {
            reports.warn("orphan-node", node.span, || {
                Finding::new(format!("no edge leads to `{}` or away from it", node.id))
                    .suggest("connect it, or remove it")
            });
        } else if node.shape == Shape::Diamond && degree.out < 2 {
            reports.warn("decision-one-branch", node.span, || {
                Finding::new(format!(
                    "`{}` decides nothing: {}",
                    node.id,
                    match degree.out {
                        0 => "no edge leaves it",
                        _ => "only one edge leaves it",
                    }
                ))
                .suggest("add an edge for each answer, with its label")
            });
        }
        if let Some(span) = node.label_span {
            check_length(scope, span, reports);
        }
    }
    for edge in &scope.diagram.edges {
        if let Some(span) = edge.label_span {
            check_length(scope, span, reports);
        }
    }
    check_gaps(scope, reports);
}

fn check_length(scope: &Scope<'_>, label: TextSpan, reports: &mut Reports) {
    let words = label.of(scope.text);
    if LONGEST_LABEL < words.len() && words.chars().nth(LONGEST_LABEL).is_some() {
        reports.warn("long-label", label, || {
            Finding::new(format!(
                "the label is longer than {LONGEST_LABEL} characters, about which FlowZap warns"
            ))
            .suggest("say it shorter")
        });
    }
}

/// Ids count from 1 without gaps. The first gap is reported, at the node behind it.
fn check_gaps(scope: &Scope<'_>, reports: &mut Reports) {
    if !scope.lost.is_empty() {
        return;
    }
    let ids = scope.nodes.iter();
    let Some(((id, at), expected)) = ids.zip(1..).find(|((id, _), expected)| *id != expected)
    else {
        return;
    };
    let node = &scope.diagram.nodes[*at];
    reports.warn("id-gap", node.span, || {
        let finding = match id {
            0 => Finding::new("ids count from n1, so there is no n0"),
            _ => Finding::new(format!(
                "ids count from n1 without gaps, and n{expected} is missing"
            )),
        };
        finding.suggest("renumber the nodes together with the edges that name them")
    });
}
