//! The text field itself: a plain textarea as large as its text, over a copy that carries the marks.

use super::{gutter::Gutter, text};
use coalmine_flow::{Diagnostic, Severity};
use leptos::{ev, html, prelude::*};
use std::sync::Arc;

/// The editor of a text.
#[component]
pub fn Editor(
    /// The textarea, for those who move its caret.
    field: NodeRef<html::Textarea>,
    /// The text.
    #[prop(into)]
    code: Signal<String>,
    /// What is wrong with it.
    #[prop(into)]
    findings: Signal<Arc<Vec<Diagnostic>>>,
    /// What was typed: the whole text.
    on_edit: Callback<String>,
    /// Somebody leaves with Escape.
    on_leave: Callback<()>,
) -> impl IntoView {
    let pieces = move || {
        let spans: Vec<_> = findings.with(|findings| {
            findings
                .iter()
                .map(|finding| (finding.span, finding.severity))
                .collect()
        });
        code.with(|code| text::pieces(code, &spans))
            .into_iter()
            .map(
                |piece| view! { <span class=piece.mark.map_or("", mark_class)>{piece.text}</span> },
            )
            .collect_view()
    };
    let leave = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" {
            event.prevent_default();
            on_leave.run(());
        }
    };
    view! {
        <div class="code-frame">
            <Gutter code findings />
            <div class="code-sheet">
                <pre class="code-copy" aria-hidden="true">{pieces}"\n"</pre>
                <textarea
                    node_ref=field
                    class="code-field"
                    aria-label="FlowZap Code"
                    aria-describedby="code-help"
                    spellcheck="false"
                    autocomplete="off"
                    autocapitalize="off"
                    wrap="off"
                    prop:value=move || code.with(|code| text::shown(code))
                    on:input=move |event| on_edit.run(event_target_value(&event))
                    on:keydown=leave
                ></textarea>
            </div>
        </div>
        <p id="code-help" class="code-help muted">"Tab and Esc leave the editor. The run follows as soon as the code makes sense."</p>
    }
}

/// How a finding of this weight is marked.
pub const fn mark_class(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "mark-error",
        Severity::Warning => "mark-warning",
        Severity::Info => "mark-info",
    }
}
