//! The traffic picture: users, router, pods by version, as they are at the playhead.

mod marks;
pub mod picture;
pub mod pods;
pub mod view;

pub use picture::{Flow, Picture, picture};
pub use view::{TrafficInput, TrafficPanel};
