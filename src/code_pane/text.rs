//! Places in the code as bytes, and as a browser's text field counts them: UTF-16, line ends of one character.
//!
//! A text field shows `\r\n` as `\n`. What is typed is therefore merged into the code as it was, so that lines that
//! nobody touched keep every byte.

use coalmine_flow::{Severity, TextSpan};

/// The code as a text field shows it.
pub fn shown(code: &str) -> String {
    if code.contains('\r') {
        code.replace("\r\n", "\n").replace('\r', "\n")
    } else {
        code.to_owned()
    }
}

/// The code after the text field's content became `typed`: what did not change keeps its bytes, and new line ends are
/// as most others are.
pub fn merge(code: &str, typed: &str) -> String {
    if !code.contains('\r') {
        return typed.to_owned();
    }
    let before = shown(code);
    let head = common_prefix(&before, typed);
    let tail = common_suffix(&before[head..], &typed[head..]);
    let start = bytes_of(code, head);
    let end = bytes_of(code, before.len() - tail);
    let line_end = if code.matches('\n').count() < 2 * code.matches("\r\n").count() {
        "\r\n"
    } else {
        "\n"
    };
    let middle = typed[head..typed.len() - tail].replace('\n', line_end);
    [&code[..start], &middle, &code[end..]].concat()
}

/// Where a text field has the byte at `offset` of the code, in UTF-16 units.
pub fn field_offset(code: &str, offset: u32) -> u32 {
    let mut end = (offset as usize).min(code.len());
    while !code.is_char_boundary(end) {
        end -= 1;
    }
    let units = shown(&code[..end]).encode_utf16().count();
    // Between the two characters of a line end stands nothing in the field.
    let split = code[..end].ends_with('\r') && code[end..].starts_with('\n');
    u32::try_from(units - usize::from(split)).unwrap_or(u32::MAX)
}

/// A stretch of the code, and the worst that is said of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// As a text field shows it.
    pub text: String,
    /// The worst finding here.
    pub mark: Option<Severity>,
}

/// The code cut at the edges of all findings.
pub fn pieces(code: &str, findings: &[(TextSpan, Severity)]) -> Vec<Piece> {
    let mut cuts: Vec<usize> = findings
        .iter()
        .flat_map(|(span, _)| {
            let (start, end) = visible(code, *span);
            [start, end]
        })
        .chain([0, code.len()])
        .collect();
    cuts.sort_unstable();
    cuts.dedup();
    cuts.windows(2)
        .map(|cut| Piece {
            text: shown(&code[cut[0]..cut[1]]),
            mark: findings
                .iter()
                .filter(|(span, _)| {
                    let (start, end) = visible(code, *span);
                    start <= cut[0] && cut[1] <= end
                })
                .map(|(_, severity)| *severity)
                .min(),
        })
        .collect()
}

/// A finding between two characters is shown on the one before it, or behind it at the beginning of a line.
fn visible(code: &str, span: TextSpan) -> (usize, usize) {
    let floor = |mut at: usize| {
        at = at.min(code.len());
        while !code.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let (start, end) = (floor(span.start as usize), floor(span.end as usize));
    if start < end {
        return (start, end);
    }
    match code[..start].chars().next_back() {
        Some(before) if before != '\n' => (start - before.len_utf8(), start),
        Some(_) | None => match code[start..].chars().next() {
            Some(after) => (start, start + after.len_utf8()),
            None => (start, start),
        },
    }
}

fn common_prefix(one: &str, other: &str) -> usize {
    one.chars()
        .zip(other.chars())
        .take_while(|(a, b)| a == b)
        .map(|(a, _)| a.len_utf8())
        .sum()
}

fn common_suffix(one: &str, other: &str) -> usize {
    one.chars()
        .rev()
        .zip(other.chars().rev())
        .take_while(|(a, b)| a == b)
        .map(|(a, _)| a.len_utf8())
        .sum()
}

/// Where in the code the byte `at` of the shown text stands: before the whole of a line end, never in its middle.
fn bytes_of(code: &str, at: usize) -> usize {
    let mut seen = 0;
    let mut chars = code.char_indices().peekable();
    while let Some((index, c)) = chars.next() {
        if seen == at {
            return index;
        }
        seen += c.len_utf8();
        if c == '\r' && chars.peek().is_some_and(|(_, next)| *next == '\n') {
            chars.next();
        }
    }
    code.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typing_in_a_text_with_carriage_returns_keeps_every_untouched_byte() {
        let code = "a {\r\nn1: circle\r\n}\nloose\rend";
        for (typed, expected) in [
            (
                "a {\nn1: circle\n}\nloose\nend",
                "a {\r\nn1: circle\r\n}\nloose\rend",
            ),
            (
                "a {\nn1: rectangle\n}\nloose\nend",
                "a {\r\nn1: rectangle\r\n}\nloose\rend",
            ),
            (
                "a {\nn1: circle\nn2: circle\n}\nloose\nend",
                "a {\r\nn1: circle\r\nn2: circle\r\n}\nloose\rend",
            ),
            ("a {}\nloose\nend", "a {}\nloose\rend"),
            ("", ""),
        ] {
            assert_eq!(merge(code, typed), expected, "{typed:?}");
            assert_eq!(shown(&merge(code, typed)), typed, "{typed:?}");
        }
    }

    #[test]
    fn a_text_without_carriage_returns_is_what_was_typed() {
        assert_eq!(merge("a\nb", "a\nc\n"), "a\nc\n");
    }

    #[test]
    fn places_are_counted_as_the_browser_counts() {
        let code = "é\r\n🐤x";
        for (byte, units) in [(0, 0), (2, 1), (3, 1), (4, 2), (8, 4), (9, 5), (99, 5)] {
            assert_eq!(field_offset(code, byte), units, "byte {byte}");
        }
    }

    #[test]
    fn pieces_join_to_the_text_and_carry_the_worst_finding() {
        let code = "abcdef\ngh";
        let span = |start, end| TextSpan { start, end };
        let pieces = pieces(
            code,
            &[
                (span(1, 4), Severity::Warning),
                (span(3, 5), Severity::Error),
                (span(7, 7), Severity::Info),
            ],
        );
        let joined: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
        assert_eq!(joined, code);
        let marked: Vec<_> = pieces
            .iter()
            .filter_map(|piece| Some((piece.text.as_str(), piece.mark?)))
            .collect();
        assert_eq!(
            marked,
            [
                ("bc", Severity::Warning),
                ("d", Severity::Error),
                ("e", Severity::Error),
                ("g", Severity::Info)
            ]
        );
    }

    #[test]
    fn findings_beyond_the_text_do_no_harm() {
        let span = TextSpan { start: 90, end: 99 };
        assert_eq!(pieces("", &[(span, Severity::Error)]).len(), 0);
        assert_eq!(pieces("é", &[(span, Severity::Error)]).len(), 1);
    }
}
