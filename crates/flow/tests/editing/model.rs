//! The same changes on a model: what a text must say after each.

use coalmine_flow::{
    Diagram, Edge, LaneIx, NodeId, Shape, Side,
    edit::{Change, next_id},
};

/// A node without its place.
type SaidNode = (NodeId, LaneIx, Shape, String);

/// An edge without its place.
type SaidEdge = (NodeId, Side, NodeId, Side, Option<String>);

/// What a diagram says, without places: lanes, nodes and edges, in an order of their own.
#[derive(Debug, PartialEq)]
pub(crate) struct Said {
    pub(crate) lanes: Vec<String>,
    pub(crate) nodes: Vec<SaidNode>,
    pub(crate) edges: Vec<SaidEdge>,
}

fn whole(edge: &Edge) -> SaidEdge {
    (
        edge.from,
        edge.from_side,
        edge.to,
        edge.to_side,
        edge.label.clone(),
    )
}

pub(crate) fn said(diagram: &Diagram) -> Said {
    let nodes = diagram.nodes.iter();
    let nodes = nodes.map(|it| (it.id, it.lane, it.shape, it.label.clone()));
    let lanes = diagram.lanes.iter().map(|it| it.label.clone());
    Said {
        lanes: lanes.collect(),
        nodes: nodes.collect(),
        edges: diagram.edges.iter().map(whole).collect(),
    }
    .sorted()
}

impl Said {
    fn sorted(mut self) -> Self {
        self.nodes.sort();
        self.edges.sort();
        self
    }

    fn without(&mut self, edge: &Edge) {
        let whole = whole(edge);
        let at = self.edges.iter().position(|it| *it == whole);
        self.edges.remove(at.expect("it was chosen"));
    }
}

/// What the text must say after this change. Lanes that move or go are another property's affair.
pub(crate) fn expected(diagram: &Diagram, it: &Change) -> Said {
    let mut said = said(diagram);
    match it {
        Change::AddNode { .. }
        | Change::AddOnEdge { .. }
        | Change::SetLabel(..)
        | Change::SetShape(..)
        | Change::RemoveNodes(_)
        | Change::Duplicate(_)
        | Change::MoveNode(..) => nodes(&mut said, diagram, it),
        Change::Connect { .. } | Change::SetEdge { .. } | Change::RemoveEdge(_) => {
            edges(&mut said, diagram, it);
        }
        Change::AddLane(label) => said.lanes.push(label.clone()),
        Change::RenameLane(lane, label) => said.lanes[lane.0 as usize].clone_from(label),
        Change::RemoveLane(_) | Change::MoveLane(..) => {}
    }
    said.sorted()
}

fn nodes(said: &mut Said, diagram: &Diagram, it: &Change) {
    let next = next_id(diagram);
    match it {
        Change::AddNode { lane, shape, label } => {
            said.nodes.push((next, *lane, *shape, label.clone()));
        }
        Change::AddOnEdge { edge, shape, label } => {
            let stated = diagram.edge(*edge).expect("it was chosen");
            said.without(stated);
            let side = stated.from_side;
            let label_of = stated.label.clone();
            said.edges
                .push((stated.from, side, next, opposite(side), label_of));
            said.edges
                .push((next, side, stated.to, stated.to_side, None));
            let from = diagram.node(stated.from).expect("it has a node");
            said.nodes.push((next, from.lane, *shape, label.clone()));
        }
        Change::RemoveNodes(gone) => {
            said.nodes.retain(|node| !gone.contains(&node.0));
            let stays = |edge: &SaidEdge| !gone.contains(&edge.0) && !gone.contains(&edge.2);
            said.edges.retain(stays);
        }
        Change::Duplicate(again) => {
            let copy = |id: NodeId| {
                let place = again.iter().position(|it| *it == id)?;
                Some(NodeId(next.0 + u32::try_from(place).expect("few nodes")))
            };
            let copies = said.nodes.iter();
            let copies = copies.filter_map(|it| Some((copy(it.0)?, it.1, it.2, it.3.clone())));
            let copies: Vec<_> = copies.collect();
            said.nodes.extend(copies);
            let between = said.edges.iter();
            let between =
                between.filter_map(|it| Some((copy(it.0)?, it.1, copy(it.2)?, it.3, it.4.clone())));
            let between: Vec<_> = between.collect();
            said.edges.extend(between);
        }
        other => {
            for node in &mut said.nodes {
                match other {
                    Change::SetLabel(id, label) if *id == node.0 => node.3.clone_from(label),
                    Change::SetShape(id, shape) if *id == node.0 => node.2 = *shape,
                    Change::MoveNode(id, lane) if *id == node.0 => node.1 = *lane,
                    _ => {}
                }
            }
        }
    }
}

fn edges(said: &mut Said, diagram: &Diagram, it: &Change) {
    let stated = |edge| diagram.edge(edge).expect("it was chosen");
    let some = |label: &Option<String>| label.clone().filter(|label| !label.is_empty());
    let (from, to, label) = match it {
        Change::Connect { from, to, label } => (from, to, label),
        Change::SetEdge {
            edge,
            from,
            to,
            label,
        } => {
            said.without(stated(*edge));
            (from, to, label)
        }
        Change::RemoveEdge(edge) => return said.without(stated(*edge)),
        other => panic!("{other:?} is no change of an edge"),
    };
    said.edges.push((from.0, from.1, to.0, to.1, some(label)));
}

const fn opposite(side: Side) -> Side {
    match side {
        Side::Left => Side::Right,
        Side::Right => Side::Left,
        Side::Top => Side::Bottom,
        Side::Bottom => Side::Top,
    }
}
