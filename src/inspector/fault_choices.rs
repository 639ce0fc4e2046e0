//! What can be chosen about a fault: whom it strikes, and when it begins.

use super::{Param, param_field::ParamField, pick::Pick, steps::shares};
use crate::state::{draft::Draft, edit::Edit};
use coalmine_controller::{Time, Weight};
use coalmine_sim::{Fault, Onset, Target};
use coalmine_wire::quantity::{format_duration, format_weight};
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
        with_own(&weights, fault.get().map(|fault| fault.onset))
    });
    let onset_words = Signal::derive(move || onset_words(&onsets.get()));
    let onset = Signal::derive(move || place_of(&onsets.get(), fault.get().map(|it| it.onset)));
    let choose_onset = Callback::new(move |place: usize| {
        let onset = onsets.with_untracked(|onsets| onsets.get(place).copied());
        change(&move |fault| fault.onset = onset.unwrap_or(Onset::At(Time(0))));
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

/// The beginnings to choose from: a time, the shares of the steps, and its own. The time comes first.
fn with_own(weights: &[Weight], own: Option<Onset>) -> Vec<Onset> {
    let mut onsets = vec![Onset::At(Time(0))];
    onsets.extend(weights.iter().copied().map(Onset::Weight));
    if let Some(own @ (Onset::Weight(_) | Onset::Step(_) | Onset::Age(_))) = own
        && !onsets.contains(&own)
    {
        onsets.push(own);
    }
    onsets
}

fn onset_words(onsets: &[Onset]) -> Vec<String> {
    onsets
        .iter()
        .map(|onset| match onset {
            Onset::At(_) => "at a time".to_owned(),
            Onset::Weight(weight) => format!("at {}", format_weight(*weight)),
            Onset::Step(step) => format!("at step {step}"),
            Onset::Age(age) => format!("after {} of service", format_duration(*age)),
        })
        .collect()
}

/// Which of the choices an onset is.
fn place_of(onsets: &[Onset], onset: Option<Onset>) -> usize {
    onsets
        .iter()
        .position(|other| Some(*other) == onset)
        .unwrap_or_default()
}

fn target_words() -> Vec<String> {
    TARGETS
        .iter()
        .map(|(_, words)| (*words).to_owned())
        .collect()
}
