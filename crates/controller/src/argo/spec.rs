//! A rollout as its file says, in our units: plain data, which may be wrong. [`Plan::new`](super::Plan::new) says what
//! is.

mod analysis;

use crate::units::{Millis, Pods};
use alloc::{string::String, vec::Vec};
pub use analysis::{Analysis, Background, Count, Metric, Provider, Retention};
use serde::{Deserialize, Serialize};

/// The release whose rules count, where they differ.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum Release {
    /// 1.8, as of 1.8.3.
    V1_8,
    /// 1.9, the newest stable one.
    #[default]
    V1_9,
    /// 1.10.
    V1_10,
}

/// A number of pods, or a share of the replicas.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Amount {
    /// So many.
    Pods(u32),
    /// So many hundredths of the replicas.
    Percent(u32),
}

/// A rollout with its analyses: templates are merged in, arguments resolved, queries bound.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spec {
    /// What the rollout is called.
    pub name: String,
    /// The release whose rules count.
    pub release: Release,
    /// Pods wanted. A run takes as many as the world starts with.
    pub replicas: Pods,
    /// How long a ready pod has to stay so before it is available.
    pub min_ready: Millis,
    /// How long there may be no progress.
    pub progress_deadline: Millis,
    /// Whether the rollout is aborted when that is over.
    pub progress_deadline_abort: bool,
    /// Whether it starts paused by `spec.paused`.
    pub paused: bool,
    /// How many revisions back steps are skipped. A simulated release is always new, so that it has no effect there.
    pub rollback_window: Option<u32>,
    /// The steps.
    pub steps: Vec<Step>,
    /// The analysis beside them.
    pub background: Option<Background>,
    /// Pods beyond the replicas, without a router; absent, 25 %.
    pub max_surge: Option<Amount>,
    /// Pods missing from the replicas, without a router; absent, 25 %.
    pub max_unavailable: Option<Amount>,
    /// Whether there is a router, and how it is used.
    pub routing: Option<Routing>,
    /// Enough available pods, instead of all.
    pub progress_threshold: Option<Threshold>,
}

/// How traffic is routed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Routing {
    /// The weight that is all traffic.
    pub max_weight: u32,
    /// Whether stable has only as many pods as its traffic needs.
    pub dynamic_stable_scale: bool,
    /// How long the canary keeps its pods after an abort, as the file says: zero is for good; absent, 30 s.
    pub abort_scale_down_delay: Option<Millis>,
    /// How long the old version keeps its pods after the promotion; absent, 30 s.
    pub scale_down_delay: Option<Millis>,
    /// A version that has pods has at least so many.
    pub min_pods: Option<Pods>,
}

impl Default for Routing {
    fn default() -> Self {
        Self {
            max_weight: 100,
            dynamic_stable_scale: false,
            abort_scale_down_delay: None,
            scale_down_delay: None,
            min_pods: None,
        }
    }
}

impl Default for Spec {
    fn default() -> Self {
        Self {
            name: String::from("rollout"),
            release: Release::default(),
            replicas: Pods(1),
            min_ready: Millis(0),
            progress_deadline: Millis::from_secs(600),
            progress_deadline_abort: false,
            paused: false,
            rollback_window: None,
            steps: Vec::new(),
            background: None,
            max_surge: None,
            max_unavailable: None,
            routing: None,
            progress_threshold: None,
        }
    }
}

/// Enough available pods.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Threshold {
    /// So many.
    Pods(i64),
    /// So many hundredths of those wanted.
    Percent(i64),
}

/// A step. Usually it holds one thing; where it holds several, the first in the order of the fields tells when it is
/// complete.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Wait.
    pub pause: Option<Pause>,
    /// The canary's pods apart from its weight.
    pub set_canary_scale: Option<CanaryScale>,
    /// The canary's share, of [`Routing::max_weight`].
    pub set_weight: Option<u32>,
    /// An experiment.
    pub experiment: Option<Experiment>,
    /// An analysis that has to succeed.
    pub analysis: Option<Analysis>,
    /// Requests with a header go to the canary.
    pub header_route: Option<Route>,
    /// Requests are copied to the canary.
    pub mirror_route: Option<Route>,
    /// Somebody's own code.
    pub plugin: Option<Plugin>,
}

/// How long to wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Pause {
    /// Until a person promotes.
    Indefinite,
    /// So long, in whole seconds.
    For(Millis),
}

/// How many pods the canary has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum CanaryScale {
    /// So many.
    Replicas(u32),
    /// What this weight would need; it may be more than all.
    Weight(u32),
    /// What the traffic needs.
    MatchTrafficWeight,
}

/// A route of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Route {
    /// Its name.
    pub name: String,
    /// What it does, in a few words; nothing where the step removes it.
    pub matches: Option<String>,
}

/// An experiment: pods of their own for a while, with analyses.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Experiment {
    /// How long it lasts once its pods are available; absent, until its required analyses end.
    pub duration: Option<Millis>,
    /// Its analyses.
    pub analyses: Vec<ExperimentAnalysis>,
}

/// An analysis of an experiment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExperimentAnalysis {
    /// The analysis.
    pub analysis: Analysis,
    /// Whether the experiment waits for it.
    pub required: bool,
}

/// A step that somebody's own code carries out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plugin {
    /// Its name.
    pub name: String,
    /// How long it takes, as chosen for the simulation.
    pub takes: Millis,
}
