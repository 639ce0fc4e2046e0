//! The button that opens the library, and the dialog that holds its sheet.

use super::sheet::LibrarySheet;
use crate::{
    inspector::starts::starts,
    state::{draft::Draft, edit::Edit, notice::Notice},
};
use coalmine_controller::Time;
use coalmine_sim::Scenario;
use leptos::{html, prelude::*};

/// A button that opens the sheet, and the sheet.
#[component]
pub fn Library(
    /// The project.
    draft: Draft,
    /// The instant on screen.
    at: Signal<Time>,
    /// What was done, and how to go back.
    on_notice: Callback<Notice>,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    let is_open = RwSignal::new(false);
    let open = move |_| {
        is_open.set(true);
        if let Some(dialog) = dialog.get_untracked() {
            // A sheet that is open already stays so.
            dialog.show_modal().ok();
        }
    };
    let close = Callback::new(move |()| {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    });
    let change = Callback::new(move |(words, scenario): (String, Scenario)| {
        let before = Box::new(draft.project().get_untracked());
        draft.edit(Edit::Scenario(Box::new(scenario)));
        on_notice.run(Notice::Replaced { words, before });
        close.run(());
    });
    let sheet = move || {
        let scenario = draft
            .project()
            .with_untracked(|project| project.scenario.clone());
        // As they are when it is opened, so that a choice keeps its place while a run plays.
        let offered = draft
            .drawing()
            .with_untracked(|drawing| starts(drawing, at.get_untracked()));
        view! { <LibrarySheet scenario starts=offered on_change=change on_close=close /> }
    };
    view! {
        <button class="button-outlined library-open" aria-haspopup="dialog" on:click=open>
            "Failure library"
        </button>
        <dialog
            node_ref=dialog
            class="library"
            aria-labelledby="library-title"
            on:close=move |_| is_open.set(false)
            on:click=move |event| {
                // The dialog itself is hit only beside what it holds.
                if event.target() == event.current_target() {
                    close.run(());
                }
            }
        >
            <Show when=move || is_open.get()>{sheet}</Show>
        </dialog>
    }
}
