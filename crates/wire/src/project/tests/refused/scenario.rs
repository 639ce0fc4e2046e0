//! What a scenario may not say: one line a refusal, with the place, the reason and the suggestion.

mod faults;
mod platform;
mod traffic;
mod versions;

use super::super::said;
use crate::Project;

/// `lines` below the head of a file are refused: at a line, with a mark on it, a reason and a suggestion.
fn check(lines: &str, expected: &str) {
    let text = format!("schema = 1\nflow = ''\n{}\n", lines.replace("; ", "\n"));
    let diagnostics = Project::parse(&text).expect_err(&text);
    let found = said(&text, &diagnostics);
    assert_eq!(found.trim_end().replace('\n', " / "), expected, "{text}");
}

/// Lines of a file (`; ` for their ends), and what is said of them (` / ` for its line ends).
fn check_all(cases: &[(&str, &str)]) {
    for (lines, expected) in cases {
        check(lines, expected);
    }
}

/// The first finding about a text that is too long to be shown.
fn first(lines: &str) -> String {
    let text = format!("schema = 1\nflow = ''\n{lines}\n");
    let diagnostics = Project::parse(&text).expect_err(lines);
    diagnostics[0].message.clone()
}

fn parts(kind: &str, count: usize) -> String {
    let part = |at| {
        let share = if at == 0 { "100%" } else { "0%" };
        format!("[[scenario.{kind}]]\nname = \"{kind} {at}\"\nshare = \"{share}\"\n")
    };
    (0..count).map(part).collect()
}
