//! The words of a condition.

use super::Mistake;
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};
use core::{iter::Peekable, str::CharIndices};

/// A word of a condition.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Word {
    Int(i64),
    Float(f64),
    Text(String),
    Name(String),
    /// An operator, also those spelled with letters.
    Operator(&'static str),
    /// A bracket of any kind.
    Bracket(char),
    End,
}

/// A condition is no longer than this.
const LONGEST: usize = 20_000;

/// Signs, the longer ones first.
const SIGNS: [&str; 30] = [
    "==", "!=", "<=", ">=", "&&", "||", "**", "??", "?.", "..", "::", "+", "-", "*", "/", "%", "^",
    "<", ">", "!", "?", ":", ",", ".", "#", ";", "=", "|", "&", "~",
];

/// Words that are operators.
const LETTERS: [&str; 11] = [
    "and",
    "or",
    "not",
    "in",
    "matches",
    "contains",
    "startsWith",
    "endsWith",
    "let",
    "if",
    "else",
];

type Chars<'a> = Peekable<CharIndices<'a>>;

/// All words of a text.
pub(super) fn words(text: &str) -> Result<Vec<Word>, Mistake> {
    if LONGEST < text.len() {
        return Err(Mistake::new("the condition is too long"));
    }
    let mut words = Vec::new();
    let mut rest = text;
    loop {
        rest = skip(rest)?;
        let Some(first) = rest.chars().next() else {
            words.push(Word::End);
            return Ok(words);
        };
        let after_dot = rest
            .strip_prefix('.')
            .and_then(|after| after.chars().next());
        let starts_number =
            first.is_ascii_digit() || after_dot.is_some_and(|next| next.is_ascii_digit());
        let (word, length) = match first {
            '"' | '\'' | '`' => quoted(rest, first)?,
            '(' | ')' | '[' | ']' | '{' | '}' => (Word::Bracket(first), 1),
            _ if starts_number && !follows_a_value(words.last(), first) => number(rest)?,
            _ if first == '_' || first == '$' || first.is_alphabetic() => name(rest),
            _ => sign(rest, first)?,
        };
        words.push(word);
        rest = rest.get(length..).unwrap_or_default();
    }
}

/// After a value a point is the sign of a member.
const fn follows_a_value(last: Option<&Word>, first: char) -> bool {
    first == '.' && matches!(last, Some(Word::Name(_) | Word::Bracket(')' | ']' | '}')))
}

/// What comes after blanks and remarks.
fn skip(mut rest: &str) -> Result<&str, Mistake> {
    loop {
        rest = rest.trim_start();
        rest = if rest.starts_with("//") {
            rest.find('\n').map_or("", |end| &rest[end..])
        } else if let Some(inside) = rest.strip_prefix("/*") {
            let end = inside.find("*/");
            let end = end.ok_or_else(|| Mistake::new("unclosed comment"))?;
            &inside[end + 2..]
        } else {
            return Ok(rest);
        };
    }
}

fn name(rest: &str) -> (Word, usize) {
    let is_part = |c: char| c == '_' || c == '$' || c.is_alphanumeric();
    let length = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
    let text = &rest[..length];
    let word = match LETTERS.iter().find(|word| **word == text) {
        Some(operator) => Word::Operator(operator),
        None => Word::Name(text.to_string()),
    };
    (word, length)
}

fn sign(rest: &str, first: char) -> Result<(Word, usize), Mistake> {
    let sign = SIGNS.iter().find(|sign| rest.starts_with(**sign));
    let sign = sign.ok_or_else(|| Mistake(format!("unrecognized character: {first:?}")))?;
    Ok((Word::Operator(sign), sign.len()))
}

fn number(rest: &str) -> Result<(Word, usize), Mistake> {
    let bad = |text: &str| Mistake(format!("bad number syntax: {text:?}"));
    for (prefix, radix) in [
        ("0x", 16),
        ("0X", 16),
        ("0o", 8),
        ("0O", 8),
        ("0b", 2),
        ("0B", 2),
    ] {
        if let Some(digits) = rest.strip_prefix(prefix) {
            let length = digits.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
            let digits = &digits[..length.unwrap_or(digits.len())];
            let value = i64::from_str_radix(&digits.replace('_', ""), radix);
            let value = value.map_err(|_| bad(digits))?;
            return Ok((Word::Int(value), digits.len() + 2));
        }
    }
    let length = number_length(rest);
    let after = rest[length..].chars().next();
    if after.is_some_and(|c| c == '_' || c.is_alphanumeric()) {
        return Err(bad(rest));
    }
    let text = rest[..length].replace('_', "");
    let word = if text.contains(['.', 'e', 'E']) {
        text.parse().map(Word::Float).map_err(|_| bad(&text))
    } else {
        text.parse().map(Word::Int).map_err(|_| bad(&text))
    };
    Ok((word?, length))
}

/// Digits, a fraction and an exponent; but two points are a range.
fn number_length(rest: &str) -> usize {
    let digits = |from: usize| {
        let tail = rest.get(from..).unwrap_or_default();
        let end = tail.find(|c: char| !c.is_ascii_digit() && c != '_');
        from + end.unwrap_or(tail.len())
    };
    let tail = |from: usize| rest.get(from..).unwrap_or_default();
    let mut end = digits(0);
    if tail(end).starts_with('.') && !tail(end).starts_with("..") {
        end = digits(end + 1);
    }
    if tail(end).starts_with(['e', 'E']) {
        let signed = end + 1 + usize::from(tail(end + 1).starts_with(['+', '-']));
        if digits(signed) != signed {
            end = digits(signed);
        }
    }
    end
}

fn quoted(rest: &str, quote: char) -> Result<(Word, usize), Mistake> {
    let mut text = String::new();
    let mut chars = rest.char_indices().peekable();
    let _ = chars.next();
    while let Some((at, c)) = chars.next() {
        match c {
            _ if c == quote => return Ok((Word::Text(text), at + c.len_utf8())),
            '\\' if quote != '`' => text.push(escaped(&mut chars)?),
            '\n' if quote != '`' => break,
            _ => text.push(c),
        }
    }
    Err(Mistake::new("literal not terminated"))
}

fn escaped(chars: &mut Chars<'_>) -> Result<char, Mistake> {
    let bad = || Mistake::new("invalid char escape");
    let (_, c) = chars.next().ok_or_else(bad)?;
    let digits = match c {
        'a' => return Ok('\u{7}'),
        'b' => return Ok('\u{8}'),
        'f' => return Ok('\u{c}'),
        'n' => return Ok('\n'),
        'r' => return Ok('\r'),
        't' => return Ok('\t'),
        'v' => return Ok('\u{b}'),
        '\\' | '\'' | '"' | '`' => return Ok(c),
        'x' => 2,
        'u' => 4,
        'U' => 8,
        _ => return Err(bad()),
    };
    let mut code = 0_u32;
    for _ in 0..digits {
        let digit = chars.next().and_then(|(_, c)| c.to_digit(16));
        code = code.wrapping_mul(16) + digit.ok_or_else(bad)?;
    }
    char::from_u32(code).ok_or_else(bad)
}
