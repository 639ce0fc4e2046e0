//! FlowZap Code: read without losing a byte, understood as a diagram, laid out in swim-lanes.
//!
//! Nothing here knows what a rollout is. A text is parsed into a [`Syntax`] that prints back to exactly that text,
//! and into a [`Diagram`] of what could be resolved; everything else is a [`Diagnostic`] with a place.

#![no_std]

extern crate alloc;

mod diagnostic;
mod model;

pub use diagnostic::{Diagnostic, Fix, Severity, TextSpan};
pub use model::{Diagram, Edge, EdgeId, Lane, LaneIx, Loop, Node, NodeId, Shape, Side};
