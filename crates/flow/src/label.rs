//! What stands in quotes, and what it says: `\"` is a quote, `\\` a backslash, any other backslash itself.
//!
//! FlowZap writes `\"` but publishes no rule for it, so a backslash is doubled only where it would be misread.

use alloc::{borrow::Cow, string::String};

/// What a quoted text says.
pub(crate) fn unescape(inner: &str) -> Cow<'_, str> {
    if !inner.contains('\\') {
        return Cow::Borrowed(inner);
    }
    let mut said = String::with_capacity(inner.len());
    let mut chars = inner.chars().peekable();
    while let Some(c) = chars.next() {
        let escaped = if c == '\\' {
            chars.next_if(|next| matches!(next, '"' | '\\'))
        } else {
            None
        };
        said.push(escaped.unwrap_or(c));
    }
    Cow::Owned(said)
}

/// What to write between quotes so that it says this. Line breaks become spaces: a label has one line.
pub(crate) fn escape(said: &str) -> String {
    let mut inner = String::with_capacity(said.len());
    let mut chars = said.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' => inner.push_str("\\\""),
            '\\' if chars.peek().is_none_or(|next| matches!(next, '"' | '\\')) => {
                inner.push_str("\\\\");
            }
            '\r' if chars.peek() == Some(&'\n') => {}
            '\n' | '\r' => inner.push(' '),
            _ => inner.push(c),
        }
    }
    inner
}

/// What the words of an id say: their white space does not matter.
pub(crate) fn tidy(words: &str) -> Cow<'_, str> {
    if !words.contains(char::is_whitespace) {
        return Cow::Borrowed(words);
    }
    let mut said = String::with_capacity(words.len());
    for word in words.split_whitespace() {
        if !said.is_empty() {
            said.push(' ');
        }
        said.push_str(word);
    }
    Cow::Owned(said)
}

/// Quotes that FlowZap Code does not know, but that texts from elsewhere bring along.
pub(crate) fn is_odd_quote(c: char) -> bool {
    matches!(c, '\'' | '`' | '‘' | '’' | '“' | '”' | '„' | '«' | '»')
}
