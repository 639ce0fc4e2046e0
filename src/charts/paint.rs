//! Paints one plot: what stays while a run plays on one canvas, what grows with it on another.

mod grid;
mod lines;

pub use grid::paint_grid;
pub use lines::{paint_lines, visible_counts};

use super::{
    marks::Marks,
    model::Threshold,
    outline::Outline,
    palette::Palette,
    scale::{TimeAxis, ValueAxis},
    surface::{Chart, Drawn, Undrawable},
};
use crate::{playback::Recording, state::appearance::ChartLines};
use coalmine_controller::Time;
use plotters::{
    element::{PathElement, Rectangle},
    style::{Color, RGBColor, ShapeStyle},
};

/// Everything that a plot is painted from, up to an instant.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    /// What was received.
    pub recording: &'a Recording,
    /// What is marked.
    pub marks: &'a Marks,
    /// What is expected.
    pub outline: &'a Outline,
    /// The bounds of this plot.
    pub thresholds: &'a [Threshold],
    /// The instant on screen: nothing later is shown.
    pub at: Time,
    /// The axis that all plots share.
    pub time: TimeAxis,
    /// The scale of this plot.
    pub values: ValueAxis,
    /// Whether what really is is drawn, too.
    pub lines: ChartLines,
    /// The colours.
    pub palette: &'a Palette,
}

/// A straight line between two points of the chart.
fn segment(chart: &Chart<'_>, from: (f64, f64), to: (f64, f64), style: ShapeStyle) -> Drawn {
    chart
        .plotting_area()
        .draw(&PathElement::new([from, to], style))
        .map_err(|_| Undrawable)
}

/// A vertical line over the whole height.
fn rule(chart: &Chart<'_>, scene: &Scene<'_>, at: Time, style: ShapeStyle) -> Drawn {
    let x = at.0 as f64;
    segment(chart, (x, 0.0), (x, scene.values.top), style)
}

/// A tint over the whole height.
fn band(
    chart: &Chart<'_>,
    scene: &Scene<'_>,
    (from, to): (Time, Time),
    colour: RGBColor,
    strength: f64,
) -> Drawn {
    let corners = [
        (from.0 as f64, scene.values.top),
        (to.0.min(scene.time.end().0) as f64, 0.0),
    ];
    chart
        .plotting_area()
        .draw(&Rectangle::new(corners, colour.mix(strength).filled()))
        .map_err(|_| Undrawable)
}
