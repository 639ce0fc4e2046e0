//! A failure or a story of the library: what it is, how it looks, and what to do with it.

use super::{
    fault::onset_words,
    shape::{HEIGHT, WIDTH, shape},
    starts::Start,
};
use crate::format::sentence_case;
use coalmine_controller::Time;
use coalmine_sim::{Fault, FaultKind, Onset};
use leptos::prelude::*;

/// One entry. With a fault, choosing it offers when it begins; without, it is done at once.
#[component]
pub fn LibraryRow(
    /// Tells it apart.
    id: &'static str,
    /// As people call it.
    name: &'static str,
    /// In a sentence.
    says: &'static str,
    /// What its picture shows, and when it begins by itself.
    #[prop(optional, into)]
    fault: Option<Fault>,
    /// When else it may begin.
    starts: Signal<Vec<Start>>,
    /// What the button does.
    verb: &'static str,
    /// It was chosen, to begin then.
    on_choose: Callback<Onset>,
) -> impl IntoView {
    let is_open = RwSignal::new(false);
    // What strikes before any pod is touched has no beginning to choose.
    let own = fault.map_or(Onset::At(Time(0)), |fault| fault.onset);
    let has_choice = fault.is_some_and(|fault| !matches!(fault.kind, FaultKind::Pipeline(_)));
    let choose = move |_| {
        if has_choice {
            is_open.update(|open| *open = !*open);
        } else {
            on_choose.run(own);
        }
    };
    let offered = move || {
        let mut offered = starts.get();
        if offered.iter().all(|start| start.onset != own) {
            let label = sentence_case(&onset_words(own));
            offered.insert(0, Start { onset: own, label });
        }
        offered
    };
    let picture = fault.map(|fault| {
        view! {
            <svg class="library-shape" viewBox=format!("0 0 {WIDTH} {HEIGHT}") aria-hidden="true">
                <path d=shape(&fault) />
            </svg>
        }
    });
    view! {
        <li class="library-row" data-entry=id>
            <div class="library-words">
                <h4>{name}</h4>
                <p class="muted">{says}</p>
            </div>
            {picture}
            <button
                class="button-outlined"
                aria-label=format!("{verb}: {name}")
                aria-expanded=move || has_choice.then(|| is_open.get().to_string())
                on:click=choose
            >
                {verb}
            </button>
            <Show when=move || is_open.get()>
                <div class="fault-starts" role="group" aria-label=format!("{name}: when does it begin?")>
                    <For each=offered key=Start::clone let:start>
                        <button class="button-outlined" on:click=move |_| on_choose.run(start.onset)>
                            {start.label}
                        </button>
                    </For>
                </div>
            </Show>
        </li>
    }
}
