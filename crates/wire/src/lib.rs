//! The project file, and both pure ends of the talk between page and worker.
//!
//! Everything that leaves a process goes through here: TOML for people, postcard between page and worker, one JSON
//! object a line for other programs.

mod message;
mod nearest;
mod project;
pub mod quantity;

pub use message::{Batch, FromWorker, RunId, ToWorker};
pub use project::{Problem, Project, ProjectFile, encode_flow};
