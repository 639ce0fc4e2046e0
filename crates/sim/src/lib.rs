//! The world that a rollout happens in: traffic, versions, pods, faults, scraping, and the engine that drives a
//! controller through it.
//!
//! A run is a function of a scenario, a plan and a seed: the same to the byte, natively and in a browser.

#![no_std]

extern crate alloc;

mod draws;
mod engine;
pub mod library;
pub mod reference;
mod scenario;
mod trace;
mod world;

pub use engine::{InterveneError, Simulation};
pub use scenario::{
    Autoscaler, Capacity, Clients, Cohort, CustomKind, CustomMetric, Endpoint, Fault, FaultKind,
    Flapping, Intervention, Latency, Law, Measurement, Onset, PipelineStage, Platform, Profile,
    Rate, Reach, Scenario, Seed, Split, Target, Traffic, WarmUp,
};
pub use trace::{BadByCause, Event, EventKind, PodChange, PodId, Sample, Summary, VersionSample};
pub use world::Kit;
