//! Changes of a diagram, each as a patch of its text.
//!
//! An edit never touches the text itself: it answers with a [`Fix`], the smallest replacement that does it. So an edit is
//! shown before it is made, undone by the patch that puts the old bytes back, and no byte outside its span can be lost.
//! Changes that need several places answer with [`Patches`].

mod change;
mod edges;
mod lanes;
mod nodes;
mod page;
mod patches;

pub use change::{Change, Handle, Refusal};
pub use patches::Patches;

use crate::{
    Diagram, Fix, NodeId, Parsed, TextSpan,
    label::{escape, is_odd_quote},
};
use alloc::{format, string::String};
use page::Page;

/// The patches that make a change of a diagram in its text. Bytes of statements that the change does not speak of stay.
///
/// # Errors
/// If there is nothing to change, or the text has errors.
pub fn change(parsed: &Parsed, change: &Change) -> Result<Patches, Refusal> {
    if !parsed.is_sound() {
        return Err(Refusal::Unsound);
    }
    let page = Page::of(parsed);
    match change {
        Change::AddNode { lane, shape, label } => nodes::add(&page, *lane, *shape, label),
        Change::AddOnEdge { edge, shape, label } => nodes::add_on_edge(&page, *edge, *shape, label),
        Change::SetLabel(node, label) => nodes::set_label(&page, *node, label),
        Change::SetShape(node, shape) => nodes::set_shape(&page, *node, *shape),
        Change::RemoveNodes(gone) => nodes::remove(&page, gone),
        Change::Duplicate(again) => nodes::duplicate(&page, again),
        Change::MoveNode(node, lane) => nodes::move_to(&page, *node, *lane),
        Change::Connect { from, to, label } => edges::connect(&page, *from, *to, label.as_deref()),
        Change::SetEdge {
            edge,
            from,
            to,
            label,
        } => edges::set(&page, *edge, (*from, *to), label.as_deref()),
        Change::RemoveEdge(edge) => edges::remove(&page, *edge),
        Change::AddLane(label) => Ok(lanes::add(&page, label)),
        Change::RenameLane(lane, label) => lanes::rename(&page, *lane, label),
        Change::RemoveLane(lane) => lanes::remove(&page, *lane),
        Change::MoveLane(lane, before) => lanes::move_before(&page, *lane, *before),
    }
}

/// The id that the next node gets.
pub fn next_id(diagram: &Diagram) -> NodeId {
    let most = diagram.nodes.iter().map(|node| node.id.0).max();
    NodeId(most.unwrap_or(0).saturating_add(1))
}

/// The text with a patch applied. A patch that does not belong to this text changes nothing.
pub fn apply(text: &str, fix: &Fix) -> String {
    let (start, end) = (fix.span.start as usize, fix.span.end as usize);
    let around = text.get(..start).zip(text.get(end..));
    match around.filter(|_| start <= end) {
        Some((before, behind)) => [before, &fix.replacement, behind].concat(),
        None => String::from(text),
    }
}

/// The patch that takes a patch back, given the text before it.
pub fn inverse(text: &str, fix: &Fix) -> Fix {
    let len = u32::try_from(fix.replacement.len()).unwrap_or(u32::MAX);
    let end = fix.span.start.saturating_add(len);
    Fix {
        title: format!("undo: {}", fix.title),
        span: TextSpan::new(fix.span.start, end),
        replacement: String::from(fix.span.of(text)),
    }
}

/// Gives a node another label. Quotes in it are escaped, and line breaks become spaces.
///
/// `None` if there is no such node, or if the diagram is not the one of this text.
pub fn set_label(text: &str, diagram: &Diagram, node: NodeId, label: &str) -> Option<Fix> {
    let node = diagram.node(node)?;
    let title = format!("rename {}", node.id);
    let said = escape(label);
    let Some(span) = node.label_span else {
        let behind = TextSpan::at(node.shape_span.end);
        text.get(behind.start as usize..)?;
        return Some(Fix {
            title,
            span: behind,
            replacement: format!(" label:\"{said}\""),
        });
    };
    let before = text.get(..span.start as usize)?;
    let behind = text.get(span.end as usize..)?;
    let (span, replacement) = match (before.ends_with('"'), behind.starts_with('"')) {
        (true, true) => (span, said),
        // An unclosed string: the new label brings the quote that is missing.
        (true, false) => (span, format!("{said}\"")),
        (false, _) => (with_quotes(before, span, behind), format!("\"{said}\"")),
    };
    Some(Fix {
        title,
        span,
        replacement,
    })
}

/// A label together with the quotes of another kind that stand around it, if any do.
fn with_quotes(before: &str, label: TextSpan, behind: &str) -> TextSpan {
    let open = before.chars().next_back().filter(|c| is_odd_quote(*c));
    let close = behind.chars().next().filter(|c| is_odd_quote(*c));
    let len = |quote: char| u32::try_from(quote.len_utf8()).unwrap_or(0);
    match (open.map(len), close.map(len)) {
        (Some(open), Some(close)) => TextSpan::new(label.start - open, label.end + close),
        (Some(_) | None, Some(_) | None) => label,
    }
}
