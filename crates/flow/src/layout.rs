//! Lays a diagram out in swim-lanes, once for every reader: the page and the SVG writer draw the same picture.
//!
//! Nodes are set into a grid of columns and rows with channels between them. Edges run along the channels, each
//! on a track of its own, so that none meets a node or lies on another: that holds by construction.

mod bodies;
mod graph;
mod grid;
pub(crate) mod labels;
mod measure;
mod place;
mod route;
mod segments;
mod shapes;
pub(crate) mod sizes;
pub(crate) mod text;
mod tracks;

pub(crate) use shapes::tidy;
pub use shapes::{EdgePath, LabelBox, LaneBox, Layout, NodeBox, Point, Rect};

use crate::{Diagram, EdgeId, LaneIx, Node, NodeId, Shape};
use alloc::{
    string::{String, ToString},
    vec,
    vec::Vec,
};
use graph::Graph;
use grid::Grid;
use measure::{Axis, Channel, Outlines};
use place::Placement;
use segments::{Caution, Segments};
use sizes::Sized;
use tracks::Room;

/// The size of the type in lane headers, in pixels; capitals, spaced.
pub(crate) const LANE_TYPE: f64 = 10.0;
/// From one line of a lane's name to the next, in pixels.
pub(crate) const LANE_LEADING: f64 = 14.0;
/// What spacing adds to a lane's name.
const LANE_SPACING: f64 = 1.09;

/// Gives everything in a diagram a place, in pixels. The same diagram always gets the same layout.
pub fn layout(diagram: &Diagram) -> Layout {
    layout_with_captions(diagram, &[])
}

/// As [`layout`], with room in each node for what a reader has to say of it.
pub fn layout_with_captions(diagram: &Diagram, captions: &[(NodeId, String)]) -> Layout {
    let graph = Graph::new(diagram);
    let placement = place::place(&graph);
    let caption = |node: &Node| {
        let found = captions.iter().find(|(id, _)| *id == node.id);
        found.map_or("", |(_, caption)| caption.as_str())
    };
    let mut sized: Vec<Sized> = diagram
        .nodes
        .iter()
        .map(|node| sizes::measure(node, caption(node)))
        .collect();
    align_widths(diagram, &placement, &mut sized);
    let (columns, rows) = grid::extents(&placement, &sized);
    let grid = Grid::new(&placement, &columns, &rows);
    let ways = route::route(&graph, &grid);
    let mut drawing = Drawing {
        diagram,
        header: header_width(diagram),
        borders: borders(&placement),
        segments: Segments::new(&graph, &ways),
        channels: [
            vec![Channel::default(); columns.len() + 1],
            vec![Channel::default(); rows.len() + 1],
        ],
        graph,
        placement,
        sized,
        columns,
        rows,
    };
    drawing.ask();
    drawing.settle();
    drawing.finish()
}

/// Boxes in one column are equally wide.
fn align_widths(diagram: &Diagram, placement: &Placement, sized: &mut [Sized]) {
    let is_box = |shape| matches!(shape, Shape::Rectangle | Shape::Taskbox);
    let mut widest = vec![0.0_f64; placement.columns];
    for (number, node) in diagram.nodes.iter().enumerate() {
        if is_box(node.shape) {
            let column = placement.cells[number].column;
            widest[column] = widest[column].max(sized[number].width);
        }
    }
    for (number, node) in diagram.nodes.iter().enumerate() {
        if is_box(node.shape) {
            sized[number].width = widest[placement.cells[number].column];
        }
    }
}

fn header_width(diagram: &Diagram) -> f64 {
    let names = diagram.lanes.iter().map(|lane| {
        let lines = text::wrap(&crate::case::capitals(&lane.label), LANE_TYPE, 88.0, 3);
        text::widest(&lines, LANE_TYPE) * LANE_SPACING
    });
    sizes::snap(names.fold(0.0, f64::max) + 18.0)
}

/// Which level lines lie between two lanes.
fn borders(placement: &Placement) -> Vec<bool> {
    let mut borders = vec![false; placement.rows * 2 + 1];
    for rows in placement.lane_rows.iter().skip(1) {
        borders[rows.start * 2] = true;
    }
    borders
}

