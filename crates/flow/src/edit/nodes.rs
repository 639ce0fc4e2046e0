//! Changes of nodes.

use super::{
    change::Refusal,
    edges, next_id,
    page::{Page, edge_words, node_words},
    patches::{Collector, Patches},
};
use crate::{EdgeId, LaneIx, NodeId, Shape, Side, StatementKind, TextSpan, syntax::Form};
use alloc::{format, string::String, vec::Vec};

pub(super) fn add(
    page: &Page<'_>,
    lane: LaneIx,
    shape: Shape,
    label: &str,
) -> Result<Patches, Refusal> {
    let id = next_id(page.diagram);
    let mut patches = Collector::new(format!("add {id}"));
    put(
        page,
        lane,
        &node_words(id, shape_word(shape), label),
        &mut patches,
    )?;
    Ok(patches.finish())
}

pub(super) fn add_on_edge(
    page: &Page<'_>,
    edge: EdgeId,
    shape: Shape,
    label: &str,
) -> Result<Patches, Refusal> {
    let stated = page.diagram.edge(edge).ok_or(Refusal::Gone)?;
    let statement = page.edge_statement(stated).ok_or(Refusal::Gone)?;
    let here = edges::lane_of(page, stated.from)?;
    let id = next_id(page.diagram);
    let mut patches = Collector::new(format!(
        "add {id} between {} and {}",
        stated.from, stated.to
    ));
    put(
        page,
        here,
        &node_words(id, shape_word(shape), label),
        &mut patches,
    )?;
    let (end, indentation) = (page.line_end(), page.indentation(here));
    let name = format!("{id}");
    let (from, to) = (
        page.name(stated.from, here, None),
        page.name(stated.to, here, None),
    );
    let arrives = opposite(stated.from_side);
    let first = edge_words(
        (&from, stated.from_side),
        (&name, arrives),
        stated.label.as_deref(),
    );
    let second = edge_words((&name, stated.from_side), (&to, stated.to_side), None);
    patches.replace(statement.span, format!("{first}{end}{indentation}{second}"));
    Ok(patches.finish())
}

pub(super) fn set_label(page: &Page<'_>, node: NodeId, label: &str) -> Result<Patches, Refusal> {
    let fix = super::set_label(page.text(), page.diagram, node, label).ok_or(Refusal::Gone)?;
    let mut patches = Collector::new(fix.title);
    patches.replace(fix.span, fix.replacement);
    Ok(patches.finish())
}

pub(super) fn set_shape(page: &Page<'_>, node: NodeId, shape: Shape) -> Result<Patches, Refusal> {
    let stated = page.diagram.node(node).ok_or(Refusal::Gone)?;
    let mut patches = Collector::new(format!("another shape of {node}"));
    patches.replace(stated.shape_span, String::from(shape_word(shape)));
    Ok(patches.finish())
}

pub(super) fn remove(page: &Page<'_>, gone: &[NodeId]) -> Result<Patches, Refusal> {
    let mut patches = Collector::new(match gone {
        [only] => format!("remove {only}"),
        several => format!("remove {} nodes", several.len()),
    });
    take_away(page, gone, &mut patches)?;
    Ok(patches.finish())
}

/// Takes nodes away, and whatever speaks of them.
pub(super) fn take_away(
    page: &Page<'_>,
    gone: &[NodeId],
    patches: &mut Collector,
) -> Result<(), Refusal> {
    for node in gone {
        let stated = page.diagram.node(*node).ok_or(Refusal::Gone)?;
        let statement = page.node_statement(stated).ok_or(Refusal::Gone)?;
        page.remove(statement, patches);
    }
    for edge in &page.diagram.edges {
        if gone.contains(&edge.from) || gone.contains(&edge.to) {
            let statement = page.edge_statement(edge).ok_or(Refusal::Gone)?;
            page.remove(statement, patches);
        }
    }
    for stated in &page.diagram.loops {
        if let Some(statement) = page.statement_at(stated.span.start)
            && let Form::Loop(form) = &statement.form
            && stated.nodes.iter().any(|node| gone.contains(node))
        {
            if stated.nodes.iter().all(|node| gone.contains(node)) {
                page.remove(statement, patches);
                continue;
            }
            for named in &form.nodes {
                if named.name.id.is_some_and(|id| gone.contains(&id)) {
                    let start = named.lane.unwrap_or(named.name.span).start;
                    let before = page.text().get(..start as usize).unwrap_or_default();
                    let space = before.len() - before.trim_end_matches([' ', '\t']).len();
                    let space = u32::try_from(space).unwrap_or(0);
                    let span = TextSpan::new(start - space, named.name.span.end);
                    patches.replace(span, String::new());
                }
            }
        }
    }
    Ok(())
}

