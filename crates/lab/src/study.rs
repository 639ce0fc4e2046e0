//! What is run: plans, releases, a seed, how many rollouts; and how that is cut into pieces for workers.

use crate::{
    branch::run_all,
    pair::Pair,
    release::Release,
    run::{Ran, run, seed_of},
    tally::Tally,
};
use alloc::{sync::Arc, vec, vec::Vec};
use coalmine_controller::{Limit, Plan};
use coalmine_sim::{Kit, Seed};
use core::{fmt, num::NonZeroU32};
use serde::{Deserialize, Serialize};

/// Runs of one release that a worker does at a time: a few hundredths of a second.
pub const PIECE: u32 = 50;

/// Rollouts of one release that a study may have at most.
pub const MOST_ROLLOUTS: u32 = 10_000_000;

/// When the intervals are narrow enough to stop before all rollouts are done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Precision {
    /// Half the width of the intervals of false alarms and misses, in millionths: 10 000 is one point.
    pub half_width: Limit,
}

/// One of several equal parts of a study: pieces go round, so that each part has its share of every release.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shard {
    /// Which, counted from one.
    pub number: NonZeroU32,
    /// Of how many.
    pub of: NonZeroU32,
}

impl Shard {
    /// All of it.
    pub const WHOLE: Self = Self {
        number: NonZeroU32::MIN,
        of: NonZeroU32::MIN,
    };

    /// A shard; nothing if its number is beyond how many there are, or zero.
    pub fn new(number: u32, of: u32) -> Option<Self> {
        let (number, of) = (NonZeroU32::new(number)?, NonZeroU32::new(of)?);
        (number <= of).then_some(Self { number, of })
    }
}

/// What a study is made of, before it is checked.
#[derive(Clone, Debug)]
pub struct StudyParts {
    /// The plans, all of which meet the same seeds. One for an ensemble.
    pub plans: Vec<Arc<Plan>>,
    /// The releases that each plan is tried on.
    pub releases: Vec<Release>,
    /// Where all chance comes from.
    pub seed: Seed,
    /// Rollouts of each release under each plan.
    pub rollouts: u32,
    /// Whether to stop earlier; looked at after fixed numbers of rollouts only.
    pub precision: Option<Precision>,
    /// The part of it to do.
    pub shard: Shard,
}

/// What is run. Always runnable: [`Study::new`] is the only way in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Study {
    plans: Arc<Vec<Arc<Plan>>>,
    releases: Vec<Release>,
    seed: Seed,
    rollouts: u32,
    precision: Option<Precision>,
    shard: Shard,
    is_paired: bool,
}

/// Why a study cannot be run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum StudyError {
    /// There is no plan.
    NoPlan,
    /// There is no release, or none that counts.
    NoRelease,
    /// No rollouts were asked for.
    NoRollouts,
    /// More rollouts than [`MOST_ROLLOUTS`].
    TooManyRollouts(u32),
    /// The intervals should have no width, or a negative one.
    Precision(Limit),
    /// A shard's number of rollouts is fixed, or its parts would not fit together.
    PreciseShard,
}

impl fmt::Display for StudyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoPlan => f.write_str("there is no plan to run: give at least one"),
            Self::NoRelease => f.write_str(
                "no release counts: give at least one, with a weight of one or more",
            ),
            Self::NoRollouts => f.write_str("no rollouts say nothing: ask for at least 1"),
            Self::TooManyRollouts(asked) => write!(
                f,
                "{asked} rollouts of each release are too many: ask for at most {MOST_ROLLOUTS}, and for shards beyond"
            ),
            Self::Precision(half) => write!(
                f,
                "no number of rollouts makes an interval ±{} wide: ask for more than 0, as in 0.01",
                half.0 as f64 / 1e6
            ),
            Self::PreciseShard => f.write_str(
                "a shard does not know when all shards together are precise enough: give it a fixed number of rollouts",
            ),
        }
    }
}

impl core::error::Error for StudyError {}

/// What a worker does at a time: [`PIECE`] runs of one release, or the last few.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Piece {
    /// The release, by its place.
    pub release: u32,
    /// The first run.
    pub from: u32,
    /// The run after the last.
    pub to: u32,
}

/// What a piece came to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Batch {
    /// By plan.
    pub tallies: Vec<Tally>,
    /// By plan, the first one left out; nothing where they are not compared.
    pub pairs: Vec<Pair>,
}

impl Study {
    /// Checks a study.
    ///
    /// # Errors
    /// Why it cannot be run.
    pub fn new(parts: StudyParts) -> Result<Self, StudyError> {
        let StudyParts {
            plans,
            releases,
            seed,
            rollouts,
            precision,
            shard,
        } = parts;
        if plans.is_empty() {
            return Err(StudyError::NoPlan);
        }
        if releases.iter().all(|release| release.weight == 0) {
            return Err(StudyError::NoRelease);
        }
        match (rollouts, precision) {
            (0, _) => return Err(StudyError::NoRollouts),
            (asked, _) if MOST_ROLLOUTS < asked => return Err(StudyError::TooManyRollouts(asked)),
            (_, Some(Precision { half_width })) if half_width <= Limit(0) => {
                return Err(StudyError::Precision(half_width));
            }
            (_, Some(_)) if shard != Shard::WHOLE => return Err(StudyError::PreciseShard),
            (_, Some(_) | None) => {}
        }
        Ok(Self {
            plans: Arc::new(plans),
            releases,
            seed,
            rollouts,
            precision,
            shard,
            is_paired: false,
        })
    }

