//! What a study or one shard of it came to, and how shards are joined to exactly what the whole study would have found.

use crate::{
    ledger::Ledger,
    pair::Pair,
    report::{CONFIDENCE, Report},
    study::{Shard, Study},
    tally::Tally,
};
use alloc::vec::Vec;
use core::fmt;
use serde::{Deserialize, Serialize};

/// A study, or one shard of it, and its sums.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    study: Study,
    sums: Vec<Vec<Tally>>,
    pairs: Vec<Vec<Pair>>,
}

/// Why parts do not make a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum JoinError {
    /// There are none.
    Nothing,
    /// The part at this place, counted from zero, is of another study: another file, seed, number of rollouts or shards.
    Other(usize),
    /// The parts at these places are the same shard.
    Twice(usize, usize),
    /// Shards that are not there, as numbers counted from one, and how many there should be.
    Missing(Vec<u32>, u32),
}

impl fmt::Display for JoinError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nothing => f.write_str("there is nothing to join: give the parts of all shards"),
            Self::Other(place) => write!(
                f,
                "part {} is of another study than part 1: join parts that were made with the same file, seed, number of rollouts and number of shards",
                place + 1
            ),
            Self::Twice(one, other) => write!(
                f,
                "parts {} and {} are the same shard, which would count twice: leave one out",
                one + 1,
                other + 1
            ),
            Self::Missing(numbers, of) => {
                f.write_str("not all shards are here: run the missing ones,")?;
                for number in numbers.iter().take(10) {
                    write!(f, " {number}/{of}")?;
                }
                match numbers.len() {
                    0..=10 => Ok(()),
                    more => write!(f, " and {} more", more - 10),
                }
            }
        }
    }
}

impl core::error::Error for JoinError {}

impl Part {
    /// What the books of a study say.
    pub fn of(ledger: &Ledger) -> Self {
        Self {
            study: (**ledger.study()).clone(),
            sums: ledger.sums().to_vec(),
            pairs: ledger.pairs().to_vec(),
        }
    }

    /// The study.
    pub const fn study(&self) -> &Study {
        &self.study
    }

    /// The sums, by plan and release.
    pub fn sums(&self) -> &[Vec<Tally>] {
        &self.sums
    }

    /// The differences, by plan, the first one left out, and release; nothing where plans are not compared.
    pub fn pairs(&self) -> &[Vec<Pair>] {
        &self.pairs
    }

    /// Runs that are counted.
    pub fn runs(&self) -> u64 {
        let tallies = self.sums.iter().flatten();
        tallies.map(|tally| tally.runs).sum()
    }

    /// What the sums say of a plan, by its place; nothing if there is no such plan.
    pub fn report(&self, plan: usize) -> Option<Report> {
        Report::new(&self.study, plan, &self.sums, CONFIDENCE)
    }

    /// Joins all shards of a study, in any order, to exactly what the whole study finds.
    ///
    /// # Errors
    /// If parts are missing, there twice, or of another study.
    pub fn join(parts: &[Self]) -> Result<Self, JoinError> {
        let first = parts.first().ok_or(JoinError::Nothing)?;
        let of = first.study.shard().of;
        let study = first.study.clone().whole();
        let mut whole = Self {
            study,
            sums: Vec::new(),
            pairs: Vec::new(),
        };
        for (place, part) in parts.iter().enumerate() {
            let shard = part.study.shard();
            if shard.of != of || part.study.clone().whole() != whole.study {
                return Err(JoinError::Other(place));
            }
            let mut before = parts.iter().take(place);
            if let Some(twice) = before.position(|other| other.study.shard() == shard) {
                return Err(JoinError::Twice(twice, place));
            }
            if place == 0 {
                whole.sums.clone_from(&part.sums);
                whole.pairs.clone_from(&part.pairs);
            } else {
                whole.add(part);
            }
        }
        let is_here = |number: &u32| {
            let mut shards = parts.iter().map(|part| part.study.shard());
            shards.any(|Shard { number: own, .. }| own.get() == *number)
        };
        let missing: Vec<u32> = (1..=of.get()).filter(|number| !is_here(number)).collect();
        if missing.is_empty() {
            Ok(whole)
        } else {
            Err(JoinError::Missing(missing, of.get()))
        }
    }

    fn add(&mut self, part: &Self) {
        let sums = self.sums.iter_mut().flatten();
        for (sum, more) in sums.zip(part.sums.iter().flatten()) {
            sum.merge(more);
        }
        let pairs = self.pairs.iter_mut().flatten();
        for (sum, more) in pairs.zip(part.pairs.iter().flatten()) {
            sum.merge(more);
        }
    }
}
