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

use crate::{Diagram, EdgeId, LaneIx, Shape};
use alloc::{string::ToString, vec, vec::Vec};
use graph::Graph;
use grid::Grid;
use measure::{Axis, Outlines};
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
    let graph = Graph::new(diagram);
    let placement = place::place(&graph);
    let mut sized: Vec<Sized> = diagram.nodes.iter().map(sizes::measure).collect();
    align_widths(diagram, &placement, &mut sized);
    let (columns, rows) = grid::extents(&graph, &placement, &sized);
    let grid = Grid::new(&placement, &columns, &rows);
    let ways = route::route(&graph, &grid);
    let mut drawing = Drawing {
        diagram,
        header: header_width(diagram),
        borders: borders(&placement),
        segments: Segments::new(&graph, &ways),
        least: [vec![24.0; columns.len() + 1], vec![24.0; rows.len() + 1]],
        graph,
        placement,
        sized,
        columns,
        rows,
    };
    drawing.widen_borders();
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
        let lines = text::wrap(&lane.label.to_uppercase(), LANE_TYPE, 88.0, 3);
        text::widest(&lines, LANE_TYPE) * LANE_SPACING
    });
    sizes::snap(names.fold(0.0, f64::max) + 24.0)
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
    /// The least size of each upright and each level channel.
    least: [Vec<f64>; 2],
}

impl Drawing<'_> {
    fn widen_borders(&mut self) {
        let levels = self.least[1].len();
        for (channel, least) in self.least[1].iter_mut().enumerate() {
            let outermost = channel == 0 || channel + 1 == levels;
            if self.borders[channel * 2] {
                *least = 40.0;
            } else if outermost {
                *least = 20.0;
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
                &self.least,
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
        let mut rounds = 4;
        loop {
            let (xs, ys) = axes(
                &self.segments,
                &self.least,
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
        let now = measure::channels(
            &self.segments,
            !segment.level,
            &self.least[usize::from(!segment.level)],
        );
        self.least[usize::from(!segment.level)][line / 2] =
            sizes::snap(now[line / 2] + wish.missing);
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
                })
                .collect(),
            edges,
        }
    }
}

fn axes(
    segments: &Segments,
    least: &[Vec<f64>; 2],
    header: f64,
    (columns, rows): (&[f64], &[f64]),
) -> (Axis, Axis) {
    let upright = measure::channels(segments, false, &least[0]);
    let level = measure::channels(segments, true, &least[1]);
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
                lines: text::wrap(&stated.label.to_uppercase(), LANE_TYPE, 88.0, 3)
                    .iter()
                    .map(ToString::to_string)
                    .collect(),
            }
        })
        .collect()
}
