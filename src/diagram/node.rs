//! One node: its shape, label, state, verdict and what was understood of it.

use super::{
    geometry::Area,
    look::{NodeLook, Status},
    scene::SceneNode,
};
use crate::player::IconName;
use coalmine_controller::Verdict;
use coalmine_flow::{NodeId, Shape};
use leptos::prelude::*;

/// From one line of a label to the next, in pixels.
const LEADING: f64 = 16.0;

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

/// The sign in a node's corner.
const fn sign(status: Status) -> &'static str {
    match status {
        Status::Done => IconName::Check.line(),
        Status::Failed => IconName::Cross.line(),
        Status::Unsure => IconName::Question.line(),
        Status::Untouched | Status::Active | Status::Unreachable => "",
    }
}

pub(super) const fn verdict_kind(verdict: Verdict) -> (&'static str, &'static str) {
    match verdict {
        Verdict::Pass => ("pass", IconName::Check.line()),
        Verdict::Fail => ("fail", IconName::Cross.line()),
        Verdict::Inconclusive => ("unsure", IconName::Question.line()),
    }
}

/// The middle of the sign: on the outline, at the upper right.
fn corner(shape: Shape, area: Area) -> (f64, f64) {
    let centre = area.centre();
    let (w, h) = (area.width / 2.0, area.height / 2.0);
    match shape {
        Shape::Circle => (centre.x + w * 0.7, centre.y - h * 0.7),
        Shape::Diamond => (centre.x + w * 0.5, centre.y - h * 0.5),
        Shape::Rectangle | Shape::Taskbox => (area.x + area.width - 4.0, area.y + 2.0),
    }
}

fn label(node: &SceneNode) -> impl IntoView + use<> {
    let centre = node.area.centre();
    let rows = node.lines.len() + usize::from(node.note.is_some());
    let rise = (rows as f64 - 1.0) / 2.0 * LEADING;
    let lines = node.lines.iter().map(|line| ("flow-label", line.clone()));
    let small = node.note.iter().map(|note| ("flow-note", note.clone()));
    lines
        .chain(small)
        .zip(0_u32..)
        .map(|((class, line), place)| {
            let y = centre.y - rise + f64::from(place) * LEADING;
            view! { <text class=class x=centre.x y=y>{line}</text> }
        })
        .collect::<Vec<_>>()
}

/// The verdict's pill above a node, with its numbers.
fn badge(look: Memo<NodeLook>, area: Area) -> impl IntoView {
    move || {
        let badge = look.with(|look| look.badge.clone())?;
        let (kind, icon) = verdict_kind(badge.verdict);
        let width = badge.text.chars().count() as f64 * 5.9 + 30.0;
        let (x, y) = (area.centre().x - width / 2.0, area.y - 13.0);
        Some(view! {
            <g class="flow-badge" data-kind=kind transform=format!("translate({x:.1} {y:.1})")>
                <rect width=width height="20" rx="10" />
                <path class="flow-badge-sign" transform="translate(5 3) scale(.86)" d=icon />
                <text x="22" y="10">{badge.text}</text>
            </g>
        })
    }
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
    let (name, words, shown) = (node.name, node.words.clone(), node.words);
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
            data-shape=format!("{:?}", node.shape).to_lowercase()
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
            <text class="flow-words" x=area.centre().x y=area.y + area.height + 11.0>
                {shown}
            </text>
            <g class="flow-sign" transform=format!("translate({corner_x:.1} {corner_y:.1})")>
                <circle r="7.5" />
                <path transform="translate(-6 -6) scale(.75)" d=move || sign(status.get()) />
            </g>
            <text class="flow-repeats" x=area.x y=area.y - 4.0>{repeats}</text>
            {badge(look, area)}
        </g>
    }
}
