//! Whether a workload is ready, and whether waiting for it still makes sense.

use serde::{Deserialize, Serialize};

/// Whether a workload is ready.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum Readiness {
    /// It is.
    #[default]
    Ready,
    /// Not yet.
    Waiting,
    /// Its deadline has passed: it will not be.
    Deadline,
}

/// What a Deployment tells of itself. Defaults are those of one without pods.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Deployment {
    /// The generation that is wanted.
    pub generation: i64,
    /// The generation that was seen.
    pub observed_generation: i64,
    /// Whether its controller says that the deadline has passed.
    pub is_past_deadline: bool,
    /// Whether it says anything of its progress.
    pub tells_progress: bool,
    /// How long fewer pods than needed have been available, in seconds.
    pub unavailable_for: Option<i64>,
    /// How long that may be, in seconds.
    pub deadline: i64,
    /// Pods that are wanted.
    pub desired: Option<i64>,
    /// Pods of the new version.
    pub updated: i64,
    /// All pods.
    pub replicas: Option<i64>,
    /// Pods that are available.
    pub available: i64,
    /// Of the new ones, this many in a hundred must be available.
    pub threshold: i64,
}

impl Deployment {
    /// Whether it is ready.
    pub fn readiness(&self) -> Readiness {
        if self.observed_generation < self.generation {
            return Readiness::Waiting;
        }
        if self.is_past_deadline {
            return Readiness::Deadline;
        }
        let needed = self.updated.saturating_mul(self.threshold) / 100;
        let waits = self.desired.is_some_and(|desired| self.updated < desired)
            || self.replicas.is_some_and(|all| self.updated < all)
            || self.available < needed;
        let is_late = self.tells_progress
            && self
                .unavailable_for
                .is_some_and(|length| self.deadline < length);
        match (waits, is_late) {
            (false, _) => Readiness::Ready,
            (true, false) => Readiness::Waiting,
            (true, true) => Readiness::Deadline,
        }
    }
}
