//! FlowZap Code: read without losing a byte, understood as a diagram, laid out in swim-lanes.
//!
//! Nothing here knows what a rollout is. A text is parsed into a [`Syntax`] that prints back to exactly that text,
//! and into a [`Diagram`] of what could be resolved; everything else is a [`Diagnostic`] with a place.
//!
//! ```
//! use coalmine_flow::{NodeId, apply, edit, parse, place_of};
//!
//! let text = "\
//! Deployment { # Deployment Pipeline
//! n1: circle label:\"Start\"
//! n2: rect label:\"Push\"
//! n1.handle(right) -> n2.handle(left)
//! }
//! ";
//! let parsed = parse(text);
//! assert_eq!(parsed.syntax.print(), text);
//! assert_eq!(parsed.diagram.edges.len(), 1);
//!
//! // Every finding has a place and a reason, and mostly a patch that mends it.
//! let finding = &parsed.diagnostics[0];
//! assert_eq!(finding.code, "unknown-shape");
//! assert_eq!(place_of(text, finding.span.start).line, 3);
//! let mended = apply(text, finding.fix.as_ref().expect("`rect` means a rectangle"));
//! assert!(parse(&mended).diagnostics.is_empty());
//!
//! // An edit is a patch of the text too: it changes the label's bytes and nothing else.
//! let fix = edit::set_label(text, &parsed.diagram, NodeId(1), "Go").expect("n1 is there");
//! assert_eq!(apply(text, &fix), text.replace("\"Start\"", "\"Go\""));
//! ```
//!
//! How a text is read, in four steps, each in a module of its own:
//!
//! - Tokens: every byte belongs to one. Strings come first, so what stands in quotes is never taken for syntax.
//! - Statements: each line by itself, so that a fault costs one statement. Spellings whose meaning is clear are read,
//!   with a warning; the rest is kept as it is.
//! - Resolution: lanes and nodes are declared, then edges and loops look up what they name.
//! - Lints: what is allowed but likely not meant.
//!
//! All of it takes linear time and no recursion, so neither a long text nor a malicious one stops the page. What a text
//! can cause is bounded as well: beyond some two hundred diagnostics the others are only counted.

#![no_std]

extern crate alloc;

pub mod case;
mod diagnostic;
pub mod edit;
mod foreign;
mod format;
mod label;
mod layout;
mod model;
pub mod order;
mod place;
mod reports;
mod resolve;
mod spelling;
mod svg;
mod syntax;

pub use diagnostic::{Diagnostic, Fix, Severity, TextSpan};
pub use edit::apply;
pub use format::format;
pub use layout::{
    EdgePath, LabelBox, LaneBox, Layout, NodeBox, Point, Rect, layout, layout_with_captions,
};
pub use model::{Diagram, Edge, EdgeId, Lane, LaneIx, Loop, Node, NodeId, Shape, Side};
pub use place::{Place, place_of};
pub use svg::{DIAGRAM_STYLE, escape_xml, render_svg, render_svg_with};
pub use syntax::{Line, Statement, StatementKind, Syntax, Token, TokenKind};

use alloc::vec::Vec;
use reports::{Finding, Reports};

/// FlowZap takes no longer texts, in characters.
const MOST_CHARACTERS: usize = 50_000;

/// What a text says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parsed {
    /// The text itself, byte for byte.
    pub syntax: Syntax,
    /// What of it could be resolved.
    pub diagram: Diagram,
    /// What is wrong with it, by place.
    pub diagnostics: Vec<Diagnostic>,
    /// How much there is of it.
    pub stats: Stats,
}

impl Parsed {
    /// Whether the text means all that it says: then the diagram holds every statement.
    pub fn is_sound(&self) -> bool {
        self.diagnostics
            .iter()
            .all(|diagnostic| diagnostic.severity != Severity::Error)
    }
}

/// What a text holds, counted as FlowZap counts it: statements, whether or not they lead anywhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// Lanes.
    pub lanes: u32,
    /// Nodes with different ids.
    pub nodes: u32,
    /// Edge statements, those with errors too.
    pub edges: u32,
    /// Those of them whose ends are nodes of different lanes.
    pub cross_lane_edges: u32,
    /// Loop statements.
    pub loops: u32,
}

/// Reads a text. It always succeeds: what cannot be understood is kept, and reported.
pub fn parse(text: &str) -> Parsed {
    let mut reports = Reports::default();
    let syntax = Syntax::read(text, &mut reports);
    let language = foreign::language_of(text);
    if language.is_some() || !resolve::is_flowzap(&syntax) {
        return Parsed {
            diagnostics: not_flowzap(&syntax, language),
            syntax,
            diagram: Diagram::default(),
            stats: Stats::default(),
        };
    }
    let (diagram, stats) = resolve::resolve(&syntax, &mut reports);
    resolve::report_invisible(text, &mut reports);
    report_length(text, &mut reports);
    Parsed {
        syntax,
        diagram,
        diagnostics: reports.finish(),
        stats,
    }
}

/// One diagnostic for a text of another language, instead of one for each of its lines.
fn not_flowzap(syntax: &Syntax, language: Option<&str>) -> Vec<Diagnostic> {
    let first = syntax.statements().first();
    let span = first.map_or_else(TextSpan::default, |statement| statement.span);
    let mut reports = Reports::default();
    let example = "start with a lane: `Deployment { # Deployment Pipeline`, then lines such as \
                   `n1: circle label:\"Start\"` and `n1.handle(right) -> n2.handle(left)`, then `}`";
    match language {
        Some(language) => reports.error("foreign-syntax", span, || {
            Finding::new(alloc::format!(
                "this is {language}, and only FlowZap Code is read here"
            ))
            .suggest(example)
        }),
        None => reports.error("not-flowzap", span, || {
            Finding::new("there is no lane, node or edge in this text").suggest(example)
        }),
    }
    reports.finish()
}

fn report_length(text: &str, reports: &mut Reports) {
    let behind = text.char_indices().nth(MOST_CHARACTERS);
    let start = behind.and_then(|(at, _)| u32::try_from(at).ok());
    if let Some(start) = start.filter(|_| MOST_CHARACTERS < text.len()) {
        reports.warn("text-too-long", TextSpan::at(start), || {
            Finding::new("FlowZap takes no more than 50,000 characters")
                .suggest("split the diagram, or keep it here")
        });
    }
}
