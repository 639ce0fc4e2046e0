//! What is known from one tick to the next, and what a tick finds and does.

use super::{readiness::Readiness, spec::Hook};
use serde::{Deserialize, Serialize};

/// Where a canary stands.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum Phase {
    /// The primary is being made.
    Initializing,
    /// Nothing to do yet.
    #[default]
    Initialized,
    /// Nobody has confirmed the rollout.
    Waiting,
    /// It is being analysed.
    Progressing,
    /// Nobody has confirmed the promotion; the analysis goes on.
    WaitingPromotion,
    /// The primary becomes the new version.
    Promoting,
    /// The canary goes.
    Finalising,
    /// The primary is the new version.
    Succeeded,
    /// It was rolled back.
    Failed,
}

impl Phase {
    /// Whether ticks go on whatever the target is.
    pub(super) const fn is_under_way(self) -> bool {
        matches!(
            self,
            Self::Progressing
                | Self::Waiting
                | Self::WaitingPromotion
                | Self::Promoting
                | Self::Finalising
        )
    }

    /// Whether it is being analysed.
    pub const fn is_analysed(self) -> bool {
        matches!(self, Self::Progressing | Self::WaitingPromotion)
    }
}

/// A version of the target.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Revision(pub u32);

/// What the router does, in percent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Route {
    /// To the primary.
    pub primary: i32,
    /// To the canary.
    pub canary: i32,
    /// Whether the canary gets a copy of what the primary gets.
    pub mirrored: bool,
}

impl Route {
    /// This much to the canary, within what there is.
    pub fn to_canary(canary: i32) -> Self {
        let canary = canary.clamp(0, 100);
        Self {
            primary: 100 - canary,
            canary,
            mirrored: false,
        }
    }
}

impl Default for Route {
    fn default() -> Self {
        Self::to_canary(0)
    }
}

/// What is known from one tick to the next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct State {
    /// Where it stands.
    pub phase: Phase,
    /// The weight as it is told: a report, no more.
    pub canary_weight: i32,
    /// Failed checks of this analysis. A check that passes takes none back.
    pub failed_checks: i32,
    /// Iterations so far.
    pub iterations: i32,
    /// What the router does.
    pub route: Route,
    /// The version that is wanted.
    pub target: Revision,
    /// The version of the last analysis.
    pub applied: Revision,
    /// The version of the last promotion.
    pub promoted: Revision,
}

/// What a tick does that is worth telling, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Event {
    /// The canary is scaled up.
    ScaleUp,
    /// The target changed under way: everything begins anew.
    Restart,
    /// An analysis begins; no metric is read.
    Start,
    /// The metrics are read.
    Analysis,
    /// A hook was called.
    Called(Hook),
    /// The primary gets the new version.
    PromoteSpec,
    /// The canary is rolled back.
    Rollback,
    /// The primary does not get ready: all traffic goes to the canary.
    FailedPromotion,
}

/// What a tick finds around it.
pub trait Surroundings {
    /// Whether the primary is ready.
    fn primary(&mut self) -> Readiness;
    /// Whether the canary is ready.
    fn canary(&mut self) -> Readiness;
    /// What a hook answers: whether it accepts.
    fn accepts(&mut self, hook: Hook) -> bool;
    /// Whether all checks pass: hooks and metrics, in order, to the first that does not.
    fn checks_pass(&mut self) -> bool;
    /// Something was done.
    fn did(&mut self, event: Event);
}
