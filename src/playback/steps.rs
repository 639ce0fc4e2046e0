//! Where the step buttons go: to the neighbouring instant at which something worth a look happened.

use super::Recording;
use coalmine_controller::{Command, Record, Time};
use coalmine_sim::{Event, EventKind, PodChange};

/// Whether an event is worth a step and a row in the log: all but the coming and going of single pods.
pub fn is_notable(event: &Event) -> bool {
    match &event.kind {
        EventKind::Controller(_)
        | EventKind::CouldNot(..)
        | EventKind::Routed(_)
        | EventKind::FaultBegan(_)
        | EventKind::FaultEnded(_)
        | EventKind::Closed => true,
        EventKind::Asked(_, command) => !matches!(command, Command::Measure(_) | Command::Count(_)),
        EventKind::Done(_) => false,
        EventKind::Pod { change, .. } => {
            matches!(
                change,
                PodChange::Crashed | PodChange::OutOfMemory | PodChange::NodeLost
            )
        }
    }
}

/// The first instant after `at` at which something notable happened.
pub fn next_event(recording: &Recording, at: Time) -> Option<Time> {
    next(recording, at, is_notable)
}

/// The last instant before `at` at which something notable happened.
pub fn previous_event(recording: &Recording, at: Time) -> Option<Time> {
    previous(recording, at, is_notable)
}

/// The first instant after `at` at which a gate decided or the token left the drawn path.
pub fn next_decision(recording: &Recording, at: Time) -> Option<Time> {
    next(recording, at, is_decision)
}

/// The last instant before `at` at which a gate decided or the token left the drawn path.
pub fn previous_decision(recording: &Recording, at: Time) -> Option<Time> {
    previous(recording, at, is_decision)
}

fn is_decision(event: &Event) -> bool {
    matches!(
        event.kind,
        EventKind::Controller(Record::Decided(_) | Record::Jumped { .. })
    )
}

fn next(recording: &Recording, at: Time, counts: impl Fn(&Event) -> bool) -> Option<Time> {
    let events = recording.events();
    events
        .range(recording.events_until(at), events.len())
        .find(|event| counts(event))
        .map(|event| event.at)
}

fn previous(recording: &Recording, at: Time, counts: impl Fn(&Event) -> bool) -> Option<Time> {
    let events = recording.events();
    let before = events.partition_point(|event| event.at < at);
    events
        .range(0, before)
        .rev()
        .find(|event| counts(event))
        .map(|event| event.at)
}
