//! What can be changed about a fault: whom it strikes, when it begins, how it goes on.

use super::{
    Knob, Param,
    fault_options::{has_target, onsets, reaches, rhythms},
    knob_field::KnobField,
    param_field::ParamField,
    pick::Choose,
    steps::shares,
};
use crate::state::{draft::Draft, edit::Edit};
use coalmine_controller::Time;
use coalmine_sim::{Fault, Onset, Target};
use leptos::prelude::*;

fn targets() -> Vec<(Target, String)> {
    [
        (Target::Canary, "Canary"),
        (Target::Stable, "Stable"),
        (Target::Both, "Both versions"),
        (Target::Dependency, "What both need"),
    ]
    .map(|(target, words)| (target, words.to_owned()))
    .to_vec()
}

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
    let targets = Signal::stored(targets());
    let beginnings = Signal::derive(move || {
        let weights = draft.drawing().with(|drawing| shares(drawing));
        onsets(&weights, fault.get().map(|fault| fault.onset))
    });
    let parts = Signal::derive(move || {
        let Some(fault) = fault.get() else {
            return Vec::new();
        };
        draft
            .project()
            .with(|project| reaches(fault.kind, &project.scenario.traffic, Some(fault.reach)))
    });
    let courses = Signal::derive(move || rhythms(fault.get().and_then(|it| it.flapping)).to_vec());
    let is_timed = move || {
        fault
            .get()
            .is_some_and(|it| matches!(it.onset, Onset::At(_)))
    };
    let id = move |what: &str| format!("fault-{what}-{index}");
    view! {
        <Show when=move || fault.get().is_some_and(|it| has_target(it.kind))>
            <Choose
                id=id("target")
                label="Strikes"
                options=targets
                chosen=Signal::derive(move || fault.get().map_or(Target::Canary, |it| it.target))
                on_choose=Callback::new(move |target| change(&move |fault| fault.target = target))
            />
        </Show>
        <Show when=move || 1 < parts.with(Vec::len)>
            <Choose
                id=id("reach")
                label="Which part"
                options=parts
                chosen=Signal::derive(move || fault.get().map(|it| it.reach).unwrap_or_default())
                on_choose=Callback::new(move |reach| change(&move |fault| fault.reach = reach))
            />
        </Show>
        <KnobField draft knob=Knob::FaultPods(index) />
        <Choose
            id=id("onset")
            label="Begins"
            options=beginnings
            chosen=Signal::derive(move || fault.get().map_or(Onset::At(Time(0)), |it| it.onset))
            on_choose=Callback::new(move |onset| change(&move |fault| fault.onset = onset))
        />
        <Show when=is_timed>
            <ParamField draft param=Param::FaultStart(index) />
        </Show>
        <KnobField draft knob=Knob::FaultStep(index) />
        <KnobField draft knob=Knob::FaultAge(index) />
        <ParamField draft param=Param::FaultRamp(index) />
        <ParamField draft param=Param::FaultLasts(index) />
        <Choose
            id=id("rhythm")
            label="Is on"
            options=courses
            chosen=Signal::derive(move || fault.get().and_then(|it| it.flapping))
            on_choose=Callback::new(move |rhythm| change(&move |fault| fault.flapping = rhythm))
        />
        <KnobField draft knob=Knob::FaultOn(index) />
        <KnobField draft knob=Knob::FaultOff(index) />
    }
}
