//! What can be changed in a diagram, and why a change is refused.

use crate::{EdgeId, LaneIx, NodeId, Shape, Side};
use alloc::{string::String, vec::Vec};
use core::fmt;

/// Where an edge begins or ends.
pub type Handle = (NodeId, Side);

/// One change of a diagram.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A node more, at the end of a lane's nodes, under the next free id.
    AddNode {
        /// Where.
        lane: LaneIx,
        /// What it is.
        shape: Shape,
        /// What it says.
        label: String,
    },
    /// A node in the middle of an edge, which becomes two; the first one keeps the label.
    AddOnEdge {
        /// The edge.
        edge: EdgeId,
        /// What it is.
        shape: Shape,
        /// What it says.
        label: String,
    },
    /// Another label.
    SetLabel(NodeId, String),
    /// Another shape.
    SetShape(NodeId, Shape),
    /// Nodes less, with the edges that begin or end there.
    RemoveNodes(Vec<NodeId>),
    /// The same nodes again, under new ids, with the edges between them.
    Duplicate(Vec<NodeId>),
    /// A node in another lane, with the edges that begin there.
    MoveNode(NodeId, LaneIx),
    /// An edge more, behind the other edges of the lane where it begins.
    Connect {
        /// Where it begins.
        from: Handle,
        /// Where it ends.
        to: Handle,
        /// What it says.
        label: Option<String>,
    },
    /// Another end, side or label of an edge.
    SetEdge {
        /// The edge.
        edge: EdgeId,
        /// Where it begins.
        from: Handle,
        /// Where it ends.
        to: Handle,
        /// What it says.
        label: Option<String>,
    },
    /// An edge less.
    RemoveEdge(EdgeId),
    /// A lane more, below the others.
    AddLane(String),
    /// Another name of a lane; its id stays, and so do the edges.
    RenameLane(LaneIx, String),
    /// A lane less, with its nodes and all edges that begin or end at them.
    RemoveLane(LaneIx),
    /// A lane before another one; without, at the end.
    MoveLane(LaneIx, Option<LaneIx>),
}

/// Why a change is refused. Nothing is changed then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The text has errors, so that nobody can tell what else it would say.
    Unsound,
    /// There is no such node, edge or lane.
    Gone,
    /// The last lane stays: nodes need one.
    LastLane,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unsound => {
                "the code has errors: mend them first, then the drawing can be changed"
            }
            Self::Gone => "it is no longer there",
            Self::LastLane => "the last lane stays, since every node stands in one",
        })
    }
}