    /// The same study, which also compares its plans with the first one, run by run.
    #[must_use]
    pub fn paired(mut self) -> Self {
        self.is_paired = true;
        self
    }

    /// How many plans are compared with the first one.
    pub fn pairs(&self) -> usize {
        if self.is_paired {
            self.plans.len() - 1
        } else {
            0
        }
    }

    /// The plans.
    pub fn plans(&self) -> &[Arc<Plan>] {
        &self.plans
    }

    /// The releases.
    pub fn releases(&self) -> &[Release] {
        &self.releases
    }

    /// Where all chance comes from.
    pub const fn seed(&self) -> Seed {
        self.seed
    }

    /// Rollouts of each release under each plan.
    pub const fn rollouts(&self) -> u32 {
        self.rollouts
    }

    /// When to stop earlier.
    pub const fn precision(&self) -> Option<Precision> {
        self.precision
    }

    /// The part of it to do.
    pub const fn shard(&self) -> Shard {
        self.shard
    }

    /// The same study, all of it.
    #[must_use]
    pub fn whole(mut self) -> Self {
        self.shard = Shard::WHOLE;
        self
    }

    /// The pieces of this shard whose runs lie from one number to another, in order.
    pub fn pieces(&self, from: u32, to: u32) -> impl Iterator<Item = Piece> {
        let to = to.min(self.rollouts);
        let from = from.min(to);
        let releases = u32::try_from(self.releases.len()).unwrap_or(u32::MAX);
        let (number, of) = (self.shard.number.get() - 1, self.shard.of.get());
        let places = if from < to {
            from / PIECE..to.div_ceil(PIECE)
        } else {
            0..0
        };
        let starts = places.map(|at| at * PIECE);
        let all = starts.flat_map(move |start| {
            (0..releases).map(move |release| Piece {
                release,
                from: start.max(from),
                to: (start + PIECE).min(to),
            })
        });
        all.filter(move |piece| {
            let place = u64::from(piece.from / PIECE) * u64::from(releases);
            (place + u64::from(piece.release)) % u64::from(of) == u64::from(number)
        })
    }

    /// Runs a piece. The same piece gives the same batch, whoever runs it and whatever was run before with this kit.
    /// A piece that is not of this study gives an empty batch.
    pub fn run(&self, piece: Piece, kit: &mut Kit) -> Batch {
        let mut batch = Batch {
            tallies: self.plans.iter().map(|_| Tally::default()).collect(),
            pairs: vec![Pair::default(); self.pairs()],
        };
        let Some(release) = self.releases.get(piece.release as usize) else {
            return batch;
        };
        let classes = classes(&self.plans);
        for number in piece.from..piece.to.min(self.rollouts) {
            let runs = self.runs_of(&classes, piece.release, number, kit);
            for (tally, ran) in batch.tallies.iter_mut().zip(&runs) {
                tally.add(number, ran);
            }
            if let [first, others @ ..] = runs.as_slice() {
                for (pair, other) in batch.pairs.iter_mut().zip(others) {
                    pair.add(number, release.quality, first, other);
                }
            }
        }
        batch
    }

    /// One run under every plan, by its release and its number. Nothing without that release.
    pub fn runs(&self, release: u32, number: u32, kit: &mut Kit) -> Vec<Ran> {
        self.runs_of(&classes(&self.plans), release, number, kit)
    }

    fn runs_of(&self, classes: &[Vec<u32>], release: u32, number: u32, kit: &mut Kit) -> Vec<Ran> {
        let Some(found) = self.releases.get(release as usize) else {
            return Vec::new();
        };
        let seed = seed_of(self.seed, release, number);
        match self.plans.as_slice() {
            [plan] => vec![run(plan, &found.scenario, seed, kit)],
            _ => run_all(&self.plans, classes, &found.scenario, seed, kit),
        }
    }
}

/// Plans by their places, those together that differ only in how their gates judge.
fn classes(plans: &[Arc<Plan>]) -> Vec<Vec<u32>> {
    let mut classes: Vec<(Plan, Vec<u32>)> = Vec::new();
    for (place, plan) in (0..).zip(plans) {
        let levelled = plan.levelled();
        match classes.iter_mut().find(|(other, _)| *other == levelled) {
            Some((_, class)) => class.push(place),
            None => classes.push((levelled, vec![place])),
        }
    }
    classes.into_iter().map(|(_, class)| class).collect()
}
