//! Controllers of rollouts: time and observations in, commands out.
//!
//! No clock, no chance, no input or output, no knowledge of the simulation: the same crate could drive production.
//! A [`coalmine_flow::Diagram`] and a [`Policy`] [`compile()`] into a [`Plan`]; a plan runs behind the [`Controller`]
//! trait in a [`FlowController`].

#![no_std]
#![deny(clippy::float_arithmetic)]

extern crate alloc;

mod analysis;
pub mod argo;
pub mod binding;
mod compile;

mod outbox;
mod plan;
mod policy;
mod protocol;
mod query;
pub mod review;
mod role;
mod token;
mod units;
mod vocabulary;

pub use analysis::{Analysis, Method, Sides};
pub use compile::{Compiled, GateChecks, Observation, ShareStep, compile, compile_to_look_at};
pub use plan::Plan;
pub use policy::{
    Against, Bound, BurnRate, Check, Fallback, Healthy, MOST_LOOKS, MOST_PLANNED_LOOKS,
    NoDataMeans, NodePolicy, Policy, Trigger, WindowSource,
};
pub use protocol::{
    Burned, Cause, Checked, Command, CommandId, Controller, Decision, Evidence, Input, Look, Meter,
    Next, Operator, Outcome, Output, Position, Record, Recording, Verdict,
};
pub use query::{Counted, Metric, Quantile, Query, Reading, Version, Window};
pub use role::{Meaning, Role};
pub use token::FlowController;
pub use units::{Limit, Millis, Pods, Time, Weight};
