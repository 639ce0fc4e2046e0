//! One node: its shape, label, state, verdict and what was understood of it.

use super::{
    look::NodeLook,
    node_parts::{badge, corner, label, sign},
    scene::SceneNode,
};
use coalmine_flow::NodeId;
use leptos::prelude::*;

/// What happens at a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NodeSignal {
    /// The pointer is over it, or it has the focus.
    Near(NodeId),
    /// No longer.
    Away(NodeId),
    /// It has the focus: it should be in view.
    Focused(NodeId),
    /// It was chosen.
    Chosen(NodeId),
    /// The focus shall move by so many nodes.
    Step(NodeId, isize),
    /// What was opened over it shall close.
    Dismissed,
}

/// The element of a node.
pub(super) fn node_dom_id(node: NodeId) -> String {
    format!("flow-{node}")
}

/// A node of the drawing.
#[component]
pub fn NodeShape(
    /// How it is drawn.
    node: SceneNode,
    /// Its state.
    look: Memo<NodeLook>,
    /// Whether it is chosen.
    #[prop(into)]
    is_selected: Signal<bool>,
    /// What happens to it.
    on_signal: Callback<NodeSignal>,
) -> impl IntoView {
    let (id, area) = (node.id, node.area);
    let status = Memo::new(move |_| look.with(|look| look.status));
    let label = label(&node);
    let (outline, ring) = (node.outline(0.0), node.outline(5.0));
    let (name, words) = (node.name, node.words);
    let spoken = move || {
        let state = look.with(|look| look.words.clone());
        match words.as_str() {
            "" => format!("{name}, {state}"),
            words => format!("{name}, {state}. {words}"),
        }
    };
    let repeats = move || {
        look.with(|look| look.repeats)
            .map(|times| format!("×{times}"))
    };
    let (corner_x, corner_y) = corner(node.shape, area);
    let press = move |event: leptos::ev::KeyboardEvent| {
        let signal = match event.key().as_str() {
            "Enter" | " " => NodeSignal::Chosen(id),
            "ArrowRight" | "ArrowDown" if !event.shift_key() => NodeSignal::Step(id, 1),
            "ArrowLeft" | "ArrowUp" if !event.shift_key() => NodeSignal::Step(id, -1),
            "Escape" => NodeSignal::Dismissed,
            _ => return,
        };
        event.prevent_default();
        on_signal.run(signal);
    };
    view! {
        <g
            id=node_dom_id(id)
            class="flow-node"
            role="button"
            tabindex="0"
            aria-label=spoken
            aria-pressed=move || is_selected.get().to_string()
            data-node=id.to_string()
            data-shape=node.shape.word()
            data-status=move || status.get().name()
            on:click=move |_| on_signal.run(NodeSignal::Chosen(id))
            on:keydown=press
            on:focus=move |_| {
                on_signal.run(NodeSignal::Focused(id));
                on_signal.run(NodeSignal::Near(id));
            }
            on:blur=move |_| on_signal.run(NodeSignal::Away(id))
            on:pointerenter=move |_| on_signal.run(NodeSignal::Near(id))
            on:pointerleave=move |_| on_signal.run(NodeSignal::Away(id))
        >
            <path class="flow-focus" d=ring />
            <path class="flow-outline" d=outline />
            {label}
            <g class="flow-sign" transform=format!("translate({corner_x:.1} {corner_y:.1})")>
                <circle r="7.5" />
                <path transform="translate(-6 -6) scale(.75)" d=move || sign(status.get()) />
            </g>
            <text class="flow-repeats" x=area.x y=area.y - 4.0>{repeats}</text>
            {badge(look, area)}
        </g>
    }
}
