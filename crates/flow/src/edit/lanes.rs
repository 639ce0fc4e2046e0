//! Changes of lanes.

use super::{
    change::Refusal,
    nodes,
    page::Page,
    patches::{Collector, Patches},
};
use crate::{Lane, LaneIx, NodeId, TextSpan};
use alloc::{format, string::String, vec::Vec};

pub(super) fn add(page: &Page<'_>, label: &str) -> Patches {
    let label = one_line(label);
    let id = free_id(&page.diagram.lanes, &label);
    let mut patches = Collector::new(format!("add the lane {label}"));
    let (text, end) = (page.text(), page.line_end());
    let gap = if text.is_empty() || text.ends_with(['\n', '\r']) {
        ""
    } else {
        end
    };
    let named = if label == id {
        String::new()
    } else {
        format!(" # {label}")
    };
    let at = TextSpan::at(length(text));
    patches.replace(at, format!("{gap}{id} {{{named}{end}}}{end}"));
    patches.finish()
}

pub(super) fn rename(page: &Page<'_>, lane: LaneIx, label: &str) -> Result<Patches, Refusal> {
    let stated = page.diagram.lane(lane).ok_or(Refusal::Gone)?;
    let label = one_line(label);
    let label = if label.is_empty() {
        stated.id.clone()
    } else {
        label
    };
    let mut patches = Collector::new(format!("rename the lane {}", stated.id));
    if let Some(span) = stated.label_span {
        patches.replace(span, label);
    } else {
        let header = stated.span.of(page.text());
        let brace = header.find('{').map_or(header.len(), |at| at + 1);
        let at = stated.span.start + u32::try_from(brace).unwrap_or(0);
        // What stands behind the brace on its line must not become part of the name.
        let behind = page.text().get(at as usize..).unwrap_or_default();
        let rest = behind.lines().next().unwrap_or_default();
        let end = if rest.trim().is_empty() {
            ""
        } else {
            page.line_end()
        };
        patches.replace(TextSpan::at(at), format!(" # {label}{end}"));
    }
    Ok(patches.finish())
}

pub(super) fn remove(page: &Page<'_>, lane: LaneIx) -> Result<Patches, Refusal> {
    let stated = page.diagram.lane(lane).ok_or(Refusal::Gone)?;
    if page.diagram.lanes.len() < 2 {
        return Err(Refusal::LastLane);
    }
    let mut patches = Collector::new(format!("remove the lane {}", stated.label));
    let block = block(page, lane)?;
    // The block first: what stands in it goes with it.
    patches.replace(block, String::new());
    let inside: Vec<NodeId> = page
        .diagram
        .nodes
        .iter()
        .filter(|node| node.lane == lane)
        .map(|node| node.id)
        .collect();
    nodes::take_away(page, &inside, &mut patches)?;
    Ok(patches.finish())
}

pub(super) fn move_before(
    page: &Page<'_>,
    lane: LaneIx,
    before: Option<LaneIx>,
) -> Result<Patches, Refusal> {
    let stated = page.diagram.lane(lane).ok_or(Refusal::Gone)?;
    let mut patches = Collector::new(format!("move the lane {}", stated.label));
    let own = block(page, lane)?;
    let (text, end) = (page.text(), page.line_end());
    let at = match before {
        Some(before) => block(page, before)?.start,
        None => length(text),
    };
    if own.start <= at && at <= own.end {
        return Ok(patches.finish());
    }
    let words = own.of(text);
    let behind = if words.ends_with(['\n', '\r']) {
        ""
    } else {
        end
    };
    let ahead = at == length(text) && !text.ends_with(['\n', '\r']);
    let ahead = if ahead { end } else { "" };
    patches.replace(own, String::new());
    patches.replace(TextSpan::at(at), format!("{ahead}{words}{behind}"));
    Ok(patches.finish())
}

/// A lane from its header to its brace, with the rest of the last line.
fn block(page: &Page<'_>, lane: LaneIx) -> Result<TextSpan, Refusal> {
    let statements = page.lane_statements(lane);
    let (Some(first), Some(last)) = (statements.first(), statements.last()) else {
        return Err(Refusal::Gone);
    };
    let text = page.text();
    let behind = text.get(last.span.end as usize..).unwrap_or_default();
    let count = behind.find(['\n', '\r']).map_or(behind.len(), |at| {
        at + if behind.get(at..).unwrap_or_default().starts_with("\r\n") {
            2
        } else {
            1
        }
    });
    // Where something else stands on that line, it stays.
    let rest = behind.get(..count).unwrap_or_default();
    let extra = if rest.trim().is_empty() {
        length(rest)
    } else {
        0
    };
    Ok(TextSpan::new(first.span.start, last.span.end + extra))
}

/// An id that no lane has, made of the words of a label.
fn free_id(lanes: &[Lane], label: &str) -> String {
    let mut base: String = label.chars().filter(char::is_ascii_alphanumeric).collect();
    // Ids begin with a letter, and `n1` would be a node's.
    if !base.starts_with(|c: char| c.is_ascii_alphabetic()) || is_node_like(&base) || base == "loop"
    {
        base = format!("Lane{base}");
    }
    let is_free = |id: &str| lanes.iter().all(|lane| lane.id != id);
    if is_free(&base) {
        return base;
    }
    let mut number = 2_u32;
    loop {
        let id = format!("{base}{number}");
        if is_free(&id) {
            return id;
        }
        number = number.saturating_add(1);
    }
}

fn is_node_like(id: &str) -> bool {
    let number = id.strip_prefix(['n', 'N']);
    number.is_some_and(|rest| rest.chars().all(|c| c.is_ascii_digit()))
}

/// A name of a lane is what stands behind `#` up to the end of its line.
fn one_line(label: &str) -> String {
    let words: Vec<&str> = label.split_whitespace().collect();
    let label = words.join(" ");
    let label = label.trim_start_matches(['#', ' ']);
    // A comment would begin there.
    label.replace("//", "/")
}

fn length(text: &str) -> u32 {
    u32::try_from(text.len()).unwrap_or(u32::MAX)
}
