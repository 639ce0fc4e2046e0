//! One thing to break: click it, choose when it begins, done.

use super::{FaultChoice, fault::size_of, icon::FaultIcon, starts::Start};
use coalmine_sim::{Fault, Onset};
use leptos::prelude::*;

/// A card of a fault. A second click, on a beginning, injects it.
#[component]
pub fn FaultCard(
    /// What it breaks.
    choice: FaultChoice,
    /// The card that is open, if any.
    open: RwSignal<Option<FaultChoice>>,
    /// The beginnings to choose from.
    #[prop(into)]
    starts: Signal<Vec<Start>>,
    /// What to do with the fault.
    on_inject: Callback<Fault>,
) -> impl IntoView {
    let is_open = Memo::new(move |_| open.get() == Some(choice));
    let toggle = move |_| {
        open.update(|open| *open = (*open != Some(choice)).then_some(choice));
    };
    let inject = move |onset: Onset| {
        open.set(None);
        on_inject.run(choice.fault(onset));
    };
    let menu = format!("start-of-{choice:?}");
    let controls = menu.clone();
    view! {
        <div class="fault-card" class:is-open=is_open>
            <button
                class="fault-card-button"
                aria-expanded=move || is_open.get().to_string()
                aria-controls=controls
                on:click=toggle
            >
                <FaultIcon choice />
                <span class="fault-card-name">{choice.label()}</span>
                <span class="fault-card-size">{size_of(choice.kind())}</span>
            </button>
            <div
                id=menu
                class="fault-starts"
                role="group"
                aria-label=format!("{}: when does it begin?", choice.label())
                hidden=move || !is_open.get()
            >
                <For each=move || starts.get() key=Start::clone let:start>
                    <button class="button-outlined" on:click=move |_| inject(start.onset)>
                        {start.label}
                    </button>
                </For>
            </div>
        </div>
    }
}
