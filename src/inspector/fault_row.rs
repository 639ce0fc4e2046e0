//! An injected fault: what it is in a sentence, how to change it, how to take it away.

use super::{
    Knob, Param, describe, fault::size_of, fault_choices::FaultChoices, knob_field::KnobField,
    name_of, param_field::ParamField,
};
use crate::state::{draft::Draft, edit::Edit};
use coalmine_sim::FaultKind;
use leptos::prelude::*;

/// The fault at a place in the project's list.
#[component]
pub fn FaultRow(
    /// The project.
    draft: Draft,
    /// The place.
    index: usize,
) -> impl IntoView {
    let fault = draft.part(move |project| project.scenario.faults.get(index).copied());
    let name = move || fault.get().map_or("", |fault| name_of(fault.kind));
    let words = draft.part(move |project| {
        let scenario = &project.scenario;
        let fault = scenario.faults.get(index)?;
        Some(describe(fault, &scenario.traffic))
    });
    let has_number = move || {
        fault
            .get()
            .is_some_and(|fault| size_of(fault.kind).is_some())
    };
    let has_size = move || {
        !matches!(
            fault.get().map(|fault| fault.kind),
            Some(FaultKind::Pipeline(_)) | None
        )
    };
    view! {
        <li class="fault-row">
            <div class="fault-row-head">
                <span class="fault-row-name">{name}</span>
                <button
                    class="button-icon"
                    aria-label=move || format!("Remove {}", name())
                    on:click=move |_| draft.edit(Edit::RemoveFault(index))
                >
                    <span aria-hidden="true">"×"</span>
                </button>
            </div>
            <p class="muted">{move || words.get()}</p>
            <Show when=has_size>
                <details>
                    <summary>"Change"</summary>
                    <div class="fields">
                        <Show when=has_number>
                            <ParamField draft param=Param::FaultSize(index) />
                        </Show>
                        <KnobField draft knob=Knob::FaultTail(index) />
                        <KnobField draft knob=Knob::FaultLoad(index) />
                        <KnobField draft knob=Knob::FaultSettles(index) />
                        <FaultChoices draft index fault />
                    </div>
                </details>
            </Show>
        </li>
    }
}
