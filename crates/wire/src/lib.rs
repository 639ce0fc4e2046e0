//! The project file, and both pure ends of the talk between page and worker.
//!
//! Everything that leaves a process goes through here: TOML for people, postcard between page and worker, one JSON
//! object a line for other programs.

mod client;
mod film;
mod host;
mod json;
mod lab;
mod launch;
mod message;
mod nearest;
pub mod picture;
mod project;
pub mod quantity;
mod recording;
mod review;
mod share;
mod sheet;
mod templates;
pub mod trace_json;
pub mod turning;
mod words;

pub use client::{Client, Update};
pub use film::{Take, film};
pub use host::{Host, Pace, WINDOW};
pub use json::Json;
pub use lab::{FromLab, LabHost, Pool, PoolUpdate, Seat, StudyId, ToLab, ToSeat};
pub use launch::{Job, Launch, LaunchFlow, Program, Reader, findings, plan_of, thorough, trusting};
pub use message::{Batch, DecodeError, FromWorker, RunId, ToWorker, decode, encode};
pub use nearest::nearest;
pub use project::{Problem, Project, ProjectFile, encode_flow, fault_word, target_word};
pub use recording::{encode_recording, parse_recording};
pub use share::{ShareError, Shared, share, shared};
pub use sheet::sheet;
pub use templates::{TEMPLATES, Template};
pub use words::{analysis_asked, event_line, fault_line, verdict_sentence};

/// Names this build: page and worker must agree on it, because the bytes between them have no other version.
pub const BUILD: &str = match option_env!("COALMINE_BUILD") {
    Some(build) => build,
    None => env!("CARGO_PKG_VERSION"),
};
