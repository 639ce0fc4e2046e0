//! What can be added: shapes, and ready blocks that bring their edges.

use super::{
    board::write_label,
    chosen::{Chosen, Hand},
};
use coalmine_flow::{EdgeId, LaneIx, Shape, edit::Change};
use leptos::prelude::*;

/// The shapes, with what they are for.
const SHAPES: [(Shape, &str, &str); 4] = [
    (Shape::Rectangle, "Step", "New step"),
    (Shape::Diamond, "Gate", "Healthy?"),
    (Shape::Circle, "Start or end", "End"),
    (Shape::Taskbox, "Task", "New task"),
];

/// Steps that mean something at once, put on the chosen edge or behind the chosen node.
const BLOCKS: [(&str, &str); 5] = [
    ("Raise", "Increase to 10%"),
    ("Wait", "Wait 5 min"),
    ("Probe", "Watch error rate, latency p99 and resource usage"),
    ("Roll back", "Roll back canary"),
    ("Success", "Mark success"),
];

/// The edge that a block goes on: the chosen one, or the only one that leaves the chosen node.
fn edge_for(hand: Hand) -> Option<EdgeId> {
    match hand.chosen.get() {
        Chosen::Edge(edge) => Some(edge),
        other => hand.draft.drawing().with(|drawing| {
            let mut leaving = drawing.diagram.outgoing(other.only()?);
            let first = leaving.next()?;
            leaving.next().is_none().then_some(first.0)
        }),
    }
}

/// The lane that a node goes to: the one of what is chosen, or the first.
fn lane_for(hand: Hand) -> LaneIx {
    match hand.chosen.get_untracked() {
        Chosen::Lane(lane) => lane,
        Chosen::Nodes(nodes) => hand.draft.drawing().with_untracked(|drawing| {
            let node = nodes.last().and_then(|id| drawing.diagram.node(*id));
            node.map_or(LaneIx(0), |node| node.lane)
        }),
        Chosen::Edge(edge) => hand.draft.drawing().with_untracked(|drawing| {
            let from = drawing.diagram.edge(edge).map(|edge| edge.from);
            let node = from.and_then(|id| drawing.diagram.node(id));
            node.map_or(LaneIx(0), |node| node.lane)
        }),
        Chosen::Nothing => LaneIx(0),
    }
}

/// The buttons.
#[component]
pub fn Palette(
    /// Who changes the drawing.
    hand: Hand,
) -> impl IntoView {
    let has_edge = Memo::new(move |_| edge_for(hand).is_some());
    let has_lane = Memo::new(move |_| hand.draft.drawing().with(|it| !it.diagram.lanes.is_empty()));
    let shape = move |(shape, title, label): (Shape, &'static str, &'static str)| {
        let add = move |_| {
            hand.add(&Change::AddNode {
                lane: lane_for(hand),
                shape,
                label: label.to_owned(),
            });
            write_label();
        };
        view! {
            <button class="button-outlined" disabled=move || !has_lane.get() on:click=add>{title}</button>
        }
    };
    let block = move |(title, label): (&'static str, &'static str)| {
        let add = move |_| {
            if let Some(edge) = untrack(|| edge_for(hand)) {
                hand.add(&Change::AddOnEdge {
                    edge,
                    shape: Shape::Rectangle,
                    label: label.to_owned(),
                });
            }
        };
        view! {
            <button class="button-outlined" disabled=move || !has_edge.get() title=label on:click=add>{title}</button>
        }
    };
    view! {
        <div class="palette" role="toolbar" aria-label="Add to the drawing">
            <div class="palette-group" role="group" aria-label="New">
                <span class="muted">"New"</span>
                {SHAPES.map(shape).collect_view()}
                <button
                    class="button-outlined"
                    on:click=move |_| {
                        hand.change(&Change::AddLane("New lane".to_owned()));
                    }
                >
                    "Lane"
                </button>
            </div>
            <div class="palette-group" role="group" aria-label="On the chosen edge, or behind the chosen node">
                <span class="muted">"Insert"</span>
                {BLOCKS.map(block).collect_view()}
            </div>
        </div>
    }
}
