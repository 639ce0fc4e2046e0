//! The player: the picture of the run, and the buttons that move the playhead.
//!
//! The playhead is the page's alone; what a person does to the run itself goes through [`OperatorControls`].

pub mod bar;
pub mod icons;
mod keys;
pub mod mark;
pub mod operator;
pub mod slider;
mod track;
mod track_picture;
mod words;

pub use bar::Player;
pub use icons::{Icon, IconName};
pub use keys::{intent_of_key, intent_of_track_key};
pub use operator::OperatorControls;
pub use slider::TrackSlider;
pub use track::{Band, Block, Mark, MarkKind, Stretch, Track, track_model};

#[cfg(test)]
mod tests;
