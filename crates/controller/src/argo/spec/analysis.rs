//! Analyses as their templates say: metrics, limits, conditions.

use crate::{argo::Phase, binding::Binding, units::Millis};
use alloc::{string::String, vec::Vec};
use serde::{Deserialize, Serialize};

/// What a run of an analysis measures.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Analysis {
    /// What it is called: the names of its templates.
    pub name: String,
    /// The metrics of all its templates.
    pub metrics: Vec<Metric>,
    /// Metrics that are measured and never count: regular expressions of their names.
    pub dry_run: Vec<String>,
    /// How many measurements are kept to be shown.
    pub retention: Vec<Retention>,
}

/// An analysis beside the steps.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Background {
    /// What it measures.
    pub analysis: Analysis,
    /// The step at which it begins, from zero.
    pub starting_step: u32,
}

/// How many measurements are kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retention {
    /// Of metrics whose name this regular expression matches.
    pub metric_name: String,
    /// So many.
    pub limit: i64,
}

/// A number that a file may give as text: what is no number counts as zero.
pub type Count = i64;

/// A metric of an analysis. What is absent has its default where it is used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Metric {
    /// Its name.
    pub name: String,
    /// The time from the end of one measurement to the next.
    pub interval: Option<Millis>,
    /// How long it waits before the first.
    pub initial_delay: Option<Millis>,
    /// How many measurements; absent or zero, one or without end.
    pub count: Option<Count>,
    /// When a measurement is successful.
    pub success_condition: Option<String>,
    /// When it has failed.
    pub failure_condition: Option<String>,
    /// More failures end the metric; absent, 0.
    pub failure_limit: Option<Count>,
    /// More inconclusive ones end it; absent, 0.
    pub inconclusive_limit: Option<Count>,
    /// More errors in a row end it; absent, 4.
    pub consecutive_error_limit: Option<Count>,
    /// So many successes in a row end it; absent or zero, never.
    pub consecutive_success_limit: Option<Count>,
    /// Who is asked.
    pub provider: Provider,
}

impl Metric {
    /// A metric that asks for this and has all defaults.
    pub const fn new(name: String, provider: Provider) -> Self {
        Self {
            name,
            interval: None,
            initial_delay: None,
            count: None,
            success_condition: None,
            failure_condition: None,
            failure_limit: None,
            inconclusive_limit: None,
            consecutive_error_limit: None,
            consecutive_success_limit: None,
            provider,
        }
    }
}

/// Who is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Provider {
    /// A query, bound to what is measured.
    Bound(Binding),
    /// Something that is not simulated and answers so each time: a job that completes, a web service.
    Says(Phase),
    /// Nobody that could be simulated: every measurement is an error, with this reason.
    Unbound(String),
}
