//! The panel NOW.

use super::{
    checks::{CheckLine, decision_lines, shared_basis},
    preview::{checks_of, last_change, next_gate, preview, trigger_lines},
    sentence::headline,
};
use crate::{
    events::{fault_words, row::node_name},
    format,
    playback::{Judged, Moment, Recording},
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

/// What the panel says of a gate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct GateNow {
    title: String,
    note: String,
    lines: Vec<CheckLine>,
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

/// Checks, one below the other.
#[component]
pub fn CheckList(
    /// What they say.
    #[prop(into)]
    lines: Signal<Vec<CheckLine>>,
    /// Whether they are hard limits, which say their windows.
    #[prop(optional)]
    is_limit: bool,
) -> impl IntoView {
    view! {
        <ul class="checks" class:is-limits=is_limit>
            {move || {
                lines
                    .get()
                    .into_iter()
                    .map(|line| {
                        view! {
                            <li
                                class=format!("check is-{}", line.verdict.class())
                                title=line.basis.clone()
                            >
                                <span class="check-mark" aria-hidden="true">{line.verdict.mark()}</span>
                                <span class="check-name">{line.name}</span>
                                <span class="check-value">{line.value}</span>
                                <span class="check-bound">{line.bound}</span>
                                <span class="check-word">{line.verdict.word()}</span>
                                <span class="check-basis">{line.basis.clone()}</span>
                            </li>
                        }
                    })
                    .collect_view()
            }}
        </ul>
    }
}

/// The gate ahead while the canary has traffic; after the end, the last one that decided.
fn gate_now(input: NowInput) -> GateNow {
    input.moment.with(|moment| {
        input.diagram.with(|diagram| {
            let ahead = moment
                .token
                .filter(|_| moment.ended.is_none() && 0 < moment.traffic.routed.basis_points())
                .and_then(|token| next_gate(diagram, token));
            match ahead {
                Some(gate) => {
                    let lines = input.recording.with(|recording| {
                        input.project.with(|project| {
                            let since = last_change(recording, moment);
                            let checks = checks_of(&project.policy, gate);
                            preview(checks, recording, since, input.at.get())
                        })
                    });
                    GateNow::new(node_name(diagram, gate), "Next gate, so far", lines)
                }
                None => latest(moment).map_or_else(GateNow::default, |judged| {
                    let name = node_name(diagram, judged.decision.node);
                    let when = format!("Decided at {}", format::clock(judged.at));
                    GateNow::new(name, &when, decision_lines(&judged.decision))
                }),
            }
        })
    })
}

impl GateNow {
    fn new(title: String, when: &str, lines: Vec<CheckLine>) -> Self {
        let basis = shared_basis(&lines);
        let note = if basis.is_empty() {
            when.to_owned()
        } else {
            format!("{when}: {basis}")
        };
        Self { title, note, lines }
    }
}

fn latest(moment: &Moment) -> Option<&Judged> {
    moment.decisions.values().max_by_key(|judged| judged.at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::now::checks::CheckVerdict;

    #[test]
    fn a_check_is_told_by_mark_and_word_beside_its_numbers() {
        let html = Owner::new().with(|| {
            let line = CheckLine {
                name: "Error rate".to_owned(),
                value: "2.1 %".to_owned(),
                bound: "< 1 %".to_owned(),
                basis: "12,431 requests, 5 min".to_owned(),
                verdict: CheckVerdict::Unhealthy,
            };
            view! { <CheckList lines=Signal::stored(vec![line]) /> }.to_html()
        });
        for part in ["✕", "unhealthy", "2.1 %", "&lt; 1 %", "12,431 requests"] {
            assert!(html.contains(part), "{part}: {html}");
        }
    }
}
