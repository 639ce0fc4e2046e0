//! The diagram as numbered nodes and links, and how deep in the flow each node lies.

use crate::{Diagram, Side};
use alloc::{collections::BTreeMap, vec, vec::Vec};

/// An edge between two nodes by their places in the diagram.
#[derive(Clone, Copy)]
pub(super) struct Link {
    /// Its place in the diagram's edges.
    pub(super) edge: usize,
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) from_side: Side,
    pub(super) to_side: Side,
    /// It leads to a node from which it was reached: a loop.
    pub(super) back: bool,
}

pub(super) struct Graph {
    pub(super) lanes: usize,
    pub(super) lane_of: Vec<usize>,
    pub(super) links: Vec<Link>,
    /// The length of the longest way to each node, loops left out.
    pub(super) depth: Vec<usize>,
}

impl Graph {
    pub(super) fn new(diagram: &Diagram) -> Self {
        let mut numbers = BTreeMap::new();
        for (number, node) in diagram.nodes.iter().enumerate() {
            numbers.entry(node.id).or_insert(number);
        }
        let lanes = diagram.lanes.len().max(1);
        let mut links = Vec::new();
        for (edge, stated) in diagram.edges.iter().enumerate() {
            if let (Some(&from), Some(&to)) = (numbers.get(&stated.from), numbers.get(&stated.to)) {
                links.push(Link {
                    edge,
                    from,
                    to,
                    from_side: stated.from_side,
                    to_side: stated.to_side,
                    back: false,
                });
            }
        }
        let lane_of = diagram
            .nodes
            .iter()
            .map(|node| (node.lane.0 as usize).min(lanes - 1))
            .collect();
        let depth = depths(diagram.nodes.len(), &mut links);
        Self {
            lanes,
            lane_of,
            links,
            depth,
        }
    }
}

/// Marks the links that close a loop, and measures the longest way to each node over the others.
fn depths(nodes: usize, links: &mut [Link]) -> Vec<usize> {
    let mut outgoing = vec![Vec::new(); nodes];
    let mut has_incoming = vec![false; nodes];
    for (number, link) in links.iter().enumerate() {
        outgoing[link.from].push(number);
        has_incoming[link.to] |= link.from != link.to;
    }
    let finished = search(&outgoing, &has_incoming, links);
    let mut depth = vec![0; nodes];
    for &node in finished.iter().rev() {
        for &number in &outgoing[node] {
            let link = links[number];
            if !link.back {
                depth[link.to] = depth[link.to].max(depth[node] + 1);
            }
        }
    }
    depth
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Visit {
    Unseen,
    Open,
    Done,
}

/// Depth-first, beginnings first; returns the nodes in the order in which they were finished.
fn search(outgoing: &[Vec<usize>], has_incoming: &[bool], links: &mut [Link]) -> Vec<usize> {
    let mut visits = vec![Visit::Unseen; outgoing.len()];
    let mut finished = Vec::with_capacity(outgoing.len());
    let starts = (0..outgoing.len()).filter(|&node| !has_incoming[node]);
    for root in starts.chain(0..outgoing.len()) {
        if visits[root] != Visit::Unseen {
            continue;
        }
        visits[root] = Visit::Open;
        let mut stack = vec![(root, 0)];
        while let Some((node, next)) = stack.pop() {
            let Some(&number) = outgoing[node].get(next) else {
                visits[node] = Visit::Done;
                finished.push(node);
                continue;
            };
            stack.push((node, next + 1));
            let link = &mut links[number];
            match visits[link.to] {
                Visit::Unseen => {
                    visits[link.to] = Visit::Open;
                    stack.push((link.to, 0));
                }
                Visit::Open => link.back = true,
                Visit::Done => {}
            }
        }
    }
    finished
}
