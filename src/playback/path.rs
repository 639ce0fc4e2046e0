//! The way of the token: where it has been, and how it got from one node to the next.

use super::Recording;
use coalmine_controller::{Record, Time};
use coalmine_flow::{EdgeId, NodeId};
use coalmine_sim::{Event, EventKind};

/// One stretch of the token's way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Hop {
    /// Along a drawn edge.
    Edge(EdgeId),
    /// Off the drawn path: a trigger, an abort, a failure.
    Jump {
        /// Where it stood.
        from: NodeId,
        /// Where it went.
        to: NodeId,
    },
}

/// The token's latest move. All hops of one instant are one move.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Departure {
    /// Its stretches, in order; never empty.
    pub hops: Vec<Hop>,
    /// When it happened.
    pub at: Time,
    /// When the token moves on, as far as is known: a picture of this move has to be over by then.
    pub next: Option<Time>,
}

/// The nodes that the token entered in the first `events` events, in order, repetitions included.
pub fn path(recording: &Recording, events: usize) -> Vec<NodeId> {
    let entered = |event: &Event| match &event.kind {
        EventKind::Controller(Record::Entered(node)) => Some(*node),
        _ => None,
    };
    recording
        .events()
        .range(0, events)
        .filter_map(entered)
        .collect()
}

/// [`path`] as in `n1 n2 n3`: what the page shows to tests that compare it with the command line.
pub fn path_words(recording: &Recording, events: usize) -> String {
    let nodes: Vec<String> = path(recording, events)
        .iter()
        .map(ToString::to_string)
        .collect();
    nodes.join(" ")
}

/// The latest move within the first `events` events.
pub fn departure(recording: &Recording, events: usize) -> Option<Departure> {
    let all = recording.events();
    let at = all
        .range(0, events)
        .rev()
        .find(|event| hop(event).is_some())?
        .at;
    let first = all.partition_point(|event| event.at < at);
    let next = all
        .range(events, all.len())
        .find(|event| hop(event).is_some() && event.at != at)
        .map(|event| event.at);
    Some(Departure {
        hops: all.range(first, events).filter_map(hop).collect(),
        at,
        next,
    })
}

fn hop(event: &Event) -> Option<Hop> {
    match &event.kind {
        EventKind::Controller(Record::Travelled(edge)) => Some(Hop::Edge(*edge)),
        EventKind::Controller(Record::Jumped { from, to, .. }) if from != to => Some(Hop::Jump {
            from: *from,
            to: *to,
        }),
        _ => None,
    }
}
