//! Dragging in the drawing: a node to another lane, a line from a node's side to another node, a frame around nodes.

use coalmine_flow::{LaneIx, Layout, NodeBox, NodeId, Point, Rect, Side};

/// What is being dragged, in pixels of the drawing.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Drag {
    /// Nothing.
    #[default]
    None,
    /// A node, from here, now by so much.
    Node(NodeId, Point, Point),
    /// A line from a side of a node, now to here.
    Line(NodeId, Side, Point),
    /// A frame from corner to corner.
    Frame(Point, Point),
}

/// A drag that is shorter, in pixels, is a click.
const LEAST: f64 = 6.0;

impl Drag {
    /// The pointer is here now.
    #[must_use]
    pub fn to(self, at: Point) -> Self {
        match self {
            Self::None => Self::None,
            Self::Node(node, from, _) => Self::Node(node, from, at),
            Self::Line(node, side, _) => Self::Line(node, side, at),
            Self::Frame(from, _) => Self::Frame(from, at),
        }
    }

    /// How far the node is from where it stood.
    pub fn offset(self, of: NodeId) -> Option<Point> {
        match self {
            Self::Node(node, from, at) if node == of && is_far(from, at) => Some(Point {
                x: at.x - from.x,
                y: at.y - from.y,
            }),
            _ => None,
        }
    }

    /// Where the frame is, once it is one.
    pub fn frame(self) -> Option<Rect> {
        match self {
            Self::Frame(from, at) if is_far(from, at) => Some(Rect {
                x: from.x.min(at.x),
                y: from.y.min(at.y),
                width: (from.x - at.x).abs(),
                height: (from.y - at.y).abs(),
            }),
            _ => None,
        }
    }
}

fn is_far(from: Point, at: Point) -> bool {
    LEAST < (from.x - at.x).abs() + (from.y - at.y).abs()
}

/// What a drag comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Dropped {
    /// Nothing.
    Nothing,
    /// The node belongs to this lane from now on.
    Lane(NodeId, LaneIx),
    /// A line from a side of the first node to a side of the other.
    Line((NodeId, Side), (NodeId, Side)),
    /// These nodes are chosen.
    Nodes(Vec<NodeId>),
}

/// What a drag comes to that ends where it is.
pub fn dropped(drag: Drag, layout: &Layout) -> Dropped {
    match drag {
        Drag::Node(node, from, at) if is_far(from, at) => {
            let lane = layout.lanes.iter().find(|lane| holds(&lane.rect, at));
            lane.map_or(Dropped::Nothing, |lane| Dropped::Lane(node, lane.lane))
        }
        Drag::None | Drag::Node(..) => Dropped::Nothing,
        Drag::Line(from, side, at) => match layout.nodes.iter().find(|it| holds(&it.rect, at)) {
            Some(to) if to.id != from => Dropped::Line((from, side), (to.id, side_near(to, at))),
            _ => Dropped::Nothing,
        },
        Drag::Frame(..) => drag.frame().map_or(Dropped::Nothing, |frame| {
            let inside = layout.nodes.iter().filter(|it| frame.meets(&it.rect));
            Dropped::Nodes(inside.map(|it| it.id).collect())
        }),
    }
}

fn holds(rect: &Rect, at: Point) -> bool {
    (rect.x..rect.right()).contains(&at.x) && (rect.y..rect.bottom()).contains(&at.y)
}

/// The side of a node that a point is nearest to.
pub fn side_near(node: &NodeBox, at: Point) -> Side {
    let centre = node.rect.centre();
    let across = (at.x - centre.x) / node.rect.width.max(1.0);
    let down = (at.y - centre.y) / node.rect.height.max(1.0);
    if across.abs() < down.abs() {
        if down < 0.0 { Side::Top } else { Side::Bottom }
    } else if across < 0.0 {
        Side::Left
    } else {
        Side::Right
    }
}

/// The middle of a side.
pub fn handle(node: &NodeBox, side: Side) -> Point {
    let (rect, centre) = (&node.rect, node.rect.centre());
    let (x, y) = match side {
        Side::Left => (rect.x, centre.y),
        Side::Right => (rect.right(), centre.y),
        Side::Top => (centre.x, rect.y),
        Side::Bottom => (centre.x, rect.bottom()),
    };
    Point { x, y }
}

#[cfg(test)]
mod tests {
    use super::*;
    use coalmine_flow::{layout, parse};

    fn example() -> Layout {
        let code = "a { # A\nn1: circle label:\"Start\"\nn2: rectangle label:\"Work\"\nn1.handle(right) -> n2.handle(left)\n}\nb { # B\n}\n";
        layout(&parse(code).diagram)
    }

    fn centre(layout: &Layout, node: usize) -> Point {
        layout.nodes[node].rect.centre()
    }

    #[test]
    fn a_node_goes_to_the_lane_where_it_is_dropped_and_a_click_moves_nothing() {
        let layout = example();
        let (from, below) = (centre(&layout, 0), layout.lanes[1].rect.centre());
        let drag = Drag::Node(NodeId(1), from, from);
        assert_eq!(dropped(drag, &layout), Dropped::Nothing);
        assert_eq!(
            dropped(drag.to(below), &layout),
            Dropped::Lane(NodeId(1), LaneIx(1))
        );
        let outside = Point { x: -50.0, y: -50.0 };
        assert_eq!(dropped(drag.to(outside), &layout), Dropped::Nothing);
    }

    #[test]
    fn a_line_ends_at_the_side_that_is_nearest() {
        let layout = example();
        let area = &layout.nodes[1];
        for side in [Side::Left, Side::Right, Side::Top, Side::Bottom] {
            let edge = handle(area, side);
            let inside = area.rect.centre();
            let at = Point {
                x: edge.x * 0.9 + inside.x * 0.1,
                y: edge.y * 0.9 + inside.y * 0.1,
            };
            let drag = Drag::Line(NodeId(1), Side::Right, at);
            assert_eq!(
                dropped(drag, &layout),
                Dropped::Line((NodeId(1), Side::Right), (NodeId(2), side))
            );
        }
        let itself = Drag::Line(NodeId(1), Side::Right, centre(&layout, 0));
        assert_eq!(dropped(itself, &layout), Dropped::Nothing);
    }

    #[test]
    fn a_frame_chooses_what_it_meets() {
        let layout = example();
        let whole = Drag::Frame(
            Point { x: 0.0, y: 0.0 },
            Point {
                x: layout.width,
                y: layout.height,
            },
        );
        assert_eq!(
            dropped(whole, &layout),
            Dropped::Nodes(vec![NodeId(1), NodeId(2)])
        );
    }
}
