//! Misses and false alarms over one number: a row for each value.

use super::{heat::HeatCell, heat_map::Edges, scale, whisker::Whisker, words};
use coalmine_lab::Quality;
use leptos::prelude::*;

/// The kinds of error, in their order.
const KINDS: [(Quality, &str); 2] = [(Quality::Bad, "Misses"), (Quality::Good, "False alarms")];

/// A row for each value, with both shares and their intervals.
#[component]
pub fn Curve(
    /// The words at the edges.
    edges: Edges,
    /// The cells.
    cells: Memo<Vec<HeatCell>>,
    /// The cell that is looked at.
    chosen: RwSignal<Option<usize>>,
) -> impl IntoView {
    let end = Memo::new(move |_| {
        cells.with(|cells| {
            let shares = cells.iter().flat_map(|cell| [cell.misses, cell.alarms]);
            let uppers = shares.flatten().map(|share| share.interval.upper);
            scale::end_of(uppers.fold(0.0, f64::max))
        })
    });
    let kind = move |place: usize, quality: Quality| {
        let share = Memo::new(move |_| {
            cells.with(|cells| cells.get(place).and_then(|cell| cell.wrong(quality)))
        });
        view! {
            <td class="is-share">
                <strong>{move || share.get().map(|share| words::share(share.share))}</strong>
                <span class="lab-second muted">
                    {move || share.get().map(|share| words::interval(share.interval))}
                </span>
            </td>
            <td><Whisker share end /></td>
        }
    };
    let Edges { rows, now, .. } = edges;
    let row = |(place, value): (usize, String)| {
        let is_now = now.0 == Some(place);
        let is_good = move || cells.with(|cells| cells.get(place).is_some_and(HeatCell::is_good));
        let kinds = KINDS
            .map(|(quality, _)| kind(place, quality))
            .collect_view();
        view! {
            <tr class:is-now=is_now class:is-good=is_good>
                <th scope="row">{value}{is_now.then_some(" (now)")}</th>
                {kinds}
                <td>
                    <button
                        class="button-small"
                        aria-pressed=move || (chosen.get() == Some(place)).to_string()
                        on:click=move |_| chosen.set(Some(place))
                    >
                        "Look"
                    </button>
                </td>
            </tr>
        }
    };
    let (title, values) = rows;
    let body: Vec<_> = values.into_iter().enumerate().map(row).collect();
    let heads = KINDS.map(|(_, title)| {
        view! {
            <th scope="col">{title}</th>
            <th scope="col">{move || format!("0 to {}", words::share(end.get()))}</th>
        }
    });
    view! {
        <div class="lab-table-box" tabindex="0" role="region" aria-label="Shares by value">
            <table class="lab-table">
                <thead>
                    <tr><th scope="col">{title}</th>{heads.collect_view()}<th></th></tr>
                </thead>
                <tbody>{body}</tbody>
            </table>
        </div>
    }
}
