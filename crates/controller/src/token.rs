//! The flow-driven controller: one token on the diagram, from the start to an end, by the rules of the plan.

mod journey;
mod judge;
mod phase;
mod reason;
mod travel;

use crate::{
    plan::{Plan, Slot, StepIx},
    protocol::{
        Cause, Command, CommandId, Controller, Input, Operator, Output, Position, Record, Recording,
    },
    query::Reading,
    units::{Millis, Pods, Time},
};
use alloc::{collections::VecDeque, string::String, sync::Arc, vec, vec::Vec};
use journey::Journey;
use phase::{Phase, Pulse, Then, Watch};

/// Runs a [`Plan`].
///
/// The order of use is the trait's: one [`handle`](Controller::handle), then [`poll`](Controller::poll) until `None`.
/// A `Clone` is a snapshot. Answers that carry the id of a command given up are ignored.
#[derive(Clone, Debug)]
pub struct FlowController {
    plan: Arc<Plan>,
    recording: Recording,
    phase: Phase,
    at: StepIx,
    pulse: Pulse,
    watch: Watch,
    journey: Journey,
    replicas: Pods,
    /// What the checks of the gate ahead read, by slot.
    readings: Vec<Option<Reading>>,
    /// Which slot each open query fills.
    open_slots: Vec<Slot>,
    /// What the triggers read, by slot.
    alarms: Vec<Reading>,
    next_id: u32,
    /// How often the token moved at one instant: a backstop against circles without time.
    moves: (Time, usize),
    out: VecDeque<Output>,
}

impl FlowController {
    /// A controller before its start.
    pub fn new(plan: Arc<Plan>, recording: Recording) -> Self {
        Self {
            at: plan.start,
            readings: vec![None; plan.slots()],
            open_slots: Vec::with_capacity(plan.slots()),
            alarms: vec![Reading::NoData; plan.trigger_asks.len()],
            plan,
            recording,
            phase: Phase::Idle,
            pulse: Pulse::Running,
            watch: Watch::Idle,
            journey: Journey::default(),
            replicas: Pods(0),
            next_id: 0,
            moves: (Time(0), 0),
            out: VecDeque::new(),
        }
    }

    fn command(&mut self, command: Command) -> CommandId {
        let id = CommandId(self.next_id);
        self.next_id += 1;
        self.out.push_back(Output::Command(id, command));
        id
    }

    /// Writes down what `record` makes, where anybody reads it.
    fn record(&mut self, record: impl FnOnce(&Self) -> Record) {
        if self.recording == Recording::Full {
            let record = record(self);
            self.out.push_back(Output::Record(record));
        }
    }

    fn wake(&mut self, now: Time) {
        match (&self.phase, self.pulse) {
            (
                Phase::Working {
                    deadline: Some(deadline),
                    ..
                },
                _,
            ) if *deadline <= now => {
                let why = reason::not_ready(self.plan.ready_deadline);
                self.fail(now, why);
            }
            (Phase::Observing { until, .. }, Pulse::Running) if *until <= now => self.observed(now),
            (
                Phase::Idle
                | Phase::Working { .. }
                | Phase::Observing { .. }
                | Phase::Measuring { .. }
                | Phase::Held(_)
                | Phase::RollingBack { .. }
                | Phase::Promoting { .. }
                | Phase::Ended(_),
                _,
            ) => {}
        }
    }

    fn done(&mut self, now: Time, id: CommandId) {
        match self.phase {
            Phase::Working {
                id: awaited, then, ..
            } if awaited == id => self.go_on(now, then),
            Phase::RollingBack { id: awaited, exit } if awaited == id => {
                self.journey.rolled_back();
                match exit {
                    Some(exit) => self.go_on(now, Then::Leave(exit)),
                    None => self.end(now),
                }
            }
            Phase::Promoting { id: awaited, exit } if awaited == id => {
                self.journey.promoted();
                match exit {
                    Some(exit) => self.go_on(now, Then::Leave(exit)),
                    None => self.end(now),
                }
            }
            Phase::Idle
            | Phase::Working { .. }
            | Phase::Observing { .. }
            | Phase::Measuring { .. }
            | Phase::Held(_)
            | Phase::RollingBack { .. }
            | Phase::Promoting { .. }
            | Phase::Ended(_) => {}
        }
    }

