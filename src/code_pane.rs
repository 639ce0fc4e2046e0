//! The code pane: FlowZap Code as text, with every finding marked at its place.

pub mod editor;
pub mod findings;
pub mod gutter;
pub mod text;

use crate::state::{draft::Draft, edit::Edit};
use coalmine_flow::TextSpan;
use editor::Editor;
use findings::Findings;
use leptos::{html, prelude::*};
use web_sys::HtmlTextAreaElement;

/// The code, editable, with what is wrong with it.
#[component]
pub fn CodePane(
    /// The project.
    draft: Draft,
    /// What to do when somebody leaves the editor with Escape.
    on_leave: Callback<()>,
) -> impl IntoView {
    let field = NodeRef::<html::Textarea>::new();
    let code = draft.part(|project| project.code.clone());
    let findings = Signal::derive(move || {
        draft
            .analysis()
            .with(|analysis| analysis.diagnostics.clone())
    });
    let edit = Callback::new(move |typed: String| {
        let merged = code.with_untracked(|code| text::merge(code, &typed));
        draft.edit(Edit::Code(merged));
    });
    let go_to = Callback::new(move |span: TextSpan| {
        if let Some(field) = field.get_untracked() {
            code.with_untracked(|code| select(&field, code, span));
        }
    });
    let fix = Callback::new(move |fix| draft.edit(Edit::Patch(fix)));
    view! {
        <section class="code-pane" aria-label="Code">
            <Editor field code findings on_edit=edit on_leave />
            <Findings code findings on_choose=go_to on_fix=fix />
        </section>
    }
}

/// Puts the caret around a place and brings its line into view.
fn select(field: &HtmlTextAreaElement, code: &str, span: TextSpan) {
    let start = text::field_offset(code, span.start);
    let end = text::field_offset(code, span.end).max(start);
    // A field that is gone from the page cannot be focused, and nothing depends on it.
    let _ = field.focus();
    let _ = field.set_selection_range(start, end);
    let line = coalmine_flow::place_of(code, span.start).line;
    if let Some(frame) = field.closest(".code-frame").ok().flatten() {
        let lines_above = i32::try_from(line).unwrap_or(i32::MAX).saturating_sub(4);
        frame.set_scroll_top(lines_above.saturating_mul(LINE_HEIGHT));
    }
}

/// As `--code-line` in `public/code.css`, in pixels.
const LINE_HEIGHT: i32 = 20;
