//! The sheet of the library: what to look for, and what was found. One click on a card does it.

use super::{
    catalogue::{Group, failures, stories},
    found::{Found, FoundFailures, FoundStories},
    tools::{LibraryTools, Shelf},
};
use crate::inspector::starts::Start;
use coalmine_sim::Scenario;
use leptos::prelude::*;

/// What the dialog holds while it is open.
#[component]
pub fn LibrarySheet(
    /// What is to be broken.
    scenario: Scenario,
    /// When a failure may begin beside its own time.
    starts: Vec<Start>,
    /// A scenario to take its place, and what to say of it.
    on_change: Callback<(String, Scenario)>,
    /// Enough.
    on_close: Callback<()>,
) -> impl IntoView {
    let shelf = RwSignal::new(Shelf::Failures);
    let search = RwSignal::new(String::new());
    let begins = RwSignal::new(0_usize);
    let labels = starts
        .iter()
        .map(|start| start.label.clone())
        .collect::<Vec<_>>();
    let onset = Memo::new(move |_| {
        let place = begins.get().checked_sub(1)?;
        starts.get(place).map(|start| start.onset)
    });
    let found = Found {
        scenario: StoredValue::new(scenario),
        search: search.into(),
        onset: onset.into(),
        on_change,
    };
    let counts = Signal::derive(move || {
        search.with(|text| {
            let failures = Group::ALL.map(|group| failures(group, text).len());
            (failures.iter().sum(), stories(text).len())
        })
    });
    let is_nothing = move || match (shelf.get(), counts.get()) {
        (Shelf::Failures, (count, _)) | (Shelf::Stories, (_, count)) => count == 0,
    };
    view! {
        <div class="library-head">
            <h2 id="library-title" class="dialog-title">"Failure library"</h2>
            <button class="button-outlined" on:click=move |_| on_close.run(())>"Close"</button>
        </div>
        <LibraryTools shelf search begins labels counts />
        <div class="library-body" tabindex="0" role="region" aria-label="Found">
            <Show
                when=move || shelf.get() == Shelf::Failures
                fallback=move || view! { <FoundStories found /> }
            >
                <FoundFailures found />
            </Show>
            <p class="library-none" role="status">
                {move || is_nothing().then_some("Nothing here has these words.")}
            </p>
            <p class="library-legend muted">
                "Each picture: how strong it is over the first 30 minutes of a run."
            </p>
        </div>
    }
}
