//! The picture that a layout is: points, rectangles, and what is drawn in them.

use crate::{EdgeId, LaneIx, NodeId, Shape};
use alloc::{format, string::String, vec::Vec};
use core::fmt::Write;

/// A point, in pixels from the upper left corner.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    /// To the right.
    pub x: f64,
    /// Down.
    pub y: f64,
}

/// An upright rectangle, in pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// Its left side.
    pub x: f64,
    /// Its upper side.
    pub y: f64,
    /// How wide it is.
    pub width: f64,
    /// How high it is.
    pub height: f64,
}

impl Rect {
    /// Its right side.
    pub fn right(&self) -> f64 {
        self.x + self.width
    }

    /// Its lower side.
    pub fn bottom(&self) -> f64 {
        self.y + self.height
    }

    /// Its middle.
    pub fn centre(&self) -> Point {
        Point {
            x: self.x + self.width / 2.0,
            y: self.y + self.height / 2.0,
        }
    }

    /// Whether the two have a point in common that is not on a border.
    pub fn meets(&self, other: &Self) -> bool {
        self.x < other.right()
            && other.x < self.right()
            && self.y < other.bottom()
            && other.y < self.bottom()
    }

    pub(super) fn holds(&self, other: &Self) -> bool {
        self.x <= other.x
            && self.y <= other.y
            && other.right() <= self.right()
            && other.bottom() <= self.bottom()
    }

    pub(super) fn grown(&self, by_x: f64, by_y: f64) -> Self {
        Self {
            x: self.x - by_x,
            y: self.y - by_y,
            width: self.width + 2.0 * by_x,
            height: self.height + 2.0 * by_y,
        }
    }

    pub(super) fn around(a: Point, b: Point) -> Self {
        Self {
            x: a.x.min(b.x),
            y: a.y.min(b.y),
            width: (a.x - b.x).abs(),
            height: (a.y - b.y).abs(),
        }
    }
}

/// A diagram with a place for everything.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layout {
    /// In pixels.
    pub width: f64,
    /// In pixels.
    pub height: f64,
    /// As in the diagram.
    pub lanes: Vec<LaneBox>,
    /// As in the diagram.
    pub nodes: Vec<NodeBox>,
    /// As in the diagram.
    pub edges: Vec<EdgePath>,
}

/// A lane: a band from left to right.
#[derive(Clone, Debug, PartialEq)]
pub struct LaneBox {
    /// Which lane.
    pub lane: LaneIx,
    /// The whole band.
    pub rect: Rect,
    /// The part of it at the left that holds the name.
    pub header: Rect,
    /// The name, wrapped.
    pub lines: Vec<String>,
}

/// A node.
#[derive(Clone, Debug, PartialEq)]
pub struct NodeBox {
    /// Which node.
    pub id: NodeId,
    /// What it looks like.
    pub shape: Shape,
    /// The shape fills it to its borders.
    pub rect: Rect,
    /// The label, wrapped and cut to fit.
    pub lines: Vec<String>,
    /// A line in smaller type under the label: who does a task, and with what.
    pub note: Option<String>,
    /// What a reader has to say of it, wrapped, in small type below all else; empty unless there was room asked for it.
    pub caption: Vec<String>,
}

/// An edge's label, on a chip that breaks the line.
#[derive(Clone, Debug, PartialEq)]
pub struct LabelBox {
    /// The chip.
    pub rect: Rect,
    /// The label, wrapped and cut to fit.
    pub lines: Vec<String>,
}

/// An edge.
#[derive(Clone, Debug, PartialEq)]
pub struct EdgePath {
    /// Which edge.
    pub id: EdgeId,
    /// Its corners, from outline to outline; all pieces are level or upright.
    pub points: Vec<Point>,
    /// Its label, where it has one and there is room.
    pub label: Option<LabelBox>,
}

/// How long an arrowhead is, in pixels.
const ARROW_LENGTH: f64 = 7.0;
/// Half as wide as an arrowhead, in pixels.
const ARROW_HALF: f64 = 3.5;

impl EdgePath {
    /// SVG path data with bends rounded by `radius` pixels, or less where pieces are short.
    ///
    /// It ends inside the arrowhead, whose tip is the last point.
    pub fn path_data(&self, radius: f64) -> String {
        let mut points = self.points.clone();
        if let [.., before, tip] = points.as_mut_slice() {
            *tip = towards(*tip, *before, ARROW_LENGTH - 2.0);
        }
        let Some(first) = points.first() else {
            return String::new();
        };
        let mut data = format!("M{} {}", tidy(first.x), tidy(first.y));
        for corner in points.windows(3) {
            let (before, at, after) = (corner[0], corner[1], corner[2]);
            let bend = radius
                .min(distance(before, at) / 2.0)
                .min(distance(at, after) / 2.0);
            line_to(&mut data, towards(at, before, bend));
            let end = towards(at, after, bend);
            let (x, y) = (tidy(at.x), tidy(at.y));
            write!(data, "Q{x} {y} {} {}", tidy(end.x), tidy(end.y)).expect(STRINGS);
        }
        if let [_, .., last] = points.as_slice() {
            line_to(&mut data, *last);
        }
        data
    }

    /// SVG path data of the arrowhead, to be filled.
    pub fn arrow_data(&self) -> String {
        let [.., before, tip] = self.points.as_slice() else {
            return String::new();
        };
        let base = towards(*tip, *before, ARROW_LENGTH);
        // Across the last piece, which is level or upright.
        let across = if is_level(*before, *tip) {
            Point {
                x: 0.0,
                y: ARROW_HALF,
            }
        } else {
            Point {
                x: ARROW_HALF,
                y: 0.0,
            }
        };
        format!(
            "M{} {}L{} {}L{} {}Z",
            tidy(tip.x),
            tidy(tip.y),
            tidy(base.x - across.x),
            tidy(base.y - across.y),
            tidy(base.x + across.x),
            tidy(base.y + across.y)
        )
    }
}

/// A length as it is written: in hundredths of a pixel, rounded down.
pub(crate) fn tidy(length: f64) -> f64 {
    let hundredths = length * 100.0;
    let below = hundredths - hundredths % 1.0;
    below / 100.0
}

/// Why writing into a string does not fail.
const STRINGS: &str = "a string takes any text";

fn line_to(data: &mut String, to: Point) {
    write!(data, "L{} {}", tidy(to.x), tidy(to.y)).expect(STRINGS);
}

/// Whether a piece, which is level or upright, is level.
pub(super) fn is_level(a: Point, b: Point) -> bool {
    (a.x - b.x).abs() > (a.y - b.y).abs()
}

fn distance(a: Point, b: Point) -> f64 {
    (a.x - b.x).abs() + (a.y - b.y).abs()
}

/// The point `length` from `from` on the way to `to`; both lie on a level or upright line.
fn towards(from: Point, to: Point, length: f64) -> Point {
    let whole = distance(from, to);
    if whole == 0.0 {
        return from;
    }
    let share = (length / whole).min(1.0);
    Point {
        x: from.x + (to.x - from.x) * share,
        y: from.y + (to.y - from.y) * share,
    }
}
