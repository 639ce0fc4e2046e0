//! One cell of the grid: its numbers, the way to a run of it, and the way into the project.

use super::{
    Laboratory,
    apply::adopt,
    cell::{name, project_of, told},
    cell_table::CellTable,
    grid::Asked,
    heat::HeatCell,
};
use crate::state::{notice::Notice, session::Session};
use leptos::prelude::*;
use std::sync::Arc;

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
            if let Some(project) = project_of(&asked, place) {
                let words = format!("Now: {}", name(&asked, place));
                adopt(session, project, words, on_notice);
            }
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
