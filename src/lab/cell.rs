//! A cell of a grid in words, and as a project.

use super::{apply::turned, grid::Asked, heat::HeatCell, words};
use coalmine_wire::{Project, turning::show_value};

/// What a cell is called: `Error rate threshold 0.5 %, Observation window 2 min`.
pub fn name(asked: &Asked, place: usize) -> String {
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
pub fn project_of(asked: &Asked, place: usize) -> Option<Project> {
    let cell = asked.sweep.cells().get(place)?;
    let values = asked.turns.iter().zip(&cell.values);
    let own = values.filter(|(turn, _)| turn.can_apply);
    turned(
        &asked.project,
        own.map(|(turn, value)| (turn.parameter, *value)),
    )
}

/// A sentence on both shares.
pub fn told(cell: &HeatCell) -> String {
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
