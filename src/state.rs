//! What the page knows: the draft being edited, the playhead, and the run that the engine sends.
//!
//! Each is a pure type with a reducer, tested natively, wrapped once in signals that components read.

pub mod edit;
pub mod playhead;
