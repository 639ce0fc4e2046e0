//! BREAK IT: the faults that can be injected, and those that are.

use super::{FaultChoice, fault_card::FaultCard, fault_row::FaultRow, library::Library, starts};
use crate::state::{draft::Draft, edit::Edit, notice::Notice};
use coalmine_controller::Time;
use coalmine_sim::{Fault, Onset};
use leptos::prelude::*;

/// What can be broken, and what is.
#[component]
pub fn BreakIt(
    /// The project.
    draft: Draft,
    /// The instant on screen.
    #[prop(into)]
    at: Signal<Time>,
    /// What to tell when a story takes the place of the scenario.
    on_notice: Callback<Notice>,
) -> impl IntoView {
    let open = RwSignal::new(None::<FaultChoice>);
    let starts = Signal::derive(move || {
        // Closed cards need no clock.
        let now = open.get().map_or(Time(0), |_| at.get());
        draft.drawing().with(|drawing| starts::starts(drawing, now))
    });
    let inject = Callback::new(move |fault: Fault| draft.edit(Edit::AddFault(fault)));
    let count = draft.part(|project| project.scenario.faults.len());
    let card = move |choice| view! { <FaultCard choice open starts on_inject=inject /> };
    view! {
        <section class="panel panel-break" aria-labelledby="break-it">
            <h2 id="break-it" class="panel-title">"Break it"</h2>
            <div class="fault-cards">{FaultChoice::RUNNING.map(card).collect_view()}</div>
            <Library draft at on_notice />
            <ul class="fault-list" aria-label="Injected faults">
                <For each=move || 0..count.get() key=|index| *index let:index>
                    <FaultRow draft index />
                </For>
            </ul>
            <details class="panel-more">
                <summary>"Break the pipeline"</summary>
                <div class="row">
                    {FaultChoice::PIPELINE
                        .map(|choice| {
                            view! {
                                <button
                                    class="button-outlined"
                                    on:click=move |_| inject.run(choice.fault(Onset::At(Time(0))))
                                >
                                    {choice.label()}
                                </button>
                            }
                        })
                        .collect_view()}
                </div>
            </details>
        </section>
    }
}
