//! One or two numbers turned over a grid: each cell is a plan and a world, all on the same seeds.
//!
//! Cells whose worlds are equal are one study, so that one run answers all of them for as long as they do the same.

use crate::{
    parameter::{Design, Parameter, ParameterError},
    release::Release,
    study::{Shard, Study, StudyError, StudyParts},
};
use alloc::{sync::Arc, vec::Vec};
use coalmine_controller::Plan;
use coalmine_sim::Seed;
use core::fmt;
use serde::{Deserialize, Serialize};

/// Cells that a grid may have at most: a cell's sums take some ten thousand bytes for each release.
pub const MOST_CELLS: usize = 2_500;

/// A number and the values that it takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Axis {
    /// What is turned.
    pub parameter: Parameter,
    /// To what, in the parameter's unit.
    pub values: Vec<i64>,
}

/// How values lie between the ends of a range.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Scale {
    /// At equal differences.
    #[default]
    Linear,
    /// At equal ratios.
    Geometric,
}

impl Axis {
    /// A parameter at so many values from one to another, both included. Values that round to the same are one.
    ///
    /// # Errors
    /// If there is no value, or the range runs backwards or, at equal ratios, from zero or below.
    pub fn over(
        parameter: Parameter,
        (from, to): (i64, i64),
        steps: u32,
        scale: Scale,
    ) -> Result<Self, SweepError> {
        let is_positive = scale == Scale::Linear || 0 < from;
        if steps == 0 || to < from || !is_positive {
            return Err(SweepError::EmptyRange(parameter));
        }
        if MOST_CELLS < steps as usize {
            return Err(SweepError::TooManyCells(steps as usize));
        }
        let last = f64::from(steps.saturating_sub(1).max(1));
        let (low, high) = (from as f64, to as f64);
        let value = |step: u32| {
            let along = f64::from(step) / last;
            let value = match scale {
                Scale::Linear => low + (high - low) * along,
                Scale::Geometric => low * libm::pow(high / low, along),
            };
            whole(value).clamp(from, to)
        };
        let mut values: Vec<i64> = (0..steps).map(value).collect();
        values.dedup();
        Ok(Self { parameter, values })
    }
}

/// The nearest whole number.
#[expect(
    clippy::cast_possible_truncation,
    reason = "rounded, and the cast saturates"
)]
fn whole(value: f64) -> i64 {
    libm::round(value) as i64
}

/// Why a grid cannot be run.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SweepError {
    /// Neither one nor two numbers are turned.
    Axes(usize),
    /// There is no value between the ends.
    EmptyRange(Parameter),
    /// More cells than [`MOST_CELLS`].
    TooManyCells(usize),
    /// The same number is turned twice.
    Twice(Parameter),
    /// A number cannot be turned so.
    Parameter(ParameterError),
    /// What comes out cannot be run.
    Study(StudyError),
}

impl fmt::Display for SweepError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Axes(found) => write!(
                f,
                "{found} numbers cannot be turned at once: name one or two"
            ),
            Self::EmptyRange(parameter) => write!(
                f,
                "the range of {parameter} is empty: give a lower end, a higher one, and at least one value"
            ),
            Self::TooManyCells(cells) => write!(
                f,
                "{cells} cells are too many to keep and to look at: take at most {MOST_CELLS}, as in 50 by 50"
            ),
            Self::Twice(parameter) => {
                write!(f, "{parameter} is turned twice: name another for one")
            }
            Self::Parameter(error) => write!(f, "{error}"),
            Self::Study(error) => write!(f, "{error}"),
        }
    }
}

impl core::error::Error for SweepError {}

/// A cell of the grid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// One value for each axis.
    pub values: Vec<i64>,
    /// The study it is in, by its place.
    pub study: usize,
    /// Its plan in that study, by its place.
    pub plan: usize,
}