/// A diagram on its way to a layout.
struct Drawing<'a> {
    diagram: &'a Diagram,
    graph: Graph,
    placement: Placement,
    sized: Vec<Sized>,
    columns: Vec<f64>,
    rows: Vec<f64>,
    borders: Vec<bool>,
    segments: Segments,
    header: f64,
    /// What is asked of the upright and of the level channels.
    channels: [Vec<Channel>; 2],
}

impl Drawing<'_> {
    /// Asks for the distances that look calm, and for room for the labels of straight edges.
    fn ask(&mut self) {
        for (axis, (inner, outer)) in [(24.0, 16.0), (24.0, 20.0)].into_iter().enumerate() {
            let last = self.channels[axis].len() - 1;
            for (number, channel) in self.channels[axis].iter_mut().enumerate() {
                let is_border = axis == 1 && self.borders[number * 2];
                channel.least = match number {
                    _ if is_border => 40.0,
                    0 => outer,
                    number if number == last => outer,
                    _ => inner,
                };
            }
        }
        for segment in &self.segments.all {
            let edge = self.graph.links[segment.link].edge;
            let label = self.diagram.edges[edge].label.as_deref();
            if let (Some(label), [Some(_), Some(_)]) = (label, segment.ports) {
                let (wide, high) = labels::extent(label);
                let [a, b] = segment.ends;
                let (axis, extent) = if segment.level { (0, wide) } else { (1, high) };
                let line = if b > a { a + 1 } else { a - 1 };
                let channel = &mut self.channels[axis][line / 2];
                channel.label = channel.label.max(extent);
                channel.least = channel.least.max(extent + labels::BEHIND);
            }
        }
    }

    /// Finds tracks on which no two edges lie on each other.
    fn settle(&mut self) {
        let sizes: Vec<(f64, f64)> = self.sized.iter().map(|s| (s.width, s.height)).collect();
        let room = Room {
            sizes: &sizes,
            columns: &self.columns,
            rows: &self.rows,
            borders: &self.borders,
        };
        for attempt in 0..10 {
            if attempt == 9 {
                self.segments.caution = Caution::Strict;
            }
            tracks::settle(&mut self.segments, &room);
            let (xs, ys) = axes(
                &self.segments,
                &self.channels,
                self.header,
                (&self.columns, &self.rows),
            );
            let collisions = measure::collisions(&self.segments, (&xs, &ys));
            if collisions.is_empty() {
                break;
            }
            self.segments.apart.extend(collisions);
        }
    }

    /// Places labels, and enlarges channels until each has room or it is time to stop.
    fn finish(mut self) -> Layout {
        let tasks: Vec<labels::Task<'_>> = self
            .graph
            .links
            .iter()
            .enumerate()
            .filter_map(|(link, stated)| {
                let text = self.diagram.edges[stated.edge].label.as_deref()?;
                (!text.trim().is_empty()).then_some(labels::Task { link, text })
            })
            .collect();
        let shapes: Vec<Shape> = self.diagram.nodes.iter().map(|node| node.shape).collect();
        // Each round may enlarge channels; in a large diagram that is seldom worth the wait.
        let mut rounds = if tasks.len() > 100 { 2 } else { 4 };
        loop {
            let (xs, ys) = axes(
                &self.segments,
                &self.channels,
                self.header,
                (&self.columns, &self.rows),
            );
            let rects = self.rects(&xs, &ys);
            let outlines = Outlines {
                rects: &rects,
                shapes: &shapes,
            };
            let ways = measure::points(
                self.graph.links.len(),
                &self.segments,
                (&xs, &ys),
                &outlines,
            );
            let scene = labels::Scene {
                ways: &ways,
                nodes: &rects,
                bounds: Rect {
                    x: self.header,
                    y: 0.0,
                    width: xs.end - self.header,
                    height: ys.end,
                },
            };
            let (placed, wishes) = labels::place(&tasks, &scene);
            if wishes.is_empty() || rounds == 0 {
                let labelled = tasks.iter().map(|task| task.link).zip(placed);
                let mut chips = vec![None; ways.len()];
                for (link, label) in labelled {
                    chips[link] = label;
                }
                return self.assemble((&xs, &ys), &rects, ways, chips);
            }
            rounds -= 1;
            for wish in &wishes {
                self.grow(wish);
            }
        }
    }

    /// Enlarges a channel that a piece of an edge crosses or begins in.
    fn grow(&mut self, wish: &labels::Wish) {
        let mut of_link = self
            .segments
            .all
            .iter()
            .filter(|segment| segment.link == wish.link);
        let Some(segment) = of_link.nth(wish.piece) else {
            return;
        };
        let [a, b] = segment.ends;
        // The first channel from where the edge comes: what branches there is labelled near its source.
        let line = if a % 2 == 0 {
            a
        } else if b > a {
            a + 1
        } else {
            a.saturating_sub(1)
        };
        let axis = usize::from(!segment.level);
        let now = measure::channels(&self.segments, !segment.level, &self.channels[axis]);
        self.channels[axis][line / 2].least = now[line / 2].1 + wish.missing;
    }

    fn rects(&self, xs: &Axis, ys: &Axis) -> Vec<Rect> {
        self.placement
            .cells
            .iter()
            .zip(&self.sized)
            .map(|(cell, sized)| Rect {
                x: xs.places[cell.column * 2 + 1] - sized.width / 2.0,
                y: ys.places[cell.row * 2 + 1] - sized.height / 2.0,
                width: sized.width,
                height: sized.height,
            })
            .collect()
    }

    fn assemble(
        self,
        (xs, ys): (&Axis, &Axis),
        rects: &[Rect],
        ways: Vec<Vec<Point>>,
        chips: Vec<Option<LabelBox>>,
    ) -> Layout {
        let nodes = self.diagram.nodes.iter().zip(self.sized).zip(rects);
        let mut edges: Vec<EdgePath> = (0..)
            .map(EdgeId)
            .zip(&self.diagram.edges)
            .map(|(id, _)| EdgePath {
                id,
                points: Vec::new(),
                label: None,
            })
            .collect();
        for ((link, points), label) in self.graph.links.iter().zip(ways).zip(chips) {
            edges[link.edge].points = points;
            edges[link.edge].label = label;
        }
        Layout {
            width: xs.end,
            height: ys.end,
            lanes: lanes(self.diagram, &self.placement, (xs.end, ys), self.header),
            nodes: nodes
                .map(|((node, sized), rect)| NodeBox {
                    id: node.id,
                    shape: node.shape,
                    rect: *rect,
                    lines: sized.lines,
                    note: sized.note,
                    caption: sized.caption,
                })
                .collect(),
            edges,
        }
    }
}

