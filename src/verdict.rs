//! The verdict: one sentence, then its numbers, then who is to blame.

pub mod blame;
pub mod causes;
pub mod numbers;
pub mod view;

pub use numbers::{Number, numbers};
pub use view::VerdictPanel;
