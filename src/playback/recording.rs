//! Everything that the worker has told of a run, in order, shared without copying.

use super::{Moment, Series};
use coalmine_controller::Time;
use coalmine_sim::{Event, Sample, Summary};
use coalmine_wire::Batch;
use std::sync::Arc;

/// A checkpoint is kept for each of this many events, so that a [`Moment`] is at most this many events away.
const CHECKPOINT: usize = 256;

/// A run as far as it has been told.
///
/// Keep it as an `Arc<Recording>` in a signal and grow it with [`Arc::make_mut`]: should somebody still hold the last
/// version, the copy costs a pointer for each 256 items, never a whole series.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Recording {
    events: Series<Event>,
    samples: Series<Sample>,
    until: Time,
    summary: Option<Arc<Summary>>,
    /// The moments after 256, 512, … events.
    checkpoints: Vec<Arc<Moment>>,
}

impl Recording {
    /// Every event, in order.
    pub const fn events(&self) -> &Series<Event> {
        &self.events
    }

    /// What each scrape showed, in order.
    pub const fn samples(&self) -> &Series<Sample> {
        &self.samples
    }

    /// Up to here, everything has been told.
    pub const fn until(&self) -> Time {
        self.until
    }

    /// How the run went, once it is complete.
    pub fn summary(&self) -> Option<&Arc<Summary>> {
        self.summary.as_ref()
    }

    /// Whether nothing has been told yet.
    pub const fn is_empty(&self) -> bool {
        self.events.is_empty() && self.samples.is_empty()
    }

    /// How many events happened up to and at this instant.
    pub fn events_until(&self, at: Time) -> usize {
        self.events.partition_point(|event| event.at <= at)
    }

    /// How many scrapes happened up to and at this instant.
    pub fn samples_until(&self, at: Time) -> usize {
        self.samples.partition_point(|sample| sample.at <= at)
    }

    /// The last scrape up to and at this instant.
    pub fn sample_at(&self, at: Time) -> Option<&Sample> {
        self.samples.get(self.samples_until(at).checked_sub(1)?)
    }

    /// Takes in what follows.
    pub fn append(&mut self, batch: Batch) {
        for event in batch.events {
            self.events.push(event);
            if self.events.len().is_multiple_of(CHECKPOINT) {
                self.checkpoints
                    .push(Arc::new(self.after(self.events.len())));
            }
        }
        self.samples.extend(batch.samples);
        self.until = self.until.max(batch.until);
    }

    /// The run is complete.
    pub fn finish(&mut self, summary: Summary) {
        self.until = self.until.max(summary.closed);
        self.summary = Some(Arc::new(summary));
    }

    /// Forgets everything after `from`: a fork replaces it. What happened at that very instant stays.
    pub fn truncate(&mut self, from: Time) {
        let events = self.events_until(from);
        self.events.truncate(events);
        self.samples.truncate(self.samples_until(from));
        self.checkpoints.truncate(events / CHECKPOINT);
        self.until = self.until.min(from);
        self.summary = None;
    }

    /// What is so after this many events.
    pub fn after(&self, events: usize) -> Moment {
        let events = events.min(self.events.len());
        let near = (events / CHECKPOINT).min(self.checkpoints.len());
        let mut moment = match near.checked_sub(1) {
            Some(index) => Moment::clone(&self.checkpoints[index]),
            None => Moment::default(),
        };
        for event in self.events.range(moment.events, events) {
            moment.apply(event);
        }
        moment
    }
}
