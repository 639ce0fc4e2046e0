//! What will happen and when, in an order that does not depend on chance: by time, then by insertion.

use crate::trace::PodId;
use alloc::collections::BinaryHeap;
use coalmine_controller::{CommandId, Operator, Time, Weight};
use core::cmp::Reverse;

/// Something that will happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Occurrence {
    /// The controller is told to start.
    Start,
    /// A fault begins, by its place in the scenario.
    FaultBegins(u32),
    /// A fault ends.
    FaultEnds(u32),
    /// A flapping fault goes on or off.
    FaultTurns(u32),
    /// The autoscaler looks.
    Scale,
    /// The last of the connections that lingered on a canary that was rolled back has closed.
    LastLeaves,
    /// A pod that started for this many times gets ready.
    PodReady(PodId, u32),
    /// A pod dies of the fault with this place, unless its plans have changed since.
    PodDies(PodId, u32, Death, u32),
    /// The router learns that a pod which started for this many times is dead.
    PodMissed(PodId, u32),
    /// A dead pod is started again after its back-off.
    PodRestarts(PodId, u32),
    /// A draining pod is gone.
    PodGone(PodId),
    /// The router takes over a weight, unless the epoch of its rollbacks has changed.
    Route(CommandId, Weight, u32),
    /// A stage of the pipeline is done.
    StageDone(CommandId),
    /// A stage of the pipeline breaks, if it is broken by then; otherwise it is done after this many more milliseconds.
    StageHalf(CommandId, crate::scenario::PipelineStage, u64),
    /// A person steps in.
    Operator(Operator),
}

/// How a pod dies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Death {
    /// It crashes.
    Crash,
    /// It is killed at its memory limit.
    OutOfMemory,
    /// Its node is lost.
    Node,
}

/// The queue of what will happen.
#[derive(Clone, Debug, Default)]
pub(crate) struct Agenda {
    next: u32,
    heap: BinaryHeap<Reverse<Entry>>,
}

/// At equal times the world comes before people, and what was put in first comes first.
#[derive(Clone, Copy, Debug)]
struct Entry {
    at: Time,
    rank: u8,
    number: u32,
    what: Occurrence,
}

impl Entry {
    const fn key(&self) -> (Time, u8, u32) {
        (self.at, self.rank, self.number)
    }
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl Eq for Entry {}

impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Self) -> Option<core::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Entry {
    fn cmp(&self, other: &Self) -> core::cmp::Ordering {
        self.key().cmp(&other.key())
    }
}

const WORLD: u8 = 0;
const PEOPLE: u8 = 1;

impl Agenda {
    /// Nothing will happen any more.
    pub(crate) fn clear(&mut self) {
        self.next = 0;
        self.heap.clear();
    }

    /// Puts something in.
    pub(crate) fn add(&mut self, at: Time, what: Occurrence) {
        let rank = match what {
            Occurrence::Operator(_) => PEOPLE,
            Occurrence::Start
            | Occurrence::FaultBegins(_)
            | Occurrence::FaultEnds(_)
            | Occurrence::FaultTurns(_)
            | Occurrence::Scale
            | Occurrence::LastLeaves
            | Occurrence::PodReady(..)
            | Occurrence::PodDies(..)
            | Occurrence::PodMissed(..)
            | Occurrence::PodRestarts(..)
            | Occurrence::PodGone(_)
            | Occurrence::Route(..)
            | Occurrence::StageDone(_)
            | Occurrence::StageHalf(..) => WORLD,
        };
        let number = self.next;
        self.next += 1;
        self.heap.push(Reverse(Entry {
            at,
            rank,
            number,
            what,
        }));
    }

    /// When the next thing happens.
    #[inline]
    pub(crate) fn next_at(&self) -> Option<Time> {
        self.heap.peek().map(|entry| entry.0.at)
    }

    /// Takes out what the world does by now.
    pub(crate) fn take_world(&mut self, now: Time) -> Option<Occurrence> {
        self.take(now, WORLD)
    }

    /// Takes out what a person does by now.
    pub(crate) fn take_people(&mut self, now: Time) -> Option<Operator> {
        match self.take(now, PEOPLE) {
            Some(Occurrence::Operator(act)) => Some(act),
            _ => None,
        }
    }

    fn take(&mut self, now: Time, rank: u8) -> Option<Occurrence> {
        let next = self.heap.peek()?.0;
        (next.at <= now && next.rank == rank).then(|| {
            self.heap.pop();
            next.what
        })
    }
}
