//! The layer that grows with the run: bands, rules, lines and their names, up to the playhead.

use super::{Scene, band, rule, segment};
use crate::charts::{
    labels,
    lines::{Stroke, staircase, strokes},
    marks::Step,
    model::{Plot, Threshold, is_fixed, threshold_at},
    surface::{Chart, Drawn, Insets, Surface, TEXT, Undrawable},
};
use crate::{format, state::appearance::ChartLines};
use coalmine_controller::{Time, Version};
use plotters::{
    element::{Circle, Polygon, Rectangle},
    series::LineSeries,
    style::{Color, RGBColor, text_anchor::HPos},
};

/// How wide the name of a line is at most, in CSS pixels.
const NAME: f64 = 50.0;

/// Paints everything that happened up to the instant on screen, on a cleared surface.
///
/// # Errors
/// If the canvas cannot be drawn on.
pub fn paint_lines(surface: &Surface, plot: Plot, scene: &Scene<'_>) -> Drawn {
    let columns = surface.size().plot_width() * surface.size().ratio;
    let count = scene.recording.samples_until(scene.at);
    let readings = |version| {
        scene
            .recording
            .samples()
            .range(0, count)
            .map(move |sample| (sample.at, plot.reading(sample, version)))
    };
    let (stable, canary) = if plot == Plot::Share {
        let changes = scene.marks.steps.iter().map(|step| (step.at, share(*step)));
        (Vec::new(), vec![staircase(changes, scene.at)])
    } else {
        (
            strokes(readings(Version::Stable), scene.time, columns),
            strokes(readings(Version::Canary), scene.time, columns),
        )
    };
    surface.chart(scene.time, scene.values, |chart| {
        paint_marks(surface, chart, plot, scene)?;
        if plot == Plot::Share {
            paint_area(chart, &canary, scene.palette.canary)?;
        }
        for threshold in scene.thresholds.iter().filter(|bound| !is_fixed(bound)) {
            paint_moving_bound(surface, chart, plot, scene, threshold)?;
        }
        if scene.lines == ChartLines::WithTruth && plot.has_truth() {
            paint_truth(surface, chart, plot, scene)?;
        }
        paint_strokes(surface, chart, &stable, scene.palette.stable)?;
        surface.dashed(6.0, 3.0, || {
            paint_strokes(surface, chart, &canary, scene.palette.canary)
        })?;
        paint_ends(surface, chart, scene, &stable, &canary)
    })?;
    paint_names(surface, plot, scene, &stable, &canary)
}

fn share(step: Step) -> f64 {
    f64::from(step.weight.basis_points()) / 10_000.0
}

fn paint_marks(surface: &Surface, chart: &Chart<'_>, plot: Plot, scene: &Scene<'_>) -> Drawn {
    let palette = scene.palette;
    for fault in scene
        .marks
        .faults
        .iter()
        .filter(|band| band.from <= scene.at)
    {
        let to = fault.to.unwrap_or(scene.at).min(scene.at);
        band(chart, scene, (fault.from, to), palette.fault, 0.12)?;
        rule(chart, scene, fault.from, surface.line(palette.fault, 1.0))?;
        flag(surface, chart, scene, fault.from)?;
    }
    if let Some(metric) = plot.metric() {
        for failed in scene.marks.failed_by(scene.at, metric) {
            let window = (failed.window.from, failed.window.to);
            band(chart, scene, window, palette.fail, 0.12)?;
            rule(
                chart,
                scene,
                failed.window.to,
                surface.line(palette.fail, 1.0),
            )?;
        }
    }
    let done = scene
        .marks
        .steps
        .partition_point(|step| step.at <= scene.at);
    for step in &scene.marks.steps[..done] {
        rule(chart, scene, step.at, surface.line(palette.muted, 1.0))?;
    }
    if !scene.marks.is_on_plan(scene.at) {
        return Ok(());
    }
    let mut level = scene.marks.weight_at(scene.at);
    let mut since = scene.at;
    surface.dashed(1.5, 3.0, || {
        let faint = surface.line(palette.muted, 1.0);
        for step in scene.outline.ahead(done, scene.at) {
            rule(chart, scene, step.at, faint)?;
            if plot == Plot::Share {
                let height = share(Step {
                    at: since,
                    weight: level,
                });
                segment(
                    chart,
                    (since.0 as f64, height),
                    (step.at.0 as f64, height),
                    faint,
                )?;
                (level, since) = (step.weight, step.at);
            }
        }
        Ok(())
    })
}

