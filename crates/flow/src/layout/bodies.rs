//! Finds the chains of each lane, and sets the nodes of each chain into columns by the longest way.

use super::graph::{Graph, Link};
use crate::Side;
use alloc::{collections::BTreeSet, vec, vec::Vec};

/// A place within a body.
#[derive(Clone, Copy)]
pub(super) struct Inner {
    pub(super) column: i32,
    pub(super) row: i32,
}

/// Nodes of one lane that are linked left to right, and so move together.
pub(super) struct Body {
    pub(super) lane: usize,
    /// The node that comes first in the flow is the first.
    pub(super) nodes: Vec<(usize, Inner)>,
    pub(super) columns: i32,
    pub(super) rows: i32,
}

/// The bodies of all lanes, those that begin early in the flow first.
pub(super) fn bodies(graph: &Graph) -> Vec<Body> {
    let nodes = graph.lane_of.len();
    let mut leader: Vec<usize> = (0..nodes).collect();
    for link in graph.links.iter().filter(|link| chains(graph, link)) {
        let (a, b) = (find(&mut leader, link.from), find(&mut leader, link.to));
        leader[a.max(b)] = a.min(b);
    }
    let columns = columns(graph);
    let mut members = vec![Vec::new(); nodes];
    for node in 0..nodes {
        members[find(&mut leader, node)].push(node);
    }
    let mut bodies: Vec<Body> = members
        .into_iter()
        .filter(|members| !members.is_empty())
        .map(|members| shape(graph, members, &columns))
        .collect();
    crate::order::sort_by_key(&mut bodies, |body| {
        body.nodes
            .first()
            .map(|&(node, _)| (graph.depth[node], node))
    });
    bodies
}

fn find(leader: &mut [usize], node: usize) -> usize {
    let mut at = node;
    while leader[at] != at {
        leader[at] = leader[leader[at]];
        at = leader[at];
    }
    at
}

/// Whether a link makes its target stand right of its source.
fn chains(graph: &Graph, link: &Link) -> bool {
    let upright = |side| matches!(side, Side::Top | Side::Bottom);
    !link.back
        && link.from != link.to
        && graph.lane_of[link.from] == graph.lane_of[link.to]
        && link.from_side != Side::Left
        && link.to_side != Side::Right
        && !(upright(link.from_side) && upright(link.to_side))
}

/// The longest way to each node over chaining links; beginnings are then drawn to what follows them.
fn columns(graph: &Graph) -> Vec<i32> {
    let mut order: Vec<usize> = (0..graph.links.len())
        .filter(|&number| chains(graph, &graph.links[number]))
        .collect();
    crate::order::sort_by_key(&mut order, |&number| graph.depth[graph.links[number].from]);
    let mut columns = vec![0; graph.lane_of.len()];
    let mut follows = vec![false; columns.len()];
    for &number in &order {
        let link = graph.links[number];
        columns[link.to] = columns[link.to].max(columns[link.from] + 1);
        follows[link.to] = true;
    }
    let mut room = vec![i32::MAX; columns.len()];
    for &number in &order {
        let link = graph.links[number];
        room[link.from] = room[link.from].min(columns[link.to] - 1);
    }
    for node in 0..columns.len() {
        if !follows[node] && room[node] != i32::MAX {
            columns[node] = room[node];
        }
    }
    columns
}

/// Gives each member a row: that of the node it follows, where it is free, otherwise the next one below.
fn shape(graph: &Graph, mut members: Vec<usize>, columns: &[i32]) -> Body {
    let entries = entries(graph, &members);
    let entry = |node: usize| {
        let at = entries.partition_point(|&(to, ..)| to < node);
        entries.get(at).filter(|&&(to, ..)| to == node).copied()
    };
    crate::order::sort_by_key(&mut members, |&node| {
        let first = entry(node).map_or(usize::MAX, |(_, link, _)| link);
        (columns[node], first, graph.depth[node], node)
    });
    let left = members.iter().map(|&node| columns[node]).min().unwrap_or(0);
    let mut row_of = vec![
        0;
        if members.is_empty() {
            0
        } else {
            graph.lane_of.len()
        }
    ];
    let mut taken = BTreeSet::new();
    let mut nodes = Vec::with_capacity(members.len());
    for &node in &members {
        let mut row = entry(node).map_or(0, |(_, _, from)| row_of[from]);
        while !taken.insert((columns[node], row)) {
            row += 1;
        }
        row_of[node] = row;
        let column = columns[node] - left;
        nodes.push((node, Inner { column, row }));
    }
    let size =
        |part: fn(&Inner) -> i32| nodes.iter().map(|(_, cell)| part(cell)).max().unwrap_or(0) + 1;
    Body {
        lane: members.first().map_or(0, |&node| graph.lane_of[node]),
        columns: size(|cell| cell.column),
        rows: size(|cell| cell.row),
        nodes,
    }
}

/// For each member that follows another: itself, the first such link, and the node followed; sorted by member.
fn entries(graph: &Graph, members: &[usize]) -> Vec<(usize, usize, usize)> {
    let mut sorted = BTreeSet::new();
    sorted.extend(members.iter().copied());
    let members = sorted;
    let mut entries: Vec<(usize, usize, usize)> = graph
        .links
        .iter()
        .enumerate()
        .filter(|(_, link)| members.contains(&link.to) && chains(graph, link))
        .map(|(number, link)| (link.to, number, link.from))
        .collect();
    crate::order::sort_by(&mut entries, Ord::cmp);
    entries.dedup_by_key(|entry| entry.0);
    entries
}
