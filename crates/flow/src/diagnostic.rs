//! What is wrong with a text, where, why, and what would mend it. Used for FlowZap Code and for project files alike.

use alloc::string::String;
use serde::{Deserialize, Serialize};

/// A range of bytes in a text, `start` included, `end` not.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct TextSpan {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset behind the last byte.
    pub end: u32,
}

impl TextSpan {
    /// The bytes from `start` up to, but not including, `end`.
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// An empty span: a place between two bytes.
    pub const fn at(offset: u32) -> Self {
        Self::new(offset, offset)
    }

    /// What stands there; empty where the span is not one of this text.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start as usize..self.end as usize)
            .unwrap_or_default()
    }

    /// From the start of this one to the end of the other.
    pub(crate) const fn to(self, other: Self) -> Self {
        Self::new(self.start, other.end)
    }
}

/// How much a diagnostic matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Severity {
    /// The text cannot mean this. The statement is left out, or stands in as something plain where leaving it out
    /// would only cause more errors.
    Error,
    /// The meaning is clear, but something is likely wrong.
    Warning,
    /// Worth knowing.
    Info,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// How much it matters.
    pub severity: Severity,
    /// A stable name such as `unknown-node`, for tests, filters and help.
    pub code: String,
    /// The place in the text.
    pub span: TextSpan,
    /// What is wrong and why: lower case, no full stop.
    pub message: String,
    /// What to do about it, where one can tell.
    pub suggestion: Option<String>,
    /// A text patch that does it, where one can tell.
    pub fix: Option<Fix>,
}

/// A patch: replace the bytes of `span` by `replacement`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fix {
    /// What the button says, as in "write `->`".
    pub title: String,
    /// The bytes to replace.
    pub span: TextSpan,
    /// The bytes to put there.
    pub replacement: String,
}
