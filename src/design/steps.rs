//! Undo and redo.

use crate::state::{draft::Draft, edit::Edit, history::History};
use leptos::prelude::*;

/// A step back.
pub fn undo(draft: Draft) {
    let step = draft.past().try_update(History::undo).flatten();
    go(draft, step);
}

/// A step forward again.
pub fn redo(draft: Draft) {
    let step = draft.past().try_update(History::redo).flatten();
    go(draft, step);
}

fn go(draft: Draft, step: Option<coalmine_wire::Project>) {
    if let Some(project) = step {
        draft.edit(Edit::Replace(Box::new(project)));
    }
}

/// The buttons.
#[component]
pub fn Steps(
    /// The project.
    draft: Draft,
) -> impl IntoView {
    let reach = Memo::new(move |_| draft.past().with(History::reach));
    view! {
        <div class="design-steps" role="group" aria-label="History">
            <button
                class="button-outlined"
                aria-keyshortcuts="Control+Z"
                title="Undo (Ctrl+Z)"
                disabled=move || reach.get().0 == 0
                on:click=move |_| undo(draft)
            >
                "Undo"
            </button>
            <button
                class="button-outlined"
                aria-keyshortcuts="Control+Shift+Z"
                title="Redo (Ctrl+Shift+Z)"
                disabled=move || reach.get().1 == 0
                on:click=move |_| redo(draft)
            >
                "Redo"
            </button>
        </div>
    }
}
