//! The world, seen through the trace of runs.

mod argo;
mod capacity;
mod engine;
mod faults;
mod laws;
mod measurement;
mod oracles;
mod platform;
mod scraping;
mod script;
mod traffic;
