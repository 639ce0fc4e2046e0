//! Where a run is written down, or not: ensembles read summaries only.

use super::{
    Event, EventKind, Sample,
    hash::{Tag, TraceHash},
};
use alloc::vec::Vec;
use coalmine_controller::{Recording, Time};

/// Events and samples that nobody has taken yet, and the hash over all there were.
#[derive(Clone, Debug)]
pub(crate) struct Writer {
    recording: Recording,
    hash: TraceHash,
    /// Events in order.
    pub(crate) events: Vec<Event>,
    /// Samples in order.
    pub(crate) samples: Vec<Sample>,
}

impl Writer {
    pub(crate) const fn new(recording: Recording) -> Self {
        Self {
            recording,
            hash: TraceHash::new(),
            events: Vec::new(),
            samples: Vec::new(),
        }
    }

    /// Whether anything is written down at all.
    pub(crate) const fn is_on(&self) -> bool {
        match self.recording {
            Recording::Full => true,
            Recording::Outcome => false,
        }
    }

    /// Writes an event down.
    pub(crate) fn event(&mut self, at: Time, kind: EventKind) {
        if self.is_on() {
            let event = Event { at, kind };
            self.hash.fold(Tag::Event, &event);
            self.events.push(event);
        }
    }

    /// Writes a sample down.
    pub(crate) fn sample(&mut self, sample: Sample) {
        if self.is_on() {
            self.hash.fold(Tag::Sample, &sample);
            self.samples.push(sample);
        }
    }

    /// The hash over everything so far; zero where nothing is written down.
    pub(crate) const fn hash(&self) -> u64 {
        if self.is_on() { self.hash.value() } else { 0 }
    }
}
