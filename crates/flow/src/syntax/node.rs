//! Reads nodes and the attributes of nodes and edges, in all the spellings whose meaning is clear.

use super::{
    NodeForm, Quoting, Token, TokenKind, Value,
    cursor::{Cursor, excerpt, name, report_unclosed, with_space_before},
    form::{Attribute, Key},
};
use crate::{
    Shape, TextSpan, case,
    label::{escape, is_odd_quote},
    reports::{Finding, Reports},
    spelling,
};
use alloc::{format, vec::Vec};

/// Whose attributes are read: it decides which sign stands between key and value.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Bearer {
    /// `label:"…"`
    Node,
    /// `[label="…"]`
    Edge,
}

impl Bearer {
    const fn sign(self) -> &'static str {
        match self {
            Self::Node => ":",
            Self::Edge => "=",
        }
    }

    /// The code and the words for the other sign.
    const fn other(self) -> (&'static str, &'static str) {
        match self {
            Self::Node => (
                "node-attr-equals",
                "a node's attribute is written with `:`, an edge's label with `=`",
            ),
            Self::Edge => (
                "edge-label-colon",
                "an edge's label is written with `=`, a node's attribute with `:`",
            ),
        }
    }
}

/// Reads a node from its colon on.
pub(super) fn read(cursor: &mut Cursor<'_>, id: TextSpan, reports: &mut Reports) -> NodeForm {
    cursor.bump();
    rest(cursor, id, reports)
}

/// Reads a node whose colon is missing, if that is what this is.
pub(super) fn without_colon(
    cursor: &mut Cursor<'_>,
    id: Token,
    reports: &mut Reports,
) -> Option<NodeForm> {
    let text = cursor.text;
    let is_id = id.kind == TokenKind::Word
        && id
            .span
            .of(text)
            .strip_prefix(['n', 'N'])
            .is_some_and(|digits| digits.bytes().all(|b| b.is_ascii_digit()) && !digits.is_empty());
    let has_sign = cursor.second_kind() == Some(TokenKind::Equals);
    let is_node = has_sign || cursor.second_kind() == Some(TokenKind::Word);
    if !is_id || !is_node {
        return None;
    }
    cursor.bump();
    let span = if has_sign {
        cursor.bump().map_or(id.span, |sign| sign.span)
    } else {
        TextSpan::at(id.span.end)
    };
    reports.warn("missing-colon", span, || {
        Finding::new("a node's id ends with a colon").fix("write `:`", span, ":")
    });
    Some(rest(cursor, id.span, reports))
}

fn rest(cursor: &mut Cursor<'_>, id: TextSpan, reports: &mut Reports) -> NodeForm {
    let text = cursor.text;
    let name = name(text, id, reports);
    if name.id.is_none() {
        reports.error("bad-node-id", id, || {
            Finding::new(format!(
                "`{}` cannot be a node's id: ids are `n1`, `n2` and so on",
                excerpt(id.of(text))
            ))
            .suggest("write `n` and a number, here and in the edges that use it")
        });
    }
    let (shape, shape_span) = shape(cursor, reports);
    NodeForm {
        name,
        shape,
        shape_span,
        attributes: attributes(cursor, Bearer::Node, reports),
    }
}

fn shape(cursor: &mut Cursor<'_>, reports: &mut Reports) -> (Shape, TextSpan) {
    let text = cursor.text;
    let is_attribute = matches!(
        cursor.second_kind(),
        Some(TokenKind::Colon | TokenKind::Equals)
    );
    let word = match cursor.peek() {
        Some(token) if token.kind == TokenKind::Word && !is_attribute => cursor.bump(),
        _ => None,
    };
    let Some(span) = word.map(|token| token.span) else {
        let behind = cursor.behind();
        reports.error("missing-shape", behind, || {
            Finding::new("a node needs a shape: circle, rectangle, diamond or taskbox").fix(
                "write `rectangle`",
                behind,
                " rectangle",
            )
        });
        return (Shape::Rectangle, behind);
    };
    let written = span.of(text);
    if let Some(shape) = Shape::ALL.into_iter().find(|s| s.word() == written) {
        return (shape, span);
    }
    let lower = case::smalls(written);
    if let Some(shape) = Shape::ALL.into_iter().find(|s| s.word() == lower) {
        reports.warn("shape-case", span, || {
            Finding::new("shapes are written in small letters").fix(
                format!("write `{}`", shape.word()),
                span,
                shape.word(),
            )
        });
        return (shape, span);
    }
    let meant = Shape::meant_by(&lower);
    reports.error("unknown-shape", span, || {
        let finding = Finding::new(format!(
            "`{}` is no shape: there are circle, rectangle, diamond and taskbox",
            excerpt(written)
        ));
        match meant {
            Some(shape) => finding.fix(format!("write `{}`", shape.word()), span, shape.word()),
            None => finding.suggest("write `rectangle` for a step, `diamond` for a decision"),
        }
    });
    (meant.unwrap_or(Shape::Rectangle), span)
}

