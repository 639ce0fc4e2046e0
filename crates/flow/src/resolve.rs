//! Makes a diagram of statements: looks up what they refer to, and reports what cannot be found.

mod declare;
mod lint;
mod refer;

use crate::{
    Diagram, LaneIx, Stats, TextSpan,
    reports::{Finding, Reports},
    syntax::{Form, Syntax},
};
use alloc::{
    collections::{BTreeMap, BTreeSet},
    vec::Vec,
};

pub(crate) use declare::moved_label;

/// What is known about a text while its references are looked up.
struct Scope<'a> {
    text: &'a str,
    diagram: Diagram,
    /// Where each id stands in the list of nodes.
    nodes: BTreeMap<u32, usize>,
    /// The first lane with each name.
    lanes: BTreeMap<alloc::string::String, LaneIx>,
    /// Names of nodes that were declared, but not in a way that makes a node. They cause no further error.
    lost: BTreeSet<&'a str>,
    /// Statements that refer to nodes, with the lane around them.
    references: Vec<(usize, Option<LaneIx>)>,
    /// By place in the list of nodes: how many edges name it at either end, and how many leave it.
    degrees: Vec<Degree>,
}

/// How many edge statements name a node.
#[derive(Clone, Copy, Default)]
struct Degree {
    any: u32,
    out: u32,
}

/// The diagram that a text describes, and its numbers.
pub(crate) fn resolve(syntax: &Syntax, reports: &mut Reports) -> (Diagram, Stats) {
    let mut scope = declare::declare(syntax, reports);
    let mut stats = Stats {
        lanes: count(scope.diagram.lanes.len()),
        nodes: count(scope.diagram.nodes.len()),
        ..Stats::default()
    };
    for (at, lane) in core::mem::take(&mut scope.references) {
        let statement = &syntax.statements()[at];
        match &statement.form {
            Form::Edge(form) => {
                let crosses = refer::edge(&mut scope, statement, form, lane, reports);
                stats.edges += 1;
                stats.cross_lane_edges += u32::from(crosses);
            }
            Form::Loop(form) => {
                refer::read_loop(&mut scope, statement, form, lane, reports);
                stats.loops += 1;
            }
            Form::Lane(_)
            | Form::Close
            | Form::Node(_)
            | Form::Comment
            | Form::Hash
            | Form::Opaque => {}
        }
    }
    lint::lint(&scope, reports);
    (scope.diagram, stats)
}

/// Whether a text holds anything of FlowZap Code at all.
pub(crate) fn is_flowzap(syntax: &Syntax) -> bool {
    let mut statements = syntax.statements().iter().map(|statement| &statement.form);
    let is_empty = statements
        .clone()
        .all(|form| matches!(form, Form::Comment | Form::Hash));
    is_empty
        || statements.any(|form| match form {
            Form::Lane(lane) => lane.id.start < lane.id.end,
            Form::Node(node) => node.name.id.is_some(),
            Form::Edge(edge) => edge.to.is_some(),
            Form::Loop(_) => true,
            Form::Close | Form::Comment | Form::Hash | Form::Opaque => false,
        })
}

/// Characters that nobody sees, or that change how others are shown.
pub(crate) fn report_invisible(text: &str, reports: &mut Reports) {
    for (at, c) in text.char_indices() {
        let is_hidden = match c {
            '\t' | '\n' | '\r' => false,
            '\u{feff}' => at != 0,
            '\u{200b}' | '\u{2060}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => true,
            _ => c.is_control(),
        };
        let ends = u32::try_from(at)
            .ok()
            .zip(u32::try_from(at + c.len_utf8()).ok());
        if let Some((start, end)) = ends.filter(|_| is_hidden) {
            let span = TextSpan::new(start, end);
            reports.warn("invisible-character", span, || {
                Finding::new(alloc::format!(
                    "an invisible character: U+{:04X}",
                    u32::from(c)
                ))
                .fix("remove it", span, "")
            });
        }
    }
}

fn count(len: usize) -> u32 {
    u32::try_from(len).unwrap_or(u32::MAX)
}
