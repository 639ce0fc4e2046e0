//! Controllers of rollouts: time and observations in, commands out.
//!
//! No clock, no chance, no input or output, no knowledge of the simulation: the same crate could drive production.
//! A [`coalmine_flow::Diagram`] and a [`Policy`] compile into a plan; a plan runs behind the [`Controller`] trait.

#![no_std]

extern crate alloc;

mod policy;
mod protocol;
mod query;
mod units;

pub use policy::{
    Against, Bound, Check, Fallback, Healthy, NoDataMeans, NodePolicy, Policy, Trigger,
};
pub use protocol::{
    Cause, Checked, Command, CommandId, Controller, Decision, Input, Next, Operator, Outcome,
    Output, Position, Record, Recording, Verdict,
};
pub use query::{Metric, Quantile, Query, Reading, Version, Window};
pub use units::{Limit, Millis, Pods, Time, Weight};
