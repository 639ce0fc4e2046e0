//! The place: code, drawing, and beside them what is chosen and the review.

use super::{
    begin::Begin,
    canvas::Canvas,
    chosen::{Chosen, Hand},
    edge_panel::EdgePanel,
    lane_panel::LanePanel,
    node_panel::NodePanel,
    palette::Palette,
    review_panel::ReviewPanel,
    steps::{Steps, redo, undo},
};
use crate::{
    code_pane::CodePane,
    state::{notice::Notice, session::Session},
};
use leptos::{ev, prelude::*, wasm_bindgen::JsCast};

/// Whether words are typed there.
fn is_typing(event: &ev::KeyboardEvent) -> bool {
    let target = event
        .target()
        .and_then(|it| it.dyn_into::<web_sys::Element>().ok());
    let field = target.and_then(|it| it.closest("input, textarea, select").ok().flatten());
    field.is_some()
}

/// What keys do in the place, outside fields.
fn press(hand: Hand, event: &ev::KeyboardEvent) {
    if event.default_prevented() || is_typing(event) {
        return;
    }
    let command = event.ctrl_key() || event.meta_key();
    match (event.key().as_str(), command, event.shift_key()) {
        ("z", true, false) => undo(hand.draft),
        ("z" | "Z", true, true) | ("y", true, false) => redo(hand.draft),
        ("d", true, false) => hand.duplicate(),
        ("Delete" | "Backspace", false, _) => hand.remove(),
        ("Escape", false, _) => hand.chosen.set(Chosen::Nothing),
        _ => return,
    }
    event.prevent_default();
}

/// The designer.
#[component]
pub fn Design(
    /// The session.
    session: Session,
    /// Something to tell.
    on_notice: Callback<Notice>,
) -> impl IntoView {
    let hand = Hand {
        draft: session.draft,
        chosen: RwSignal::new(Chosen::Nothing),
        on_notice,
    };
    let leave = Callback::new(|()| ());
    let of_chosen = move || {
        match hand.chosen.get() {
        Chosen::Nothing => view! {
            <section class="panel" aria-label="Nothing is chosen">
                <h2 class="panel-title">"Nothing chosen"</h2>
                <p class="muted">
                    "Choose a node, an edge or a lane's name. Drag a node to another lane, or draw a line from a side of a node to \
                     another node. Shift chooses several."
                </p>
            </section>
        }
        .into_any(),
        Chosen::Nodes(nodes) => match nodes.as_slice() {
            [only] => view! { <NodePanel hand id=*only /> }.into_any(),
            several => view! { <Several hand count=several.len() /> }.into_any(),
        },
        Chosen::Edge(id) => view! { <EdgePanel hand id /> }.into_any(),
        Chosen::Lane(id) => view! { <LanePanel hand id /> }.into_any(),
    }
    };
    view! {
        <div class="design" on:keydown=move |event| press(hand, &event)>
            <div class="design-code"><CodePane draft=session.draft on_leave=leave /></div>
            <div class="design-centre">
                <div class="design-tools">
                    <Palette hand />
                    <Steps draft=session.draft />
                </div>
                <div class="design-canvas" role="region" aria-label="Drawing"><Canvas hand /></div>
            </div>
            <aside class="design-side" aria-label="What is chosen, and the review">
                {of_chosen}
                <ReviewPanel hand />
                <Begin hand />
            </aside>
        </div>
    }
}

/// Several nodes are chosen.
#[component]
fn Several(
    /// Who changes them.
    hand: Hand,
    /// How many.
    count: usize,
) -> impl IntoView {
    view! {
        <section class="panel" aria-label="The chosen nodes">
            <h2 class="panel-title">{format!("{count} nodes")}</h2>
            <div class="design-acts">
                <button class="button-outlined" on:click=move |_| hand.duplicate()>"Duplicate"</button>
                <button class="button-outlined" on:click=move |_| hand.remove()>"Delete"</button>
            </div>
        </section>
    }
}
