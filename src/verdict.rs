//! The verdict: one sentence, then its numbers.

pub mod numbers;
pub mod view;

pub use numbers::{Number, numbers};
pub use view::VerdictPanel;
