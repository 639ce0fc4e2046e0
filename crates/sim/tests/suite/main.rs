//! The world, seen through the trace of runs.

mod engine;
mod faults;
mod measurement;
mod platform;
mod script;
mod traffic;
