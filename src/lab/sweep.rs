//! What one or two numbers do to misses and false alarms.

use super::{
    Laboratory, Question, Wanted,
    chosen_cell::ChosenCell,
    curve::Curve,
    heat::{TARGET, cells},
    heat_map::{Edges, HeatMap},
    run_bar::RunBar,
    settings::{Rollouts, said},
    turns::{Turn, turns},
    words,
};
use crate::{
    inspector::pick::Pick,
    state::{analysis::Drawing, draft::Draft, notice::Notice, session::Session},
};
use coalmine_lab::{Axis, Extent, Parameter, Quality, Shard, Study, Sweep};
use coalmine_wire::{Project, turning::show_value};
use leptos::prelude::*;
use std::sync::Arc;

/// Values on each axis.
const STEPS: u32 = 8;

/// Rollouts of each release in each cell at first.
const ROLLOUTS: u32 = 100;

/// A grid that was asked for.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The project that it turns.
    pub project: Arc<Project>,
    /// Its drawing.
    pub drawing: Arc<Drawing>,
    /// What is turned: down, and across.
    pub turns: Vec<Turn>,
    /// The grid.
    pub sweep: Arc<Sweep>,
}

impl Asked {
    /// The words at the edges of the grid.
    fn edges(&self) -> Edges {
        let policy = &self.project.policy;
        let values = |axis: &Axis| -> Vec<String> {
            let values = axis.values.iter();
            values
                .map(|value| show_value(axis.parameter, *value, policy))
                .collect()
        };
        let now = |place: usize| {
            let (turn, axis) = (self.turns.get(place)?, self.sweep.axes().get(place)?);
            axis.values
                .iter()
                .position(|value| Some(*value) == turn.now)
        };
        let edge = |place: usize| {
            let turn = self.turns.get(place)?;
            Some((turn.label.clone(), values(self.sweep.axes().get(place)?)))
        };
        Edges {
            rows: edge(0).unwrap_or_default(),
            columns: edge(1).unwrap_or_default(),
            now: (now(0), now(1)),
        }
    }
}

/// What is turned.
#[derive(Clone, Copy)]
struct Form {
    turns: Memo<Vec<Turn>>,
    down: RwSignal<usize>,
    /// Counted from one; zero for nothing.
    across: RwSignal<usize>,
    rollouts: RwSignal<u32>,
}

impl Form {
    fn new(draft: Draft) -> Self {
        let turns = Memo::new(move |_| {
            draft
                .drawing()
                .with(|drawing| draft.project().with(|project| turns(project, drawing)))
        });
        // The threshold, and how long it is watched: what people ask first.
        let window = turns.with_untracked(|turns| {
            let mut turns = turns.iter();
            turns.position(|turn| turn.parameter == Parameter::Window(None))
        });
        Self {
            turns,
            down: RwSignal::new(0),
            across: RwSignal::new(window.map_or(0, |place| place + 1)),
            rollouts: RwSignal::new(ROLLOUTS),
        }
    }

    fn ask(self, draft: Draft, wanted: Wanted) -> Result<Asked, String> {
        let (project, design) = wanted.design(draft)?;
        let chosen = self.turns.with(|all| {
            let places = [Some(self.down.get()), self.across.get().checked_sub(1)];
            let places = places.into_iter().flatten();
            places
                .filter_map(|place| all.get(place).cloned())
                .collect::<Vec<_>>()
        });
        let axes = chosen.iter().map(|turn| turn.axis(STEPS).map_err(said));
        let axes = axes.collect::<Result<Vec<Axis>, String>>()?;
        let extent = Extent {
            seed: project.seed,
            rollouts: self.rollouts.get(),
            shard: Shard::WHOLE,
        };
        let sweep = Sweep::new(&design, axes, extent).map_err(said)?;
        Ok(Asked {
            project,
            drawing: draft.drawing().get(),
            turns: chosen,
            sweep: Arc::new(sweep),
        })
    }
}

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
