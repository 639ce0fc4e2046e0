//! Pods as marks: where each stands, what it looks like, and what it is called.

use crate::playback::{Moment, PodCounts, PodState};
use coalmine_controller::Version;

/// Marks in one row.
const COLUMNS: usize = 8;

/// From one mark to the next, in units of the picture.
pub const PITCH: f64 = 16.0;

/// More pods than these are told in numbers.
const DRAWN: usize = 60;

/// One pod.
#[derive(Clone, Debug, PartialEq)]
pub struct PodMark {
    /// Its number.
    pub pod: u32,
    /// What it does.
    pub state: PodState,
    /// Its left edge within the group.
    pub x: f64,
    /// Its upper edge within the group.
    pub y: f64,
}

/// The pods of a version.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PodGroup {
    /// One mark each; none where there are too many.
    pub marks: Vec<PodMark>,
    /// How many do what.
    pub words: String,
    /// The height of the marks.
    pub height: f64,
}

/// The pods of a version at a moment.
pub fn pod_group(moment: &Moment, version: Version) -> PodGroup {
    let words = pod_words(moment.pod_counts(version));
    let of_version = || moment.pods.iter().filter(|(_, pod)| pod.version == version);
    if DRAWN < of_version().count() {
        return PodGroup {
            words,
            ..PodGroup::default()
        };
    }
    let marks: Vec<_> = of_version()
        .enumerate()
        .map(|(place, (id, pod))| PodMark {
            pod: id.0,
            state: pod.state,
            x: (place % COLUMNS) as f64 * PITCH,
            y: (place / COLUMNS) as f64 * PITCH,
        })
        .collect();
    let height = marks.len().div_ceil(COLUMNS) as f64 * PITCH;
    PodGroup {
        marks,
        words,
        height,
    }
}

/// As in `18 ready, 1 starting, 1 down`.
pub fn pod_words(counts: PodCounts) -> String {
    let parts = [
        (counts.ready, "ready"),
        (counts.starting, "starting"),
        (counts.down, "down"),
        (counts.draining, "draining"),
    ];
    let told: Vec<_> = parts
        .into_iter()
        .filter(|(count, _)| 0 < *count)
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    if told.is_empty() {
        "no pods".to_owned()
    } else {
        told.join(", ")
    }
}

/// What a pod's state is called.
pub const fn state_words(state: PodState) -> &'static str {
    match state {
        PodState::Starting => "starting",
        PodState::Ready => "ready",
        PodState::Crashed => "crashed",
        PodState::OutOfMemory => "out of memory",
        PodState::Draining => "draining",
    }
}

/// The same in a word for the style sheet.
pub const fn state_class(state: PodState) -> &'static str {
    match state {
        PodState::Starting => "starting",
        PodState::Ready => "ready",
        PodState::Crashed => "crashed",
        PodState::OutOfMemory => "oom",
        PodState::Draining => "draining",
    }
}