/// A grid that is ready to run.
#[derive(Clone, Debug)]
pub struct Sweep {
    axes: Vec<Axis>,
    studies: Vec<Study>,
    cells: Vec<Cell>,
}

/// How many rollouts, on which seeds.
#[derive(Clone, Copy, Debug)]
pub struct Extent {
    /// Where all chance comes from.
    pub seed: Seed,
    /// Rollouts of each release in each cell.
    pub rollouts: u32,
    /// The part of it to do.
    pub shard: Shard,
}

/// What a grid costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    /// Rollouts that are judged: all cells together.
    pub rollouts: u64,
    /// Worlds that they begin in; each is run more than once where its plans part.
    pub worlds: u64,
}

impl Sweep {
    /// A grid over one or two numbers of a design.
    ///
    /// # Errors
    /// If it is empty or too large, or a number cannot be turned so.
    pub fn new(design: &Design, axes: Vec<Axis>, extent: Extent) -> Result<Self, SweepError> {
        if axes.is_empty() || 2 < axes.len() {
            return Err(SweepError::Axes(axes.len()));
        }
        if let [one, other] = axes.as_slice()
            && one.parameter == other.parameter
        {
            return Err(SweepError::Twice(one.parameter));
        }
        if let Some(axis) = axes.iter().find(|axis| axis.values.is_empty()) {
            return Err(SweepError::EmptyRange(axis.parameter));
        }
        let size = axes.iter().map(|axis| axis.values.len()).product();
        if MOST_CELLS < size {
            return Err(SweepError::TooManyCells(size));
        }
        let mut worlds: Vec<(Vec<Release>, Vec<Arc<Plan>>)> = Vec::new();
        let mut cells = Vec::with_capacity(size);
        for values in grid(&axes) {
            let mut turned = design.clone();
            for (axis, value) in axes.iter().zip(&values) {
                turned = turned
                    .with(axis.parameter, *value)
                    .map_err(SweepError::Parameter)?;
            }
            let plan = turned.plan().map_err(SweepError::Parameter)?;
            let known = worlds
                .iter()
                .position(|(world, _)| *world == turned.releases);
            let study = known.unwrap_or_else(|| {
                worlds.push((turned.releases, Vec::new()));
                worlds.len() - 1
            });
            let plans = &mut worlds[study].1;
            cells.push(Cell {
                values,
                study,
                plan: plans.len(),
            });
            plans.push(plan);
        }
        let studies = worlds.into_iter().map(|(releases, plans)| {
            Study::new(StudyParts {
                plans,
                releases,
                seed: extent.seed,
                rollouts: extent.rollouts,
                precision: None,
                shard: extent.shard,
            })
        });
        let studies = studies
            .collect::<Result<_, _>>()
            .map_err(SweepError::Study)?;
        Ok(Self {
            axes,
            studies,
            cells,
        })
    }

    /// The axes.
    pub fn axes(&self) -> &[Axis] {
        &self.axes
    }

    /// The studies to run, each with its own ledger.
    pub fn studies(&self) -> &[Study] {
        &self.studies
    }

    /// The cells, the values of the last axis running fastest.
    pub fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// What it costs.
    pub fn cost(&self) -> Cost {
        let worlds = |study: &Study| study.releases().len() as u64 * u64::from(study.rollouts());
        let rollouts = |study: &Study| worlds(study) * study.plans().len() as u64;
        Cost {
            rollouts: self.studies.iter().map(rollouts).sum(),
            worlds: self.studies.iter().map(worlds).sum(),
        }
    }
}

/// All combinations of values, the last axis running fastest.
fn grid(axes: &[Axis]) -> Vec<Vec<i64>> {
    axes.iter().fold(alloc::vec![Vec::new()], |rows, axis| {
        let with = |row: &Vec<i64>| {
            let row = row.clone();
            axis.values.iter().map(move |value| {
                let mut longer = row.clone();
                longer.push(*value);
                longer
            })
        };
        rows.iter().flat_map(with).collect()
    })
}
