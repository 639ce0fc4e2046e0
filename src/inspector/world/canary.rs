//! The canary by itself: how it behaves where it differs from stable, even while nothing is wrong.

use super::{
    Knobs, change,
    versions::{LatencyFields, PodFields},
};
use crate::{inspector::Knob, state::draft::Draft};
use coalmine_controller::Version;
use leptos::prelude::*;

/// The canary by itself: as stable, until something is changed.
#[component]
pub fn CanaryFields(
    /// The project.
    draft: Draft,
) -> impl IntoView {
    let is_same = draft.part(|project| project.scenario.canary == project.scenario.stable);
    let version = Version::Canary;
    view! {
        <p class="group-words muted">
            {move || {
                if is_same.get() {
                    "It behaves as stable does. What is changed here holds for the canary alone."
                } else {
                    "It differs from stable, even without a fault."
                }
            }}
        </p>
        <div class="fields">
            <LatencyFields draft version />
            <Knobs draft knobs=[Knob::Errors(version), Knob::Cpu(version), Knob::Memory(version)] />
            <PodFields draft version />
        </div>
        <Show when=move || !is_same.get()>
            <button
                class="button-outlined part-add"
                on:click=move |_| {
                    change(draft, |scenario| scenario.canary = scenario.stable.clone());
                }
            >
                "Behave as stable again"
            </button>
        </Show>
    }
}
