//! What one or two numbers do to misses and false alarms.

use super::{
    Laboratory, Question, Wanted,
    chosen_cell::ChosenCell,
    curve::Curve,
    grid::{Asked, Form},
    heat::{TARGET, cells},
    heat_map::HeatMap,
    run_bar::RunBar,
    settings::Rollouts,
    words,
};
use crate::{
    inspector::pick::Pick,
    state::{notice::Notice, session::Session},
};
use coalmine_lab::{Quality, Study};
use leptos::prelude::*;
use std::sync::Arc;

/// The question, and what was found.
#[component]
pub fn SweepPanel(
    /// The session.
    session: Session,
    /// What runs it.
    laboratory: Laboratory,
    /// The releases.
    wanted: Wanted,
    /// What is shown of the grid that was asked for last.
    asked: RwSignal<Option<Arc<Asked>>>,
    /// Something to tell.
    on_notice: Callback<Notice>,
) -> impl IntoView {
    let form = Form::new(session.draft);
    let chosen = RwSignal::new(None::<usize>);
    let studies = Callback::new(move |()| -> Result<Vec<Study>, String> {
        let grid = form.ask(session.draft, wanted)?;
        let studies = grid.sweep.studies().to_vec();
        chosen.set(None);
        asked.set(Some(Arc::new(grid)));
        Ok(studies)
    });
    let names = move || {
        form.turns.with(|turns| {
            turns
                .iter()
                .map(|turn| turn.label.clone())
                .collect::<Vec<_>>()
        })
    };
    let with_none = move || {
        let mut names = names();
        names.insert(0, "nothing".to_owned());
        names
    };
    let target = words::share(TARGET);
    view! {
        <h2 class="lab-sentence">"Turn a number, and see what it does to misses and false alarms."</h2>
        <div class="lab-ask">
            <Pick
                id="sweep-down"
                label="Turn"
                options=Signal::derive(names)
                chosen=form.down
                on_choose=Callback::new(move |place| form.down.set(place))
            />
            <Pick
                id="sweep-across"
                label="and"
                options=Signal::derive(with_none)
                chosen=form.across
                on_choose=Callback::new(move |place| form.across.set(place))
            />
            <Rollouts id="sweep-rollouts" rollouts=form.rollouts />
        </div>
        <RunBar laboratory question=Question::Sweep studies />
        {move || {
            asked
                .get()
                .map(|asked| view! { <Found session laboratory asked chosen on_notice /> })
        }}
        <p class="muted lab-note">
            "Marked with a dot: misses and false alarms are both at most "{target}". Framed: what stands in the project. \
             Every cell meets the same seeds."
        </p>
    }
}

/// What a grid found.
#[component]
fn Found(
    /// The session.
    session: Session,
    /// What runs it.
    laboratory: Laboratory,
    /// The grid.
    asked: Arc<Asked>,
    /// The cell that is looked at.
    chosen: RwSignal<Option<usize>>,
    /// Something to tell.
    on_notice: Callback<Notice>,
) -> impl IntoView {
    let edges = asked.edges();
    let grid = Arc::clone(&asked.sweep);
    let found =
        Memo::new(move |_| laboratory.read(Question::Sweep, |ledgers| cells(&grid, ledgers)));
    let maps = if asked.turns.len() == 1 {
        view! { <Curve edges cells=found chosen /> }.into_any()
    } else {
        let other = edges.clone();
        view! {
            <HeatMap title="Misses" quality=Quality::Bad edges cells=found chosen />
            <HeatMap title="False alarms" quality=Quality::Good edges=other cells=found chosen />
        }
        .into_any()
    };
    view! {
        <div class="heat-maps">{maps}</div>
        <ChosenCell session laboratory asked cells=found chosen on_notice />
    }
}
