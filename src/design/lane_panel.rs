//! The lane that is chosen: its name and its place among the others.

use super::chosen::{Chosen, Hand};
use crate::inspector::field::Field;
use coalmine_flow::{LaneIx, edit::Change};
use leptos::prelude::*;

/// The lane.
#[component]
pub fn LanePanel(
    /// Who changes it.
    hand: Hand,
    /// Which.
    id: LaneIx,
) -> impl IntoView {
    let label = Signal::derive(move || {
        hand.draft.drawing().with(|drawing| {
            let lane = drawing.diagram.lane(id);
            lane.map_or_else(String::new, |lane| lane.label.clone())
        })
    });
    let count = Memo::new(move |_| hand.draft.drawing().with(|it| it.diagram.lanes.len()));
    let rename = Callback::new(move |text: String| {
        hand.change(&Change::RenameLane(id, text));
        Ok(())
    });
    let place = id.0 as usize;
    let up = move |_| {
        if let Some(above) = id.0.checked_sub(1)
            && hand.change(&Change::MoveLane(id, Some(LaneIx(above))))
        {
            hand.chosen.set(Chosen::Lane(LaneIx(above)));
        }
    };
    let down = move |_| {
        // Before the one behind the next, or at the end.
        let behind = LaneIx(id.0 + 2);
        let before = (place + 2 < count.get_untracked()).then_some(behind);
        if hand.change(&Change::MoveLane(id, before)) {
            hand.chosen.set(Chosen::Lane(LaneIx(id.0 + 1)));
        }
    };
    view! {
        <section class="panel" aria-label="The chosen lane">
            <h2 class="panel-title">"Lane"</h2>
            <Field id="design-label" label="Name" value=label commit=rename />
            <div class="design-acts">
                <button class="button-outlined" disabled=place == 0 on:click=up>"Move up"</button>
                <button class="button-outlined" disabled=move || count.get() <= place + 1 on:click=down>"Move down"</button>
                <button class="button-outlined" on:click=move |_| hand.remove()>"Delete"</button>
            </div>
        </section>
    }
}
