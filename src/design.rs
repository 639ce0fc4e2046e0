//! Design: the rollout as code and as a drawing that is changed by hand, with a review that mends.
//!
//! Every change of the drawing is a patch of the code ([`coalmine_flow::edit`]), so that both never disagree, and every
//! change of either is a step of one history.

pub mod begin;
pub mod board;
pub mod buys;
pub mod canvas;
pub mod canvas_edge;
pub mod canvas_lane;
pub mod canvas_node;
pub mod chosen;
pub mod edge_panel;
pub mod lane_panel;
pub mod node_panel;
pub mod palette;
pub mod pointer;
pub mod review_panel;
pub mod steps;
pub mod view;
pub mod ways;

pub use view::Design;
