//! An edge of the drawing: chosen by click or key.

use super::chosen::Chosen;
use coalmine_flow::{Edge, EdgePath};
use leptos::{ev, prelude::*};

/// How round bends are, in pixels.
const BEND: f64 = 6.0;
/// From one line of a label to the next, in pixels.
const LEADING: f64 = 14.0;

/// An edge along its way.
pub fn canvas_edge(
    path: &EdgePath,
    edge: &Edge,
    chosen: RwSignal<Chosen>,
) -> impl IntoView + use<> {
    let id = path.id;
    let is_chosen = Memo::new(move |_| chosen.with(|chosen| *chosen == Chosen::Edge(id)));
    let choose = move || chosen.set(Chosen::Edge(id));
    let key = move |event: ev::KeyboardEvent| {
        if matches!(event.key().as_str(), "Enter" | " ") {
            event.prevent_default();
            choose();
        }
    };
    let label = path.label.as_ref().map(|label| {
        let (area, centre) = (label.rect, label.rect.centre());
        let first = centre.y - (label.lines.len() as f64 - 1.0) / 2.0 * LEADING;
        let line = |(number, line): (usize, &String)| {
            let y = first + number as f64 * LEADING;
            view! { <text class="canvas-note" x=centre.x y=y>{line.clone()}</text> }
        };
        view! {
            <rect class="canvas-chip" x=area.x y=area.y width=area.width height=area.height rx="4" />
            {label.lines.iter().enumerate().map(line).collect_view()}
        }
    });
    let words = edge.label.as_deref().map(|label| format!(", {label}"));
    let name = format!(
        "Edge from {} to {}{}",
        edge.from,
        edge.to,
        words.unwrap_or_default()
    );
    view! {
        <g
            class="canvas-edge"
            class:is-chosen=move || is_chosen.get()
            tabindex="0"
            role="button"
            aria-label=name
            aria-pressed=move || is_chosen.get().to_string()
            on:pointerdown=|event| event.stop_propagation()
            on:click=move |_| choose()
            on:keydown=key
        >
            <path class="canvas-reach" d=path.path_data(BEND) />
            <path class="canvas-line" d=path.path_data(BEND) />
            <path class="canvas-arrow" d=path.arrow_data() />
            {label}
        </g>
    }
}
