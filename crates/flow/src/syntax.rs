//! The text as it stands: tokens, lines and statements with their places. Printing it gives back every byte.

mod cursor;
mod edge;
mod form;
mod lexer;
mod node;
mod statement;
mod token;
mod vocabulary;

pub(crate) use cursor::excerpt;
pub(crate) use form::{
    Attribute, EdgeForm, End, Form, Key, LaneForm, LoopForm, Name, NodeForm, Quoting, Value,
};
pub(crate) use statement::hash_label;
pub use token::{Token, TokenKind};

use crate::{TextSpan, reports::Reports};
use alloc::{
    string::{String, ToString},
    vec::Vec,
};
use core::ops::Range;

/// A text, cut into tokens, lines and statements.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Syntax {
    text: String,
    tokens: Vec<Token>,
    lines: Vec<Line>,
    statements: Vec<Statement>,
}

/// A line of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The line without its end.
    pub span: TextSpan,
    /// What ends it; empty at the end of the text.
    pub end: TextSpan,
    statements: Range<usize>,
}

/// What a statement is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StatementKind {
    /// The header of a lane, as in `Deployment { # Deployment Pipeline`.
    Lane,
    /// The `}` of a lane.
    Close,
    /// A node.
    Node,
    /// An edge.
    Edge,
    /// A loop.
    Loop,
    /// `// …`
    Comment,
    /// `# …` that is not part of a lane's header.
    Hash,
    /// Nothing that FlowZap Code knows.
    Opaque,
}

/// One thing said: by rule a line, in sloppy texts a part of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// From its first to its last token, without white space around.
    pub span: TextSpan,
    pub(crate) form: Form,
    /// Whether its text, taken by itself, is wrong: then it is never rewritten.
    pub(crate) is_broken: bool,
}

impl Statement {
    /// What it is.
    pub fn kind(&self) -> StatementKind {
        match self.form {
            Form::Lane(_) => StatementKind::Lane,
            Form::Close => StatementKind::Close,
            Form::Node(_) => StatementKind::Node,
            Form::Edge(_) => StatementKind::Edge,
            Form::Loop(_) => StatementKind::Loop,
            Form::Comment => StatementKind::Comment,
            Form::Hash => StatementKind::Hash,
            Form::Opaque => StatementKind::Opaque,
        }
    }
}

impl Syntax {
    pub(crate) fn read(text: &str, reports: &mut Reports) -> Self {
        let tokens = lexer::lex(text);
        let mut syntax = Self {
            text: text.to_string(),
            tokens: Vec::new(),
            lines: Vec::new(),
            statements: Vec::new(),
        };
        let mut at = 0;
        while at < tokens.len() {
            let behind = tokens[at..]
                .iter()
                .position(|token| token.kind == TokenKind::LineEnd)
                .map_or(tokens.len(), |len| at + len);
            let first = syntax.statements.len();
            let of_line = &tokens[at..behind];
            statement::read_line(text, of_line, &mut syntax.statements, reports);
            let start = tokens[at].span.start;
            let stop = of_line.last().map_or(start, |token| token.span.end);
            syntax.lines.push(Line {
                span: TextSpan::new(start, stop),
                end: tokens
                    .get(behind)
                    .map_or(TextSpan::at(stop), |token| token.span),
                statements: first..syntax.statements.len(),
            });
            at = behind + 1;
        }
        syntax.tokens = tokens;
        syntax
    }

    /// The text, put together from its tokens: byte for byte what was read.
    pub fn print(&self) -> String {
        let mut printed = String::with_capacity(self.text.len());
        for token in &self.tokens {
            printed.push_str(token.span.of(&self.text));
        }
        // Offsets have 32 bits. What lies behind them is no diagram, but it is not lost.
        printed.push_str(&self.text[printed.len()..]);
        printed
    }

    /// The text that was read.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What ends the first line, and so what a new line should end with.
    pub(crate) fn usual_line_end(&self) -> &str {
        usual_line_end(&self.text)
    }

    /// All tokens, in order.
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// All lines, in order. A line end at the end of the text starts no further line.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// All statements, in order.
    pub fn statements(&self) -> &[Statement] {
        &self.statements
    }

    /// The statements of a line.
    pub fn statements_of(&self, line: &Line) -> &[Statement] {
        self.statements
            .get(line.statements.clone())
            .unwrap_or_default()
    }
}

/// What ends the first line of a text.
fn usual_line_end(text: &str) -> &str {
    let Some(at) = text.find(['\n', '\r']) else {
        return "\n";
    };
    let len = if text[at..].starts_with("\r\n") { 2 } else { 1 };
    &text[at..at + len]
}
