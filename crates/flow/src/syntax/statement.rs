//! Cuts a line into statements and takes each apart. A fault costs one statement, never the next line.

use super::{
    Form, Statement, Token, TokenKind,
    cursor::{Cursor, excerpt, name, report_unclosed, with_space_before},
    edge,
    form::{LaneForm, LoopForm, LoopNode},
    node,
};
use crate::{
    TextSpan,
    reports::{Finding, Reports},
    spelling,
};
use alloc::{boxed::Box, format, vec::Vec};

/// Adds the statements of a line, which comes without its end.
pub(super) fn read_line(
    text: &str,
    mut tokens: &[Token],
    statements: &mut Vec<Statement>,
    reports: &mut Reports,
) {
    let first = statements.len();
    while let Some(start) = tokens.iter().position(|token| !is_space(*token)) {
        tokens = &tokens[start..];
        let (own, others) = tokens.split_at(statement_len(tokens));
        tokens = others;
        let span = trimmed(own);
        let errors = reports.errors();
        let form = read(text, own, reports);
        let is_trailing = matches!(form, Form::Comment | Form::Hash);
        if first < statements.len() && !is_trailing {
            let start = TextSpan::at(span.start);
            reports.warn("same-line", start, || {
                Finding::new("FlowZap Code has one statement a line").fix(
                    "start a new line",
                    with_space_before(text, start),
                    super::usual_line_end(text),
                )
            });
        }
        statements.push(Statement {
            span,
            is_broken: errors < reports.errors() || form == Form::Opaque,
            form,
        });
    }
}

fn is_space(token: Token) -> bool {
    matches!(token.kind, TokenKind::Space | TokenKind::Bom)
}

/// The statement without the space behind it. It starts with a token that is no space.
fn trimmed(tokens: &[Token]) -> TextSpan {
    let start = tokens.first().map_or(0, |token| token.span.start);
    let end = tokens
        .iter()
        .rev()
        .find(|token| !is_space(**token))
        .map_or(start, |token| token.span.end);
    TextSpan::new(start, end)
}

/// How many tokens belong to the statement that starts here: braces end one, and so do comments.
fn statement_len(tokens: &[Token]) -> usize {
    let ends = |token: &Token| {
        matches!(
            token.kind,
            TokenKind::BraceOpen | TokenKind::BraceClose | TokenKind::Comment | TokenKind::Hash
        )
    };
    match tokens.iter().position(ends) {
        None => tokens.len(),
        Some(at) if tokens[at].kind == TokenKind::BraceOpen => {
            let label = tokens[at + 1..]
                .iter()
                .position(|token| !is_space(*token))
                .map(|space| at + 1 + space)
                .filter(|label| tokens[*label].kind == TokenKind::Hash);
            label.unwrap_or(at) + 1
        }
        Some(0) => 1,
        Some(at) => at,
    }
}

fn read(text: &str, tokens: &[Token], reports: &mut Reports) -> Form {
    if let Some(brace) = tokens.iter().position(|t| t.kind == TokenKind::BraceOpen) {
        return Form::Lane(lane(text, tokens, brace, reports));
    }
    let mut cursor = Cursor::new(text, tokens);
    match (cursor.peek_kind(), cursor.second_kind()) {
        (Some(TokenKind::BraceClose), _) => return Form::Close,
        (Some(TokenKind::Comment), _) => return Form::Comment,
        (Some(TokenKind::Hash), _) => return Form::Hash,
        (Some(TokenKind::Word), Some(TokenKind::Word | TokenKind::BracketOpen))
            if starts_loop(&cursor) =>
        {
            return Form::Loop(read_loop(&mut cursor, reports));
        }
        _ => {}
    }
    if let Some(first) = cursor.peek()
        && let Some(form) = node::without_colon(&mut cursor, first, reports)
    {
        return Form::Node(form);
    }
    let Some(words) = cursor.words() else {
        return opaque(text, tokens, reports);
    };
    match cursor.peek_kind() {
        Some(TokenKind::Colon) => Form::Node(node::read(&mut cursor, words, reports)),
        Some(TokenKind::Dot | TokenKind::Arrow | TokenKind::OddArrow) => {
            Form::Edge(Box::new(edge::read(&mut cursor, words, reports)))
        }
        _ => opaque(text, tokens, reports),
    }
}

fn starts_loop(cursor: &Cursor<'_>) -> bool {
    cursor
        .peek()
        .is_some_and(|word| word.span.of(cursor.text).eq_ignore_ascii_case("loop"))
}

fn opaque(text: &str, tokens: &[Token], reports: &mut Reports) -> Form {
    let span = trimmed(tokens);
    let words = span.of(text);
    if words.starts_with("```") {
        reports.warn("code-fence", span, || {
            Finding::new("this line belongs to the text around the code").fix("remove it", span, "")
        });
    } else if words.starts_with('"') && !words[1..].contains('"') {
        report_unclosed(text, span, reports);
    } else {
        reports.error("unknown-statement", span, || {
            Finding::new(format!(
                "`{}` is no lane, node, edge or loop; it is kept as it is",
                excerpt(words)
            ))
            .suggest(hint(words))
        });
    }
    Form::Opaque
}

