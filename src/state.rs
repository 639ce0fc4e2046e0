//! What the page knows: the draft being edited, the playhead, and the run that the engine sends.
//!
//! Each is a pure type with a reducer, tested natively, wrapped once in signals that components read.

pub mod analysis;
pub mod announce;
pub mod appearance;
pub mod document;
pub mod draft;
pub mod edit;
pub mod history;
pub mod notice;
pub mod place;
pub mod playhead;
pub mod run;
pub mod session;
pub mod shortcut;
pub mod tab;
