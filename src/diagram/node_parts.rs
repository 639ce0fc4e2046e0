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
/// From one line of a caption to the next, in pixels.
const CAPTION_LEADING: f64 = 13.0;

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

/// The lines in a node: its label, who does it, and what was understood of it.
pub(super) fn label(node: &SceneNode) -> impl IntoView + use<> {
    let centre = node.area.centre();
    let large = node.lines.iter().map(|line| ("flow-label", LEADING, line));
    let small = node.note.iter().map(|note| ("flow-note", LEADING, note));
    let caption = node.caption.iter();
    let caption = caption.map(|line| ("flow-caption", CAPTION_LEADING, line));
    let lines: Vec<_> = large.chain(small).chain(caption).collect();
    let height: f64 = lines.iter().map(|(_, leading, _)| leading).sum();
    let mut top = centre.y - height / 2.0;
    lines
        .into_iter()
        .map(|(class, leading, line)| {
            let y = top + leading / 2.0;
            top += leading;
            view! { <text class=class x=centre.x y=y>{line.clone()}</text> }
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
