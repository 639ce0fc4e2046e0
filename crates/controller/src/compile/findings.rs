//! How the compiler reports: diagnostics with a place, and the fixes that draw what was implicit.

use alloc::{format, string::String, vec::Vec};
use coalmine_flow::{Diagnostic, Diagram, Edge, Fix, Node, NodeId, Severity, Side, TextSpan};

/// Findings of a kind, with a place and a suggestion.
pub(crate) trait Findings {
    /// The diagram cannot run.
    fn error(&mut self, code: &str, span: TextSpan, message: String, suggestion: &str);

    /// It can run, but something is likely wrong.
    fn warning(&mut self, code: &str, span: TextSpan, message: String, suggestion: &str);
}

impl Findings for Vec<Diagnostic> {
    fn error(&mut self, code: &str, span: TextSpan, message: String, suggestion: &str) {
        self.push(finding(Severity::Error, code, span, message, suggestion));
    }

    fn warning(&mut self, code: &str, span: TextSpan, message: String, suggestion: &str) {
        self.push(finding(Severity::Warning, code, span, message, suggestion));
    }
}

fn finding(
    severity: Severity,
    code: &str,
    span: TextSpan,
    message: String,
    suggestion: &str,
) -> Diagnostic {
    Diagnostic {
        severity,
        code: code.into(),
        span,
        message,
        suggestion: Some(suggestion.into()),
        fix: None,
    }
}

/// The words by which people know a node.
pub(crate) trait Title {
    /// The label, else the description, else nothing.
    fn title(&self) -> &str;
}

impl Title for Node {
    fn title(&self) -> &str {
        match (&self.description, self.label.is_empty()) {
            (Some(description), true) => description,
            (_, _) => &self.label,
        }
    }
}

/// What the policy supplies and the drawing does not say.
pub(crate) fn implicit(node: &Node, code: &str, message: String) -> Diagnostic {
    Diagnostic {
        severity: Severity::Info,
        code: code.into(),
        span: node.label_span.unwrap_or(node.span),
        message,
        suggestion: None,
        fix: None,
    }
}

/// The same, with a fix that writes `addition` behind the node's label, where there is one.
pub(crate) fn with_addition(found: Diagnostic, node: &Node, addition: &str) -> Diagnostic {
    let fix = node
        .label_span
        .filter(|_| !node.label.is_empty())
        .map(|label| Fix {
            title: format!("write \"{}{addition}\"", node.label),
            span: TextSpan {
                start: label.end,
                end: label.end,
            },
            replacement: addition.into(),
        });
    Diagnostic {
        suggestion: fix.as_ref().map(|fix| fix.title.clone()),
        fix,
        ..found
    }
}

/// The same, with a fix that draws a new node on an edge.
pub(crate) fn with_node_on(
    found: Diagnostic,
    diagram: &Diagram,
    edge: &Edge,
    label: &str,
) -> Diagnostic {
    let fix = node_on_edge(diagram, edge, label);
    Diagnostic {
        suggestion: fix.as_ref().map(|fix| fix.title.clone()),
        fix,
        ..found
    }
}

/// One edge becomes a node and two edges, in the lane that the edge is written in.
fn node_on_edge(diagram: &Diagram, edge: &Edge, label: &str) -> Option<Fix> {
    let new = NodeId(
        diagram
            .nodes
            .iter()
            .map(|node| node.id.0)
            .max()?
            .checked_add(1)?,
    );
    let here = diagram
        .lanes
        .iter()
        .rposition(|lane| lane.span.start <= edge.span.start)?;
    let name = |id: NodeId| {
        let lane = diagram.node(id)?.lane.0 as usize;
        Some(if lane == here {
            format!("{id}")
        } else {
            format!("{}.{id}", diagram.lanes.get(lane)?.id)
        })
    };
    let (from, to) = (name(edge.from)?, name(edge.to)?);
    let (from_side, to_side) = (side(edge.from_side), side(edge.to_side));
    let words = edge.label.as_ref().map(|words| {
        let words = words.replace('\\', "\\\\").replace('"', "\\\"");
        format!(" [label=\"{words}\"]")
    });
    let words = words.unwrap_or_default();
    let arrives = match edge.from_side {
        Side::Right => "left",
        Side::Left => "right",
        Side::Bottom => "top",
        Side::Top => "bottom",
    };
    let replacement = format!(
        "{new}: rectangle label:\"{label}\"\n\
         {from}.handle({from_side}) -> {new}.handle({arrives}){words}\n\
         {new}.handle({from_side}) -> {to}.handle({to_side})"
    );
    Some(Fix {
        title: format!("draw \"{label}\" between {} and {}", edge.from, edge.to),
        span: edge.span,
        replacement,
    })
}

fn side(side: Side) -> &'static str {
    match side {
        Side::Left => "left",
        Side::Right => "right",
        Side::Top => "top",
        Side::Bottom => "bottom",
    }
}
