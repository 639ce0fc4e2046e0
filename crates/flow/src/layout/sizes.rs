//! How large each node must be for its label: measured before anything is placed.

use super::text;
use crate::{Node, Shape};
use alloc::{
    string::{String, ToString},
    vec,
    vec::Vec,
};

/// The size of the type in a node, in pixels.
pub(crate) const TYPE: f64 = 12.0;
/// From one line of a label to the next, in pixels.
pub(crate) const LEADING: f64 = 16.0;
/// The size of the type in a caption, in pixels.
const CAPTION_TYPE: f64 = 10.0;
/// From one line of a caption to the next, in pixels.
const CAPTION_LEADING: f64 = 13.0;

/// A node's label as it is set, and the room that it takes.
pub(super) struct Sized {
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) lines: Vec<String>,
    pub(super) note: Option<String>,
    pub(super) caption: Vec<String>,
}

/// The next multiple of eight.
pub(super) fn snap(length: f64) -> f64 {
    let mut snapped = 0.0;
    while snapped < length {
        snapped += 8.0;
    }
    snapped
}

/// Sets a node's label with what a reader has to say of it below, and measures its shape. A circle is a mark: it has
/// room for its label only.
pub(super) fn measure(node: &Node, caption: &str) -> Sized {
    let label = shown_label(node);
    match node.shape {
        Shape::Circle => circle(&label),
        Shape::Diamond => diamond(&label, caption),
        Shape::Rectangle => rectangle(set(&label, 112.0), None, caption),
        Shape::Taskbox => rectangle(tasks(&label), note(node), caption),
    }
}

/// What a node without a label shows: its description, else its id.
fn shown_label(node: &Node) -> String {
    let described = node.description.as_deref().unwrap_or_default();
    [node.label.as_str(), described]
        .into_iter()
        .find(|text| !text.trim().is_empty())
        .map_or_else(|| node.id.to_string(), ToString::to_string)
}

/// The line under a taskbox's label: who does it, and with which system.
fn note(node: &Node) -> Option<String> {
    let parts: Vec<&str> = [&node.owner, &node.system]
        .into_iter()
        .flatten()
        .map(|part| part.trim())
        .filter(|part| !part.is_empty())
        .collect();
    (!parts.is_empty()).then(|| text::cut(&parts.join(" · "), TYPE - 1.0, 112.0))
}

/// A taskbox may list its parts, with bars between them: each gets a line.
fn tasks(label: &str) -> Vec<String> {
    if !label.contains('|') {
        return set(label, 112.0);
    }
    label
        .split('|')
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .take(4)
        .map(|part| text::cut(part, TYPE, 112.0))
        .collect()
}

fn rectangle(lines: Vec<String>, note: Option<String>, caption: &str) -> Sized {
    let caption = set_caption(caption, 86.0, 3);
    let note_width = note
        .as_deref()
        .map_or(0.0, |note| text::width(note, TYPE - 1.0));
    let width = text::widest(&lines, TYPE)
        .max(note_width)
        .max(text::widest(&caption, CAPTION_TYPE));
    let rows = lines.len() + usize::from(note.is_some());
    let height = rows as f64 * LEADING + caption.len() as f64 * CAPTION_LEADING + 12.0;
    Sized {
        width: snap(width + 14.0).max(80.0),
        height: snap(height.max(44.0)),
        lines,
        note,
        caption,
    }
}

/// One line where it is short, two where they fit, otherwise three.
fn set(label: &str, limit: f64) -> Vec<String> {
    for (lines, limit) in [(1, 64.0_f64.min(limit)), (2, limit - 18.0), (3, limit)] {
        if text::width(label, TYPE) > limit * lines as f64 {
            continue;
        }
        let set = text::wrap(label, TYPE, limit, lines);
        if !set.iter().any(|line| line.ends_with('…')) {
            return set;
        }
    }
    text::wrap(label, TYPE, limit, 3)
}

/// As few lines as will do.
fn set_caption(caption: &str, limit: f64, most: usize) -> Vec<String> {
    let lines = text::lines(caption, CAPTION_TYPE, limit);
    if lines.len() <= most {
        return lines;
    }
    text::wrap(caption, CAPTION_TYPE, limit, most)
}

/// Small enough to be a mark, large enough for its label inside.
fn circle(label: &str) -> Sized {
    let mut diameter = 48.0;
    loop {
        for count in 1..=3 {
            let lines = text::wrap(label, TYPE, diameter - 12.0, count);
            let high = lines.len() as f64 * LEADING - 4.0;
            let wide = text::widest(&lines, TYPE);
            let inner = diameter - 8.0;
            let whole = !lines.iter().any(|line| line.ends_with('…'));
            let inside = wide * wide + high * high <= inner * inner;
            if (whole && inside) || diameter >= 88.0 {
                return Sized {
                    width: diameter,
                    height: diameter,
                    lines: if whole && inside {
                        lines
                    } else {
                        text::wrap(label, TYPE, 68.0, 3)
                    },
                    note: None,
                    caption: Vec::new(),
                };
            }
        }
        diameter += 8.0;
    }
}

/// Wide enough for two lines; a long question makes it higher, too, and so does a caption.
fn diamond(label: &str, caption: &str) -> Sized {
    let caption = set_caption(caption, 64.0, 2);
    let below = caption.len() as f64 * CAPTION_LEADING;
    let mut last = None;
    for (count, height, widest) in [(1, 64.0, 96.0), (2, 72.0, 128.0), (3, 96.0, 160.0)] {
        let rows = f64::from(count);
        let height = height + snap(below * 1.5);
        // The corners of the text lie on the sloping sides.
        let share = 1.0 - (rows * LEADING + below - 6.0) / height;
        let limit = (widest - 8.0) * share.max(0.5);
        let lines = text::wrap(label, TYPE, limit, usize::try_from(count).unwrap_or(1));
        let whole = !lines.iter().any(|line| line.ends_with('…'));
        let wide = text::widest(&lines, TYPE).max(text::widest(&caption, CAPTION_TYPE));
        last = Some(Sized {
            width: snap(wide / share + 8.0).max(88.0),
            height,
            lines,
            note: None,
            caption: caption.clone(),
        });
        if whole {
            break;
        }
    }
    last.unwrap_or_else(|| Sized {
        width: 88.0,
        height: 72.0,
        lines: vec![],
        note: None,
        caption,
    })
}
