//! What can be chosen about a fault: whom it strikes, and when it begins.

use super::{Param, param_field::ParamField, pick::Pick, steps::shares};
use crate::state::{draft::Draft, edit::Edit};
use coalmine_controller::{Time, Weight};
use coalmine_sim::{Fault, Onset, Target};
use coalmine_wire::quantity::format_weight;
use leptos::prelude::*;

const TARGETS: [(Target, &str); 4] = [
    (Target::Canary, "Canary"),
    (Target::Stable, "Stable"),
    (Target::Both, "Both versions"),
    (Target::Dependency, "What both depend on"),
];

/// The choices of the fault at a place in the project's list.
#[component]
pub fn FaultChoices(
    /// The project.
    draft: Draft,
    /// The place.
    index: usize,
    /// The fault.
    fault: Memo<Option<Fault>>,
) -> impl IntoView {
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
        let weights = draft.drawing().with(|drawing| shares(drawing));
        with_own(weights, fault.get().map(|fault| fault.onset))
    });
    let onset_words = Signal::derive(move || onset_words(&onsets.get()));
    let onset = Signal::derive(move || place_of(&onsets.get(), fault.get().map(|it| it.onset)));
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
    }
}

/// The shares that a fault can wait for: those of the steps, and its own.
fn with_own(mut weights: Vec<Weight>, own: Option<Onset>) -> Vec<Weight> {
    if let Some(Onset::Weight(own)) = own
        && !weights.contains(&own)
    {
        weights.push(own);
    }
    weights
}

fn onset_words(weights: &[Weight]) -> Vec<String> {
    let shares = weights.iter();
    let shares = shares.map(|weight| format!("at {}", format_weight(*weight)));
    std::iter::once("at a time".to_owned())
        .chain(shares)
        .collect()
}

/// Which of the words an onset is.
fn place_of(weights: &[Weight], onset: Option<Onset>) -> usize {
    match onset {
        Some(Onset::Weight(weight)) => weights
            .iter()
            .position(|other| *other == weight)
            .map_or(0, |place| place + 1),
        Some(Onset::At(_) | Onset::Step(_) | Onset::Age(_)) | None => 0,
    }
}

fn target_words() -> Vec<String> {
    TARGETS
        .iter()
        .map(|(_, words)| (*words).to_owned())
        .collect()
}