pub(super) fn duplicate(page: &Page<'_>, again: &[NodeId]) -> Result<Patches, Refusal> {
    let mut patches = Collector::new(match again {
        [only] => format!("duplicate {only}"),
        several => format!("duplicate {} nodes", several.len()),
    });
    let mut next = next_id(page.diagram).0;
    let mut copies: Vec<(NodeId, NodeId)> = Vec::new();
    for node in again {
        let stated = page.diagram.node(*node).ok_or(Refusal::Gone)?;
        let copy = NodeId(next);
        next = next.saturating_add(1);
        copies.push((*node, copy));
        // As it is written, with all that it says, under another id.
        let words = stated.span.of(page.text());
        let rest = words.split_once(':').map_or(words, |(_, rest)| rest);
        put(page, stated.lane, &format!("{copy}:{rest}"), &mut patches)?;
    }
    let copy_of = |node: NodeId| {
        let found = copies.iter().find(|(original, _)| *original == node);
        found.map(|(_, copy)| *copy)
    };
    for edge in &page.diagram.edges {
        if let (Some(from), Some(to)) = (copy_of(edge.from), copy_of(edge.to)) {
            let here = edges::lane_of(page, edge.from)?;
            let there = edges::lane_of(page, edge.to)?;
            let to_name = match page.diagram.lane(there).filter(|_| there != here) {
                Some(lane) => format!("{}.{to}", lane.id),
                None => format!("{to}"),
            };
            let from_name = format!("{from}");
            let ends = ((&*from_name, edge.from_side), (&*to_name, edge.to_side));
            let words = edge_words(ends.0, ends.1, edge.label.as_deref());
            edges::put(page, here, &words, &mut patches)?;
        }
    }
    Ok(patches.finish())
}

pub(super) fn move_to(page: &Page<'_>, node: NodeId, lane: LaneIx) -> Result<Patches, Refusal> {
    let stated = page.diagram.node(node).ok_or(Refusal::Gone)?;
    let statement = page.node_statement(stated).ok_or(Refusal::Gone)?;
    page.diagram.lane(lane).ok_or(Refusal::Gone)?;
    let mut patches = Collector::new(format!("move {node} to another lane"));
    if stated.lane == lane {
        return Ok(patches.finish());
    }
    page.remove(statement, &mut patches);
    put(page, lane, stated.span.of(page.text()), &mut patches)?;
    for (_, edge) in page.edges_of(node) {
        let statement = page.edge_statement(edge).ok_or(Refusal::Gone)?;
        let here = if edge.from == node {
            lane
        } else {
            edges::lane_of(page, edge.from)?
        };
        let ends = ((edge.from, edge.from_side), (edge.to, edge.to_side));
        let moved = Some((node, lane));
        let words = edges::words(page, ends, edge.label.as_deref(), here, moved);
        if page.lane_around(statement.span.start) == Some(here) {
            patches.replace(statement.span, words);
        } else {
            page.remove(statement, &mut patches);
            edges::put(page, here, &words, &mut patches)?;
        }
    }
    Ok(patches.finish())
}

/// Puts a node behind the others of a lane.
fn put(page: &Page<'_>, lane: LaneIx, words: &str, into: &mut Collector) -> Result<(), Refusal> {
    let behind = page
        .last_of(lane, &[StatementKind::Node])
        .ok_or(Refusal::Gone)?;
    page.put_behind(behind, lane, words, into);
    Ok(())
}

const fn shape_word(shape: Shape) -> &'static str {
    match shape {
        Shape::Circle => "circle",
        Shape::Rectangle => "rectangle",
        Shape::Diamond => "diamond",
        Shape::Taskbox => "taskbox",
    }
}

/// The side at which what leaves here arrives.
const fn opposite(side: Side) -> Side {
    match side {
        Side::Left => Side::Right,
        Side::Right => Side::Left,
        Side::Top => Side::Bottom,
        Side::Bottom => Side::Top,
    }
}
