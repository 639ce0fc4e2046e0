//! A lane of the drawing: its band, and its name, by which it is chosen.

use super::chosen::Chosen;
use coalmine_flow::LaneBox;
use leptos::{ev, prelude::*};

/// A lane, chosen by its name.
pub fn canvas_lane(lane: &LaneBox, chosen: RwSignal<Chosen>) -> impl IntoView + use<> {
    let id = lane.lane;
    let is_chosen = Memo::new(move |_| chosen.with(|chosen| *chosen == Chosen::Lane(id)));
    let (area, header) = (lane.rect, lane.header);
    let first = header.centre().y - (lane.lines.len() as f64 - 1.0) * 7.0;
    let words = |(number, words): (usize, &String)| {
        let y = first + number as f64 * 14.0;
        view! { <text class="canvas-lane-name" x=header.x + 12.0 y=y>{words.clone()}</text> }
    };
    let name = format!("Lane {}", lane.lines.join(" "));
    let key = move |event: ev::KeyboardEvent| {
        if matches!(event.key().as_str(), "Enter" | " ") {
            event.prevent_default();
            chosen.set(Chosen::Lane(id));
        }
    };
    view! {
        <rect
            class="canvas-lane"
            class:is-odd=id.0 % 2 == 1
            x=area.x
            y=area.y
            width=area.width
            height=area.height
        />
        <g
            class="canvas-lane-head"
            class:is-chosen=move || is_chosen.get()
            tabindex="0"
            role="button"
            aria-label=name
            aria-pressed=move || is_chosen.get().to_string()
            on:pointerdown=|event| event.stop_propagation()
            on:click=move |_| chosen.set(Chosen::Lane(id))
            on:keydown=key
        >
            <rect class="canvas-lane-reach" x=header.x y=header.y width=header.width height=header.height rx="4" />
            {lane.lines.iter().enumerate().map(words).collect_view()}
        </g>
    }
}
