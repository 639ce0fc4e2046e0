//! An injected fault: what it is in a sentence, how to change it, how to take it away.

use super::{Param, describe, name_of, param_field::ParamField, pick::Pick, steps::shares};
use crate::state::{draft::Draft, edit::Edit};
use coalmine_controller::Time;
use coalmine_sim::{Fault, FaultKind, Onset, Target};
use coalmine_wire::quantity::format_weight;
use leptos::prelude::*;

const TARGETS: [(Target, &str); 4] = [
    (Target::Canary, "Canary"),
    (Target::Stable, "Stable"),
    (Target::Both, "Both versions"),
    (Target::Dependency, "What both depend on"),
];

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
    let words = move || fault.get().as_ref().map(describe);
    let has_size = move || {
        !matches!(
            fault.get().map(|fault| fault.kind),
            Some(FaultKind::Pipeline(_)) | None
        )
    };
    let change = move |change: &dyn Fn(&mut Fault)| {
        if let Some(mut fault) = fault.get_untracked() {
            change(&mut fault);
            draft.edit(Edit::Fault(index, fault));
        }
    };
    let target = Signal::derive(move || {
        let target = fault.get().map(|fault| fault.target);
        TARGETS
            .iter()
            .position(|(other, _)| Some(*other) == target)
            .unwrap_or_default()
    });
    let onsets = Memo::new(move |_| {
        let mut weights = draft.drawing().with(|drawing| shares(drawing));
        if let Some(Onset::Weight(own)) = fault.get().map(|fault| fault.onset)
            && !weights.contains(&own)
        {
            weights.push(own);
        }
        weights
    });
    let onset_words = Signal::derive(move || {
        let mut words = vec!["at a time".to_owned()];
        words.extend(
            onsets
                .get()
                .into_iter()
                .map(|weight| format!("at {}", format_weight(weight))),
        );
        words
    });
    let onset = Signal::derive(move || match fault.get().map(|fault| fault.onset) {
        Some(Onset::Weight(weight)) => onsets
            .get()
            .iter()
            .position(|other| *other == weight)
            .map_or(0, |place| place + 1),
        Some(Onset::At(_) | Onset::Step(_) | Onset::Age(_)) | None => 0,
    });
    let choose_onset = Callback::new(move |place: usize| {
        let weight = place
            .checked_sub(1)
            .and_then(|place| onsets.get_untracked().get(place).copied());
        change(&move |fault| fault.onset = weight.map_or(Onset::At(Time(0)), Onset::Weight));
    });
    let choose_target = Callback::new(move |place: usize| {
        if let Some((target, _)) = TARGETS.get(place) {
            change(&|fault| fault.target = *target);
        }
    });
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
            <p class="muted">{words}</p>
            <Show when=has_size>
                <details>
                    <summary>"Change"</summary>
                    <div class="fields">
                        <ParamField draft param=Param::FaultSize(index) />
                        <Pick
                            id=format!("fault-target-{index}")
                            label="Strikes"
                            options=target_words()
                            chosen=target
                            on_choose=choose_target
                        />
                        <Pick
                            id=format!("fault-onset-{index}")
                            label="Begins"
                            options=onset_words
                            chosen=onset
                            on_choose=choose_onset
                        />
                        <Show when=move || onset.get() == 0>
                            <ParamField draft param=Param::FaultStart(index) />
                        </Show>
                        <ParamField draft param=Param::FaultRamp(index) />
                        <ParamField draft param=Param::FaultLasts(index) />
                    </div>
                </details>
            </Show>
        </li>
    }
}

fn target_words() -> Vec<String> {
    TARGETS
        .iter()
        .map(|(_, words)| (*words).to_owned())
        .collect()
}