fn axes(
    segments: &Segments,
    channels: &[Vec<Channel>; 2],
    header: f64,
    (columns, rows): (&[f64], &[f64]),
) -> (Axis, Axis) {
    let upright = measure::channels(segments, false, &channels[0]);
    let level = measure::channels(segments, true, &channels[1]);
    (
        Axis::new(header, &upright, columns),
        Axis::new(0.0, &level, rows),
    )
}

fn lanes(
    diagram: &Diagram,
    placement: &Placement,
    (width, ys): (f64, &Axis),
    header: f64,
) -> Vec<LaneBox> {
    let border = |row: usize| match row {
        0 => 0.0,
        row if row == placement.rows => ys.end,
        row => ys.places[row * 2],
    };
    (0..)
        .map(LaneIx)
        .zip(&diagram.lanes)
        .zip(&placement.lane_rows)
        .map(|((lane, stated), rows)| {
            let (top, bottom) = (border(rows.start), border(rows.end));
            let rect = Rect {
                x: 0.0,
                y: top,
                width,
                height: bottom - top,
            };
            LaneBox {
                lane,
                rect,
                header: Rect {
                    width: header,
                    ..rect
                },
                lines: text::wrap(&crate::case::capitals(&stated.label), LANE_TYPE, 88.0, 3)
                    .iter()
                    .map(ToString::to_string)
                    .collect(),
            }
        })
        .collect()
}
