//! The SVG itself: lanes, edges, nodes, and what moves above them. Nothing of it is made anew while a run plays.

use super::{
    band::Band,
    edge::EdgeLine,
    jump::JumpArrow,
    look::{edge_status, node_look, recent_edges},
    node::{NodeShape, NodeSignal},
    overlay::Overlay,
    reach::reachable,
    scene::Scene,
    token::{Travel, travel},
};
use crate::{
    playback::{Moment, Recording, departure, path_words},
    state::playhead::{Motion, Playhead},
};
use coalmine_controller::Time;
use coalmine_flow::NodeId;
use leptos::prelude::*;
use std::sync::Arc;

/// What the picture reads.
#[derive(Clone, Copy)]
pub struct Reads {
    /// What was told of the run.
    pub recording: Signal<Arc<Recording>>,
    /// What is on screen.
    pub moment: Signal<Arc<Moment>>,
    /// The instant on screen.
    pub at: Signal<Time>,
    /// Motion and speed.
    pub playhead: Signal<Playhead>,
    /// Whether nothing shall travel.
    pub is_calm: Signal<bool>,
    /// The chosen node.
    pub selected: Signal<Option<NodeId>>,
}

/// The diagram of a run.
#[component]
pub fn DiagramPicture(
    /// What is drawn.
    scene: Arc<Scene>,
    /// What it reads.
    reads: Reads,
    /// How the drawing lies, as a CSS `transform`.
    #[prop(into)]
    transform: Signal<String>,
    /// What happens to nodes.
    on_signal: Callback<NodeSignal>,
) -> impl IntoView {
    let Reads {
        recording,
        moment,
        at,
        playhead,
        is_calm,
        selected,
    } = reads;
    let token = Memo::new(move |_| moment.with(|moment| moment.token));
    let reach = {
        let scene = Arc::clone(&scene);
        Memo::new(move |_| reachable(&scene.diagram, token.get()))
    };
    let travel = Memo::new(move |_| travel(playhead.get().speed.factor(), is_calm.get()));
    let recent = Memo::new(move |_| match travel.get() {
        Travel::Glow(glow) if playhead.get().motion == Motion::Playing => {
            moment.with(|moment| recent_edges(moment, at.get(), glow))
        }
        Travel::Glow(_) | Travel::Token | Travel::Still => Vec::new(),
    });
    let events = Memo::new(move |_| moment.with(|moment| moment.events));
    let path = Memo::new(move |_| recording.with(|recording| path_words(recording, events.get())));
    let left = Memo::new(move |_| recording.with(|recording| departure(recording, events.get())));
    let jumps = Memo::new(move |_| moment.with(|moment| moment.jumps.clone()));

    let edges: Vec<_> = scene
        .edges
        .iter()
        .map(|edge| {
            let (id, from) = (edge.id, edge.from);
            let status = Memo::new(move |_| {
                moment.with(|moment| {
                    reach.with(|reach| {
                        recent.with(|recent| edge_status(moment, reach, recent, id, from))
                    })
                })
            });
            view! { <EdgeLine edge=edge.clone() status /> }
        })
        .collect();
    let lanes: Vec<_> = scene
        .lanes
        .iter()
        .map(|lane| {
            let nodes: Vec<_> = lane
                .nodes
                .iter()
                .map(|node| {
                    let id = node.id;
                    let look = Memo::new(move |_| {
                        moment.with(|moment| reach.with(|reach| node_look(moment, reach, id)))
                    });
                    let is_selected = Memo::new(move |_| selected.get() == Some(id));
                    view! { <NodeShape node=node.clone() look is_selected on_signal /> }
                })
                .collect();
            view! { <g role="group" aria-label=format!("Lane: {}", lane.label)>{nodes}</g> }
        })
        .collect();
    let bands: Vec<_> = (0..)
        .zip(&scene.lanes)
        .map(|(place, lane)| view! { <Band lane=lane.clone() place /> })
        .collect();
    let name = format!(
        "Rollout diagram: {} lanes, {} nodes, {} edges",
        scene.lanes.len(),
        scene.nodes().count(),
        scene.edges.len()
    );
    let above = Arc::clone(&scene);
    view! {
        <svg
            class="flow"
            role="group"
            aria-label=name
            data-path=move || path.get()
            data-motion=move || match playhead.get().motion {
                Motion::Playing => "playing",
                Motion::Paused => "paused",
            }
        >
            <defs>
                <marker id="flow-jump-head" viewBox="0 0 8 8" refX="6" refY="4" markerWidth="8" markerHeight="8" orient="auto" markerUnits="userSpaceOnUse">
                    <path class="flow-jump-head" d="M0 0L8 4L0 8Z" />
                </marker>
            </defs>
            <g class="flow-plane" style:transform=move || transform.get()>
                <g aria-hidden="true">{bands}</g>
                <g class="flow-edges">{edges}</g>
                {lanes}
                <g class="flow-jumps">
                    <For each=move || jumps.get() key=|jump| (jump.at, jump.from, jump.to) let:jump>
                        <JumpArrow scene=Arc::clone(&above) jump />
                    </For>
                </g>
                <Overlay scene moment departure=left travel at />
            </g>
        </svg>
    }
}
