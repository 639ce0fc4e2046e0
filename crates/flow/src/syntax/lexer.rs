//! Cuts a text into tokens in one pass, strings first: what stands in quotes can never be mistaken for syntax.

use super::{Token, TokenKind};
use crate::{TextSpan, label::is_odd_quote};
use alloc::vec::Vec;

/// All tokens of a text. They cover every byte of its first 4 GiB, in order.
pub(super) fn lex(text: &str) -> Vec<Token> {
    let mut lexer = Lexer {
        text,
        at: 0,
        tokens: Vec::new(),
        opening: Opening::Nothing,
    };
    while let Some(first) = lexer.rest().chars().next() {
        let (kind, len) = lexer.next(first);
        if u32::try_from(lexer.at + len).is_err() {
            break;
        }
        lexer.push(kind, len);
    }
    lexer.tokens
}

/// What the statement began with: the brackets behind `loop` hold plain text.
#[derive(Clone, Copy)]
enum Opening {
    Nothing,
    Loop,
    Another,
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
    tokens: Vec<Token>,
    opening: Opening,
}

impl<'a> Lexer<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn push(&mut self, kind: TokenKind, len: usize) {
        let span = TextSpan::new(offset(self.at), offset(self.at + len));
        self.opening = match (kind, self.opening) {
            (TokenKind::LineEnd | TokenKind::BraceOpen | TokenKind::BraceClose, _) => {
                Opening::Nothing
            }
            (TokenKind::Space | TokenKind::Bom, same) => same,
            (TokenKind::Word, Opening::Nothing)
                if span.of(self.text).eq_ignore_ascii_case("loop") =>
            {
                Opening::Loop
            }
            (TokenKind::BracketOpen, Opening::Loop) => Opening::Loop,
            _ => Opening::Another,
        };
        self.at += len;
        self.tokens.push(Token { kind, span });
    }

    /// The kind and the length in bytes, never zero, of the token that starts here.
    fn next(&self, first: char) -> (TokenKind, usize) {
        let rest = self.rest();
        if let Some(condition) = self.condition() {
            return (TokenKind::Condition, condition);
        }
        match first {
            '\u{feff}' if self.at == 0 => (TokenKind::Bom, first.len_utf8()),
            '\r' if rest.starts_with("\r\n") => (TokenKind::LineEnd, 2),
            '\n' | '\r' => (TokenKind::LineEnd, 1),
            '"' => quoted(rest),
            '#' if self.stands_free() => (TokenKind::Hash, line_len(rest)),
            '/' if rest.starts_with("//") && self.stands_free() => {
                (TokenKind::Comment, line_len(rest))
            }
            ':' => (TokenKind::Colon, 1),
            '.' => (TokenKind::Dot, 1),
            '{' => (TokenKind::BraceOpen, 1),
            '}' => (TokenKind::BraceClose, 1),
            '[' => (TokenKind::BracketOpen, 1),
            ']' => (TokenKind::BracketClose, 1),
            '(' => (TokenKind::ParenOpen, 1),
            ')' => (TokenKind::ParenClose, 1),
            space if is_space(space) => (TokenKind::Space, run_len(rest, is_space)),
            stroke if is_stroke(stroke) => strokes(rest),
            word if is_word(word) => (TokenKind::Word, word_len(rest)),
            _ => {
                let len = first.len_utf8();
                (TokenKind::Other, len + run_len(&rest[len..], is_other))
            }
        }
    }

    /// Whether a `#` or `//` here starts a comment: `http://x` and `v#2` hold none.
    fn stands_free(&self) -> bool {
        self.tokens.last().is_none_or(|before| {
            matches!(
                before.kind,
                TokenKind::Bom
                    | TokenKind::LineEnd
                    | TokenKind::Space
                    | TokenKind::BraceOpen
                    | TokenKind::BraceClose
            )
        })
    }

    /// The length of the text in the brackets of a loop, if this is where it starts and there is any.
    fn condition(&self) -> Option<usize> {
        let before = self.tokens.last()?;
        let starts = matches!(self.opening, Opening::Loop) && before.kind == TokenKind::BracketOpen;
        if !starts {
            return None;
        }
        let line = &self.rest()[..line_len(self.rest())];
        let len = closing_bracket(line)
            .or_else(|| line.find(']'))
            .unwrap_or(line.len());
        (0 < len).then_some(len)
    }
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).expect("the lexer stops at 4 GiB")
}

