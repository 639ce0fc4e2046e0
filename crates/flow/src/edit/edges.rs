//! Changes of edges.

use super::{
    change::{Handle, Refusal},
    page::{Page, edge_words},
    patches::{Collector, Patches},
};
use crate::{EdgeId, LaneIx, NodeId, StatementKind};
use alloc::{format, string::String};

/// The kinds behind which a new edge is put.
const BEFORE: [StatementKind; 2] = [StatementKind::Edge, StatementKind::Node];

pub(super) fn connect(
    page: &Page<'_>,
    from: Handle,
    to: Handle,
    label: Option<&str>,
) -> Result<Patches, Refusal> {
    let here = lane_of(page, from.0)?;
    lane_of(page, to.0)?;
    let mut patches = Collector::new(format!("connect {} and {}", from.0, to.0));
    let words = words(page, (from, to), label, here, None);
    put(page, here, &words, &mut patches)?;
    Ok(patches.finish())
}

pub(super) fn set(
    page: &Page<'_>,
    edge: EdgeId,
    (from, to): (Handle, Handle),
    label: Option<&str>,
) -> Result<Patches, Refusal> {
    let stated = page.diagram.edge(edge).ok_or(Refusal::Gone)?;
    let statement = page.edge_statement(stated).ok_or(Refusal::Gone)?;
    let here = lane_of(page, from.0)?;
    lane_of(page, to.0)?;
    let mut patches = Collector::new(format!("change the edge from {}", stated.from));
    let words = words(page, (from, to), label, here, None);
    if page.lane_around(statement.span.start) == Some(here) {
        patches.replace(statement.span, words);
    } else {
        page.remove(statement, &mut patches);
        put(page, here, &words, &mut patches)?;
    }
    Ok(patches.finish())
}

pub(super) fn remove(page: &Page<'_>, edge: EdgeId) -> Result<Patches, Refusal> {
    let stated = page.diagram.edge(edge).ok_or(Refusal::Gone)?;
    let statement = page.edge_statement(stated).ok_or(Refusal::Gone)?;
    let mut patches = Collector::new(format!("remove the edge from {}", stated.from));
    page.remove(statement, &mut patches);
    Ok(patches.finish())
}

/// The lane of a node.
pub(super) fn lane_of(page: &Page<'_>, node: NodeId) -> Result<LaneIx, Refusal> {
    let found = page.diagram.node(node).ok_or(Refusal::Gone)?;
    Ok(found.lane)
}

/// An edge as it is written in a lane.
pub(super) fn words(
    page: &Page<'_>,
    (from, to): (Handle, Handle),
    label: Option<&str>,
    here: LaneIx,
    moved: Option<(NodeId, LaneIx)>,
) -> String {
    let from_name = page.name(from.0, here, moved);
    let to_name = page.name(to.0, here, moved);
    edge_words((&from_name, from.1), (&to_name, to.1), label)
}

/// Puts an edge behind the others of a lane.
pub(super) fn put(
    page: &Page<'_>,
    lane: LaneIx,
    words: &str,
    into: &mut Collector,
) -> Result<(), Refusal> {
    let behind = page.last_of(lane, &BEFORE).ok_or(Refusal::Gone)?;
    page.put_behind(behind, lane, words, into);
    Ok(())
}