/// What a line that nobody understands may have meant to be.
fn hint(words: &str) -> &'static str {
    let first = words.split(|c: char| !c.is_alphanumeric()).next();
    match spelling::nearest(first.unwrap_or_default(), ["loop", "lane"]) {
        Some("loop") => "a loop is written `loop [condition] n1 n2`",
        Some(_) => "a lane is written `id { # label`, its lines, then `}`",
        None if words.starts_with(['n', 'N']) => {
            "a node is written `n1: rectangle label:\"…\"`, an edge `n1.handle(right) -> n2.handle(left)`"
        }
        None => "a comment is a line that starts with `//`",
    }
}

fn lane(text: &str, tokens: &[Token], brace: usize, reports: &mut Reports) -> LaneForm {
    let id = match brace {
        0 => TextSpan::at(tokens[0].span.start),
        _ => trimmed(&tokens[..brace]),
    };
    let is_name = tokens[..brace]
        .iter()
        .all(|token| matches!(token.kind, TokenKind::Word | TokenKind::Space));
    let words = id.of(text);
    if words.is_empty() {
        reports.error("missing-lane-id", tokens[brace].span, || {
            Finding::new("a lane needs a name in front of its brace")
                .suggest("write a word without spaces, as in `Deployment {`")
        });
    } else if !is_name {
        let joined = joined(words);
        reports.error("bad-lane-id", id, || {
            let finding = Finding::new(format!(
                "`{}` cannot be a lane's name: it is one word of letters and digits",
                excerpt(words)
            ));
            if joined.is_empty() {
                finding
            } else {
                finding.fix(format!("write `{}`", excerpt(&joined)), id, joined.as_str())
            }
        });
    } else if words.contains(char::is_whitespace) {
        reports.warn("lane-id-space", id, || {
            let joined = joined(words);
            Finding::new("a lane's name has no spaces; the words behind `#` may have them").fix(
                format!("write `{}`", excerpt(&joined)),
                id,
                joined,
            )
        });
    }
    let label = tokens[brace..]
        .iter()
        .find(|token| token.kind == TokenKind::Hash)
        .and_then(|token| hash_label(text, token.span));
    LaneForm { id, label }
}

fn joined(words: &str) -> alloc::string::String {
    words
        .chars()
        .filter(|c| c.is_alphanumeric() || *c == '_')
        .collect()
}

/// The words of `# …`, if there are any.
pub(crate) fn hash_label(text: &str, hash: TextSpan) -> Option<TextSpan> {
    let behind = hash.of(text).strip_prefix('#')?;
    let label = behind.trim();
    let start = behind.len() - behind.trim_start().len();
    let start = hash.start + 1 + u32::try_from(start).ok()?;
    let len = u32::try_from(label.len()).ok()?;
    (0 < len).then(|| TextSpan::new(start, start + len))
}

fn read_loop(cursor: &mut Cursor<'_>, reports: &mut Reports) -> LoopForm {
    let text = cursor.text;
    if let Some(word) = cursor.bump()
        && word.span.of(text) != "loop"
    {
        reports.warn("keyword-case", word.span, || {
            Finding::new("`loop` is written in small letters").fix(
                "write `loop`",
                word.span,
                "loop",
            )
        });
    }
    let mut condition = None;
    if cursor.eat(TokenKind::BracketOpen).is_some() {
        condition = cursor
            .eat(TokenKind::Condition)
            .map(|token| trim(text, token.span));
        if cursor.eat(TokenKind::BracketClose).is_none() {
            let span = condition.unwrap_or(cursor.behind());
            reports.error("unclosed-bracket", span, || {
                let end = before_ids(text, span);
                Finding::new("the condition has no closing `]`").fix("write `]`", end, "]")
            });
        }
    }
    let mut nodes = Vec::new();
    while cursor.peek().is_some() {
        match cursor.eat(TokenKind::Word) {
            None => cursor.skip_junk(reports, |c| c.peek_kind() == Some(TokenKind::Word)),
            Some(word) => nodes.push(loop_node(cursor, word.span, reports)),
        }
    }
    LoopForm {
        condition: condition.filter(|span| span.start < span.end),
        nodes,
    }
}

fn loop_node(cursor: &mut Cursor<'_>, word: TextSpan, reports: &mut Reports) -> LoopNode {
    let prefixed =
        cursor.peek_kind() == Some(TokenKind::Dot) && cursor.second_kind() == Some(TokenKind::Word);
    let behind = if prefixed {
        cursor.bump();
        cursor.bump()
    } else {
        None
    };
    LoopNode {
        lane: behind.map(|_| word),
        name: name(
            cursor.text,
            behind.map_or(word, |token| token.span),
            reports,
        ),
    }
}

/// Where the bracket was forgotten, most likely: in front of the ids that end the line.
fn before_ids(text: &str, condition: TextSpan) -> TextSpan {
    let mut words = condition.of(text);
    while let Some((before, last)) = words.rsplit_once(char::is_whitespace) {
        let digits = last.strip_prefix('n').unwrap_or_default();
        if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
            break;
        }
        words = before.trim_end();
    }
    let len = u32::try_from(words.len()).expect("offsets have 32 bits");
    TextSpan::at(condition.start + len)
}

fn trim(text: &str, span: TextSpan) -> TextSpan {
    let words = span.of(text);
    let cut = |len: usize| u32::try_from(len).unwrap_or(0);
    let start = span.start + cut(words.len() - words.trim_start().len());
    let end = span.end - cut(words.len() - words.trim_end().len());
    TextSpan::new(start.min(end), end)
}
