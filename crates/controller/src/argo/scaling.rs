//! How many pods each version gets and what share of the traffic, pass by pass.

mod basic;
mod limits;
mod routed;
mod weight;

use super::{
    CanaryScale, Release, Spec, Threshold,
    spec::{Routing, Step},
};
pub use basic::{ideal_split, pods_for_scale_down};
pub use limits::{DelayMeans, Limits, Strategy, abort_scale_down_delay, resolve, scale_down_delay};
pub use weight::{router_weight, step_weight};

/// The pods of a version.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PodSet {
    /// Asked for.
    pub asked: u32,
    /// Available.
    pub available: u32,
    /// There, available or not.
    pub created: u32,
}

impl PodSet {
    /// So many, all of them available.
    pub const fn all(pods: u32) -> Self {
        Self {
            asked: pods,
            available: pods,
            created: pods,
        }
    }
}

/// What a rollout's pods and weights depend on, at a pass.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own, as upstream's status has them"
)]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Situation {
    /// The new version; nothing where it has not been made.
    pub canary: Option<PodSet>,
    /// The version in service.
    pub stable: Option<PodSet>,
    /// All older ones together.
    pub older: PodSet,
    /// Whether both are the same version.
    pub canary_is_stable: bool,
    /// Whether no version has ever been in service.
    pub no_stable: bool,
    /// Pods wanted.
    pub replicas: u32,
    /// The present step.
    pub index: usize,
    /// Whether the rollout is aborted.
    pub aborted: bool,
    /// Whether a person wants all of it at once.
    pub promote_full: bool,
    /// Whether the version in service comes back in the middle of an update.
    pub rolls_back_to_stable: bool,
    /// The canary's share in force, where there is a router.
    pub weight: Option<u32>,
}

/// Pods of both versions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Split {
    /// Of the new version.
    pub canary: u32,
    /// Of the version in service.
    pub stable: u32,
}

/// The rules of scaling for one rollout.
#[derive(Clone, Copy, Debug)]
pub struct Scaling<'a> {
    /// What its file says.
    pub spec: &'a Spec,
    /// Where it stands.
    pub now: &'a Situation,
}

impl Scaling<'_> {
    /// How many pods each version should be asked for in this pass.
    pub fn pass(self) -> Split {
        match &self.spec.routing {
            Some(routing) => self.routed(routing),
            None => self.basic(),
        }
    }

    /// How many each should have in the end, for the present step.
    pub fn desired(self) -> Split {
        if let Some(routing) = &self.spec.routing {
            return self.routed(routing);
        }
        let limits = self.limits();
        ideal_split(self.now.replicas, self.wanted_weight(), 100, limits.surge)
    }

    /// Surge and unavailability in pods.
    pub fn limits(self) -> Limits {
        Limits::of(
            self.spec.max_surge,
            self.spec.max_unavailable,
            self.now.replicas,
        )
    }

    /// The weight that is all traffic.
    pub fn max_weight(self) -> u32 {
        self.spec
            .routing
            .as_ref()
            .map_or(100, |routing| routing.max_weight)
    }

    /// The share that the present step wants the canary to have.
    pub fn wanted_weight(self) -> u32 {
        if self.now.promote_full || self.now.no_stable || self.now.canary_is_stable {
            return self.max_weight();
        }
        step_weight(
            &self.spec.steps,
            self.now.index,
            self.now.aborted,
            self.max_weight(),
        )
    }

    /// Whether both versions have the pods that the present step wants.
    pub fn is_at_desired(self) -> bool {
        let desired = self.desired();
        let canary = self.now.canary.unwrap_or_default();
        let enough = threshold_met(self.threshold(), Some(canary.available), desired.canary);
        if canary.available != desired.canary && !enough {
            return false;
        }
        let dynamic = self
            .spec
            .routing
            .as_ref()
            .is_some_and(|it| it.dynamic_stable_scale);
        let stable = self.now.stable.unwrap_or_default();
        if !dynamic && stable.created != desired.stable {
            return false;
        }
        self.spec.routing.is_some() || self.now.older.available == 0
    }

    /// Whether the stable version can carry its share, so that weights may change at all.
    pub fn gate_is_open(self, canary_weight: u32) -> bool {
        let max = self.max_weight();
        carries(
            self.now.stable,
            max.saturating_sub(canary_weight),
            max,
            self.now.replicas,
            self.threshold(),
        )
    }

    /// Whether the new version becomes the one in service.
    pub fn promotes(self) -> bool {
        let available = self.now.canary.unwrap_or_default().available;
        let done = self.now.promote_full || self.spec.steps.len() <= self.now.index;
        let enough = self.now.replicas <= available
            || threshold_met(self.threshold(), Some(available), self.now.replicas);
        done && enough
    }

    fn threshold(self) -> Option<Threshold> {
        match self.spec.release {
            // It came with 1.9.
            Release::V1_8 => None,
            Release::V1_9 | Release::V1_10 => self.spec.progress_threshold,
        }
    }

    /// What the last step that says so wants of the canary's pods.
    fn canary_scale(self, routing: &Routing) -> Option<CanaryScale> {
        let kept = routing
            .abort_scale_down_delay
            .is_some_and(|delay| delay.0 == 0);
        if (self.now.aborted && !kept) || self.spec.steps.len() <= self.now.index {
            return None;
        }
        let steps = self.spec.steps.get(..=self.now.index)?;
        let said = steps
            .iter()
            .rev()
            .find_map(|step: &Step| step.set_canary_scale)?;
        match said {
            CanaryScale::MatchTrafficWeight => None,
            CanaryScale::Replicas(_) | CanaryScale::Weight(_) => Some(said),
        }
    }
}

/// Whether so many available pods are enough by the threshold; never without one.
pub fn threshold_met(threshold: Option<Threshold>, available: Option<u32>, desired: u32) -> bool {
    let Some(available) = available.map(i64::from) else {
        return false;
    };
    match threshold {
        Some(Threshold::Percent(value)) if 0 <= value => {
            desired == 0 || i64::from(desired).saturating_mul(value) <= available * 100
        }
        Some(Threshold::Pods(value)) if 0 <= value => value <= available,
        Some(Threshold::Percent(_) | Threshold::Pods(_)) | None => false,
    }
}

/// Whether a version has enough available pods for this share of the traffic.
pub fn carries(
    set: Option<PodSet>,
    weight: u32,
    max: u32,
    replicas: u32,
    threshold: Option<Threshold>,
) -> bool {
    let needed = u64::from(weight) * u64::from(replicas) / u64::from(max.max(1));
    let needed = u32::try_from(needed).unwrap_or(u32::MAX);
    let available = set.map(|set| set.available);
    needed <= available.unwrap_or(0) || threshold_met(threshold, available, needed)
}

/// Pods for a share of the replicas, rounded up.
pub fn pods_for(weight: u32, max: u32, replicas: u32) -> u32 {
    let share = u64::from(weight) * u64::from(replicas);
    u32::try_from(share.div_ceil(u64::from(max.max(1)))).unwrap_or(u32::MAX)
}

/// Whether a version lies within the window of revisions in which a rollback skips the steps: it is older than the one
/// in service, and fewer than `revisions` lie between.
pub fn is_within_rollback_window(
    created_oldest_first: &[u32],
    stable: u32,
    new: Option<u32>,
    revisions: u32,
) -> bool {
    let place = |of: u32| created_oldest_first.iter().position(|&other| other == of);
    match (new.and_then(place), place(stable)) {
        (Some(new), Some(stable)) if new < stable => stable - new - 1 < revisions as usize,
        _ => false,
    }
}
