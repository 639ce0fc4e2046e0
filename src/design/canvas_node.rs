//! A node of the drawing: chosen by click or key, dragged by its body, connected by its sides.

use super::{
    board::{Board, NodeAct},
    pointer::handle,
};
use coalmine_flow::{Node, NodeBox, Point, Shape, Side};
use leptos::{ev, prelude::*};

/// The sides, in the order of a clock.
const SIDES: [Side; 4] = [Side::Top, Side::Right, Side::Bottom, Side::Left];

/// A node in its place.
pub fn canvas_node(area: &NodeBox, node: &Node, board: Board) -> impl IntoView + use<> {
    let Board { hand, drag, .. } = board;
    let chosen = hand.chosen;
    let on_act = move |act| board.act(act);
    let id = area.id;
    let is_chosen = Memo::new(move |_| chosen.with(|chosen| chosen.has(id)));
    let transform = Memo::new(move |_| {
        let offset = drag.get().offset(id);
        offset.map(|by| format!("translate({:.0} {:.0})", by.x, by.y))
    });
    let press = move |event: ev::PointerEvent| {
        if event.button() == 0 {
            // No words are marked on the way, and the focus comes with the click.
            event.prevent_default();
            event.stop_propagation();
            on_act(NodeAct::Grab(id, (event.client_x(), event.client_y())));
        }
    };
    let key = move |event: ev::KeyboardEvent| match event.key().as_str() {
        "Enter" | " " => {
            event.prevent_default();
            on_act(NodeAct::Choose(id, event.shift_key()));
        }
        "F2" => {
            event.prevent_default();
            on_act(NodeAct::Rename(id));
        }
        _ => {}
    };
    let dots = SIDES.map(|side| {
        let Point { x, y } = handle(area, side);
        let begin = move |event: ev::PointerEvent| {
            event.prevent_default();
            event.stop_propagation();
            on_act(NodeAct::Draw(
                id,
                side,
                (event.client_x(), event.client_y()),
            ));
        };
        view! { <circle class="canvas-handle" cx=x cy=y r="5" on:pointerdown=begin /> }
    });
    let name = format!("{id}: {}", node.label);
    let body = body(area);
    view! {
        <g
            class="canvas-node"
            class:is-chosen=move || is_chosen.get()
            id=format!("canvas-{id}")
            tabindex="0"
            role="button"
            aria-label=name
            aria-pressed=move || is_chosen.get().to_string()
            transform=move || transform.get()
            on:pointerdown=press
            on:click=move |event| on_act(NodeAct::Choose(id, event.shift_key()))
            on:dblclick=move |_| on_act(NodeAct::Rename(id))
            on:keydown=key
        >
            {body}
            {words(area)}
            {dots}
        </g>
    }
}

/// Its outline.
fn body(area: &NodeBox) -> AnyView {
    let (rect, centre) = (area.rect, area.rect.centre());
    match area.shape {
        Shape::Circle => {
            view! { <circle class="canvas-outline" cx=centre.x cy=centre.y r=rect.width / 2.0 /> }
                .into_any()
        }
        Shape::Rectangle | Shape::Taskbox => view! {
            <rect
                class="canvas-outline"
                class:is-task=area.shape == Shape::Taskbox
                x=rect.x
                y=rect.y
                width=rect.width
                height=rect.height
                rx="6"
            />
        }
        .into_any(),
        Shape::Diamond => {
            let path = format!(
                "M{} {}L{} {}L{} {}L{} {}Z",
                rect.x,
                centre.y,
                centre.x,
                rect.y,
                rect.right(),
                centre.y,
                centre.x,
                rect.bottom()
            );
            view! { <path class="canvas-outline" d=path /> }.into_any()
        }
    }
}

/// From one line to the next, in pixels.
const LEADING: f64 = 16.0;

/// Its label and what was understood of it, line by line.
fn words(area: &NodeBox) -> impl IntoView + use<> {
    let centre = area.rect.centre();
    let note = area.note.iter().map(|line| ("canvas-note", line.clone()));
    let caption = area
        .caption
        .iter()
        .map(|line| ("canvas-note", line.clone()));
    let label = area.lines.iter().map(|line| ("canvas-label", line.clone()));
    let lines: Vec<(&str, String)> = label.chain(note).chain(caption).collect();
    let first = centre.y - (lines.len() as f64 - 1.0) / 2.0 * LEADING;
    lines
        .into_iter()
        .enumerate()
        .map(|(number, (class, line))| {
            let y = first + number as f64 * LEADING;
            view! { <text class=class x=centre.x y=y>{line}</text> }
        })
        .collect_view()
}
