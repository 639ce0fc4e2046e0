//! What a run left behind, and what of it is on screen at an instant: the page's half of time travel.
//!
//! The worker runs ahead and tells; the page keeps what it was told in a [`Recording`] and shows the [`Moment`] at
//! its playhead. Everything here is pure, so that scrubbing, stepping and animating cannot change a result.

mod moment;
mod parts;
mod path;
mod recording;
mod series;
mod steps;

pub use moment::{Moment, moment_at};
pub use parts::{
    Ended, InFlight, Judged, Jump, NodeState, NodeStatus, Observation, Pod, PodCounts, PodState,
    Probed, Traffic, Travels,
};
pub use path::{Departure, Hop, departure, path, path_words};
pub use recording::Recording;
pub use series::Series;
pub use steps::{is_notable, next_decision, next_event, previous_decision, previous_event};

#[cfg(test)]
mod tests;
