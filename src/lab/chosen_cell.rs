//! One cell of the grid: its numbers, the way to a run of it, and the way into the project.

use super::{
    Laboratory, Question,
    apply::turned,
    heat::HeatCell,
    release_row::Row,
    replay::{Which, replay_with},
    sweep::Asked,
    words,
};
use crate::state::{edit::Edit, notice::Notice, session::Session};
use coalmine_wire::{Project, turning::show_value};
use leptos::prelude::*;
use std::sync::Arc;

/// What a cell is called: `Error rate threshold 0.5 %, Observation window 2 min`.
fn name(asked: &Asked, place: usize) -> String {
    let Some(cell) = asked.sweep.cells().get(place) else {
        return String::new();
    };
    let values = asked.turns.iter().zip(&cell.values);
    let words = values.map(|(turn, value)| {
        let value = show_value(turn.parameter, *value, &asked.project.policy);
        format!("{} {value}", turn.label)
    });
    words.collect::<Vec<_>>().join(", ")
}

/// The project as it is in a cell, as far as the cell's numbers are the project's.
fn project_of(asked: &Asked, place: usize) -> Option<Project> {
    let cell = asked.sweep.cells().get(place)?;
    let mut project = (*asked.project).clone();
    let values = asked.turns.iter().zip(&cell.values);
    for (turn, value) in values.filter(|(turn, _)| turn.can_apply) {
        project = turned(&project, &asked.drawing, turn.parameter, *value)?;
    }
    Some(project)
}

/// A sentence on both shares.
fn told(cell: &HeatCell) -> String {
    let share = |share: &coalmine_lab::Share| {
        format!(
            "{} ({}, {})",
            words::share(share.share),
            words::counted(share),
            words::interval(share.interval)
        )
    };
    let misses = cell
        .misses
        .as_ref()
        .map(|it| format!("misses {}", share(it)));
    let alarms = cell
        .alarms
        .as_ref()
        .map(|it| format!("false alarms {}", share(it)));
    let both: Vec<String> = [misses, alarms].into_iter().flatten().collect();
    crate::format::sentence_case(&both.join("; "))
}

/// The cell that is looked at.
#[component]
pub fn ChosenCell(
    /// The session.
    session: Session,
    /// What ran it.
    laboratory: Laboratory,
    /// The grid.
    asked: Arc<Asked>,
    /// The cells.
    cells: Memo<Vec<HeatCell>>,
    /// The cell that is looked at.
    chosen: RwSignal<Option<usize>>,
    /// Something to tell.
    on_notice: Callback<Notice>,
) -> impl IntoView {
    let asked = StoredValue::new(asked);
    let can_apply = move || asked.with_value(|asked| asked.turns.iter().any(|turn| turn.can_apply));
    let apply = move |place: usize| {
        move |_| {
            let asked = asked.get_value();
            let Some(project) = project_of(&asked, place) else {
                return;
            };
            let before = Box::new(session.draft.project().get_untracked());
            // The name is left out of what is run.
            let project = Box::new(Project {
                name: before.name.clone(),
                ..project
            });
            session.draft.edit(Edit::Replace(project));
            let words = format!("Now: {}", name(&asked, place));
            on_notice.run(Notice::Replaced { words, before });
        }
    };
    move || {
        let place = chosen.get()?;
        let title = asked.with_value(|asked| name(asked, place));
        let sentence = move || cells.with(|cells| cells.get(place).map(told));
        Some(view! {
            <section class="lab-section chosen-cell" aria-labelledby="chosen-cell">
                <h3 id="chosen-cell">{title}</h3>
                <p>{sentence}</p>
                <Show when=can_apply>
                    <button class="button-outlined" on:click=apply(place)>"Use this"</button>
                </Show>
                <CellTable session laboratory asked place on_notice />
            </section>
        })
    }
}

/// The releases of a cell in numbers.
#[component]
fn CellTable(
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
