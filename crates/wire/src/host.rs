//! The worker's end of the talk: runs one project at a time, in slices, never far ahead of the page.

mod flight;

use crate::{FromWorker, Launch, RunId, ToWorker};
use coalmine_flow::{Diagnostic, Severity, TextSpan};
use coalmine_sim::Intervention;
use flight::Flight;
use std::collections::VecDeque;

/// How many batches a run may be ahead of what the page has acknowledged.
pub const WINDOW: u32 = 8;

/// What the host would do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// There is more to run: call [`Host::step`] again.
    Busy,
    /// Far enough ahead: the next message goes on.
    Waiting,
    /// Nothing runs: the next message starts something.
    Idle,
}

/// Runs projects for a page.
///
/// The order of use: [`handle`](Self::handle) each message; while [`step`](Self::step) says [`Pace::Busy`], call it
/// again, looking for messages in between; after either, send what [`poll`](Self::poll) gives until `None`.
/// Messages arrive in the order in which the page sent them.
#[derive(Debug)]
pub struct Host<L: Launch> {
    launch: L,
    newest: RunId,
    flight: Option<Flight<L::Controller>>,
    outbox: VecDeque<FromWorker>,
}

impl<L: Launch> Host<L> {
    /// A host that announces itself as of this build.
    pub fn new(launch: L, build: &str) -> Self {
        Self {
            launch,
            newest: RunId::default(),
            flight: None,
            outbox: VecDeque::from([FromWorker::Ready {
                build: build.to_owned(),
            }]),
        }
    }

    /// Takes in one message.
    pub fn handle(&mut self, message: ToWorker) {
        match message {
            ToWorker::Start { run, job } => {
                if self.is_new(run) {
                    self.flight = Some(Flight::new(run, job.simulation(&self.launch)));
                }
            }
            ToWorker::Fork { run, intervention } => {
                if self.is_new(run) {
                    self.fork(run, intervention);
                }
            }
            ToWorker::Ack { run, batches } => {
                if let Some(flight) = &mut self.flight
                    && flight.run() == run
                {
                    flight.acknowledge(batches);
                }
            }
            ToWorker::Stop => self.flight = None,
        }
    }

    /// Runs on for at most this many instants at which something happens, and puts one batch out.
    pub fn step(&mut self, instants: u32) -> Pace {
        let Some(flight) = &mut self.flight else {
            return Pace::Idle;
        };
        if flight.is_over() {
            return Pace::Idle;
        }
        if WINDOW <= flight.ahead() {
            return Pace::Waiting;
        }
        self.outbox.extend(flight.advance(instants));
        if flight.is_over() {
            Pace::Idle
        } else {
            Pace::Busy
        }
    }

    /// The next message to the page.
    pub fn poll(&mut self) -> Option<FromWorker> {
        self.outbox.pop_front()
    }

    /// Ids grow, so that a message from before the newest run is recognised as stale.
    fn is_new(&mut self, run: RunId) -> bool {
        let is_new = self.newest < run;
        self.newest = self.newest.max(run);
        is_new
    }

    fn fork(&mut self, run: RunId, intervention: Intervention) {
        let message = match &mut self.flight {
            Some(flight) => FromWorker::Forked {
                run,
                from: flight.fork(run, intervention),
            },
            None => FromWorker::Refused {
                run,
                diagnostics: vec![nothing_runs()],
            },
        };
        self.outbox.push_back(message);
    }
}

fn nothing_runs() -> Diagnostic {
    Diagnostic {
        severity: Severity::Error,
        code: "nothing-runs".to_owned(),
        span: TextSpan::default(),
        message: "nobody can step into a run that was stopped".to_owned(),
        suggestion: Some("start the run again".to_owned()),
        fix: None,
    }
}

#[cfg(test)]
mod tests;
