//! A rollout that can be run, with the diagram of what it will do.

mod draw;
mod faults;

use super::{Analysis, Spec, Step};
use alloc::{string::String, vec::Vec};
use coalmine_flow::{Diagram, EdgeId, NodeId, parse};
use core::fmt;
use serde::{Deserialize, Serialize};

/// A rollout that can be run, with the diagram of what it will do.
///
/// Serialised only on its way between two parts of one build: read back from elsewhere it may not be runnable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    spec: Spec,
    code: String,
    /// By step: what it measures.
    analyses: Vec<Option<Analysis>>,
    pub(super) places: Places,
    pub(super) links: Vec<Link>,
}

/// An edge of the diagram.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Link {
    pub(super) from: NodeId,
    pub(super) to: NodeId,
    pub(super) edge: EdgeId,
}

/// Where in the diagram everything is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Places {
    pub(super) start: NodeId,
    /// By step.
    pub(super) steps: Vec<Place>,
    /// The analysis beside the steps.
    pub(super) background: Option<Place>,
    /// The rest of the way, after the last step.
    pub(super) full: NodeId,
    pub(super) promote: NodeId,
    pub(super) end: NodeId,
    pub(super) abort: NodeId,
    pub(super) degraded: NodeId,
}

/// A step's node, and its gate where it has an analysis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Place {
    pub(super) node: NodeId,
    pub(super) gate: Option<NodeId>,
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
    ///
    /// # Errors
    ///
    /// Everything that is wrong, in the order of the file's fields.
    pub fn new(spec: Spec) -> Result<Self, Vec<Fault>> {
        let faults = faults::faults(&spec);
        if !faults.is_empty() {
            return Err(faults);
        }
        let (code, places) = draw::draw(&spec);
        let diagram = parse(&code).diagram;
        let links = (0..)
            .map(EdgeId)
            .zip(&diagram.edges)
            .map(|(edge, of)| Link {
                from: of.from,
                to: of.to,
                edge,
            });
        Ok(Self {
            links: links.collect(),
            analyses: spec.steps.iter().map(analysis).collect(),
            spec,
            code,
            places,
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
        self.places.start
    }

    /// Every node that a run may come to, in the order of the text.
    pub fn nodes(&self) -> Vec<NodeId> {
        let mut nodes: Vec<NodeId> = self
            .links
            .iter()
            .flat_map(|link| [link.from, link.to])
            .collect();
        nodes.sort_unstable();
        nodes.dedup();
        nodes
    }

    /// Every edge that a run may travel.
    pub fn edges(&self) -> Vec<EdgeId> {
        self.links.iter().map(|link| link.edge).collect()
    }

    /// The edge between two nodes, if one is drawn.
    pub(super) fn link(&self, from: NodeId, to: NodeId) -> Option<EdgeId> {
        let mut links = self.links.iter();
        links
            .find(|link| link.from == from && link.to == to)
            .map(|link| link.edge)
    }

    /// The analysis of a step, its own or its experiment's.
    pub(super) fn analysis_of(&self, step: usize) -> Option<&Analysis> {
        self.analyses.get(step)?.as_ref()
    }
}

/// What a step measures: its analysis, or those of its experiment together; of these only the required ones, where some
/// are.
fn analysis(step: &Step) -> Option<Analysis> {
    if step.analysis.is_some() {
        return step.analysis.clone();
    }
    let all = &step.experiment.as_ref()?.analyses;
    let some_required = all.iter().any(|of| of.required);
    let counts = all.iter().filter(|of| of.required || !some_required);
    counts
        .map(|of| of.analysis.clone())
        .reduce(|mut all, other| {
            all.name = alloc::format!("{}, {}", all.name, other.name);
            all.metrics.extend(other.metrics);
            all.dry_run.extend(other.dry_run);
            all.retention.extend(other.retention);
            all
        })
}
