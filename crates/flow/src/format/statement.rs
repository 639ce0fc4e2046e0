//! The canonical form of each statement.

use crate::{
    TextSpan,
    label::{escape, tidy, unescape},
    syntax::{Attribute, EdgeForm, End, Key, LaneForm, LoopForm, Name, NodeForm, Quoting, Value},
};
use alloc::{
    borrow::Cow,
    string::{String, ToString},
};

pub(super) fn lane(out: &mut String, text: &str, form: &LaneForm) {
    out.push_str(&tidy(form.id.of(text)));
    out.push_str(" {");
    if let Some(label) = form.label {
        out.push_str(" # ");
        out.push_str(label.of(text));
    }
}

pub(super) fn node(out: &mut String, text: &str, form: &NodeForm) {
    name(out, text, form.name);
    out.push_str(": ");
    out.push_str(form.shape.word());
    for one in &form.attributes {
        out.push(' ');
        attribute(out, text, one, ":");
    }
}

pub(super) fn edge(out: &mut String, text: &str, form: &EdgeForm) {
    end(out, text, form.from);
    if let Some(to) = form.to {
        out.push_str(" -> ");
        end(out, text, to);
    }
    let mut separator = " [";
    for one in &form.attributes {
        out.push_str(separator);
        attribute(out, text, one, "=");
        separator = " ";
    }
    if !form.attributes.is_empty() {
        out.push(']');
    }
}

pub(super) fn read_loop(out: &mut String, text: &str, form: &LoopForm) {
    out.push_str("loop [");
    out.push_str(form.condition.map_or("", |span| span.of(text)));
    out.push(']');
    for node in &form.nodes {
        out.push(' ');
        prefix(out, text, node.lane);
        name(out, text, node.name);
    }
}

fn end(out: &mut String, text: &str, end: End) {
    prefix(out, text, end.lane);
    name(out, text, end.name);
    out.push_str(".handle(");
    out.push_str(end.side.word());
    out.push(')');
}

fn prefix(out: &mut String, text: &str, lane: Option<TextSpan>) {
    if let Some(lane) = lane {
        out.push_str(&tidy(lane.of(text)));
        out.push('.');
    }
}

fn name(out: &mut String, text: &str, name: Name) {
    match name.id {
        Some(id) => out.push_str(&id.to_string()),
        None => out.push_str(&tidy(name.span.of(text))),
    }
}

fn attribute(out: &mut String, text: &str, attribute: &Attribute, sign: &str) {
    out.push_str(match attribute.key_span {
        Some(span) => span.of(text),
        None => Key::Label.word(),
    });
    out.push_str(sign);
    out.push('"');
    out.push_str(&inner(text, attribute.value));
    out.push('"');
}

/// A quoted text stays as it is, unless it ends in a backslash that would hide the quote behind it from other readers.
fn inner(text: &str, value: Value) -> Cow<'_, str> {
    let written = value.inner.of(text);
    match value.quoting {
        Quoting::Bare => Cow::Owned(escape(written)),
        Quoting::Quoted | Quoting::Unclosed => {
            let bare = written.trim_end_matches('\\');
            if (written.len() - bare.len()).is_multiple_of(2) {
                Cow::Borrowed(written)
            } else {
                Cow::Owned(escape(&unescape(written)))
            }
        }
    }
}
