//! Reads edges: two ends with their handles, the arrow, and the label.

use super::{
    EdgeForm, End, Quoting, TokenKind,
    cursor::{Cursor, excerpt, name},
    node::{Bearer, attributes},
};
use crate::{
    Side, TextSpan, case,
    reports::{Finding, Reports},
};
use alloc::{format, vec::Vec};

/// Reads an edge whose first words were taken already.
pub(super) fn read(cursor: &mut Cursor<'_>, first: TextSpan, reports: &mut Reports) -> EdgeForm {
    let from = end(cursor, first, Side::Right, reports);
    let has_arrow = arrow(cursor, reports);
    if has_arrow && cursor.peek_kind() != Some(TokenKind::Word) && cursor.peek().is_some() {
        cursor.skip_junk(reports, |c| c.peek_kind() == Some(TokenKind::Word));
    }
    let to = cursor.words().map(|words| {
        if !has_arrow {
            report_missing_arrow(words, reports);
        }
        end(cursor, words, Side::Left, reports)
    });
    if to.is_none() {
        reports.error("incomplete-edge", from.span.to(cursor.behind()), || {
            Finding::new("an edge needs a node to lead to")
                .suggest("write it as in `n1.handle(right) -> n2.handle(left)`")
        });
    }
    EdgeForm {
        from,
        to,
        attributes: bracket(cursor, reports),
    }
}

fn report_missing_arrow(target: TextSpan, reports: &mut Reports) {
    let start = TextSpan::at(target.start);
    reports.error("missing-arrow", start, || {
        Finding::new("an edge has an arrow between its ends").fix("write `->`", start, "-> ")
    });
}

/// Takes the arrow, in any spelling. Says whether there was one.
fn arrow(cursor: &mut Cursor<'_>, reports: &mut Reports) -> bool {
    let text = cursor.text;
    if cursor.eat(TokenKind::Arrow).is_some() {
        return true;
    }
    let Some(odd) = cursor.eat(TokenKind::OddArrow) else {
        return false;
    };
    let written = odd.span.of(text);
    if written.contains(['<', '←', '↔']) {
        reports.error("bad-arrow", odd.span, || {
            Finding::new(format!(
                "`{}` points backwards; an edge is written from its start to its end",
                excerpt(written)
            ))
            .suggest("swap the two ends and write `->`")
        });
    } else {
        reports.warn("odd-arrow", odd.span, || {
            Finding::new(format!("`{}` is read as `->`", excerpt(written))).fix(
                "write `->`",
                odd.span,
                "->",
            )
        });
    }
    true
}

fn end(cursor: &mut Cursor<'_>, first: TextSpan, usual: Side, reports: &mut Reports) -> End {
    let text = cursor.text;
    let mut parts = Vec::from([first]);
    while let Some(dot) = cursor.eat(TokenKind::Dot) {
        match cursor.words() {
            Some(words) => parts.push(words),
            None => reports.error("bad-edge-end", dot.span, || {
                Finding::new("a word is missing behind this dot")
                    .suggest("write an end as in `Lane.n1.handle(right)`")
            }),
        }
    }
    let node_len = parts.len();
    let (node_len, side) = if cursor.peek_kind() == Some(TokenKind::ParenOpen) {
        let handle = parts.get(1..).and_then(|more| more.last());
        (
            node_len - usize::from(handle.is_some()),
            call(cursor, handle.copied(), usual, reports),
        )
    } else {
        uncalled(text, &parts, usual, reports)
    };
    let span = first.to(cursor.behind());
    let node = &parts[..node_len];
    let (lane, id) = match node {
        [id] => (None, *id),
        [lane, id] => (Some(*lane), *id),
        [.., lane, id] => {
            let prefix = first.to(*id);
            reports.error("bad-edge-end", prefix, || {
                Finding::new(format!(
                    "`{}` is no node: write its lane, a dot and its id, or only its id",
                    excerpt(prefix.of(text))
                ))
            });
            (Some(*lane), *id)
        }
        [] => (None, first),
    };
    End {
        lane,
        name: name(text, id, reports),
        side,
        span,
    }
}

