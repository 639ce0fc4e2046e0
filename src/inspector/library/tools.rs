//! Over the sheet: failures or stories, a search, and when a failure is to begin.

use crate::inspector::pick::Pick;
use leptos::prelude::*;

/// Which half of the library is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shelf {
    /// Each failure by itself.
    Failures,
    /// Releases with a story.
    Stories,
}

/// What to look for.
#[component]
pub fn LibraryTools(
    /// What is open.
    shelf: RwSignal<Shelf>,
    /// Words to look for.
    search: RwSignal<String>,
    /// When failures begin: as they usually do (0), or by the place of a label, counted from one.
    begins: RwSignal<usize>,
    /// When else they may begin.
    labels: Vec<String>,
    /// How many failures, and how many stories, are found.
    #[prop(into)]
    counts: Signal<(usize, usize)>,
) -> impl IntoView {
    let own = std::iter::once("As it usually does".to_owned());
    let options = Signal::stored(own.chain(labels).collect::<Vec<_>>());
    let button = move |of: Shelf, words: &'static str| {
        let count = move || match of {
            Shelf::Failures => counts.get().0,
            Shelf::Stories => counts.get().1,
        };
        view! {
            <button
                aria-pressed=move || (shelf.get() == of).to_string()
                on:click=move |_| shelf.set(of)
            >
                {words}
                <span class="library-count">{count}</span>
            </button>
        }
    };
    view! {
        <div class="library-tools">
            <div class="library-shelves" role="group" aria-label="Show">
                {button(Shelf::Failures, "Failures")} {button(Shelf::Stories, "Stories")}
            </div>
            <input
                type="search"
                aria-label="Search"
                placeholder="Search"
                autocomplete="off"
                prop:value=move || search.get()
                on:input=move |event| search.set(event_target_value(&event))
            />
            <div class="library-begins" class:is-idle=move || shelf.get() == Shelf::Stories>
                <Pick
                    id="library-begins"
                    label="Begins"
                    options
                    chosen=begins
                    on_choose=Callback::new(move |place| begins.set(place))
                />
            </div>
        </div>
    }
}
