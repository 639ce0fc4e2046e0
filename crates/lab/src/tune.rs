//! Which policies are worth having: no other one in the ranges is better in everything that matters.
//!
//! Successive halving (K. Jamieson and A. Talwalkar, 2016) on common seeds: all candidates run a few rollouts, the less
//! promising half goes, the others run twice as many. The policy as it is stays in, so that each proposal is compared with
//! it on the same seeds.

use crate::{
    parameter::{Design, Parameter},
    part::Part,
    release::{Quality, Release},
    report::Share,
    study::{Study, StudyParts},
    sweep::{Axis, Extent, MOST_CELLS, SweepError, grid},
    tally::Measure,
};
use alloc::{sync::Arc, vec::Vec};
use coalmine_controller::Plan;
use core::cmp::Ordering;

/// Candidates that are left at the end, at most; and the policy as it is.
const LAST: usize = 12;
/// Rollouts of the first round.
const FIRST_ROUND: u32 = 50;

/// What a policy is judged by; less is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Aim {
    /// The share of bad releases that is promoted.
    Misses,
    /// The share of good releases that is rolled back.
    FalseAlarms,
    /// Milliseconds until a good release is promoted, on average.
    TimeToPromote,
    /// Users hurt by a bad release, on average.
    UsersHurt,
}

impl Aim {
    /// All there are.
    pub const ALL: [Self; 4] = [
        Self::Misses,
        Self::FalseAlarms,
        Self::TimeToPromote,
        Self::UsersHurt,
    ];
}

/// An aim must not be above this, in its unit: a share, milliseconds, or users.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Constraint {
    /// Which.
    pub aim: Aim,
    /// The most it may be.
    pub most: f64,
}

/// How a policy does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Score {
    /// Bad releases promoted.
    pub misses: Option<Share>,
    /// Good releases rolled back.
    pub false_alarms: Option<Share>,
    /// Milliseconds until a good release is promoted, on average.
    pub time_to_promote: Option<f64>,
    /// Users hurt by a bad release, on average.
    pub users_hurt: Option<f64>,
}

impl Score {
    /// What sums say of a plan.
    fn new(part: &Part, plan: usize) -> Option<Self> {
        let report = part.report(plan)?;
        let mean = |measure, quality| {
            let releases = report.releases.iter();
            let found = releases.filter(|release| release.quality == quality);
            let means = found.filter_map(|release| {
                let mut spreads = release.spreads.iter();
                let (_, spread) = spreads.find(|(other, _)| *other == measure)?;
                Some((spread.mean, f64::from(release.weight)))
            });
            let (sum, weight) = means.fold((0.0, 0.0), |(sum, all), (mean, weight)| {
                (sum + mean * weight, all + weight)
            });
            (0.0 < weight).then(|| sum / weight)
        };
        Some(Self {
            misses: report.misses,
            false_alarms: report.false_alarms,
            time_to_promote: mean(Measure::TimeToPromote, Quality::Good),
            users_hurt: mean(Measure::UsersHurt, Quality::Bad),
        })
    }

    /// An aim, in its unit. What never happened, a promotion say, is as bad as can be.
    pub fn of(&self, aim: Aim) -> f64 {
        let share = |share: Option<Share>| share.map_or(0.0, |share| share.share);
        match aim {
            Aim::Misses => share(self.misses),
            Aim::FalseAlarms => share(self.false_alarms),
            Aim::TimeToPromote => self.time_to_promote.unwrap_or(f64::INFINITY),
            Aim::UsersHurt => self.users_hurt.unwrap_or(0.0),
        }
    }

    /// Whether this is at least as good in everything, and better in something.
    pub fn dominates(&self, other: &Self) -> bool {
        let pairs = Aim::ALL.map(|aim| (self.of(aim), other.of(aim)));
        pairs.iter().all(|(own, other)| own <= other)
            && pairs.iter().any(|(own, other)| own < other)
    }

    /// By how much constraints are broken, each in parts of itself.
    pub fn excess(&self, constraints: &[Constraint]) -> f64 {
        let over = constraints.iter().map(|constraint| {
            let beyond = (self.of(constraint.aim) - constraint.most).max(0.0);
            beyond / constraint.most.max(1e-6)
        });
        over.sum()
    }
}

/// A policy that was tried.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// What is turned, in the order of the axes; nothing for the policy as it is.
    pub turned: Vec<(Parameter, i64)>,
    /// How it does.
    pub score: Score,
    /// Whether it meets every constraint.
    pub is_allowed: bool,
}

/// Parameters and their values.
type Turned = Vec<(Parameter, i64)>;

/// A search that is under way.
#[derive(Clone, Debug)]
pub struct Tuning {
    releases: Vec<Release>,
    extent: Extent,
    constraints: Vec<Constraint>,
    /// The policy as it is comes first.
    candidates: Vec<(Turned, Arc<Plan>)>,
    /// Those still in, by their places; the first one always is.
    alive: Vec<usize>,
    rollouts: u32,
    scores: Vec<Option<Score>>,
    is_over: bool,
}

