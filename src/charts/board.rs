//! The painter of all plots: keeps what was painted, paints what changed, and spreads the work over frames.
//!
//! Not reactive. One effect tells it what is so; it compares that with what is on the canvases.

use super::{
    marks::Marks,
    model::{Plot, Threshold, thresholds},
    outline::Outline,
    paint::{Scene, paint_grid, paint_lines, visible_counts},
    palette::Palette,
    scale::{TimeAxis, ValueAxis},
    surface::{Size, Surface},
};
use crate::{playback::Recording, state::appearance::ChartLines};
use coalmine_controller::{Policy, Time, Version};
use coalmine_sim::Sample;
use std::sync::Arc;
use web_sys::HtmlCanvasElement;

/// The two layers of a plot.
#[derive(Clone)]
pub struct Layers {
    /// Grid, ticks, thresholds.
    pub grid: HtmlCanvasElement,
    /// What grows with the run.
    pub lines: HtmlCanvasElement,
}

/// Two equal keys paint the same grid.
#[derive(Clone, Copy, Debug, PartialEq)]
struct GridKey {
    size: Size,
    time: TimeAxis,
    values: ValueAxis,
    looks: u32,
}

/// Two equal keys paint the same lines.
#[derive(Clone, Copy, Debug, PartialEq)]
struct LinesKey {
    grid: GridKey,
    run: u32,
    visible: [usize; 4],
}

#[derive(Default)]
struct Pane {
    layers: Option<Layers>,
    size: Size,
    thresholds: Vec<Threshold>,
    greatest: f64,
    /// The same of what really is.
    greatest_true: f64,
    painted_grid: Option<GridKey>,
    painted_lines: Option<LinesKey>,
}

/// What is painted, and what it is painted from.
#[derive(Default)]
pub struct Board {
    panes: [Pane; Plot::ALL.len()],
    palette: Option<Palette>,
    /// Counts the changes of theme and thresholds.
    looks: u32,
    recording: Arc<Recording>,
    /// Counts the changes of the recording.
    run: u32,
    marks: Marks,
    outline: Arc<Outline>,
    at: Time,
    lines: ChartLines,
    /// The furthest scrape that the scales hold.
    furthest: Option<(usize, Sample)>,
    /// The plot to begin with in the next frame.
    next: usize,
}

impl Board {
    /// The canvases of a plot, and how large they are.
    pub fn place(&mut self, plot: Plot, layers: Layers, size: Size) {
        let pane = &mut self.panes[plot.index()];
        pane.layers = Some(layers);
        pane.size = size;
    }

    /// The colours, and with them everything, changed.
    pub fn dress(&mut self, palette: Palette) {
        self.palette = Some(palette);
        self.looks += 1;
    }

    /// What is judged, and what is expected.
    pub fn plan(&mut self, policy: &Policy, outline: Arc<Outline>) {
        for plot in Plot::ALL {
            self.panes[plot.index()].thresholds = thresholds(policy, plot);
        }
        self.outline = outline;
        self.looks += 1;
    }

    /// What is drawn.
    pub fn show(&mut self, lines: ChartLines) {
        if lines != self.lines {
            self.lines = lines;
            self.looks += 1;
        }
    }

    /// What was received, and the instant on screen.
    pub fn look(&mut self, recording: &Arc<Recording>, at: Time) {
        if !Arc::ptr_eq(recording, &self.recording) {
            self.recording = Arc::clone(recording);
            self.marks = Marks::of(recording.events().iter());
            self.run += 1;
        }
        self.at = at;
        self.stretch();
    }

    /// The axis that all plots share.
    pub fn time(&self) -> TimeAxis {
        time_axis(&self.recording, &self.outline)
    }

