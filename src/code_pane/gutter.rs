//! Line numbers, and a mark on each line that something is said about.

use super::editor::mark_class;
use coalmine_flow::{Diagnostic, Severity, place_of};
use leptos::prelude::*;
use std::{collections::BTreeMap, sync::Arc};

/// A line's number, from 1, and the worst that is said of it.
pub type GutterLine = (u32, Option<Severity>);

/// Every line of a text.
pub fn gutter_lines(code: &str, findings: &[Diagnostic]) -> Vec<GutterLine> {
    let mut worst = BTreeMap::<u32, Severity>::new();
    for finding in findings {
        let line = place_of(code, finding.span.start).line;
        worst
            .entry(line)
            .and_modify(|other| *other = finding.severity.min(*other))
            .or_insert(finding.severity);
    }
    let count = super::text::shown(code).split('\n').count();
    (1..=u32::try_from(count).unwrap_or(u32::MAX))
        .map(|line| (line, worst.get(&line).copied()))
        .collect()
}

/// The numbers of a text's lines.
#[component]
pub fn Gutter(
    /// The text.
    #[prop(into)]
    code: Signal<String>,
    /// What is wrong with it.
    #[prop(into)]
    findings: Signal<Arc<Vec<Diagnostic>>>,
) -> impl IntoView {
    let lines = Memo::new(move |_| {
        findings.with(|findings| code.with(|code| gutter_lines(code, findings)))
    });
    view! {
        <ol class="code-gutter" aria-hidden="true">
            <For each=move || lines.get() key=Clone::clone let((line, mark))>
                <li class=mark.map_or("", mark_class)>{line}</li>
            </For>
        </ol>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use coalmine_flow::TextSpan;

    #[test]
    fn a_line_carries_the_worst_that_is_said_of_it() {
        let finding = |start, severity| Diagnostic {
            severity,
            code: String::new(),
            span: TextSpan { start, end: start },
            message: String::new(),
            suggestion: None,
            fix: None,
        };
        let findings = [
            finding(5, Severity::Info),
            finding(6, Severity::Error),
            finding(6, Severity::Warning),
        ];
        assert_eq!(
            gutter_lines("one\ntwo\n", &findings),
            [(1, None), (2, Some(Severity::Error)), (3, None)]
        );
    }
}
