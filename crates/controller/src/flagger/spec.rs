//! What a Canary says, as far as its rules read it.

use crate::{argo::duration, units::Millis};
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// Between two ticks where the file does not say, or not so that it can be read.
const USUAL: Millis = Millis::from_secs(60);
/// Ticks are never closer.
const LEAST: Millis = Millis::from_secs(10);
/// What a router that splits nothing is given for iterations.
pub(super) const ITERATIONS: i32 = 10;

/// Between two ticks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Interval(Millis);

impl Interval {
    /// This long, but for what no controller would do.
    pub fn of(length: Millis) -> Self {
        Self(length.max(LEAST))
    }

    /// As a file writes it, in Go's durations: what is empty or cannot be read is a minute.
    pub fn read(text: &str) -> Self {
        duration::nanos(text).map_or(Self(USUAL), |nanos| {
            // A negative one is as short as they come.
            Self::of(Millis(u64::try_from(nanos).unwrap_or(0) / 1_000_000))
        })
    }

    /// How long it is.
    pub const fn length(self) -> Millis {
        self.0
    }
}

impl Default for Interval {
    fn default() -> Self {
        Self(USUAL)
    }
}

/// Who splits the traffic, as far as the rules tell them apart.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum Router {
    /// Istio: splits and mirrors.
    #[default]
    Istio,
    /// The Gateway API: splits, and mirrors while it counts iterations.
    GatewayApi,
    /// Any other mesh or ingress: splits, and mirrors nothing.
    Other,
    /// No router: all of the traffic goes to one or the other.
    Kubernetes,
}

impl Router {
    /// The router that a file names.
    pub fn of(provider: &str) -> Self {
        match provider {
            "kubernetes" => Self::Kubernetes,
            "istio" | "" => Self::Istio,
            other if other.starts_with("gatewayapi") => Self::GatewayApi,
            _ => Self::Other,
        }
    }
}

/// What kind of thing is rolled out, as far as readiness differs.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum Target {
    /// A Deployment or a `DaemonSet`.
    #[default]
    Workload,
    /// A Service: always ready.
    Service,
}

/// A hook, by when it is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Hook {
    /// Before the canary is scaled up.
    ConfirmRollout,
    /// On the first tick of an analysis.
    PreRollout,
    /// On each other tick of an analysis, before the metrics.
    Rollout,
    /// Before each step.
    ConfirmTrafficIncrease,
    /// Before the promotion.
    ConfirmPromotion,
    /// On each tick: what it accepts is rolled back.
    Rollback,
    /// After the end.
    PostRollout,
}

/// How the canary is analysed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Analysis {
    /// Between two ticks.
    pub interval: Interval,
    /// Failed checks after which it is rolled back; what is not positive acts as one.
    pub threshold: i32,
    /// Where steps stop; what is not positive acts as 100.
    pub max_weight: i32,
    /// A step, in percent.
    pub step_weight: i32,
    /// The steps one by one, in percent.
    pub step_weights: Vec<i32>,
    /// A step on the way back to the primary; without, all at once.
    pub step_weight_promotion: i32,
    /// Iterations instead of steps.
    pub iterations: i32,
    /// Whether traffic is copied before it is shifted.
    pub mirror: bool,
    /// Whether some requests alone are sent to the canary.
    pub matches: bool,
}

/// A Canary.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Spec {
    /// Who splits the traffic.
    pub router: Router,
    /// What is rolled out.
    pub target: Target,
    /// How it is analysed.
    pub analysis: Analysis,
    /// Whether it is not.
    pub skip_analysis: bool,
    /// The hooks that there are.
    pub hooks: Vec<Hook>,
}

impl Spec {
    /// Whether there is a hook of this kind.
    pub fn has(&self, hook: Hook) -> bool {
        self.hooks.contains(&hook)
    }
}
