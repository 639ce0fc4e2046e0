//! The releases of a cell in numbers, with the way to a run of each.

use super::{
    Laboratory, Question,
    cell::project_of,
    grid::Asked,
    release_row::Row,
    replay::{Which, replay_with},
    words,
};
use crate::state::{notice::Notice, session::Session};
use leptos::prelude::*;
use std::sync::Arc;

/// The releases of a cell in numbers.
#[component]
pub fn CellTable(
    /// The session.
    session: Session,
    /// What ran it.
    laboratory: Laboratory,
    /// The grid.
    asked: StoredValue<Arc<Asked>>,
    /// The cell.
    place: usize,
    /// Something to tell.
    on_notice: Callback<Notice>,
) -> impl IntoView {
    let rows = Memo::new(move |_| {
        let asked = asked.get_value();
        let cell = asked.sweep.cells().get(place)?;
        laboratory.read(Question::Sweep, |ledgers| {
            let report = ledgers.get(cell.study)?.report(cell.plan)?;
            let releases = report.releases.iter();
            let row = |release| Row::new(release, &asked.drawing.diagram);
            Some(releases.map(row).collect::<Vec<_>>())
        })
    });
    let on_replay = Callback::new(move |which: Which| {
        let asked = asked.get_value();
        let study = asked.sweep.cells().get(place).map(|cell| cell.study);
        let study = study.and_then(|study| asked.sweep.studies().get(study));
        if let (Some(study), Some(project)) = (study, project_of(&asked, place)) {
            replay_with(session, project, study, which, on_notice);
        }
    });
    let line = move |row: Row| {
        let release = row.place;
        let show = move |run: u32| move |_| on_replay.run(Which { release, run });
        let examples = row.examples.map(|(typical, worst)| {
            view! {
                <button class="button-small" on:click=show(typical)>"Typical"</button>
                <button class="button-small" on:click=show(worst)>"Worst"</button>
            }
        });
        let middle = |pair: Option<(String, String)>| pair.map(|(middle, _)| middle);
        view! {
            <tr>
                <th scope="row">{row.name}</th>
                <td class="is-share">
                    <strong>{words::share(row.wrong.share)}</strong>
                    " "
                    {words::wrong(row.quality)}
                </td>
                <td class="is-number">{middle(row.time)}</td>
                <td class="is-number">{middle(row.hurt)}</td>
                <td class="is-replay">{examples}</td>
            </tr>
        }
    };
    view! {
        <div class="lab-table-box">
            <table class="lab-table">
                <thead>
                    <tr>
                        <th scope="col">"Release"</th>
                        <th scope="col">"Went wrong"</th>
                        <th scope="col" class="is-number">"Time, median"</th>
                        <th scope="col" class="is-number">"Users hurt, median"</th>
                        <th scope="col">"Replay"</th>
                    </tr>
                </thead>
                <tbody>
                    {move || rows.get().map(|rows| rows.into_iter().map(line).collect_view())}
                </tbody>
            </table>
        </div>
    }
}