/// Reads attributes up to the end of the statement, or up to the `]` of an edge's label.
pub(super) fn attributes(
    cursor: &mut Cursor<'_>,
    bearer: Bearer,
    reports: &mut Reports,
) -> Vec<Attribute> {
    let mut attributes: Vec<Attribute> = Vec::new();
    let mut labels = 0;
    while let Some(token) = cursor.peek() {
        match (token.kind, cursor.second_kind()) {
            (TokenKind::BracketClose, _) if bearer == Bearer::Edge => break,
            (
                TokenKind::Word,
                Some(
                    TokenKind::Colon | TokenKind::Equals | TokenKind::Quoted | TokenKind::Unclosed,
                ),
            ) => {
                cursor.bump();
                let attribute = keyed(cursor, token.span, bearer, reports);
                labels += usize::from(attribute.is_some_and(|a| a.key == Some(Key::Label)));
                attributes.extend(attribute);
            }
            (TokenKind::Quoted | TokenKind::Unclosed, _) if labels == 0 => {
                labels = 1;
                attributes.push(keyless(cursor, token, bearer, reports));
            }
            _ => cursor.skip_junk(reports, |c| may_start(c, bearer)),
        }
    }
    report_twins(cursor.text, &attributes, reports);
    attributes
}

fn may_start(cursor: &Cursor<'_>, bearer: Bearer) -> bool {
    match cursor.peek_kind() {
        Some(TokenKind::BracketClose) => bearer == Bearer::Edge,
        Some(TokenKind::Word) => matches!(
            cursor.second_kind(),
            Some(TokenKind::Colon | TokenKind::Equals | TokenKind::Quoted)
        ),
        _ => false,
    }
}

fn keyed(
    cursor: &mut Cursor<'_>,
    key_span: TextSpan,
    bearer: Bearer,
    reports: &mut Reports,
) -> Option<Attribute> {
    let text = cursor.text;
    let sign = match cursor.peek() {
        Some(token) if matches!(token.kind, TokenKind::Colon | TokenKind::Equals) => {
            cursor.bump();
            token.span
        }
        _ => TextSpan::at(key_span.end),
    };
    if sign.of(text) != bearer.sign() {
        let (code, words) = bearer.other();
        reports.warn(code, sign, || {
            Finding::new(words).fix(format!("write `{}`", bearer.sign()), sign, bearer.sign())
        });
    }
    let written = key_span.of(text);
    let key = Key::find(written).filter(|key| bearer == Bearer::Node || *key == Key::Label);
    let Some(value) = value(cursor, bearer, reports) else {
        reports.error("missing-value", key_span, || {
            Finding::new(format!("`{}` says nothing", excerpt(written)))
                .suggest("write a text in quotes behind it")
        });
        return None;
    };
    if key.is_none() {
        report_unknown(text, key_span, cursor.behind(), bearer, reports);
    }
    Some(Attribute {
        key,
        key_span: Some(key_span),
        value,
    })
}

