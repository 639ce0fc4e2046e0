//! Flagger's canary: its rules, tick by tick.
//!
//! Everything happens on ticks. What a tick does is a function of the spec, of what was before, and of what the tick
//! finds around it ([`Surroundings`]); so it can be held against what others computed, and driven by anything.

pub mod metric;
pub mod readiness;
mod spec;
mod state;
pub mod strategy;
mod tick;

pub use spec::{Analysis, Hook, Interval, Router, Spec, Target};
pub use state::{Event, Phase, Revision, Route, State, Surroundings};
pub use strategy::Strategy;
