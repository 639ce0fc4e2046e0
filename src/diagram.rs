//! The diagram, alive: what the controller's token has lit, travelled and decided.
//!
//! A [`Scene`] holds all that stays while a run plays; looks, badges and the token are pure functions of the moment at
//! the playhead; the components below only print them, and a frame touches only what has changed.

mod badge;
pub mod band;
pub mod edge;
mod geometry;
mod gesture;
mod hover;
pub mod jump;
pub mod live;
mod look;
pub mod node;
mod node_parts;
pub mod overlay;
pub mod panel;
pub mod picture;
mod reach;
mod scene;
mod stage;
mod tip;
pub mod tip_card;
mod token;
pub mod toolbar;
mod viewport;

#[cfg(test)]
pub(crate) mod example;

pub use badge::{Badge, CheckRow, check_rows, verdict_word};
pub use geometry::{Area, Spot};
pub use jump::Jumps;
pub use live::Reads;
pub use look::{EdgeStatus, NodeLook, Status, edge_status, node_look};
pub use panel::{Around, DiagramPanel};
pub use picture::DiagramPicture;
pub use reach::reachable;
pub use scene::{Scene, SceneEdge, SceneLane, SceneNode};
pub use tip::Tip;
pub use token::Travel;
pub use viewport::{Framing, Size, Viewport};

#[cfg(test)]
mod tests;
