//! The charts of the session: what they read of it, and what they want of it.

use super::{
    bench::{Charts, ChartsInput},
    outline::{Outline, expected},
};
use crate::state::{
    appearance::{Appearance, ChartLines},
    playhead::{Motion, PlayerIntent},
    session::Session,
};
use coalmine_controller::{Time, compile};
use leptos::prelude::*;
use std::sync::Arc;

/// The charts of the run on screen.
#[component]
pub fn SessionCharts(
    /// The session.
    session: Session,
    /// What they draw.
    appearance: Appearance,
    /// Where the crosshair stands; only the charts write it.
    cursor: RwSignal<Option<Time>>,
) -> impl IntoView {
    let draft = session.draft;
    let policy = draft.part(|project| Arc::new(project.policy.clone()));
    let scenario = draft.part(|project| project.scenario.clone());
    let outline = Memo::new(move |_| {
        draft.drawing().with(|drawing| {
            policy.with(|policy| {
                let compiled = compile(&drawing.diagram, policy);
                scenario.with(|scenario| {
                    Arc::new(if compiled.plan.is_some() {
                        expected(&drawing.diagram, &compiled, scenario)
                    } else {
                        Outline::default()
                    })
                })
            })
        })
    });
    let playing = Memo::new(move |_| {
        session
            .playhead()
            .with(|playhead| playhead.motion == Motion::Playing)
    });
    let input = ChartsInput {
        recording: session.recording(),
        at: session.at(),
        playing: playing.into(),
        policy: policy.into(),
        outline: outline.into(),
        lines: appearance.lines(),
    };
    let on_lines = Callback::new(move |lines: ChartLines| appearance.choose_lines(lines));
    let on_seek = Callback::new(move |at| session.play(PlayerIntent::Seek(at)));
    view! { <Charts input cursor on_seek on_lines /> }
}
