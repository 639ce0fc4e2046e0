//! One decision on the track: a sign of its own shape, never colour alone.

use super::{
    icons::{Icon, IconName},
    track::{Mark, MarkKind},
    words::mark_words,
};
use coalmine_controller::{Outcome, Verdict};
use leptos::prelude::*;

/// The sign of a mark, and the value of its `data-kind`.
const fn sign(kind: MarkKind) -> (IconName, &'static str) {
    match kind {
        MarkKind::Gate(Verdict::Pass) | MarkKind::End(Outcome::Succeeded) => {
            (IconName::Check, "pass")
        }
        MarkKind::Gate(Verdict::Fail)
        | MarkKind::End(Outcome::Aborted | Outcome::RolledBack | Outcome::Failed) => {
            (IconName::Cross, "fail")
        }
        MarkKind::Gate(Verdict::Inconclusive) => (IconName::Question, "unsure"),
        MarkKind::Jump => (IconName::Jump, "fail"),
    }
}

/// A mark at its place: `share` of the track's width.
#[component]
pub fn TrackMark(
    /// What it stands for.
    mark: Mark,
    /// From 0 at the left edge to 1.
    share: f64,
) -> impl IntoView {
    let (icon, kind) = sign(mark.kind);
    let is_end = matches!(mark.kind, MarkKind::End(_));
    view! {
        <span
            class="track-mark"
            class:track-mark-end=is_end
            data-kind=kind
            title=mark_words(mark)
            style:left=format!("{:.3}%", share * 100.0)
        >
            <Icon name=icon />
        </span>
    }
}
