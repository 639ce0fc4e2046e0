//! What a controller has to say, in order. Records are made only where somebody reads them.

use crate::protocol::{Command, CommandId, Output, Record, Recording};
use alloc::collections::VecDeque;

/// Outputs that wait to be polled, and the next command's id.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Outbox {
    waiting: VecDeque<Output>,
    next: u32,
    recording: Recording,
}

impl Outbox {
    pub(super) fn new(recording: Recording) -> Self {
        Self {
            // More than any one input brings, so that the queue is allocated once.
            waiting: VecDeque::with_capacity(32),
            next: 1,
            recording,
        }
    }

    pub(super) fn command(&mut self, command: Command) -> CommandId {
        let id = CommandId(self.next);
        self.next = self.next.wrapping_add(1);
        self.waiting.push_back(Output::Command(id, command));
        id
    }

    /// Tells of something; the record is not even made where nobody reads it.
    pub(super) fn record(&mut self, make: impl FnOnce() -> Record) {
        match self.recording {
            Recording::Full => self.waiting.push_back(Output::Record(make())),
            Recording::Outcome => {}
        }
    }

    /// Tells how the run ended, whoever reads.
    pub(super) fn ended(&mut self, record: Record) {
        self.waiting.push_back(Output::Record(record));
    }

    pub(super) fn poll(&mut self) -> Option<Output> {
        self.waiting.pop_front()
    }
}
