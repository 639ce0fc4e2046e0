//! The list under the code: each finding with its place, what to do, and a button that does it.

use super::editor::mark_class;
use coalmine_flow::{Diagnostic, Fix, Severity, TextSpan, place_of};
use leptos::prelude::*;
use std::sync::Arc;

/// A finding, ready to print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FindingRow {
    /// How much it matters.
    pub severity: Severity,
    /// As in `12:4`.
    pub place: String,
    /// What is wrong, and what to do.
    pub words: String,
    /// Where.
    pub span: TextSpan,
    /// What mends it.
    pub fix: Option<Fix>,
}

/// The findings of a text, the worst first.
pub fn finding_rows(code: &str, findings: &[Diagnostic]) -> Vec<FindingRow> {
    let mut rows: Vec<_> = findings
        .iter()
        .map(|finding| {
            let place = place_of(code, finding.span.start);
            let words = match &finding.suggestion {
                Some(suggestion) => format!("{}: {suggestion}", finding.message),
                None => finding.message.clone(),
            };
            FindingRow {
                severity: finding.severity,
                place: format!("{}:{}", place.line, place.column),
                words: crate::format::sentence_case(&words),
                span: finding.span,
                fix: finding.fix.clone(),
            }
        })
        .collect();
    rows.sort_by_key(|row| row.severity);
    rows
}

/// What is wrong with a text.
#[component]
pub fn Findings(
    /// The text.
    #[prop(into)]
    code: Signal<String>,
    /// What is wrong with it.
    #[prop(into)]
    findings: Signal<Arc<Vec<Diagnostic>>>,
    /// Somebody wants to see the place.
    on_choose: Callback<TextSpan>,
    /// Somebody wants it mended.
    on_fix: Callback<Fix>,
) -> impl IntoView {
    let rows = Memo::new(move |_| {
        findings.with(|findings| code.with(|code| finding_rows(code, findings)))
    });
    view! {
        <ul class="findings" aria-label="Findings" hidden=move || rows.with(Vec::is_empty)>
            <For
                each=move || rows.get()
                key=|row| (row.severity, row.place.clone(), row.words.clone(), row.span)
                let:row
            >
                <li class="finding">
                    <button class="finding-place" on:click=move |_| on_choose.run(row.span)>
                        <span class=mark_class(row.severity)>{severity_word(row.severity)}</span>
                        <span class="finding-where">{row.place}</span>
                        <span class="finding-words">{row.words}</span>
                    </button>
                    {row.fix.map(|fix| {
                        let title = crate::format::sentence_case(&fix.title);
                        view! {
                            <button class="button-outlined" on:click=move |_| on_fix.run(fix.clone())>
                                {title}
                            </button>
                        }
                    })}
                </li>
            </For>
        </ul>
    }
}

const fn severity_word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "Error",
        Severity::Warning => "Warning",
        Severity::Info => "Note",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_comes_first_and_each_says_where_and_what_to_do() {
        let finding = |start, severity, suggestion: Option<&str>| Diagnostic {
            severity,
            code: String::new(),
            span: TextSpan { start, end: start },
            message: "`n9` does not exist".to_owned(),
            suggestion: suggestion.map(ToOwned::to_owned),
            fix: None,
        };
        let rows = finding_rows(
            "one\ntwo",
            &[
                finding(0, Severity::Info, None),
                finding(5, Severity::Error, Some("write `n8`")),
            ],
        );
        let words: Vec<_> = rows
            .iter()
            .map(|row| format!("{} {}", row.place, row.words))
            .collect();
        assert_eq!(
            words,
            [
                "2:2 `n9` does not exist: write `n8`",
                "1:1 `n9` does not exist"
            ]
        );
    }
}
