//! The node that is chosen: what it says, what that means, and where its edges lead.

use super::{chosen::Hand, ways::Ways};
use crate::inspector::{field::Field, pick::Choose};
use coalmine_flow::{LaneIx, Node, NodeId, Shape, edit::Change};
use leptos::prelude::*;

/// The node as it is now; nothing once it is gone.
fn node_now(hand: Hand, id: NodeId) -> Option<Node> {
    hand.draft
        .drawing()
        .with(|drawing| drawing.diagram.node(id).cloned())
}

/// The node.
#[component]
pub fn NodePanel(
    /// Who changes it.
    hand: Hand,
    /// Which.
    id: NodeId,
) -> impl IntoView {
    let label = Signal::derive(move || node_now(hand, id).map_or_else(String::new, |it| it.label));
    let meaning = Memo::new(move |_| {
        hand.draft.drawing().with(|drawing| {
            let found = drawing.meanings.iter().find(|it| it.node == id);
            found.map_or_else(String::new, |it| it.words.clone())
        })
    });
    let rename = Callback::new(move |text: String| {
        hand.change(&Change::SetLabel(id, text));
        Ok(())
    });
    view! {
        <section class="panel" aria-label="The chosen node">
            <h2 class="panel-title">{format!("Node {id}")}</h2>
            <Field id="design-label" label="Label" value=label commit=rename />
            <p class="design-meaning">
                <span class="muted">"Understood as "</span>
                {move || meaning.get()}
            </p>
            <NodeChoices hand id />
            <div class="design-acts">
                <button class="button-outlined" aria-keyshortcuts="Control+D" on:click=move |_| hand.duplicate()>"Duplicate"</button>
                <button class="button-outlined" aria-keyshortcuts="Delete" on:click=move |_| hand.remove()>"Delete"</button>
            </div>
            <Ways hand id />
        </section>
    }
}

/// Its shape and its lane.
#[component]
fn NodeChoices(
    /// Who changes it.
    hand: Hand,
    /// Which.
    id: NodeId,
) -> impl IntoView {
    let shapes = Signal::stored(vec![
        (Shape::Circle, "circle".to_owned()),
        (Shape::Rectangle, "rectangle".to_owned()),
        (Shape::Diamond, "diamond".to_owned()),
        (Shape::Taskbox, "taskbox".to_owned()),
    ]);
    let shape = Signal::derive(move || node_now(hand, id).map_or(Shape::Rectangle, |it| it.shape));
    let lanes = Signal::derive(move || {
        hand.draft.drawing().with(|drawing| {
            let lanes = (0..).map(LaneIx).zip(&drawing.diagram.lanes);
            lanes
                .map(|(ix, lane)| (ix, lane.label.clone()))
                .collect::<Vec<_>>()
        })
    });
    let lane = Signal::derive(move || node_now(hand, id).map_or(LaneIx(0), |it| it.lane));
    view! {
        <Choose
            id="design-shape"
            label="Shape"
            options=shapes
            chosen=shape
            on_choose=Callback::new(move |shape| {
                hand.change(&Change::SetShape(id, shape));
            })
        />
        <Choose
            id="design-lane"
            label="Lane"
            options=lanes
            chosen=lane
            on_choose=Callback::new(move |lane| {
                hand.change(&Change::MoveNode(id, lane));
            })
        />
    }
}
