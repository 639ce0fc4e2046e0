//! What became of each release: a table, with a way to one of its runs.

use super::{release_row::Row, replay::Which, scale, whisker::Whisker, words};
use crate::state::session::Session;
use coalmine_lab::{Quality, Report};
use leptos::prelude::*;
use std::sync::Arc;

/// The table of releases.
#[component]
pub fn ReleaseTable(
    /// The session.
    session: Session,
    /// What was found.
    report: Memo<Option<Arc<Report>>>,
    /// What shows a run.
    on_replay: Callback<Which>,
) -> impl IntoView {
    let rows = Memo::new(move |_| {
        session.draft.drawing().with(|drawing| {
            report.with(|report| {
                report.as_ref().map_or_else(Vec::new, |report| {
                    let releases = report.releases.iter();
                    releases
                        .map(|release| Row::new(release, &drawing.diagram))
                        .collect()
                })
            })
        })
    });
    let end = Memo::new(move |_| {
        rows.with(|rows| {
            let uppers = rows.iter().map(|row| row.wrong.interval.upper);
            scale::end_of(uppers.fold(0.0, f64::max))
        })
    });
    let count = Memo::new(move |_| rows.with(Vec::len));
    view! {
        <div class="lab-table-box" tabindex="0" role="region" aria-label="Releases in numbers">
            <table class="lab-table">
                <thead>
                    <tr>
                        <th scope="col">"Release"</th>
                        <th scope="col">"Went wrong"</th>
                        <th scope="col">
                            <span class="visually-hidden">"Interval, on a scale "</span>
                            {move || format!("0 to {}", words::share(end.get()))}
                        </th>
                        <th scope="col" class="is-wide">"Mostly stopped by"</th>
                        <th scope="col" class="is-number">"Time " <span class="muted">"and p95"</span></th>
                        <th scope="col" class="is-number">"Users hurt " <span class="muted">"and p95"</span></th>
                        <th scope="col">"Replay"</th>
                    </tr>
                </thead>
                <tbody>
                    <For each=move || 0..count.get() key=|place| *place let:place>
                        <ReleaseRow rows place end on_replay />
                    </For>
                </tbody>
            </table>
        </div>
    }
}

/// One release.
#[component]
fn ReleaseRow(
    /// All of them.
    rows: Memo<Vec<Row>>,
    /// The place of this one.
    place: usize,
    /// Where the scale ends.
    end: Memo<f64>,
    /// What shows a run.
    on_replay: Callback<Which>,
) -> impl IntoView {
    let row = move || rows.with(|rows| rows.get(place).cloned());
    let part = move |read: fn(Row) -> String| move || row().map(read).unwrap_or_default();
    let pair = |pair: Option<(String, String)>| {
        pair.map_or_else(
            || view! { "–" }.into_any(),
            |(middle, far)| {
                view! { {middle} <span class="lab-second muted">{far}</span> }.into_any()
            },
        )
    };
    let share = Memo::new(move |_| row().map(|row| row.wrong));
    let is_bad = move || row().is_some_and(|row| row.quality == Quality::Bad);
    let show = move |read: fn((u32, u32)) -> u32| {
        move |_| {
            if let Some(row) = row()
                && let Some(run) = row.examples.map(read)
            {
                on_replay.run(Which {
                    release: row.place,
                    run,
                });
            }
        }
    };
    view! {
        <tr>
            <th scope="row">
                {part(|row| row.name)}
                <span class=move || if is_bad() { "quality is-bad" } else { "quality is-good" }>
                    {move || if is_bad() { "bad" } else { "good" }}
                </span>
            </th>
            <td class="is-share">
                <strong>{part(|row| words::share(row.wrong.share))}</strong>
                <span class="lab-second muted">
                    {part(|row| format!("{} {}", words::counted(&row.wrong), words::wrong(row.quality)))}
                </span>
            </td>
            <td>
                <Whisker share end />
                <span class="visually-hidden">{part(|row| words::interval(row.wrong.interval))}</span>
            </td>
            <td>{move || row().and_then(|row| row.stop).map(|(words, share)| {
                view! { {words} <span class="lab-second muted">{share}" of rollouts"</span> }
            })}</td>
            <td class="is-number">{move || pair(row().and_then(|row| row.time))}</td>
            <td class="is-number">{move || pair(row().and_then(|row| row.hurt))}</td>
            <td class="is-replay">
                <button class="button-small" on:click=show(|(typical, _)| typical)>"Typical"</button>
                <button class="button-small" on:click=show(|(_, worst)| worst)>"Worst"</button>
            </td>
        </tr>
    }
}
