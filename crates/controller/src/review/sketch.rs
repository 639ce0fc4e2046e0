//! Changes of a drawing that build on each other: each is a patch of the text that the one before left.

use alloc::string::String;
use coalmine_flow::{
    Diagram, EdgeId, LaneIx, NodeId, Parsed, Shape, Side,
    edit::{Change, change, next_id},
    parse,
};

/// A drawing that is being changed. A change that is refused leaves it as it is and is remembered.
pub(super) struct Sketch {
    parsed: Parsed,
    is_refused: bool,
}

impl Sketch {
    pub(super) fn of(code: &str) -> Self {
        Self {
            parsed: parse(code),
            is_refused: false,
        }
    }

    pub(super) const fn diagram(&self) -> &Diagram {
        &self.parsed.diagram
    }

    /// The code, unless something could not be changed.
    pub(super) fn finish(self) -> Option<String> {
        (!self.is_refused).then(|| self.parsed.syntax.print())
    }

    pub(super) fn change(&mut self, wanted: &Change) {
        let text = self.parsed.syntax.text();
        match change(&self.parsed, wanted) {
            Ok(patches) => self.parsed = parse(&patches.apply(text)),
            Err(_) => self.is_refused = true,
        }
    }

    /// A node more; its id.
    pub(super) fn add(&mut self, lane: LaneIx, shape: Shape, label: &str) -> NodeId {
        let id = next_id(self.diagram());
        self.change(&Change::AddNode {
            lane,
            shape,
            label: label.into(),
        });
        id
    }

    /// A node in the middle of an edge; its id and the edge that leaves it.
    pub(super) fn add_on(&mut self, edge: EdgeId, shape: Shape, label: &str) -> (NodeId, EdgeId) {
        let id = next_id(self.diagram());
        self.change(&Change::AddOnEdge {
            edge,
            shape,
            label: label.into(),
        });
        let leaves = self.diagram().outgoing(id).next();
        (id, leaves.map_or(edge, |(leaves, _)| leaves))
    }

    pub(super) fn connect(&mut self, from: (NodeId, Side), to: (NodeId, Side), label: &str) {
        self.change(&Change::Connect {
            from,
            to,
            label: Some(label.into()).filter(|label: &String| !label.is_empty()),
        });
    }

    /// Another label of an edge.
    pub(super) fn label(&mut self, edge: EdgeId, label: &str) {
        if let Some(stated) = self.diagram().edge(edge) {
            let wanted = Change::SetEdge {
                edge,
                from: (stated.from, stated.from_side),
                to: (stated.to, stated.to_side),
                label: Some(label.into()),
            };
            self.change(&wanted);
        }
    }

    /// Another end of an edge.
    pub(super) fn lead(&mut self, edge: EdgeId, to: (NodeId, Side)) {
        if let Some(stated) = self.diagram().edge(edge) {
            let wanted = Change::SetEdge {
                edge,
                from: (stated.from, stated.from_side),
                to,
                label: stated.label.clone(),
            };
            self.change(&wanted);
        }
    }
}
