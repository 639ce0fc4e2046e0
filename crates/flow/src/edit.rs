//! Changes of a diagram, each as a patch of its text.
//!
//! An edit never touches the text itself: it answers with a [`Fix`], the smallest replacement that does it. So an edit is
//! shown before it is made, undone by the patch that puts the old bytes back, and no byte outside its span can be lost.
//! Edits that need several places (renumbering, moving a node) will answer with a list of patches in falling order, to be
//! applied one after the other; patches whose spans do not overlap never disturb each other in that order.

use crate::{
    Diagram, Fix, NodeId, TextSpan,
    label::{escape, is_odd_quote},
};
use alloc::{format, string::String};

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
