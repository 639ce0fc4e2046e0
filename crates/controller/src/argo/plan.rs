//! A rollout that can be run, with the diagram of what it will do.

use super::Spec;
use alloc::{string::String, vec::Vec};
use coalmine_flow::{Diagram, EdgeId, NodeId, parse};
use core::fmt;
use serde::{Deserialize, Serialize};

/// A rollout that can be run, with the diagram of what it will do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    spec: Spec,
    code: String,
}

/// Something about a spec that its controller would refuse.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where: a path such as `steps[2].setWeight`.
    pub place: String,
    /// What is wrong and what to change.
    pub message: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.message)
    }
}

impl Plan {
    /// A plan for this spec; or everything that its controller would refuse.
    pub fn new(spec: Spec) -> Result<Self, Vec<Fault>> {
        Ok(Self {
            spec,
            code: String::new(),
        })
    }

    /// What is run.
    pub const fn spec(&self) -> &Spec {
        &self.spec
    }

    /// The diagram of what it will do, as FlowZap Code.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The diagram.
    pub fn diagram(&self) -> Diagram {
        parse(&self.code).diagram
    }

    /// Where the run begins.
    pub const fn start(&self) -> NodeId {
        NodeId(1)
    }

    /// Every node that a run may come to.
    pub fn nodes(&self) -> Vec<NodeId> {
        self.diagram().nodes.iter().map(|node| node.id).collect()
    }

    /// Every edge that a run may travel.
    pub fn edges(&self) -> Vec<EdgeId> {
        (0..).map(EdgeId).take(self.diagram().edges.len()).collect()
    }
}
