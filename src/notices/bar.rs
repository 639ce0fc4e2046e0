//! One quiet notice at a time, with a way back where there is one.

use crate::state::{
    draft::Draft,
    edit::Edit,
    notice::{Notice, Reason},
};
use coalmine_wire::Project;
use leptos::prelude::*;

/// The notice of the moment.
#[component]
pub fn NoticeBar(
    /// The project.
    draft: Draft,
    /// What to tell.
    notice: RwSignal<Option<Notice>>,
) -> impl IntoView {
    let start_over = move |_| {
        let before = Box::new(draft.project().get_untracked());
        draft.edit(Edit::Replace(Box::default()));
        notice.set(Some(Notice::Replaced {
            words: "Started over".to_owned(),
            before,
        }));
    };
    // What was changed since goes along, so that going back can be undone, too.
    let put_back = move |before: Box<Project>| {
        let after = Box::new(draft.project().get_untracked());
        draft.edit(Edit::Replace(before));
        notice.set(Some(Notice::Replaced {
            words: "It is as it was before".to_owned(),
            before: after,
        }));
    };
    let body = move || {
        notice.get().map(|notice| match notice {
            Notice::Restored => view! {
                <p>"Your work of last time is back."</p>
                <button class="button-outlined" on:click=start_over>"Start over"</button>
            }
            .into_any(),
            Notice::Replaced { words, before } => view! {
                <p>{words}"."</p>
                <button class="button-outlined" on:click=move |_| put_back(before.clone())>"Undo"</button>
            }
            .into_any(),
            Notice::Refused { file, reasons } => view! { <Refusal file reasons /> }.into_any(),
            Notice::Said(words) => view! { <p>{words}"."</p> }.into_any(),
        })
    };
    let is_alert = move || notice.with(|notice| matches!(notice, Some(Notice::Refused { .. })));
    view! {
        <div
            class="notice"
            class:is-alert=is_alert
            role="status"
            class:is-empty=move || notice.with(Option::is_none)
        >
            {body}
            <Show when=move || notice.with(Option::is_some)>
                <button class="button-icon" aria-label="Dismiss" on:click=move |_| notice.set(None)>
                    <span aria-hidden="true">"×"</span>
                </button>
            </Show>
        </div>
    }
}

/// A file that was not opened, and what to change in it.
#[component]
pub fn Refusal(
    /// The file.
    file: String,
    /// What to change.
    reasons: Vec<Reason>,
) -> impl IntoView {
    let row = |reason: Reason| {
        view! { <li><span class="muted">"Line "{reason.line}</span>" "{reason.words}</li> }
    };
    view! {
        <div class="refusal">
            <p><strong>{file}</strong>" was not opened; your project stays as it is."</p>
            <ul>{reasons.into_iter().map(row).collect_view()}</ul>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refused_file_says_line_reason_and_that_nothing_changed() {
        let html = Owner::new().with(|| {
            let reasons = vec![Reason {
                line: 12,
                words: "Unknown key `sed`: write `seed`".to_owned(),
            }];
            view! { <Refusal file="a.coalmine.toml".to_owned() reasons /> }.to_html()
        });
        for words in [
            "a.coalmine.toml",
            "your project stays",
            "Line <!>12",
            "write `seed`",
        ] {
            assert!(html.contains(words), "{words}: {html}");
        }
    }
}
