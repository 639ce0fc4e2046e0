//! One cell of the grid: its numbers, the way to a run of it, and the way into the project.

use super::{
    Laboratory,
    cell::{name, project_of, told},
    cell_table::CellTable,
    grid::Asked,
    heat::HeatCell,
};
use crate::state::{edit::Edit, notice::Notice, session::Session};
use coalmine_wire::Project;
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
