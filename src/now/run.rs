//! The panels of the run: what goes on or how it went, the traffic, the log.

use super::{NowInput, NowPanel};
use crate::{
    events::{EventLog, LogInput, LogIntent},
    state::{
        playhead::{Motion, PlayerIntent},
        session::Session,
    },
    traffic::{TrafficInput, TrafficPanel},
    verdict::VerdictPanel,
};
use coalmine_flow::NodeId;
use leptos::prelude::*;
use std::sync::Arc;

/// The panels of the run on screen, one below the other.
#[component]
pub fn RunPanels(
    /// The session.
    session: Session,
    /// The node that is selected; a row of the log selects its own.
    selected: RwSignal<Option<NodeId>>,
) -> impl IntoView {
    let draft = session.draft;
    let diagram = Memo::new(move |_| {
        draft
            .drawing()
            .with(|drawing| Arc::new(drawing.diagram.clone()))
    });
    // Before the first run there is only the draft to speak of.
    let project = Memo::new(move |_| {
        session
            .running()
            .get()
            .unwrap_or_else(|| Arc::new(draft.project().get()))
    });
    let playing = Memo::new(move |_| {
        session
            .playhead()
            .with(|playhead| playhead.motion == Motion::Playing)
    });
    let (moment, recording, at) = (session.moment(), session.recording(), session.at());
    let now = NowInput {
        moment,
        recording,
        at,
        diagram: diagram.into(),
        project: project.into(),
    };
    let traffic = TrafficInput {
        moment,
        recording,
        at,
        playing: playing.into(),
    };
    let log = LogInput {
        recording,
        at,
        diagram: diagram.into(),
        project: project.into(),
        selected: selected.into(),
    };
    let on_log = Callback::new(move |LogIntent::Go(at, node)| {
        session.play(PlayerIntent::Seek(at));
        if node.is_some() {
            selected.set(node);
        }
    });
    let verdict = Memo::new(move |_| {
        let has_ended = moment.with(|moment| moment.ended.is_some());
        recording
            .with(|recording| recording.summary().cloned())
            .filter(|_| has_ended)
    });
    let faults = Memo::new(move |_| project.with(|project| project.scenario.faults.clone()));
    view! {
        <div class="right-run">
            <div class="run-state">
            {move || match verdict.get() {
                Some(summary) => {
                    view! { <VerdictPanel summary=Signal::stored(summary) faults /> }.into_any()
                }
                None => view! { <NowPanel input=now /> }.into_any(),
            }}
            </div>
            <TrafficPanel input=traffic />
        </div>
        <div class="right-events">
            <EventLog input=log on_intent=on_log />
        </div>
    }
}
