//! One edge: its line, its arrowhead, its label on a chip.

use super::{look::EdgeStatus, scene::SceneEdge};
use leptos::prelude::*;

/// From one line of a chip's label to the next, in pixels.
const LEADING: f64 = 14.0;

/// An edge of the drawing.
#[component]
pub fn EdgeLine(
    /// How it is drawn.
    edge: SceneEdge,
    /// Its state.
    #[prop(into)]
    status: Signal<EdgeStatus>,
) -> impl IntoView {
    let chip = edge.chip.map(|(area, lines)| {
        let centre = area.centre();
        let rise = (lines.len() as f64 - 1.0) / 2.0 * LEADING;
        let text: Vec<_> = lines
            .into_iter()
            .zip(0_u32..)
            .map(|(line, place)| {
                let y = centre.y - rise + f64::from(place) * LEADING;
                view! { <text class="flow-chip-label" x=centre.x y=y>{line}</text> }
            })
            .collect();
        view! {
            <rect class="flow-chip" x=area.x y=area.y width=area.width height=area.height rx="4" />
            {text}
        }
    });
    view! {
        <g
            class="flow-edge"
            role="img"
            aria-label=edge.name
            data-edge=edge.id.0
            data-status=move || status.get().name()
        >
            <path class="flow-line" d=edge.line />
            <path class="flow-arrow" d=edge.head />
            {chip}
        </g>
    }
}