fn report_unknown(
    text: &str,
    key: TextSpan,
    behind: TextSpan,
    bearer: Bearer,
    reports: &mut Reports,
) {
    let known: &[&str] = match bearer {
        Bearer::Node => &["label", "owner", "description", "system"],
        Bearer::Edge => &["label"],
    };
    reports.warn("unknown-attr", key, || {
        let written = key.of(text);
        let finding = Finding::new(format!(
            "`{}` is no attribute that FlowZap knows: {} may have {}",
            excerpt(written),
            match bearer {
                Bearer::Node => "a node",
                Bearer::Edge => "an edge",
            },
            match bearer {
                Bearer::Node => "label, owner, description and system",
                Bearer::Edge => "a label",
            },
        ));
        match spelling::nearest(written, known.iter().copied()) {
            Some(near) => finding.fix(format!("write `{near}`"), key, near),
            None => finding.fix("remove it", with_space_before(text, key.to(behind)), ""),
        }
    });
}

fn keyless(
    cursor: &mut Cursor<'_>,
    token: Token,
    bearer: Bearer,
    reports: &mut Reports,
) -> Attribute {
    let start = TextSpan::at(token.span.start);
    reports.warn("missing-key", token.span, || {
        let key = format!("label{}", bearer.sign());
        Finding::new("a text without a key is read as the label").fix(
            format!("write `{key}`"),
            start,
            key,
        )
    });
    Attribute {
        key: Some(Key::Label),
        key_span: None,
        value: value(cursor, bearer, reports).unwrap_or(Value {
            inner: start,
            quoting: Quoting::Bare,
        }),
    }
}

fn value(cursor: &mut Cursor<'_>, bearer: Bearer, reports: &mut Reports) -> Option<Value> {
    let text = cursor.text;
    let first = cursor.peek()?;
    let TextSpan { start, end } = first.span;
    match first.kind {
        TokenKind::Quoted => {
            cursor.bump();
            Some(Value {
                inner: TextSpan::new(start + 1, end - 1),
                quoting: Quoting::Quoted,
            })
        }
        TokenKind::Unclosed => {
            cursor.bump();
            report_unclosed(text, first.span, reports);
            let trimmed = first.span.of(text)[1..].trim_end();
            let len = u32::try_from(trimmed.len()).expect("offsets have 32 bits");
            Some(Value {
                inner: TextSpan::new(start + 1, start + 1 + len),
                quoting: Quoting::Unclosed,
            })
        }
        _ => bare(cursor, first, bearer, reports),
    }
}

/// A value without quotes, or in quotes of another kind: up to the next key, quote or bracket.
fn bare(
    cursor: &mut Cursor<'_>,
    first: Token,
    bearer: Bearer,
    reports: &mut Reports,
) -> Option<Value> {
    let text = cursor.text;
    let mut whole = TextSpan::at(first.span.start);
    while let Some(token) = cursor.peek() {
        let stops = may_start(cursor, bearer)
            || matches!(token.kind, TokenKind::Quoted | TokenKind::Unclosed);
        if stops {
            break;
        }
        whole = whole.to(token.span);
        cursor.bump();
    }
    let written = whole.of(text);
    if written.is_empty() {
        return None;
    }
    let inner = written
        .strip_prefix(is_odd_quote)
        .and_then(|open| open.strip_suffix(is_odd_quote))
        .unwrap_or(written);
    reports.warn("unquoted-value", whole, || {
        Finding::new("a text stands in double quotes").fix(
            "write the quotes",
            whole,
            format!("\"{}\"", escape(inner)),
        )
    });
    let margin = |len: usize| u32::try_from(len).expect("offsets have 32 bits");
    let before = if inner.len() == written.len() {
        0
    } else {
        margin(written.chars().next().map_or(0, char::len_utf8))
    };
    let start = whole.start + before;
    Some(Value {
        inner: TextSpan::new(start, start + margin(inner.len())),
        quoting: Quoting::Bare,
    })
}

fn report_twins(text: &str, attributes: &[Attribute], reports: &mut Reports) {
    let mut seen = [false; Key::ALL.len()];
    for attribute in attributes {
        let Some(key) = attribute.key else { continue };
        let slot = &mut seen[key as usize];
        if *slot {
            let span = attribute.key_span.unwrap_or(attribute.value.inner);
            reports.warn("dup-attr", span, || {
                Finding::new(format!(
                    "`{}` is there twice; the first one counts",
                    excerpt(span.of(text))
                ))
                .suggest("keep one of them")
            });
        }
        *slot = true;
    }
}
