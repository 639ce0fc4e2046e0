//! Files: what comes into the page and what is taken out of it. Nothing goes anywhere but to the person.

pub mod drop;
pub mod incoming;
pub mod link;
pub mod outgoing;
pub mod picture;
pub mod preview;
pub mod takes;
pub mod view;

pub use view::Exchange;
