//! The question of a sweep: what is turned, and the grid that follows.

use super::{
    Wanted,
    heat_map::Edges,
    turns::{Turn, offered},
    wanted::said,
};
use crate::state::{analysis::Drawing, draft::Draft};
use coalmine_lab::{Axis, Extent, Parameter, Shard, Sweep};
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
    pub fn edges(&self) -> Edges {
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
pub struct Form {
    /// What can be turned.
    pub turns: Memo<Vec<Turn>>,
    /// What goes down, by its place.
    pub down: RwSignal<usize>,
    /// What goes across, counted from one; zero for nothing.
    pub across: RwSignal<usize>,
    /// Rollouts of each release in each cell.
    pub rollouts: RwSignal<u32>,
}

impl Form {
    /// What people ask first.
    pub fn new(draft: Draft) -> Self {
        let turns = offered(draft, |_| true);
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

    /// The grid that is asked for.
    ///
    /// # Errors
    /// In words, if it cannot be run.
    pub fn ask(self, draft: Draft, wanted: Wanted) -> Result<Asked, String> {
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
