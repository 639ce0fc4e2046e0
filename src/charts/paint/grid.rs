//! The layer that stays: grid, ticks, thresholds. Painted anew only when a scale, the size or the theme changes.

use super::{Scene, rule, segment};
use crate::charts::{
    labels,
    model::{Plot, ThresholdKind, is_fixed},
    surface::{Drawn, Insets, Surface, TEXT},
};
use crate::format;
use plotters::style::text_anchor::HPos;

/// Between ticks of time, in CSS pixels.
const TICKS_APART: f64 = 64.0;

/// Paints grid, ticks and thresholds of a plot on a cleared surface.
///
/// # Errors
/// If the canvas cannot be drawn on.
pub fn paint_grid(surface: &Surface, plot: Plot, scene: &Scene<'_>) -> Drawn {
    let hairline = surface.line(scene.palette.hairline, 1.0);
    let axis = surface.line(scene.palette.muted, 1.0);
    let end = scene.time.end().0 as f64;
    let width = surface.size().plot_width();
    surface.crisp(|| {
        surface.chart(scene.time, scene.values, |chart| {
            for value in scene.values.ticks() {
                let style = if value == 0.0 { axis } else { hairline };
                segment(chart, (0.0, value), (end, value), style)?;
            }
            for at in scene.time.ticks(width, TICKS_APART) {
                rule(chart, scene, at, hairline)?;
            }
            surface.dashed(4.0, 3.0, || {
                for threshold in visible(scene) {
                    segment(chart, (0.0, threshold), (end, threshold), axis)?;
                }
                Ok(())
            })
        })
    })?;
    paint_words(surface, plot, scene)
}

fn paint_words(surface: &Surface, plot: Plot, scene: &Scene<'_>) -> Drawn {
    let (insets, size) = (Insets::PLOT, surface.size());
    let muted = scene.palette.muted;
    // On a low plot, ticks that would touch are left out; zero and the top stay.
    let room = TEXT + 3.0;
    let mut last: Option<f64> = None;
    for value in scene.values.ticks() {
        let y = surface.y(value, scene.values);
        let is_top = (scene.values.top - value).abs() < scene.values.step / 2.0;
        let fits_last = last.is_none_or(|last| room <= last - y);
        let fits_top = is_top || room <= y - insets.top;
        if fits_last && fits_top {
            surface.text(&plot.tick(value), insets.left - 6.0, y, HPos::Right, muted)?;
            last = Some(y);
        }
    }
    let below = size.height - insets.bottom / 2.0 + 2.0;
    for at in scene.time.ticks(size.plot_width(), TICKS_APART) {
        let x = surface.x(scene.time.fraction(at));
        surface.text(&format::clock(at), x, below, HPos::Center, muted)?;
    }
    let labelled: Vec<_> = scene
        .thresholds
        .iter()
        .filter(|threshold| is_fixed(threshold))
        .filter_map(|threshold| {
            let value = format::bound_value(threshold.bound.against, None)?;
            (value <= scene.values.top).then_some((threshold, surface.y(value, scene.values)))
        })
        .collect();
    let wanted: Vec<_> = labelled.iter().map(|(_, y)| *y).collect();
    let places = labels::spread(&wanted, &[], room, insets.top, size.height - insets.bottom);
    for ((threshold, _), y) in labelled.iter().zip(places) {
        let colour = match threshold.kind {
            ThresholdKind::Gate => scene.palette.ink,
            ThresholdKind::Trigger => muted,
        };
        let x = size.width - insets.right + 5.0;
        surface.text(&threshold.label, x, y, HPos::Left, colour)?;
    }
    Ok(())
}

/// The values of fixed bounds that lie on the scale.
fn visible(scene: &Scene<'_>) -> impl Iterator<Item = f64> {
    let top = scene.values.top;
    scene
        .thresholds
        .iter()
        .filter_map(|threshold| format::bound_value(threshold.bound.against, None))
        .filter(move |value| *value <= top)
}
