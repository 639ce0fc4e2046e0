//! What page and worker say to each other: postcard bytes in transferred buffers.

use crate::Job;
use coalmine_controller::Time;
use coalmine_flow::Diagnostic;
use coalmine_sim::{Event, Intervention, Sample, Summary};
use serde::{Deserialize, Serialize};

/// Names a run: messages of an abandoned run are dropped, and cancelling is a new id.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct RunId(pub u32);

/// From the page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ToWorker {
    /// Run this from the beginning.
    Start {
        /// The new run.
        run: RunId,
        /// What to run.
        job: Box<Job>,
    },
    /// A person steps in: carry on from the nearest snapshot before it, as a new run that shares its past.
    Fork {
        /// The new run.
        run: RunId,
        /// What they do, and when. It joins the interventions of the project.
        intervention: Intervention,
    },
    /// The page has taken in this many batches of this run.
    Ack {
        /// The run.
        run: RunId,
        /// How many, from its beginning.
        batches: u32,
    },
    /// Stop whatever runs.
    Stop,
}

/// A stretch of a run: what follows what the page has already.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Batch {
    /// Events in order.
    pub events: Vec<Event>,
    /// Scrapes in order.
    pub samples: Vec<Sample>,
    /// Everything up to here has been told.
    pub until: Time,
}

/// From the worker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum FromWorker {
    /// The worker listens. Its build must be the page's, or the page asks for a reload.
    Ready {
        /// The worker's build.
        build: String,
    },
    /// A fork began: what the page has after `from` is no longer so.
    Forked {
        /// The new run.
        run: RunId,
        /// Up to and including this instant it stays; the batches that follow begin right after it.
        from: Time,
    },
    /// More of a run.
    Progress {
        /// The run.
        run: RunId,
        /// What is new.
        batch: Batch,
    },
    /// The run is complete.
    Finished {
        /// The run.
        run: RunId,
        /// How it went.
        summary: Box<Summary>,
    },
    /// What was asked for cannot be done.
    Refused {
        /// The run.
        run: RunId,
        /// Why.
        diagnostics: Vec<Diagnostic>,
    },
}

/// A message as bytes.
pub fn encode<M: Serialize>(message: &M) -> Vec<u8> {
    postcard::to_allocvec(message).expect("messages have only sequences of known length")
}

/// A message from bytes of the same build.
///
/// # Errors
/// If the bytes are of another build, or no message at all.
pub fn decode<'b, M: Deserialize<'b>>(bytes: &'b [u8]) -> Result<M, DecodeError> {
    match postcard::take_from_bytes(bytes) {
        Ok((message, [])) => Ok(message),
        Ok(_) | Err(_) => Err(DecodeError),
    }
}

/// Bytes are not a message: they come from another build.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DecodeError;

impl core::fmt::Display for DecodeError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("these bytes are no message of this build")
    }
}

impl core::error::Error for DecodeError {}
