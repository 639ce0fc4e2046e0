//! Argo Rollouts' canary: its rules, pass by pass and measurement by measurement, behind [`Controller`](crate::Controller).
//!
//! The rules stand in functions of their own that know nothing of a run (how pods are split, what a metric's counts
//! come to), so that they can be held against what others computed; [`ArgoController`] puts them together.

pub mod analysis;
mod bound;
pub mod condition;
pub mod duration;
mod pattern;
mod phase;
mod plan;
mod run;
pub mod scaling;
mod spec;

pub use pattern::Pattern;
pub use phase::Phase;
pub use plan::{Fault, Plan};
pub use run::{ArgoController, Status};
pub use spec::{
    Amount, Analysis, Background, CanaryScale, Count, Experiment, ExperimentAnalysis, Metric,
    Pause, Plugin, Provider, Release, Retention, Route, Routing, Spec, Step, Threshold,
};
