//! The SVG itself: lanes, edges, nodes, and what moves above them. Nothing of it is made anew while a run plays.

use super::{
    band::Band,
    edge::EdgeLine,
    jump::Jumps,
    live::{Live, Reads},
    node::{NodeShape, NodeSignal},
    overlay::Overlay,
    scene::{Scene, SceneLane},
};
use leptos::prelude::*;
use std::sync::Arc;

fn lane_nodes(
    lane: &SceneLane,
    live: Live,
    on_signal: Callback<NodeSignal>,
) -> impl IntoView + use<> {
    let nodes: Vec<_> = lane
        .nodes
        .iter()
        .map(|node| {
            let (look, is_selected) = (live.node(node.id), live.is_selected(node.id));
            view! { <NodeShape node=node.clone() look is_selected on_signal /> }
        })
        .collect();
    view! { <g role="group" aria-label=format!("Lane: {}", lane.label)>{nodes}</g> }
}

fn jump_head() -> impl IntoView {
    view! {
        <defs>
            <marker
                id="flow-jump-head"
                viewBox="0 0 8 8"
                refX="6"
                refY="4"
                markerWidth="8"
                markerHeight="8"
                orient="auto"
                markerUnits="userSpaceOnUse"
            >
                <path class="flow-jump-head" d="M0 0L8 4L0 8Z" />
            </marker>
        </defs>
    }
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
    /// The arrows where the token left the drawn path: drawn at once, or once they are loaded.
    arrows: fn(Jumps) -> AnyView,
) -> impl IntoView {
    let live = Live::new(Arc::clone(&scene), reads);
    let bands: Vec<_> = (0..)
        .zip(&scene.lanes)
        .map(|(place, lane)| view! { <Band lane=lane.clone() place /> })
        .collect();
    let edges: Vec<_> = scene
        .edges
        .iter()
        .map(|edge| {
            let status = live.edge(edge.id, edge.from);
            view! { <EdgeLine edge=edge.clone() status /> }
        })
        .collect();
    let nodes: Vec<_> = scene
        .lanes
        .iter()
        .map(|lane| lane_nodes(lane, live, on_signal))
        .collect();
    let name = format!(
        "Rollout diagram: {} lanes, {} nodes, {} edges",
        scene.lanes.len(),
        scene.nodes().count(),
        scene.edges.len()
    );
    let jumps = Jumps {
        scene: StoredValue::new(Arc::clone(&scene)),
        jumps: live.jumps,
    };
    view! {
        <svg
            class="flow"
            role="group"
            aria-label=name
            data-path=move || live.path.get()
            data-motion=move || live.motion.get()
        >
            {jump_head()}
            <g class="flow-plane" style:transform=move || transform.get()>
                <g aria-hidden="true">{bands}</g>
                <g class="flow-edges">{edges}</g>
                {nodes}
                <g class="flow-jumps">
                    {arrows(jumps)}
                </g>
                <Overlay
                    scene
                    moment=reads.moment
                    departure=live.departure
                    travel=live.travel
                    at=reads.at
                />
            </g>
        </svg>
    }
}
