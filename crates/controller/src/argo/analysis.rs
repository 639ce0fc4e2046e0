//! A run of an analysis: what its measurements come to, when the next is due, how it ends.

mod arguments;
mod counters;
mod effect;
mod names;
mod run;
mod schedule;
mod validate;

pub use arguments::{Argument, ArgumentError, joined, merge, names_once, substitute};
pub use counters::{Counters, assess, effective_count, over_a_limit};
pub use effect::{
    Effect, Kind, PauseReason, Situation, background_begins, effect_of, is_before_starting_step,
};
pub use names::{kept, limit_of, matched};
pub use run::{Measurement, Progress, Run, Summary, is_terminating};
pub use schedule::{Due, ERROR_RETRY, due, next_due};
pub use validate::{Written, validate};
