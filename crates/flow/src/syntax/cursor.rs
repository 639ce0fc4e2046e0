//! Walks over the tokens of one statement, white space apart.

use super::{Name, Token, TokenKind};
use crate::{
    NodeId, TextSpan,
    reports::{Finding, Reports},
};
use alloc::format;

/// A place among the tokens of a statement.
pub(super) struct Cursor<'a> {
    pub(super) text: &'a str,
    tokens: &'a [Token],
    at: usize,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str, tokens: &'a [Token]) -> Self {
        let mut cursor = Self {
            text,
            tokens,
            at: 0,
        };
        cursor.skip_space();
        cursor
    }

    fn skip_space(&mut self) {
        while let Some(Token {
            kind: TokenKind::Space | TokenKind::Bom,
            ..
        }) = self.tokens.get(self.at)
        {
            self.at += 1;
        }
    }

    pub(super) fn peek(&self) -> Option<Token> {
        self.tokens.get(self.at).copied()
    }

    pub(super) fn peek_kind(&self) -> Option<TokenKind> {
        self.peek().map(|token| token.kind)
    }

    /// The kind of the token behind the next one.
    pub(super) fn second_kind(&self) -> Option<TokenKind> {
        self.tokens
            .get(self.at + 1..)?
            .iter()
            .find(|token| token.kind != TokenKind::Space)
            .map(|token| token.kind)
    }

    pub(super) fn bump(&mut self) -> Option<Token> {
        let token = self.peek()?;
        self.at += 1;
        self.skip_space();
        Some(token)
    }

    pub(super) fn eat(&mut self, kind: TokenKind) -> Option<Token> {
        if self.peek_kind() == Some(kind) {
            self.bump()
        } else {
            None
        }
    }

    /// The empty span behind the last token that was taken.
    pub(super) fn behind(&self) -> TextSpan {
        let last = self.tokens[..self.at]
            .iter()
            .rev()
            .find(|token| token.kind != TokenKind::Space);
        match (last, self.tokens.first()) {
            (Some(last), _) => TextSpan::at(last.span.end),
            (None, Some(first)) => TextSpan::at(first.span.start),
            (None, None) => TextSpan::default(),
        }
    }

    /// A run of words with nothing but space between them, as one span.
    pub(super) fn words(&mut self) -> Option<TextSpan> {
        let first = self.eat(TokenKind::Word)?.span;
        let mut span = first;
        while let Some(next) = self.eat(TokenKind::Word) {
            span = span.to(next.span);
        }
        Some(span)
    }

    /// Takes everything up to a token that may start something known, and reports it.
    pub(super) fn skip_junk(&mut self, reports: &mut Reports, known: impl Fn(&Self) -> bool) {
        let Some(first) = self.peek() else { return };
        let mut span = first.span;
        while let Some(token) = self.peek() {
            if span.start < token.span.start && known(self) {
                break;
            }
            span = span.to(token.span);
            self.bump();
        }
        let text = self.text;
        if first.kind == TokenKind::Unclosed {
            report_unclosed(text, span, reports);
            return;
        }
        reports.error("unexpected-text", span, || {
            Finding::new(format!("`{}` means nothing here", excerpt(span.of(text)))).fix(
                "remove it",
                with_space_before(text, span),
                "",
            )
        });
    }
}

/// A span and the white space before it, so that removing it leaves no gap.
pub(super) fn with_space_before(text: &str, span: TextSpan) -> TextSpan {
    let before = TextSpan::new(0, span.start).of(text);
    let space = before.len() - before.trim_end_matches([' ', '\t']).len();
    let space = u32::try_from(space).unwrap_or(0);
    TextSpan::new(span.start - space, span.end)
}

/// The start of a text, short enough for a message.
pub(crate) fn excerpt(text: &str) -> &str {
    match text.char_indices().nth(40) {
        Some((end, _)) => &text[..end],
        None => text,
    }
}

/// Reports a string without a closing quote. The quote belongs before the bracket that closes a label.
pub(super) fn report_unclosed(text: &str, span: TextSpan, reports: &mut Reports) {
    reports.error("unclosed-quote", span, || {
        let trimmed = span.of(text).trim_end();
        let inner = trimmed.strip_suffix(']').unwrap_or(trimmed).trim_end();
        let len = u32::try_from(inner.len()).expect("offsets have 32 bits");
        let end = TextSpan::at(span.start + len);
        Finding::new("the closing quote is missing").fix("write `\"` at the end", end, "\"")
    });
}

/// Reads a node's id: `n` and a number.
pub(super) fn name(text: &str, span: TextSpan, reports: &mut Reports) -> Name {
    let word = span.of(text);
    let id = word
        .strip_prefix(['n', 'N'])
        .filter(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()))
        .and_then(|digits| digits.parse().ok())
        .map(NodeId);
    if let Some(id) = id
        && !is_written(word, id)
    {
        reports.warn("id-form", span, || {
            Finding::new(format!("`{word}` is read as `{id}`")).fix(
                format!("write `{id}`"),
                span,
                format!("{id}"),
            )
        });
    }
    Name { span, id }
}

/// Whether a word is an id as it should be: small, without leading zeros.
fn is_written(word: &str, id: NodeId) -> bool {
    let digits = id.0.checked_ilog10().map_or(1, |log| log as usize + 1);
    word.starts_with('n') && word.len() == digits + 1
}