/// Reads `handle(side)` from its parenthesis on.
fn call(
    cursor: &mut Cursor<'_>,
    handle: Option<TextSpan>,
    usual: Side,
    reports: &mut Reports,
) -> Side {
    let text = cursor.text;
    let open = cursor.bump().map_or(cursor.behind(), |paren| paren.span);
    match handle.map(|span| (span, span.of(text))) {
        Some((_, "handle")) => {}
        Some((span, word)) if word.eq_ignore_ascii_case("handle") => {
            report_case(span, "handle", reports);
        }
        wrong => {
            let span = wrong.map_or(open, |(span, _)| span);
            reports.error("bad-handle", span, || {
                let finding = Finding::new("a handle is written `.handle(right)`");
                match wrong {
                    Some(_) => finding.fix("write `handle`", span, "handle"),
                    None => finding.fix("write `.handle`", TextSpan::at(span.start), ".handle"),
                }
            });
        }
    }
    let word = cursor.eat(TokenKind::Word).map(|token| token.span);
    let side = named_side(text, word, open, usual, reports);
    if cursor.eat(TokenKind::ParenClose).is_none() {
        let behind = cursor.behind();
        reports.error("bad-handle", behind, || {
            Finding::new("the handle has no closing `)`").fix("write `)`", behind, ")")
        });
    }
    side
}

fn named_side(
    text: &str,
    word: Option<TextSpan>,
    open: TextSpan,
    usual: Side,
    reports: &mut Reports,
) -> Side {
    let Some(span) = word else {
        let inside = TextSpan::at(open.end);
        reports.error("bad-handle", inside, || {
            Finding::new("the handle names no side: left, right, top or bottom").fix(
                format!("write `{}`", usual.word()),
                inside,
                usual.word(),
            )
        });
        return usual;
    };
    let written = span.of(text);
    let lower = case::smalls(written);
    if let Some(side) = Side::find(&lower) {
        if written != lower {
            report_case(span, side.word(), reports);
        }
        return side;
    }
    reports.error("bad-handle", span, || {
        let finding = Finding::new(format!(
            "`{}` is no side: there are left, right, top and bottom",
            excerpt(written)
        ));
        match Side::meant_by(&lower) {
            Some(side) => finding.fix(format!("write `{}`", side.word()), span, side.word()),
            None => finding.suggest(format!("write `{}`", usual.word())),
        }
    });
    usual
}

fn report_case(span: TextSpan, right: &str, reports: &mut Reports) {
    reports.warn("handle-case", span, || {
        Finding::new("handles are written in small letters").fix(
            format!("write `{right}`"),
            span,
            right,
        )
    });
}

/// An end without parentheses: `n1`, or a slip such as `n1.right` or `n1.handle`.
fn uncalled(text: &str, parts: &[TextSpan], usual: Side, reports: &mut Reports) -> (usize, Side) {
    let last = parts[parts.len() - 1];
    let word = case::smalls(last.of(text));
    if 1 < parts.len() && (Side::find(&word).is_some() || word == "handle") {
        let side = Side::find(&word).unwrap_or(usual);
        reports.error("bad-handle", last, || {
            let handle = format!("handle({})", side.word());
            Finding::new("a handle is written with its side in parentheses").fix(
                format!("write `{handle}`"),
                last,
                handle,
            )
        });
        return (parts.len() - 1, side);
    }
    let behind = TextSpan::at(last.end);
    reports.warn("missing-handle", last, || {
        let handle = format!(".handle({})", usual.word());
        Finding::new(format!(
            "the side is missing; it is read as {}",
            usual.word()
        ))
        .fix(format!("write `{handle}`"), behind, handle)
    });
    (parts.len(), usual)
}

fn bracket(cursor: &mut Cursor<'_>, reports: &mut Reports) -> Vec<super::Attribute> {
    let opens = |c: &Cursor<'_>| c.peek_kind() == Some(TokenKind::BracketOpen);
    if cursor.peek().is_some() && !opens(cursor) {
        cursor.skip_junk(reports, opens);
    }
    if cursor.eat(TokenKind::BracketOpen).is_none() {
        return Vec::new();
    }
    let attributes = attributes(cursor, Bearer::Edge, reports);
    // A string without its end has swallowed the bracket, and is reported already.
    let is_swallowed = attributes
        .last()
        .is_some_and(|last| last.value.quoting == Quoting::Unclosed);
    if cursor.eat(TokenKind::BracketClose).is_none() && !is_swallowed {
        let behind = cursor.behind();
        reports.error("unclosed-bracket", behind, || {
            Finding::new("the label has no closing `]`").fix("write `]`", behind, "]")
        });
    }
    if cursor.peek().is_some() {
        cursor.skip_junk(reports, |_| false);
    }
    attributes
}
