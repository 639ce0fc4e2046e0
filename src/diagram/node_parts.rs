//! What a node is drawn from: its label, the sign in its corner, and the pill of its verdict.

use super::{
    geometry::Area,
    look::{NodeLook, Status},
    scene::SceneNode,
};
use crate::player::IconName;
use coalmine_controller::Verdict;
use coalmine_flow::Shape;
use leptos::prelude::*;

/// From one line of a label to the next, in pixels.
const LEADING: f64 = 16.0;

/// The sign in a node's corner.
pub(super) const fn sign(status: Status) -> &'static str {
    match status {
        Status::Done => IconName::Check.line(),
        Status::Failed => IconName::Cross.line(),
        Status::Unsure => IconName::Question.line(),
        Status::Untouched | Status::Active | Status::Unreachable => "",
    }
}

pub(super) const fn verdict_kind(verdict: Verdict) -> (&'static str, &'static str) {
    match verdict {
        Verdict::Pass => ("pass", IconName::Check.line()),
        Verdict::Fail => ("fail", IconName::Cross.line()),
        Verdict::Inconclusive => ("unsure", IconName::Question.line()),
    }
}

/// The middle of the sign: on the outline, at the upper right.
pub(super) fn corner(shape: Shape, area: Area) -> (f64, f64) {
    let centre = area.centre();
    let (w, h) = (area.width / 2.0, area.height / 2.0);
    match shape {
        Shape::Circle => (centre.x + w * 0.7, centre.y - h * 0.7),
        Shape::Diamond => (centre.x + w * 0.5, centre.y - h * 0.5),
        Shape::Rectangle | Shape::Taskbox => (area.x + area.width - 4.0, area.y + 2.0),
    }
}

pub(super) fn label(node: &SceneNode) -> impl IntoView + use<> {
    let centre = node.area.centre();
    let rows = node.lines.len() + usize::from(node.note.is_some());
    let rise = (rows as f64 - 1.0) / 2.0 * LEADING;
    let lines = node.lines.iter().map(|line| ("flow-label", line.clone()));
    let small = node.note.iter().map(|note| ("flow-note", note.clone()));
    lines
        .chain(small)
        .zip(0_u32..)
        .map(|((class, line), place)| {
            let y = centre.y - rise + f64::from(place) * LEADING;
            view! { <text class=class x=centre.x y=y>{line}</text> }
        })
        .collect::<Vec<_>>()
}

/// The verdict's pill above a node, with its numbers.
pub(super) fn badge(look: Memo<NodeLook>, area: Area) -> impl IntoView {
    move || {
        let badge = look.with(|look| look.badge.clone())?;
        let (kind, icon) = verdict_kind(badge.verdict);
        let width = badge.text.chars().count() as f64 * 5.9 + 30.0;
        let (x, y) = (area.centre().x - width / 2.0, area.y - 13.0);
        Some(view! {
            <g class="flow-badge" data-kind=kind transform=format!("translate({x:.1} {y:.1})")>
                <rect width=width height="20" rx="10" />
                <path class="flow-badge-sign" transform="translate(5 3) scale(.86)" d=icon />
                <text x="22" y="10">{badge.text}</text>
            </g>
        })
    }
}
