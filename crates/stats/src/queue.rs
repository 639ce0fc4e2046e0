//! Queues in a steady state: what load does to waiting, for models that need no simulation and tests of those that do.
//!
//! Rates are per unit of time and times are in that unit, whichever it is. A queue that is offered more than it can serve
//! waits without end: its mean wait is infinite.

mod general;
mod markov;

pub use general::{GGc, MG1};
pub use markov::{MMc, erlang_b, erlang_c, mmck_blocking};

#[cfg(test)]
mod tests;