/// A small flag at the top of the rule at which a fault begins.
fn flag(surface: &Surface, chart: &Chart<'_>, scene: &Scene<'_>, at: Time) -> Drawn {
    let area = chart.plotting_area();
    let top = area.map_coordinate(&(at.0 as f64, scene.values.top));
    let (left, above) = area.get_base_pixel();
    let (x, y) = (top.0 - left, top.1 - above);
    let corners = vec![
        (x, y),
        (x + surface.px(7.0), y + surface.px(3.5)),
        (x, y + surface.px(7.0)),
    ];
    area.strip_coord_spec()
        .draw(&Polygon::new(corners, scene.palette.fault.filled()))
        .map_err(|_| Undrawable)
}

fn paint_area(chart: &Chart<'_>, stairs: &[Stroke], colour: RGBColor) -> Drawn {
    for stroke in stairs {
        let mut outline = stroke.clone();
        outline.extend(stroke.last().map(|(x, _)| (*x, 0.0)));
        chart
            .plotting_area()
            .draw(&Polygon::new(outline, colour.mix(0.16).filled()))
            .map_err(|_| Undrawable)?;
    }
    Ok(())
}

/// A bound that follows stable.
fn paint_moving_bound(
    surface: &Surface,
    chart: &mut Chart<'_>,
    plot: Plot,
    scene: &Scene<'_>,
    threshold: &Threshold,
) -> Drawn {
    let count = scene.recording.samples_until(scene.at);
    let readings = scene.recording.samples().range(0, count).map(|sample| {
        let value = threshold_at(plot, threshold, sample);
        (sample.at, value.map(|value| value.min(scene.values.top)))
    });
    let bound = strokes(readings, scene.time, surface.size().plot_width());
    let style = surface.line(scene.palette.muted, 1.0);
    surface.dashed(4.0, 3.0, || {
        for stroke in bound {
            chart
                .draw_series(LineSeries::new(stroke, style))
                .map_err(|_| Undrawable)?;
        }
        Ok(())
    })
}

/// What really is: a third kind of line, dotted, below what was measured.
fn paint_truth(surface: &Surface, chart: &Chart<'_>, plot: Plot, scene: &Scene<'_>) -> Drawn {
    let columns = surface.size().plot_width() * surface.size().ratio;
    let count = scene.recording.samples_until(scene.at);
    let palette = scene.palette;
    let versions = [
        (Version::Stable, palette.stable),
        (Version::Canary, palette.canary),
    ];
    for (version, colour) in versions {
        let samples = scene.recording.samples().range(0, count);
        let values = samples.map(|sample| (sample.at, plot.truth(sample, version)));
        let truth = strokes(values, scene.time, columns);
        surface.dashed(1.5, 2.5, || paint_strokes(surface, chart, &truth, colour))?;
    }
    Ok(())
}

fn paint_strokes(
    surface: &Surface,
    chart: &Chart<'_>,
    strokes: &[Stroke],
    colour: RGBColor,
) -> Drawn {
    let style = surface.line(colour, 1.75);
    for stroke in strokes {
        for element in LineSeries::new(stroke.iter().copied(), style) {
            chart
                .plotting_area()
                .draw(&element)
                .map_err(|_| Undrawable)?;
        }
    }
    Ok(())
}

/// A disc at the end of stable, a square at the end of the canary: what tells them apart without colour.
fn paint_ends(
    surface: &Surface,
    chart: &Chart<'_>,
    scene: &Scene<'_>,
    stable: &[Stroke],
    canary: &[Stroke],
) -> Drawn {
    let area = chart.plotting_area();
    if let Some(end) = end_of(stable) {
        let disc = Circle::new(end, surface.px(3.5), scene.palette.stable.filled());
        area.draw(&disc).map_err(|_| Undrawable)?;
    }
    if let Some(end) = end_of(canary) {
        let ((x, y), (left, top)) = (area.map_coordinate(&end), area.get_base_pixel());
        let (x, y, half) = (x - left, y - top, surface.px(3.0));
        let square = Rectangle::new(
            [(x - half, y - half), (x + half, y + half)],
            scene.palette.canary.filled(),
        );
        area.strip_coord_spec()
            .draw(&square)
            .map_err(|_| Undrawable)?;
    }
    Ok(())
}