    fn failed(&mut self, now: Time, id: CommandId, why: String) {
        match self.phase {
            Phase::Working { id: awaited, .. } if awaited == id => self.fail(now, why),
            Phase::Promoting { id: awaited, .. } if awaited == id => self.fail(now, why),
            Phase::RollingBack { id: awaited, .. } if awaited == id => {
                self.journey.fail(why);
                self.end(now);
            }
            Phase::Idle
            | Phase::Working { .. }
            | Phase::Observing { .. }
            | Phase::Measuring { .. }
            | Phase::Held(_)
            | Phase::RollingBack { .. }
            | Phase::Promoting { .. }
            | Phase::Ended(_) => self.measured(now, id, Reading::NoData),
        }
    }

    fn operator(&mut self, now: Time, act: Operator) {
        let stoppable = self.phase.is_stoppable();
        let heeded = match act {
            Operator::Pause => stoppable && self.pulse == Pulse::Running,
            Operator::Resume => self.pulse == Pulse::Paused && stoppable,
            Operator::Promote => self.phase.is_waiting() && self.journey.has_canary(),
            Operator::Abort => stoppable,
        };
        self.record(|_| Record::Operator { act, heeded });
        if !heeded {
            return;
        }
        match act {
            Operator::Pause => self.pulse = Pulse::Paused,
            Operator::Resume => self.resume(now),
            Operator::Promote => {
                self.pulse = Pulse::Running;
                self.promote(now);
            }
            Operator::Abort => {
                self.pulse = Pulse::Running;
                self.journey.stop(String::from("a person aborted"));
                self.escape(now, Cause::Operator);
            }
        }
    }

    fn resume(&mut self, now: Time) {
        self.pulse = Pulse::Running;
        match self.phase {
            Phase::Held(then) => self.go_on(now, then),
            Phase::Observing { .. } => self.wake(now),
            Phase::Idle
            | Phase::Working { .. }
            | Phase::Measuring { .. }
            | Phase::RollingBack { .. }
            | Phase::Promoting { .. }
            | Phase::Ended(_) => {}
        }
    }
}

impl Controller for FlowController {
    fn handle(&mut self, now: Time, input: Input) {
        match input {
            Input::Start { replicas } => {
                if let Phase::Idle = self.phase {
                    self.replicas = replicas;
                    self.enter(now, self.at);
                }
            }
            Input::Wake => self.wake(now),
            Input::Scraped => self.scraped(now),
            Input::Measured(id, reading) => self.measured(now, id, reading),
            Input::Done(id) => self.done(now, id),
            Input::Failed(id, why) => self.failed(now, id, why),
            Input::Operator(act) => self.operator(now, act),
        }
    }

    fn poll(&mut self) -> Option<Output> {
        self.out.pop_front()
    }

    fn next_deadline(&self) -> Option<Time> {
        match (&self.phase, self.pulse) {
            (Phase::Working { deadline, .. }, _) => *deadline,
            (Phase::Observing { until, .. }, Pulse::Running) => Some(*until),
            (Phase::Observing { .. }, Pulse::Paused)
            | (
                Phase::Idle
                | Phase::Measuring { .. }
                | Phase::Held(_)
                | Phase::RollingBack { .. }
                | Phase::Promoting { .. }
                | Phase::Ended(_),
                _,
            ) => None,
        }
    }

    fn position(&self) -> Position {
        Position {
            node: self.plan.step(self.at).node,
            paused: self.pulse == Pulse::Paused,
            outcome: match self.phase {
                Phase::Ended(outcome) => Some(outcome),
                Phase::Idle
                | Phase::Working { .. }
                | Phase::Observing { .. }
                | Phase::Measuring { .. }
                | Phase::Held(_)
                | Phase::RollingBack { .. }
                | Phase::Promoting { .. } => None,
            },
        }
    }
}

/// The instant `length` before `now`, but not before `earliest`.
fn look_back(now: Time, length: Option<Millis>, earliest: Time) -> Time {
    length.map_or(earliest, |length| {
        Time(now.0.saturating_sub(length.0)).max(earliest)
    })
}
