//! Which nodes the token can still come to, by the drawing alone.

use coalmine_flow::{Diagram, NodeId, Shape};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// The nodes that can be reached from where the token stands, that node included; before the start, from the start
/// circles, or from everywhere where there is none.
pub fn reachable(diagram: &Diagram, token: Option<NodeId>) -> BTreeSet<NodeId> {
    let mut open: Vec<NodeId> = token.map_or_else(|| starts(diagram), |node| vec![node]);
    if open.is_empty() {
        open = diagram.nodes.iter().map(|node| node.id).collect();
    }
    let mut seen = BTreeSet::new();
    seen.extend(open.iter().copied());
    while let Some(node) = open.pop() {
        for (_, edge) in diagram.outgoing(node) {
            if seen.insert(edge.to) {
                open.push(edge.to);
            }
        }
    }
    seen
}

/// How many edges each node is away from a start; nodes that no start leads to are left out.
pub(super) fn ranks(diagram: &Diagram) -> BTreeMap<NodeId, usize> {
    let mut ranks = BTreeMap::new();
    ranks.extend(starts(diagram).into_iter().map(|node| (node, 0)));
    let mut open: VecDeque<NodeId> = ranks.keys().copied().collect();
    while let Some(node) = open.pop_front() {
        let next = ranks[&node] + 1;
        for (_, edge) in diagram.outgoing(node) {
            ranks.entry(edge.to).or_insert_with(|| {
                open.push_back(edge.to);
                next
            });
        }
    }
    ranks
}

fn starts(diagram: &Diagram) -> Vec<NodeId> {
    diagram
        .nodes
        .iter()
        .filter(|node| node.shape == Shape::Circle && diagram.incoming(node.id).next().is_none())
        .map(|node| node.id)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagram::example;

    fn words(token: Option<u32>) -> String {
        let seed = example::diagram();
        let nodes: Vec<String> = reachable(&seed, token.map(NodeId))
            .iter()
            .map(ToString::to_string)
            .collect();
        nodes.join(" ")
    }

    #[test]
    fn what_lies_behind_a_gate_cannot_be_reached_once_it_said_no() {
        assert_eq!(words(None), "n1 n2 n5 n9 n10 n11");
        assert_eq!(words(Some(9)), "n5 n9 n10 n11");
        assert_eq!(words(Some(11)), "n5 n11");
        assert_eq!(words(Some(5)), "n5");
    }
}
