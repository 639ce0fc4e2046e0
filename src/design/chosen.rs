//! What is chosen in the drawing, and how it is changed.

use crate::state::{draft::Draft, edit::Edit, notice::Notice};
use coalmine_flow::{
    EdgeId, LaneIx, NodeId,
    edit::{Change, change, next_id},
    parse,
};
use leptos::prelude::*;

/// What is chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Chosen {
    /// Nothing.
    #[default]
    Nothing,
    /// Nodes, in the order in which they were chosen; never none.
    Nodes(Vec<NodeId>),
    /// An edge.
    Edge(EdgeId),
    /// A lane.
    Lane(LaneIx),
}

impl Chosen {
    /// Whether this node is.
    pub fn has(&self, node: NodeId) -> bool {
        matches!(self, Self::Nodes(nodes) if nodes.contains(&node))
    }

    /// The one node that is chosen.
    pub fn only(&self) -> Option<NodeId> {
        match self {
            Self::Nodes(nodes) if nodes.len() == 1 => nodes.first().copied(),
            _ => None,
        }
    }

    /// With this node, or without it where it was there.
    #[must_use]
    pub fn turned(self, node: NodeId) -> Self {
        let mut nodes = match self {
            Self::Nodes(nodes) => nodes,
            _ => Vec::new(),
        };
        match nodes.iter().position(|it| *it == node) {
            Some(at) => {
                nodes.remove(at);
            }
            None => nodes.push(node),
        }
        if nodes.is_empty() {
            Self::Nothing
        } else {
            Self::Nodes(nodes)
        }
    }
}

/// The drawing under somebody's hands: what is chosen, and the way to change it.
#[derive(Clone, Copy)]
pub struct Hand {
    /// The project.
    pub draft: Draft,
    /// What is chosen.
    pub chosen: RwSignal<Chosen>,
    /// What there is to tell.
    pub on_notice: Callback<Notice>,
}

impl Hand {
    /// Changes the drawing by a patch of its code; tells why where that cannot be.
    pub fn change(self, wanted: &Change) -> bool {
        let mut project = self.draft.project().get_untracked();
        match change(&parse(&project.code), wanted) {
            Ok(patches) => {
                project.code = patches.apply(&project.code);
                // Not as typed letters: each change is a step of its own.
                self.draft.edit(Edit::Replace(Box::new(project)));
                true
            }
            Err(refusal) => {
                let words = crate::format::sentence_case(&refusal.to_string());
                self.on_notice.run(Notice::Said(words));
                false
            }
        }
    }

    /// Changes the drawing so that there is a node more, and chooses it.
    pub fn add(self, wanted: &Change) {
        let id = self
            .draft
            .project()
            .with_untracked(|it| next_id(&parse(&it.code).diagram));
        if self.change(wanted) {
            self.chosen.set(Chosen::Nodes(vec![id]));
        }
    }

    /// Takes away what is chosen.
    pub fn remove(self) {
        let wanted = match self.chosen.get_untracked() {
            Chosen::Nothing => return,
            Chosen::Nodes(nodes) => Change::RemoveNodes(nodes),
            Chosen::Edge(edge) => Change::RemoveEdge(edge),
            Chosen::Lane(lane) => Change::RemoveLane(lane),
        };
        if self.change(&wanted) {
            self.chosen.set(Chosen::Nothing);
        }
    }

    /// The chosen nodes once more.
    pub fn duplicate(self) {
        if let Chosen::Nodes(nodes) = self.chosen.get_untracked() {
            self.add(&Change::Duplicate(nodes));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nodes_are_chosen_and_left_one_by_one() {
        let one = Chosen::Nothing.turned(NodeId(1));
        assert_eq!(one.only(), Some(NodeId(1)));
        let two = one.turned(NodeId(2));
        assert!(two.has(NodeId(1)) && two.has(NodeId(2)) && two.only().is_none());
        assert_eq!(two.turned(NodeId(1)).turned(NodeId(2)), Chosen::Nothing);
    }
}
