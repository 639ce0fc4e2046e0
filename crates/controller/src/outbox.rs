//! What a controller has to say, in order. Records are made only where somebody reads them.

use crate::protocol::{Command, CommandId, Output, Record, Recording};
use alloc::{boxed::Box, collections::VecDeque};

/// Outputs that wait to be polled, and the next command's id.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Outbox {
    waiting: VecDeque<Waiting>,
    next: u32,
    recording: Recording,
}

/// An output in the queue: records are large and rare, so they do not make the queue's places large.
#[derive(Clone, Debug, PartialEq)]
enum Waiting {
    Command(CommandId, Command),
    Record(Box<Record>),
}

impl Outbox {
    pub(crate) fn new(recording: Recording) -> Self {
        Self {
            // More than any one input brings, so that the queue is allocated once.
            waiting: VecDeque::with_capacity(32),
            next: 1,
            recording,
        }
    }

    /// The name of the next command.
    pub(crate) const fn name(&mut self) -> CommandId {
        let id = CommandId(self.next);
        self.next = self.next.wrapping_add(1);
        id
    }

    pub(crate) fn command(&mut self, command: Command) -> CommandId {
        let id = self.name();
        self.waiting.push_back(Waiting::Command(id, command));
        id
    }

    /// Tells of something; the record is not even made where nobody reads it.
    pub(crate) fn record(&mut self, make: impl FnOnce() -> Record) {
        match self.recording {
            Recording::Full => self.waiting.push_back(Waiting::Record(Box::new(make()))),
            Recording::Outcome => {}
        }
    }

    /// Whether anybody reads records.
    pub(crate) const fn is_read(&self) -> bool {
        matches!(self.recording, Recording::Full)
    }

    /// Tells how the run ended, whoever reads.
    pub(crate) fn ended(&mut self, record: Record) {
        self.waiting.push_back(Waiting::Record(Box::new(record)));
    }

    pub(crate) fn poll(&mut self) -> Option<Output> {
        self.waiting.pop_front().map(|waiting| match waiting {
            Waiting::Command(id, command) => Output::Command(id, command),
            Waiting::Record(record) => Output::Record(*record),
        })
    }
}
