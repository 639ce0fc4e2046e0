//! The token's way through the drawing, move by move.

use coalmine_controller::{Record, Time};
use coalmine_flow::{EdgeId, Layout, NodeId, Point};
use coalmine_sim::{Event, EventKind};

/// All that the token did in one instant.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Move {
    /// When.
    pub(super) at: Time,
    /// The corners of its way, in pixels.
    pub(super) points: Vec<Point>,
    /// The edges that it travelled.
    pub(super) edges: Vec<EdgeId>,
    /// The nodes that it entered.
    pub(super) nodes: Vec<NodeId>,
}

impl Move {
    /// How long the way is, in pixels.
    pub(super) fn length(&self) -> f64 {
        self.points
            .windows(2)
            .map(|pair| {
                let [a, b] = pair else { return 0.0 };
                libm::hypot(b.x - a.x, b.y - a.y)
            })
            .sum()
    }
}

/// The moves of a run, in order. What the layout does not hold is left out.
pub(super) fn moves(events: &[Event], layout: &Layout) -> Vec<Move> {
    let mut moves: Vec<Move> = Vec::new();
    for event in events {
        let EventKind::Controller(record) = &event.kind else {
            continue;
        };
        let centre = |node: NodeId| {
            let found = layout.nodes.iter().find(|it| it.id == node);
            found.map(|it| it.rect.centre())
        };
        let (points, edge, node) = match record {
            Record::Entered(node) => (Vec::new(), None, Some(*node)),
            Record::Travelled(edge) => {
                let path = layout.edges.iter().find(|it| it.id == *edge);
                let points = path.map_or_else(Vec::new, |it| it.points.clone());
                (points, Some(*edge), None)
            }
            Record::Jumped { from, to, .. } if from != to => {
                let ends = [centre(*from), centre(*to)];
                (ends.into_iter().flatten().collect(), None, None)
            }
            Record::Jumped { .. }
            | Record::Observing { .. }
            | Record::Probed { .. }
            | Record::Decided(_)
            | Record::Operator { .. }
            | Record::Ended { .. }
            | Record::Looked { .. } => continue,
        };
        let goes_on = moves.last().is_some_and(|last| last.at == event.at);
        if !goes_on {
            moves.push(Move {
                at: event.at,
                points: Vec::new(),
                edges: Vec::new(),
                nodes: Vec::new(),
            });
        }
        if let Some(current) = moves.last_mut() {
            current.points.extend(points);
            current.edges.extend(edge);
            current.nodes.extend(node);
        }
    }
    moves
}
