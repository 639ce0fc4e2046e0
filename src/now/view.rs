//! The panel NOW.

use super::{check_list::CheckList, gate::gate_now, preview::trigger_lines, sentence::headline};
use crate::{
    events::fault_words,
    playback::{Moment, Recording},
};
use coalmine_controller::Time;
use coalmine_flow::Diagram;
use coalmine_wire::Project;
use leptos::prelude::*;
use std::sync::Arc;

/// Everything that the panel reads.
#[derive(Clone, Copy)]
pub struct NowInput {
    /// What is on screen.
    pub moment: Signal<Arc<Moment>>,
    /// What was received of the run.
    pub recording: Signal<Arc<Recording>>,
    /// The instant on screen.
    pub at: Signal<Time>,
    /// What the nodes are called.
    pub diagram: Signal<Arc<Diagram>>,
    /// What is judged, and what is broken.
    pub project: Signal<Arc<Project>>,
}

/// What goes on.
#[component]
pub fn NowPanel(
    /// What it reads.
    input: NowInput,
) -> impl IntoView {
    let words = Memo::new(move |_| {
        input.moment.with(|moment| {
            input
                .diagram
                .with(|diagram| headline(moment, diagram, input.at.get()))
        })
    });
    let gate = Memo::new(move |_| gate_now(input));
    let triggers = Memo::new(move |_| {
        let is_armed = input
            .moment
            .with(|moment| 0 < moment.traffic.routed.basis_points() && moment.ended.is_none());
        if !is_armed {
            return Vec::new();
        }
        input.project.with(|project| {
            input.recording.with(|recording| {
                trigger_lines(&project.policy.triggers, recording, input.at.get())
            })
        })
    });
    let faults = Memo::new(move |_| {
        input.project.with(|project| {
            input.moment.with(|moment| {
                let active = moment.faults.iter();
                active
                    .filter_map(|index| project.scenario.faults.get(*index as usize))
                    .map(fault_words)
                    .collect::<Vec<_>>()
            })
        })
    });
    view! {
        <section class="panel now" aria-labelledby="now-title">
            <h2 id="now-title">"Now"</h2>
            <p class="now-words">{move || words.get()}</p>
            <ul class="now-faults">
                <For each=move || faults.get() key=String::clone let:fault>
                    <li>
                        <span class="now-flag" aria-hidden="true">"⚑"</span>
                        {format!("Fault: {fault}")}
                    </li>
                </For>
            </ul>
            <div class="now-gate" class:is-empty=move || gate.with(|gate| gate.title.is_empty())>
                <h3>{move || gate.with(|gate| gate.title.clone())}</h3>
                <p class="now-note">{move || gate.with(|gate| gate.note.clone())}</p>
                <CheckList lines=Signal::derive(move || gate.with(|gate| gate.lines.clone())) />
                <CheckList lines=triggers is_limit=true />
            </div>
        </section>
    }
}
