//! Writes a text in canonical spacing: one statement a line, no word changed, no edge moved, nothing dropped.
//!
//! A line with a fault in it, and a line that nobody understands, is left exactly as it is: whoever repairs it should find
//! what they wrote.

use crate::{
    Diagram, TextSpan,
    label::{escape, tidy},
    reports::Reports,
    resolve::moved_label,
    syntax::{
        Attribute, EdgeForm, End, Form, Key, LaneForm, Line, LoopForm, Name, NodeForm, Quoting,
        Statement, Syntax, Value, hash_label,
    },
};
use alloc::string::{String, ToString};
use core::fmt::Write as _;

/// The text as `coalmine fmt` writes it: what it means stays the same, and so does a second pass.
pub fn format(text: &str) -> String {
    let syntax = Syntax::read(text, &mut Reports::default());
    let mut writer = Writer {
        syntax: &syntax,
        unit: indentation(&syntax),
        depth: Depth::Outside,
        out: String::with_capacity(text.len() + text.len() / 8),
    };
    let mut at = 0;
    for line in syntax.lines() {
        let statements = syntax.statements_of(line);
        writer.line(line, at, statements);
        at += statements.len();
    }
    writer.finish()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Depth {
    Outside,
    InLane,
}
