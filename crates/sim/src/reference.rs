//! The reference: a data plane in which every request comes, waits, is served and is tried again by itself.
//!
//! The aggregated engine draws counts and takes feedback as steady within an interval; this one takes no such liberty and
//! shares none of its code, so that it can judge it. It is driven by a script of the control plane, which the other
//! engine can be told as well.
//!
//! What it knows: all profiles of traffic, dispersion, endpoints, cohorts, sessions, retries and time-outs; all laws of
//! latency, warm-up, queues and shedding; faults of errors, latency, tails, wrong answers, cold caches, load, surges and
//! retry storms. What happens to pods and to measurement is the script's and the reader's part: crashes, leaks, lost
//! nodes, CPU, scrape gaps, lag, jitter and resets do nothing here.

mod chance;
mod course;
mod harm;
mod pods;
mod profile;
mod record;
mod sampler;
mod script;
mod serve;
mod thresholds;
mod users;
mod ziggurat;

pub use record::{CountedAt, Counts, Fate, Interval, Request};
pub use script::{Act, Script};
pub use serve::Service;
