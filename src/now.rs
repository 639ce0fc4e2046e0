//! What is going on at the playhead: a sentence, the gate with its numbers, the hard limits.

pub mod check_list;
pub mod checks;
mod gate;
pub mod preview;
pub mod run;
pub mod sentence;
pub mod view;

pub use checks::CheckLine;
pub use run::RunPanels;
pub use sentence::headline;
pub use view::{NowInput, NowPanel};
