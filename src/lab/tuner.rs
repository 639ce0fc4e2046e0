//! A search for better policies: rounds of studies, each of which the lab runs like any other.

use super::{Laboratory, Question, Wanted, apply::turned, turns::Turn, wanted::said};
use crate::state::draft::Draft;
use coalmine_lab::{Aim, Axis, Constraint, Extent, Part, Proposal, Shard, Study, Tuning};
use coalmine_wire::{Project, turning::show_value};
use leptos::prelude::*;
use std::sync::Arc;

/// Values of each number that is turned.
const STEPS: u32 = 6;

/// What is asked of a policy.
#[derive(Clone, Debug, PartialEq)]
pub struct Demand {
    /// The numbers that may be turned.
    pub turns: Vec<Turn>,
    /// The share of bad releases that may be missed, at most.
    pub misses: f64,
    /// The share of good releases that may be thrown away, at most.
    pub alarms: f64,
    /// Rollouts of each release under the policies that are left at the end.
    pub rollouts: u32,
}

/// What a search knows so far.
#[derive(Clone, Debug)]
pub struct Found {
    /// The project that it began with.
    pub project: Arc<Project>,
    /// What was asked.
    pub demand: Arc<Demand>,
    /// The policy as it stands.
    pub base: Option<Proposal>,
    /// The policies that no other one beats.
    pub front: Vec<Proposal>,
    /// Policies that are still in, and rollouts of each in the round that runs.
    pub standing: Option<(usize, u32)>,
}

impl Found {
    /// What a proposal changes: `Observation window 10 min`.
    pub fn name(&self, proposal: &Proposal) -> String {
        let changed = proposal.turned.iter().filter_map(|&(parameter, value)| {
            let mut turns = self.demand.turns.iter();
            let turn = turns.find(|turn| turn.parameter == parameter)?;
            let shown = show_value(parameter, value, &self.project.policy);
            (turn.now != Some(value)).then(|| format!("{} {shown}", turn.label))
        });
        let changed: Vec<String> = changed.collect();
        if changed.is_empty() {
            "As it stands".to_owned()
        } else {
            changed.join(", ")
        }
    }

    /// The project with a proposal.
    pub fn project_of(&self, proposal: &Proposal) -> Option<Project> {
        turned(&self.project, proposal.turned.iter().copied())
    }
}

/// The handle that components share.
#[derive(Clone, Copy)]
pub struct Tuner {
    laboratory: Laboratory,
    tuning: StoredValue<Option<Tuning>>,
    found: RwSignal<Option<Arc<Found>>>,
}

impl Tuner {
    /// A tuner that goes on with its rounds as long as it lives.
    pub fn new(laboratory: Laboratory) -> Self {
        let tuner = Self {
            laboratory,
            tuning: StoredValue::new(None),
            found: RwSignal::new(None),
        };
        // Leaves the reactive world: the next round goes to the workers.
        Effect::new(move |_| {
            laboratory.completed().track();
            if untrack(|| laboratory.is_about(Question::Tune)) {
                tuner.go_on();
            }
        });
        tuner
    }

    /// What is known.
    pub fn found(self) -> Signal<Option<Arc<Found>>> {
        self.found.into()
    }

    /// The first round of a search.
    ///
    /// # Errors
    /// In words, if nothing can be searched so.
    pub fn begin(self, draft: Draft, wanted: Wanted, demand: Demand) -> Result<Study, String> {
        if demand.turns.is_empty() {
            return Err("Choose at least one number that may change".to_owned());
        }
        let (project, design) = wanted.design(draft)?;
        let axes = demand
            .turns
            .iter()
            .map(|turn| turn.axis(STEPS).map_err(said));
        let axes = axes.collect::<Result<Vec<Axis>, String>>()?;
        let most = |aim, most| Constraint { aim, most };
        let constraints = vec![
            most(Aim::Misses, demand.misses),
            most(Aim::FalseAlarms, demand.alarms),
        ];
        let extent = Extent {
            seed: project.seed,
            rollouts: demand.rollouts,
            shard: Shard::WHOLE,
        };
        let tuning = Tuning::new(&design, &axes, constraints, extent).map_err(said)?;
        let round = tuning.round().map_err(said)?;
        self.found.set(Some(Arc::new(Found {
            project,
            demand: Arc::new(demand),
            base: None,
            front: Vec::new(),
            standing: Some(tuning.standing()),
        })));
        self.tuning.set_value(Some(tuning));
        round.ok_or_else(|| "Nothing is left to be tried".to_owned())
    }

    /// Takes in what the last round found, and begins the next one.
    fn go_on(self) {
        let part = untrack(|| {
            self.laboratory
                .read(Question::Tune, |ledgers| ledgers.first().map(Part::of))
        });
        let Some(part) = part else {
            return;
        };
        let next = self.tuning.try_update_value(|tuning| {
            let tuning = tuning.as_mut()?;
            tuning.take_in(&part);
            let round = tuning.round().ok().flatten();
            let standing = round.as_ref().map(|_| tuning.standing());
            Some((tuning.base(), tuning.front(), standing, round))
        });
        let Some((base, front, standing, round)) = next.flatten() else {
            return;
        };
        self.found.update(|found| {
            if let Some(before) = found.take() {
                *found = Some(Arc::new(Found {
                    base,
                    front,
                    standing,
                    ..(*before).clone()
                }));
            }
        });
        if let Some(study) = round {
            self.laboratory.run(Question::Tune, vec![study]);
        }
    }
}
