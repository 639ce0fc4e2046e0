//! The charts: traffic share, error rate, latency, CPU and memory over one time axis, with one crosshair.
//!
//! The numbers are made by pure modules; plotters paints them on two canvases each, so that what stays is not painted
//! again while a run plays; the playhead and the crosshair are elements above them that only move.

pub mod bench;
pub mod board;
pub mod cursor;
pub mod head;
pub mod labels;
pub mod lines;
pub mod marks;
pub mod model;
pub mod outline;
pub mod paint;
pub mod painter;
pub mod palette;
pub mod place;
pub mod scale;
pub mod slider;
pub mod surface;
pub mod table;
pub mod truth;
pub mod view;

pub use bench::{Charts, ChartsInput};
pub use marks::{FailedWindow, FaultBand, Marks, Step};
pub use model::{Plot, Readout, Threshold, ThresholdKind, is_beyond, readout, summary, thresholds};
pub use outline::Outline;
pub use place::SessionCharts;
pub use scale::{TimeAxis, ValueAxis};
