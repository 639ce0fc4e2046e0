//! The question of a comparison: the project's policy, and the same with one number changed.

use super::{
    Wanted,
    apply::turned,
    turns::{Turn, offered},
    wanted::said,
};
use crate::state::draft::Draft;
use coalmine_lab::{Parameter, Shard, Study, StudyParts};
use coalmine_wire::{
    Project,
    turning::{parse_value, show_value},
};
use leptos::prelude::*;
use std::sync::Arc;

/// Rollouts of each release under each policy at first.
const ROLLOUTS: u32 = 1_000;

/// What was compared.
#[derive(Clone, Debug)]
pub struct Rivals {
    /// The project.
    pub project: Arc<Project>,
    /// What is changed.
    pub turn: Turn,
    /// To what.
    pub value: i64,
}

impl Rivals {
    /// What the other policy is called.
    pub fn name(&self) -> String {
        let value = show_value(self.turn.parameter, self.value, &self.project.policy);
        format!("{} {value}", self.turn.label)
    }

    /// The project with the other policy.
    pub fn other(&self) -> Option<Project> {
        turned(&self.project, [(self.turn.parameter, self.value)])
    }
}

/// What is changed, and to what.
#[derive(Clone, Copy)]
pub struct Form {
    draft: Draft,
    /// What can be changed.
    pub turns: Memo<Vec<Turn>>,
    /// What is, by its place.
    pub place: RwSignal<usize>,
    turn: Memo<Option<Turn>>,
    /// Twice as much, until somebody says something else.
    value: Memo<Option<i64>>,
    typed: RwSignal<Option<i64>>,
    /// Rollouts of each release under each policy.
    pub rollouts: RwSignal<u32>,
}

impl Form {
    /// What people ask first: twice the observation.
    pub fn new(draft: Draft) -> Self {
        let turns = offered(draft, |turn| turn.can_apply && turn.now.is_some());
        let window = turns.with_untracked(|turns| {
            let mut turns = turns.iter();
            turns.position(|turn| turn.parameter == Parameter::Window(None))
        });
        let place = RwSignal::new(window.unwrap_or(0));
        let turn = Memo::new(move |_| turns.with(|turns| turns.get(place.get()).cloned()));
        let typed = RwSignal::new(None::<i64>);
        let value = Memo::new(move |_| {
            let usual = turn.with(|turn| turn.as_ref()?.now.map(|now| now.saturating_mul(2)));
            typed.get().or(usual)
        });
        Self {
            draft,
            turns,
            place,
            turn,
            value,
            typed,
            rollouts: RwSignal::new(ROLLOUTS),
        }
    }

    /// What the field shows.
    pub fn shown(self) -> String {
        let policy = self.draft.project().with(|project| project.policy.clone());
        let pair = self.turn.get().zip(self.value.get());
        pair.map_or_else(String::new, |(turn, value)| {
            show_value(turn.parameter, value, &policy)
        })
    }

    /// Takes a typed value.
    ///
    /// # Errors
    /// In words, if it is none.
    pub fn type_in(self, text: &str) -> Result<(), String> {
        let project = self.draft.project();
        let policy = project.with_untracked(|project| project.policy.clone());
        let turn = self.turn.get_untracked().ok_or_else(nothing)?;
        let value = parse_value(turn.parameter, text.trim(), &policy).map_err(said)?;
        self.typed.set(Some(value));
        Ok(())
    }

    /// Changes something else.
    pub fn choose(self, place: usize) {
        self.typed.set(None);
        self.place.set(place);
    }

    /// What is compared, and the study that does.
    ///
    /// # Errors
    /// In words, if it cannot be run.
    pub fn ask(self, wanted: Wanted) -> Result<(Rivals, Study), String> {
        let (project, design) = wanted.design(self.draft)?;
        let turn = self.turn.get().ok_or_else(nothing)?;
        let value = self.value.get().ok_or_else(nothing)?;
        let other = design.clone().with(turn.parameter, value).map_err(said)?;
        let study = Study::new(StudyParts {
            plans: vec![design.plan().map_err(said)?, other.plan().map_err(said)?],
            releases: design.releases,
            seed: project.seed,
            rollouts: self.rollouts.get(),
            precision: None,
            shard: Shard::WHOLE,
        });
        let study = study.map_err(said)?.paired();
        let rivals = Rivals {
            project,
            turn,
            value,
        };
        Ok((rivals, study))
    }
}

fn nothing() -> String {
    "Choose what to change first".to_owned()
}
