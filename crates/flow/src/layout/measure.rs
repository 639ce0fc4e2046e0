//! Turns lines and offsets into pixels.

use super::{
    Point, Rect,
    segments::{Port, Segments},
    sizes::snap,
};
use crate::{Shape, Side};
use alloc::{vec, vec::Vec};

/// The least distance between a track and the nodes or borders beside its channel.
const MARGIN: f64 = 12.0;

/// A channel between two columns or rows: room for labels first, then tracks.
#[derive(Clone, Copy, Default)]
pub(super) struct Channel {
    /// At least so wide.
    pub(super) least: f64,
    /// So much of it, on its left or upper side, is kept clear of tracks for a label.
    pub(super) label: f64,
}

/// Where the lines of one axis are.
pub(super) struct Axis {
    /// For each line, where its middle is; for a channel, the middle of its tracks.
    pub(super) places: Vec<f64>,
    pub(super) end: f64,
}

impl Axis {
    /// Lays the lines one after another from `start`: channels of the given widths, and columns or rows between.
    pub(super) fn new(start: f64, channels: &[(f64, f64)], middles: &[f64]) -> Self {
        let mut end = start;
        let mut places = Vec::with_capacity(channels.len() + middles.len());
        for (number, &(label, width)) in channels.iter().enumerate() {
            places.push(end + label + (width - label) / 2.0);
            end += width;
            if let Some(middle) = middles.get(number) {
                places.push(end + middle / 2.0);
                end += middle;
            }
        }
        Self { places, end }
    }
}

/// The room for a label and the whole width of each channel.
pub(super) fn channels(segments: &Segments, level: bool, stated: &[Channel]) -> Vec<(f64, f64)> {
    let mut tracks = vec![0.0_f64; stated.len()];
    for segment in &segments.all {
        if segment.level == level && segment.line.is_multiple_of(2) {
            let half = segment.offset.unwrap_or(0.0).abs() + MARGIN;
            let width = &mut tracks[segment.line / 2];
            *width = width.max(half * 2.0);
        }
    }
    let widths = stated.iter().zip(tracks).map(|(channel, tracks)| {
        let label = if tracks > 0.0 { channel.label } else { 0.0 };
        (label, snap((label + tracks).max(channel.least)))
    });
    widths.collect()
}

/// Where the nodes' outlines are.
pub(super) struct Outlines<'a> {
    pub(super) rects: &'a [Rect],
    pub(super) shapes: &'a [Shape],
}

/// The corners of each link, from outline to outline.
pub(super) fn points(
    links: usize,
    segments: &Segments,
    (xs, ys): (&Axis, &Axis),
    outlines: &Outlines<'_>,
) -> Vec<Vec<Point>> {
    let mut points = vec![Vec::new(); links];
    let place = |number: usize| {
        let segment = &segments.all[number];
        let axis = if segment.level { ys } else { xs };
        axis.places[segment.line] + segment.offset.unwrap_or(0.0)
    };
    for (number, segment) in segments.all.iter().enumerate() {
        let along = place(number);
        let of_link: &mut Vec<Point> = &mut points[segment.link];
        for which in 0..2 {
            if let Some(port) = segment.ports[which] {
                of_link.push(outlines.at(port, along));
            } else if which == 1 {
                let across = place(number + 1);
                of_link.push(if segment.level {
                    Point {
                        x: across,
                        y: along,
                    }
                } else {
                    Point {
                        x: along,
                        y: across,
                    }
                });
            }
        }
    }
    points
}

impl Outlines<'_> {
    /// The point of a node's outline at which a line at `along` meets one of its sides.
    fn at(&self, port: Port, along: f64) -> Point {
        let rect = self.rects[port.node];
        let (half_width, half_height) = (rect.width / 2.0, rect.height / 2.0);
        let centre = Point {
            x: rect.x + half_width,
            y: rect.y + half_height,
        };
        let (off, reach, depth) = match port.side {
            Side::Left | Side::Right => ((along - centre.y).abs(), half_height, half_width),
            Side::Top | Side::Bottom => ((along - centre.x).abs(), half_width, half_height),
        };
        let share = (off / reach).min(1.0);
        let depth = match self.shapes[port.node] {
            Shape::Rectangle | Shape::Taskbox => depth,
            Shape::Diamond => depth * (1.0 - share),
            Shape::Circle => depth * libm::sqrt(1.0 - share * share),
        };
        match port.side {
            Side::Left => Point {
                x: centre.x - depth,
                y: along,
            },
            Side::Right => Point {
                x: centre.x + depth,
                y: along,
            },
            Side::Top => Point {
                x: along,
                y: centre.y - depth,
            },
            Side::Bottom => Point {
                x: along,
                y: centre.y + depth,
            },
        }
    }
}

/// Pairs of pieces of one line that lie on each other.
pub(super) fn collisions(segments: &Segments, (xs, ys): (&Axis, &Axis)) -> Vec<(usize, usize)> {
    let place = |number: usize| {
        let segment = &segments.all[number];
        let axis = if segment.level { ys } else { xs };
        axis.places[segment.line] + segment.offset.unwrap_or(0.0)
    };
    let mut laid: Vec<(bool, usize, f64, f64, f64, usize)> = Vec::new();
    for (number, segment) in segments.all.iter().enumerate() {
        let axis = if segment.level { xs } else { ys };
        let end = |which: usize| match segment.ports[which] {
            // From the middle of the node's outline at the latest.
            Some(port) => {
                let outward = match port.side {
                    Side::Left | Side::Top => -1.0,
                    Side::Right | Side::Bottom => 1.0,
                };
                axis.places[segment.ends[which]] + outward
            }
            None if which == 0 => place(number - 1),
            None => place(number + 1),
        };
        let (a, b) = (end(0), end(1));
        let offset = segment.offset.unwrap_or(0.0);
        laid.push((
            segment.level,
            segment.line,
            offset,
            a.min(b),
            a.max(b),
            number,
        ));
    }
    crate::order::sort_by(&mut laid, |a, b| {
        (a.0, a.1)
            .cmp(&(b.0, b.1))
            .then(a.2.total_cmp(&b.2))
            .then(a.3.total_cmp(&b.3))
    });
    let mut pairs = Vec::new();
    for (place, a) in laid.iter().enumerate() {
        for b in &laid[place + 1..] {
            let same_line = a.0 == b.0 && a.1 == b.1 && b.2 - a.2 < 1e-6;
            if !same_line || b.3 > a.4 + 1e-6 {
                break;
            }
            pairs.push((a.5.min(b.5), a.5.max(b.5)));
        }
    }
    pairs
}
