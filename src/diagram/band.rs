//! A lane: a quiet band with its name at the left.

use super::scene::SceneLane;
use leptos::prelude::*;

/// From one line of a lane's name to the next, in pixels.
const LEADING: f64 = 14.0;

/// The band of a lane.
#[component]
pub fn Band(
    /// The lane.
    lane: SceneLane,
    /// Its place from the top; every second band is tinted.
    place: usize,
) -> impl IntoView {
    let (area, header) = (lane.area, lane.header);
    let rise = (lane.lines.len() as f64 - 1.0) / 2.0 * LEADING;
    let names: Vec<_> = lane
        .lines
        .into_iter()
        .zip(0_u32..)
        .map(|(line, row)| {
            let y = header.centre().y - rise + f64::from(row) * LEADING;
            view! { <text class="flow-lane-name" x=header.x + 12.0 y=y>{line}</text> }
        })
        .collect();
    view! {
        <rect
            class="flow-lane"
            class:flow-lane-odd=place % 2 == 1
            x=area.x
            y=area.y
            width=area.width
            height=area.height
        />
        {names}
    }
}