/// The bytes up to the end of the line.
fn line_len(rest: &str) -> usize {
    rest.find(['\n', '\r']).unwrap_or(rest.len())
}

fn run_len(rest: &str, belongs: impl Fn(char) -> bool) -> usize {
    rest.find(|c| !belongs(c)).unwrap_or(rest.len())
}

/// A word takes a hyphen only between two of its letters, so that `n1->n2` is three tokens.
fn word_len(rest: &str) -> usize {
    let mut len = run_len(rest, is_word);
    while let Some(behind) = rest[len..].strip_prefix('-') {
        match run_len(behind, is_word) {
            0 => break,
            more => len += 1 + more,
        }
    }
    len
}

/// A string, closed or not.
///
/// FlowZap itself knows no escapes: there, `"C:\"` is complete. So where a line holds no other closing quote, an escaped
/// one closes the string if nothing but brackets follows.
fn quoted(rest: &str) -> (TokenKind, usize) {
    let bytes = rest.as_bytes();
    let mut at = 1;
    let mut escaped_quote = None;
    while let Some(byte) = bytes.get(at) {
        match (byte, bytes.get(at + 1)) {
            (b'"', _) => return (TokenKind::Quoted, at + 1),
            (b'\n' | b'\r', _) => break,
            (b'\\', Some(b'"')) => {
                escaped_quote = Some(at + 1);
                at += 2;
            }
            (b'\\', Some(b'\\')) => at += 2,
            _ => at += 1,
        }
    }
    match escaped_quote {
        Some(quote) if rest[quote + 1..at].trim().trim_matches(']').is_empty() => {
            (TokenKind::Quoted, quote + 1)
        }
        _ => (TokenKind::Unclosed, at),
    }
}

/// The first `]` outside quotes.
fn closing_bracket(line: &str) -> Option<usize> {
    let bytes = line.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b']' => return Some(at),
            b'"' => match quoted(&line[at..]) {
                (TokenKind::Quoted, len) => at += len,
                _ => return None,
            },
            _ => at += 1,
        }
    }
    None
}

/// What a run of strokes is: `->`, `=`, somebody else's arrow, or nothing known.
fn strokes(rest: &str) -> (TokenKind, usize) {
    let len = run_len(rest, is_stroke);
    let run = &rest[..len];
    let kind = match run {
        "->" => TokenKind::Arrow,
        "=" => TokenKind::Equals,
        _ if run.contains(|c: char| c == '>' || c == '<' || !c.is_ascii()) => TokenKind::OddArrow,
        _ if run.starts_with("--") => TokenKind::OddArrow,
        _ => TokenKind::Other,
    };
    (kind, len)
}

fn is_space(c: char) -> bool {
    c.is_whitespace() && !matches!(c, '\n' | '\r')
}

fn is_stroke(c: char) -> bool {
    matches!(
        c,
        '-' | '='
            | '<'
            | '>'
            | '~'
            | '–'
            | '—'
            | '←'
            | '→'
            | '↔'
            | '↦'
            | '⇒'
            | '⟶'
            | '⟹'
            | '➔'
            | '➜'
            | '➝'
            | '➞'
    )
}

/// Ids may be of any script, and a combining mark belongs to its letter.
fn is_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || c == '_';
    }
    !c.is_whitespace() && !c.is_control() && !is_stroke(c) && !is_odd_quote(c) && c != '\u{feff}'
}

fn is_other(c: char) -> bool {
    !is_word(c)
        && !c.is_whitespace()
        && !is_stroke(c)
        && !matches!(c, '"' | '#' | ':' | '.' | '{' | '}' | '[' | ']' | '(' | ')')
}