    /// Paints what changed, at most so many plots. Whether something is left to paint.
    pub fn paint(&mut self, at_most: usize) -> bool {
        let Some(palette) = self.palette.take() else {
            return false;
        };
        let time = self.time();
        let (mut painted, mut is_left) = (0, false);
        for offset in 0..Plot::ALL.len() {
            let index = (self.next + offset) % Plot::ALL.len();
            let plot = Plot::ALL[index];
            let values = self.panes[index].axis(plot, self.lines);
            let scene = Scene {
                recording: &self.recording,
                marks: &self.marks,
                outline: &self.outline,
                thresholds: &self.panes[index].thresholds,
                at: self.at,
                time,
                values,
                lines: self.lines,
                palette: &palette,
            };
            let keys = self.panes[index].keys(&scene, self.looks, self.run);
            if self.panes[index].is_painted(keys) {
                continue;
            }
            if painted == at_most {
                self.next = index;
                is_left = true;
                break;
            }
            self.panes[index].paint(plot, &scene, keys);
            let (grid, lines) = keys;
            self.panes[index].painted_grid = Some(grid);
            self.panes[index].painted_lines = Some(lines);
            painted += 1;
        }
        self.palette = Some(palette);
        is_left
    }

    /// Lets the scales hold everything up to the furthest instant that was on screen in this run.
    ///
    /// They never shrink while a run plays or is scrubbed, and begin anew with another run.
    fn stretch(&mut self) {
        let samples = self.recording.samples();
        let count = self.recording.samples_until(self.at);
        let is_same_run = self
            .furthest
            .is_some_and(|(index, sample)| samples.get(index) == Some(&sample));
        let from = match self.furthest {
            Some((index, _)) if is_same_run => index + 1,
            Some(_) | None => {
                for pane in &mut self.panes {
                    pane.greatest = 0.0;
                    pane.greatest_true = 0.0;
                }
                self.furthest = None;
                0
            }
        };
        if count <= from {
            return;
        }
        for sample in samples.range(from, count) {
            for plot in Plot::ALL {
                let pane = &mut self.panes[plot.index()];
                for version in [Version::Stable, Version::Canary] {
                    let value = plot.reading(sample, version).unwrap_or_default();
                    pane.greatest = pane.greatest.max(value);
                    let truth = plot.truth(sample, version).unwrap_or_default();
                    pane.greatest_true = pane.greatest_true.max(truth);
                }
            }
        }
        self.furthest = samples.get(count - 1).map(|sample| (count - 1, *sample));
    }
}

impl Pane {
    fn axis(&self, plot: Plot, lines: ChartLines) -> ValueAxis {
        let greatest = if lines == ChartLines::WithTruth && plot.has_truth() {
            // The legend of the dotted lines stands above all lines.
            self.greatest.max(self.greatest_true) * 1.25
        } else {
            self.greatest
        };
        plot.axis(&self.thresholds, greatest)
    }

    fn keys(&self, scene: &Scene<'_>, looks: u32, run: u32) -> (GridKey, LinesKey) {
        let grid = GridKey {
            size: self.size,
            time: scene.time,
            values: scene.values,
            looks,
        };
        let visible = visible_counts(scene);
        (grid, LinesKey { grid, run, visible })
    }

    fn is_painted(&self, (grid, lines): (GridKey, LinesKey)) -> bool {
        let is_placed = self.layers.is_some() && self.size.is_drawable();
        !is_placed || (self.painted_grid == Some(grid) && self.painted_lines == Some(lines))
    }

    /// A canvas that cannot be drawn on stays empty; its table and its summary tell the same.
    fn paint(&self, plot: Plot, scene: &Scene<'_>, (grid, lines): (GridKey, LinesKey)) {
        let Some(layers) = &self.layers else { return };
        if self.painted_grid != Some(grid)
            && let Some(surface) = Surface::clear(&layers.grid, self.size, scene.palette)
        {
            paint_grid(&surface, plot, scene).ok();
        }
        if self.painted_lines != Some(lines)
            && let Some(surface) = Surface::clear(&layers.lines, self.size, scene.palette)
        {
            paint_lines(&surface, plot, scene).ok();
        }
    }
}

/// The axis of a run: its length once that is known, before what is expected of it.
pub fn time_axis(recording: &Recording, outline: &Outline) -> TimeAxis {
    TimeAxis::up_to(match recording.summary() {
        Some(summary) => summary.closed,
        None => recording.until().max(outline.end),
    })
}