impl Tuning {
    /// A search over all combinations of values. Combinations that cannot run are left out.
    ///
    /// # Errors
    /// If there are none, or too many, or the world is turned, which would compare different things.
    pub fn new(
        design: &Design,
        axes: &[Axis],
        constraints: Vec<Constraint>,
        extent: Extent,
    ) -> Result<Self, SweepError> {
        let size = axes.iter().try_fold(1_usize, |size, axis| {
            let size = size.saturating_mul(axis.values.len());
            if size == 0 {
                return Err(SweepError::EmptyRange(axis.parameter));
            }
            Ok(size)
        })?;
        if axes.is_empty() {
            return Err(SweepError::Axes(0));
        }
        if MOST_CELLS < size {
            return Err(SweepError::TooManyCells(size));
        }
        let plan = design.plan().map_err(SweepError::Parameter)?;
        let mut candidates = alloc::vec![(Vec::new(), plan)];
        for values in grid(axes) {
            let parameters = axes.iter().map(|axis| axis.parameter);
            let values: Vec<(Parameter, i64)> = parameters.zip(values).collect();
            let turned = values
                .iter()
                .try_fold(design.clone(), |turned, (parameter, value)| {
                    turned.with(*parameter, *value)
                });
            let turned = turned.map_err(SweepError::Parameter)?;
            if turned.releases != design.releases {
                let world = axes
                    .iter()
                    .map(|axis| axis.parameter)
                    .find(|it| it.is_of_the_world());
                return Err(SweepError::World(world.unwrap_or(axes[0].parameter)));
            }
            if let Ok(plan) = turned.plan() {
                candidates.push((values, plan));
            }
        }
        Ok(Self {
            releases: design.releases.clone(),
            constraints,
            alive: (0..candidates.len()).collect(),
            scores: candidates.iter().map(|_| None).collect(),
            candidates,
            rollouts: FIRST_ROUND.min(extent.rollouts),
            extent,
            is_over: false,
        })
    }

    /// The study of the next round; nothing once the search is over.
    ///
    /// # Errors
    /// If it cannot be run.
    pub fn round(&self) -> Result<Option<Study>, SweepError> {
        if self.is_over {
            return Ok(None);
        }
        let plans = self
            .alive
            .iter()
            .map(|&at| Arc::clone(&self.candidates[at].1));
        let parts = StudyParts {
            plans: plans.collect(),
            releases: self.releases.clone(),
            seed: self.extent.seed,
            rollouts: self.rollouts,
            precision: None,
            shard: self.extent.shard,
        };
        Study::new(parts).map(Some).map_err(SweepError::Study)
    }

    /// How many policies are still in, the one as it is among them, and how many rollouts of each release they run next.
    pub fn standing(&self) -> (usize, u32) {
        (self.alive.len(), self.rollouts)
    }

    /// Takes in what a round found: the less promising half goes.
    pub fn take_in(&mut self, part: &Part) {
        for (plan, &at) in self.alive.iter().enumerate() {
            self.scores[at] = Score::new(part, plan);
        }
        if self.extent.rollouts <= self.rollouts {
            self.is_over = true;
            return;
        }
        let others = self.alive.len() - 1;
        if LAST < others {
            let keep = others.div_ceil(2).max(LAST);
            let mut ranked: Vec<(Rank, usize)> = self.alive[1..]
                .iter()
                .map(|&at| (self.rank(at), at))
                .collect();
            ranked.sort_by(|(one, at), (other, place)| one.compare(other).then(at.cmp(place)));
            ranked.truncate(keep);
            self.alive.truncate(1);
            self.alive.extend(ranked.into_iter().map(|(_, at)| at));
            self.alive.sort_unstable();
        }
        // Few are left: they may as well run all.
        self.rollouts = if self.alive.len() <= LAST + 1 {
            self.extent.rollouts
        } else {
            self.rollouts.saturating_mul(2).min(self.extent.rollouts)
        };
    }

    /// The policy as it is.
    pub fn base(&self) -> Option<Proposal> {
        self.proposal(0)
    }

    /// The policies that no other one beats in everything, those first that meet all constraints and miss the least. If
    /// none meets them, the one that comes closest.
    pub fn front(&self) -> Vec<Proposal> {
        let known: Vec<(usize, Proposal)> = self.alive[1..]
            .iter()
            .filter_map(|&at| Some((at, self.proposal(at)?)))
            .collect();
        let allowed = known.iter().filter(|(_, proposal)| proposal.is_allowed);
        let mut front: Vec<Proposal> = allowed
            .clone()
            .filter(|(_, one)| {
                !allowed
                    .clone()
                    .any(|(_, other)| other.score.dominates(&one.score))
            })
            .map(|(_, proposal)| proposal.clone())
            .collect();
        if front.is_empty() {
            let excess = |proposal: &Proposal| proposal.score.excess(&self.constraints);
            let closest = known
                .iter()
                .min_by(|(_, one), (_, other)| excess(one).total_cmp(&excess(other)));
            front.extend(closest.map(|(_, proposal)| proposal.clone()));
        }
        let by = |aim, one: &Proposal, other: &Proposal| {
            one.score.of(aim).total_cmp(&other.score.of(aim))
        };
        front.sort_by(|one, other| {
            Aim::ALL.iter().fold(Ordering::Equal, |so_far, &aim| {
                so_far.then(by(aim, one, other))
            })
        });
        front
    }

    fn proposal(&self, at: usize) -> Option<Proposal> {
        let score = self.scores[at]?;
        Some(Proposal {
            turned: self.candidates[at].0.clone(),
            score,
            is_allowed: score.excess(&self.constraints) <= 0.0,
        })
    }

    fn rank(&self, at: usize) -> Rank {
        let Some(score) = self.scores[at] else {
            return Rank {
                excess: f64::INFINITY,
                dominated: usize::MAX,
            };
        };
        let others = self.alive.iter().filter_map(|&other| self.scores[other]);
        Rank {
            excess: score.excess(&self.constraints),
            dominated: others.filter(|other| other.dominates(&score)).count(),
        }
    }
}

/// How promising a candidate is: first that it meets the constraints, then by how many others it is beaten.
struct Rank {
    excess: f64,
    dominated: usize,
}

impl Rank {
    fn compare(&self, other: &Self) -> Ordering {
        let excess = self.excess.total_cmp(&other.excess);
        excess.then(self.dominated.cmp(&other.dominated))
    }
}
