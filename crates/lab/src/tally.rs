//! What is counted over runs: integers only, so that tallies add up in any order to the same bytes.

use crate::{release::Quality, run::Ran, sketch::Sketch, watch::Stop};
use alloc::collections::BTreeMap;
use coalmine_controller::Outcome;
use coalmine_flow::{EdgeId, NodeId};
use core::fmt;
use serde::{Deserialize, Serialize};

/// What is measured on every run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Measure {
    /// From the first harm of a fault to the decision to roll back, in milliseconds. Runs without either have none.
    TimeToDetect,
    /// From the beginning to success, in milliseconds. Other runs have none.
    TimeToPromote,
    /// Requests sent to the canary until it was promoted or the run ended.
    CanaryRequests,
    /// Bad requests beyond those of the same day without faults, on either version.
    UsersHurt,
    /// The canary's share of traffic when the rollback was decided, in basis points. Other runs have none.
    WeightAtDetection,
    /// Bad requests over those that the objective forgives, in millionths.
    BudgetBurned,
}

impl Measure {
    /// All there are.
    pub const ALL: [Self; 6] = [
        Self::TimeToDetect,
        Self::TimeToPromote,
        Self::CanaryRequests,
        Self::UsersHurt,
        Self::WeightAtDetection,
        Self::BudgetBurned,
    ];

    /// The value of a run, where it has one.
    pub fn of(self, ran: &Ran) -> Option<u64> {
        let summary = &ran.summary;
        match self {
            Self::TimeToDetect => {
                let onset = summary.onset?;
                Some(summary.detected?.since(onset).0)
            }
            Self::TimeToPromote => {
                (summary.outcome == Outcome::Succeeded).then_some(summary.ended.0)
            }
            Self::CanaryRequests => Some(summary.canary_requests),
            Self::UsersHurt => Some(summary.bad_by_fault),
            Self::WeightAtDetection => {
                let weight = summary.weight_at_detection?;
                Some(u64::from(weight.basis_points()))
            }
            Self::BudgetBurned => Some(summary.budget_burned),
        }
    }

    const fn place(self) -> usize {
        self as usize
    }
}

/// As in a table's first column: `time to detect`.
impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TimeToDetect => "time to detect",
            Self::TimeToPromote => "time to promote",
            Self::CanaryRequests => "canary requests",
            Self::UsersHurt => "users hurt",
            Self::WeightAtDetection => "weight at detection",
            Self::BudgetBurned => "error budget burned",
        })
    }
}

/// Sums over runs of one plan with one release.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// How many runs.
    pub runs: u64,
    /// How they ended, in the order of [`Outcome`].
    outcomes: [u64; 4],
    /// What stopped those that did not succeed.
    pub stops: BTreeMap<Stop, u64>,
    /// Runs that passed a node.
    pub nodes: BTreeMap<NodeId, u64>,
    /// Runs that travelled an edge.
    pub edges: BTreeMap<EdgeId, u64>,
    /// Runs that left the drawn path, from where to where.
    pub jumps: BTreeMap<(NodeId, NodeId), u64>,
    sketches: [Sketch; Measure::ALL.len()],
}

impl Tally {
    /// Counts the run with this number.
    pub fn add(&mut self, run: u32, ran: &Ran) {
        self.runs += 1;
        self.outcomes[ran.summary.outcome as usize] += 1;
        if let Some(stop) = ran.stop {
            *self.stops.entry(stop).or_default() += 1;
        }
        for &node in &ran.nodes {
            *self.nodes.entry(node).or_default() += 1;
        }
        for &edge in &ran.edges {
            *self.edges.entry(edge).or_default() += 1;
        }
        for &jump in &ran.jumps {
            *self.jumps.entry(jump).or_default() += 1;
        }
        for measure in Measure::ALL {
            if let Some(value) = measure.of(ran) {
                self.sketches[measure.place()].add(value, run);
            }
        }
    }

    /// Adds what another tally holds of other runs.
    pub fn merge(&mut self, other: &Self) {
        self.runs += other.runs;
        for (own, more) in self.outcomes.iter_mut().zip(other.outcomes) {
            *own += more;
        }
        merge(&mut self.stops, &other.stops);
        merge(&mut self.nodes, &other.nodes);
        merge(&mut self.edges, &other.edges);
        merge(&mut self.jumps, &other.jumps);
        for (own, more) in self.sketches.iter_mut().zip(&other.sketches) {
            own.merge(more);
        }
    }

    /// Runs that ended so.
    pub const fn ended(&self, outcome: Outcome) -> u64 {
        self.outcomes[outcome as usize]
    }

    /// Runs in which the opposite of what should become of the release became of it: a good one rolled back, a bad one
    /// promoted. A run that failed is neither.
    pub const fn wrong(&self, quality: Quality) -> u64 {
        match quality {
            Quality::Good => self.ended(Outcome::Aborted) + self.ended(Outcome::RolledBack),
            Quality::Bad => self.ended(Outcome::Succeeded),
        }
    }

    /// The distribution of a measure over the runs that have it.
    pub const fn sketch(&self, measure: Measure) -> &Sketch {
        &self.sketches[measure.place()]
    }
}

/// Whether the opposite of what should become of a release became of it in this run.
pub(crate) const fn is_wrong(ran: &Ran, quality: Quality) -> bool {
    match (quality, ran.summary.outcome) {
        (Quality::Good, Outcome::Aborted | Outcome::RolledBack)
        | (Quality::Bad, Outcome::Succeeded) => true,
        (Quality::Good, Outcome::Succeeded | Outcome::Failed)
        | (Quality::Bad, Outcome::Aborted | Outcome::RolledBack | Outcome::Failed) => false,
    }
}

fn merge<K: Ord + Copy>(own: &mut BTreeMap<K, u64>, other: &BTreeMap<K, u64>) {
    for (&key, &count) in other {
        *own.entry(key).or_default() += count;
    }
}
