//! The diagram that a text describes: lanes, nodes and edges, in the order of the text, every reference resolved.

use crate::TextSpan;
use alloc::{string::String, vec::Vec};
use core::fmt;
use serde::{Deserialize, Serialize};

/// A node's id, `n6` being 6. Unique over all lanes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct NodeId(pub u32);

impl fmt::Display for NodeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "n{}", self.0)
    }
}

/// An edge's place in [`Diagram::edges`]: the order of definition, which is never changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct EdgeId(pub u32);

/// A lane's place in [`Diagram::lanes`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct LaneIx(pub u32);

/// What a node looks like, and so what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Shape {
    /// Start, end or milestone.
    Circle,
    /// A step.
    Rectangle,
    /// A decision.
    Diamond,
    /// A task with an owner.
    Taskbox,
}

/// The side of a node at which an edge leaves or arrives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Side {
    /// The left side.
    Left,
    /// The right side.
    Right,
    /// The upper side.
    Top,
    /// The lower side.
    Bottom,
}

/// A swim-lane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lane {
    /// The identifier that edges refer to.
    pub id: String,
    /// The name shown: the `# label`, or the id where there is none.
    pub label: String,
    /// The header line.
    pub span: TextSpan,
    /// The `# label` without the `#`, where there is one.
    pub label_span: Option<TextSpan>,
}

/// A node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// Its id.
    pub id: NodeId,
    /// The lane it stands in.
    pub lane: LaneIx,
    /// Its shape.
    pub shape: Shape,
    /// The label without quotes, escapes resolved; empty where the text gives none.
    pub label: String,
    /// Who does it (taskboxes).
    pub owner: Option<String>,
    /// More words (taskboxes).
    pub description: Option<String>,
    /// Which system does it (taskboxes).
    pub system: Option<String>,
    /// The statement.
    pub span: TextSpan,
    /// The label between its quotes, where there is one: the bytes that a new label replaces.
    pub label_span: Option<TextSpan>,
    /// The shape's word; empty where the text forgot it. A label that is added goes behind it.
    pub shape_span: TextSpan,
}

/// An edge between two nodes that exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edge {
    /// Where it leaves.
    pub from: NodeId,
    /// The side it leaves at.
    pub from_side: Side,
    /// Where it arrives.
    pub to: NodeId,
    /// The side it arrives at.
    pub to_side: Side,
    /// The label, where there is one that is not empty.
    pub label: Option<String>,
    /// The statement.
    pub span: TextSpan,
    /// The label between its quotes, where there is one, be it empty.
    pub label_span: Option<TextSpan>,
}

/// A `loop [condition] n1 n2` annotation. It adds no edge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loop {
    /// The words in brackets.
    pub condition: String,
    /// The nodes it names, those that exist.
    pub nodes: Vec<NodeId>,
    /// The statement.
    pub span: TextSpan,
}

/// A diagram: what of a text could be resolved.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagram {
    /// In the order of the text.
    pub lanes: Vec<Lane>,
    /// In the order of the text.
    pub nodes: Vec<Node>,
    /// In the order of the text; [`EdgeId`] is the place in this list.
    pub edges: Vec<Edge>,
    /// In the order of the text.
    pub loops: Vec<Loop>,
}

impl Diagram {
    /// The node with this id.
    ///
    /// By rule ids count from 1 in the order of the text, so it is nearly always found at once.
    pub fn node(&self, id: NodeId) -> Option<&Node> {
        let usual = (id.0 as usize)
            .checked_sub(1)
            .and_then(|at| self.nodes.get(at));
        match usual {
            Some(node) if node.id == id => Some(node),
            _ => self.nodes.iter().find(|node| node.id == id),
        }
    }

    /// The lane at this place.
    pub fn lane(&self, lane: LaneIx) -> Option<&Lane> {
        self.lanes.get(lane.0 as usize)
    }

    /// The edge with this id.
    pub fn edge(&self, id: EdgeId) -> Option<&Edge> {
        self.edges.get(id.0 as usize)
    }

    /// The edges that leave a node, in the order of the text.
    pub fn outgoing(&self, id: NodeId) -> impl Iterator<Item = (EdgeId, &Edge)> {
        self.numbered_edges()
            .filter(move |(_, edge)| edge.from == id)
    }

    /// The edges that arrive at a node, in the order of the text.
    pub fn incoming(&self, id: NodeId) -> impl Iterator<Item = (EdgeId, &Edge)> {
        self.numbered_edges().filter(move |(_, edge)| edge.to == id)
    }

    fn numbered_edges(&self) -> impl Iterator<Item = (EdgeId, &Edge)> {
        (0..).map(EdgeId).zip(&self.edges)
    }
}
