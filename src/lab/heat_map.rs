//! A grid of shares as a table of buttons: colour, number, and a mark where both shares are low enough.

use super::{heat::HeatCell, words};
use coalmine_lab::Quality;
use leptos::prelude::*;

/// The words at the edges of the grid.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Edges {
    /// What goes down, and its values.
    pub rows: (String, Vec<String>),
    /// What goes across, and its values; one without words where nothing does.
    pub columns: (String, Vec<String>),
    /// The row and the column of what stands.
    pub now: (Option<usize>, Option<usize>),
}

/// One cell, as a button.
#[component]
fn HeatButton(
    /// Its place in the grid.
    place: usize,
    /// Its values.
    name: String,
    /// What it shows.
    title: &'static str,
    /// Which releases.
    quality: Quality,
    /// Whether it is what stands in the project.
    is_now: bool,
    /// All cells.
    cells: Memo<Vec<HeatCell>>,
    /// The cell that is looked at.
    chosen: RwSignal<Option<usize>>,
) -> impl IntoView {
    let share = Memo::new(move |_| {
        cells.with(|cells| cells.get(place).and_then(|cell| cell.wrong(quality)))
    });
    let is_good = move || cells.with(|cells| cells.get(place).is_some_and(HeatCell::is_good));
    let told = move || {
        share
            .get()
            .map_or_else(String::new, |share| words::share(share.share))
    };
    // Small shares differ more than large ones do; beyond half of the colour, words could not be read on it.
    let heat = move || {
        let heat = share.get().map_or(0.0, |share| share.share.sqrt());
        format!("{:.0}%", 52.0 * heat)
    };
    let spoken = move || format!("{name}: {title} {}", told());
    view! {
        <td>
            <button
                class="heat"
                class:is-good=is_good
                class:is-now=is_now
                style:--heat=heat
                aria-label=spoken
                aria-pressed=move || (chosen.get() == Some(place)).to_string()
                on:click=move |_| chosen.set(Some(place))
            >
                {told}
            </button>
        </td>
    }
}

/// One kind of error over the grid.
#[component]
pub fn HeatMap(
    /// What it shows.
    title: &'static str,
    /// Which releases.
    quality: Quality,
    /// The words at the edges.
    edges: Edges,
    /// The cells, row by row.
    cells: Memo<Vec<HeatCell>>,
    /// The cell that is looked at.
    chosen: RwSignal<Option<usize>>,
) -> impl IntoView {
    let Edges { rows, columns, now } = edges;
    let across = columns.1.len();
    let kind = match quality {
        Quality::Bad => "heat-map is-misses",
        Quality::Good => "heat-map is-alarms",
    };
    let names = columns.1.clone();
    let row = |(down, value): (usize, String)| {
        let cell = |(place, column): (usize, &String)| {
            let is_now = now == (Some(down), Some(place));
            let name = format!("{value}, {column}");
            let place = down * across + place;
            view! { <HeatButton place name title quality is_now cells chosen /> }
        };
        let cells: Vec<_> = names.iter().enumerate().map(cell).collect();
        view! { <tr><th scope="row">{value}</th>{cells}</tr> }
    };
    let body: Vec<_> = rows.1.into_iter().enumerate().map(row).collect();
    let heads: Vec<_> = columns
        .1
        .into_iter()
        .map(|value| view! { <th scope="col">{value}</th> })
        .collect();
    view! {
        <figure class=kind>
            <figcaption><strong>{title}</strong></figcaption>
            <div class="lab-table-box" tabindex="0" role="region" aria-label=title>
                <table>
                    <thead>
                        <tr class="heat-across">
                            <td></td>
                            <th colspan=across.to_string() scope="colgroup">{columns.0}</th>
                        </tr>
                        <tr><th class="heat-down" scope="col">{rows.0}</th>{heads}</tr>
                    </thead>
                    <tbody>{body}</tbody>
                </table>
            </div>
        </figure>
    }
}