fn end_of(strokes: &[Stroke]) -> Option<(f64, f64)> {
    strokes.last()?.last().copied()
}

/// The name of each line, beside its end.
fn paint_names(
    surface: &Surface,
    plot: Plot,
    scene: &Scene<'_>,
    stable: &[Stroke],
    canary: &[Stroke],
) -> Drawn {
    let (insets, size) = (Insets::PLOT, surface.size());
    paint_step_labels(surface, plot, scene)?;
    let right = size.width - insets.right;
    let mut ends: Vec<_> = [
        ("canary", end_of(canary), scene.palette.canary),
        ("stable", end_of(stable), scene.palette.stable),
    ]
    .into_iter()
    .filter_map(|(name, end, colour)| Some((name, end?, colour)))
    // A canary that never had traffic has no name yet.
    .filter(|(_, end, _)| plot != Plot::Share || 0.0 < end.1)
    .collect();
    ends.sort_by(|one, other| one.1.1.total_cmp(&other.1.1).reverse());
    let x_of = |end: (f64, f64)| surface.x(end.0 / scene.time.end().0 as f64) + 8.0;
    let bottom = size.height - insets.bottom;
    let mut names: Vec<(f64, f64)> = Vec::new();
    for (name, end, colour) in ends {
        let x = x_of(end);
        let mut taken: Vec<_> = names
            .iter()
            .filter(|(other, _)| (other - x).abs() < NAME)
            .map(|(_, y)| *y)
            .collect();
        // Near the right edge the names would lie on the thresholds' numbers.
        if right - NAME < x {
            taken.extend(bounds_at(surface, scene));
        }
        let wanted = [surface.y(end.1, scene.values)];
        let places = labels::spread(&wanted, &taken, TEXT + 1.0, insets.top, bottom);
        for y in places {
            surface.text_over_lines(name, (x, y), (colour, scene.palette.surface))?;
            names.push((x, y));
        }
    }
    Ok(())
}

/// Where the numbers of the thresholds stand, in CSS pixels from the top.
fn bounds_at(surface: &Surface, scene: &Scene<'_>) -> impl Iterator<Item = f64> {
    scene
        .thresholds
        .iter()
        .filter_map(|threshold| format::bound_value(threshold.bound.against, None))
        .filter(|value| *value <= scene.values.top)
        .map(|value| surface.y(value, scene.values))
}

/// The shares at the top of their rules, on the plot of the shares.
fn paint_step_labels(surface: &Surface, plot: Plot, scene: &Scene<'_>) -> Drawn {
    if plot != Plot::Share {
        return Ok(());
    }
    let done = scene
        .marks
        .steps
        .partition_point(|step| step.at <= scene.at);
    let is_on_plan = scene.marks.is_on_plan(scene.at);
    let ahead = scene
        .outline
        .ahead(done, scene.at)
        .filter(|_| is_on_plan)
        .map(|step| (step, scene.palette.muted));
    let taken = scene.marks.steps[..done]
        .iter()
        .map(|step| (*step, scene.palette.ink));
    let mut free_from = f64::MIN;
    for (step, colour) in taken.chain(ahead) {
        let x = surface.x(scene.time.fraction(step.at)) + 3.0;
        if x < free_from {
            continue;
        }
        let text = format::weight(step.weight);
        surface.text(
            &text,
            x,
            Insets::PLOT.top + TEXT / 2.0 + 1.0,
            HPos::Left,
            colour,
        )?;
        free_from = x + 8.0 * text.chars().count() as f64;
    }
    Ok(())
}

/// What the layer depends on beside the scene's identity: two equal keys paint the same lines.
pub fn visible_counts(scene: &Scene<'_>) -> [usize; 4] {
    let by = |at: Time| at <= scene.at;
    let marks = scene.marks;
    [
        scene.recording.samples_until(scene.at),
        marks.steps.partition_point(|step| by(step.at)),
        marks.failed.partition_point(|failed| by(failed.at)),
        marks.faults.iter().filter(|band| by(band.from)).count()
            + marks
                .faults
                .iter()
                .filter(|band| band.to.is_some_and(by))
                .count()
            + usize::from(marks.end.is_some_and(|(at, _)| by(at))),
    ]
}
