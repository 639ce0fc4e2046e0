//! The controller that a diagram compiles into: one token, which follows the edges.
//!
//! A state machine without clock or chance. Which commands follow which inputs is all in [`FlowController::turn`];
//! the modules below say how a single transition is done.

mod judge;
mod look;
mod moves;
mod observe;
mod reason;
mod shared;
mod state;
mod stop;
mod triggers;

use crate::{
    outbox::Outbox,
    plan::{Plan, StepIx},
    protocol::{CommandId, Controller, Input, Meter, Operator, Output, Position, Recording},
    units::{Pods, Time},
};
use alloc::sync::Arc;
use judge::{Answer, Readings, Span};
use reason::Why;
use state::{Canary, Pace, Phase, Seen, Then, Turn};

/// A controller that runs a [`Plan`].
///
/// Hand in one input with [`handle`](Controller::handle), then [`poll`](Controller::poll) until `None`, then wait for
/// an input or for [`next_deadline`](Controller::next_deadline). Every command is answered by `Done`, `Failed` or, if
/// it measures, by `Measured` or `Counted`; answers to commands that were overtaken (by a rollback, say) are ignored. A measurement
/// that fails is no data, which the policy gives a meaning; any other command that fails ends the run.
///
/// **Pause** keeps the token on its node, and keeps a step from sending more traffic: windows run on, triggers stay
/// armed, a gate judges after **resume**. A trigger, an abort or a failure ends the pause. **Promote** cuts an
/// observation short and passes the next gate ahead by its `Yes`, but never skips a step that does something; it is
/// not heeded while a command is carried out or while paused. **Abort** rolls back, and is not heeded once a rollback
/// or the promotion has begun.
#[derive(Clone, Debug, PartialEq)]
pub struct FlowController {
    plan: Arc<Plan>,
    replicas: Pods,
    at: StepIx,
    phase: Phase,
    pace: Pace,
    canary: Canary,
    seen: Seen,
    readings: Readings,
    trigger_readings: Readings,
    trigger_span: Span,
    why: Why,
    moves: moves::Moves,
    outbox: Outbox,
}

impl FlowController {
    /// Stands at the start of a plan.
    pub fn new(plan: Arc<Plan>, recording: Recording) -> Self {
        Self {
            replicas: Pods(0),
            at: plan.start,
            phase: Phase::Idle,
            pace: Pace::Running,
            canary: Canary::Absent,
            seen: Seen::Nothing,
            readings: Readings::with_slots(plan.slots()),
            trigger_readings: Readings::with_slots(plan.trigger_asks.len() + plan.burn_asks.len()),
            trigger_span: Span {
                since: Time::default(),
                to: Time::default(),
            },
            why: Why::Drawn,
            moves: moves::Moves::default(),
            outbox: Outbox::new(recording),
            plan,
        }
    }

    /// The plan that it runs.
    pub fn plan(&self) -> &Arc<Plan> {
        &self.plan
    }

    /// Every transition: what an input comes to in a phase.
    fn turn(&mut self, now: Time, input: Input) -> Turn {
        match (self.phase, input) {
            (Phase::Idle, Input::Start { replicas }) => self.start(now, replicas),
            (phase, Input::Done(id)) => self.done(now, phase, id),
            (phase, Input::Failed(id, why)) => self.failed(now, phase, id, &why),
            (_, Input::Operator(act)) => self.operator(now, act),
            (Phase::Scaling { until, .. }, Input::Wake) if until <= now => self.never_ready(),
            (Phase::Observing(observing), Input::Wake) if observing.due() <= now => {
                self.observed(now, observing)
            }
            (_, Input::Measured(id, reading)) => self.answered(now, id, Answer::Reading(reading)),
            (_, Input::Counted(id, tally)) => self.answered(now, id, Answer::Counted(tally)),
            (
                Phase::Working { .. }
                | Phase::Scaling { .. }
                | Phase::Routing { .. }
                | Phase::Observing(_)
                | Phase::Measuring { .. }
                | Phase::Held { .. },
                Input::Scraped,
            ) => self.ask_triggers(now),
            // Early, late, or nobody's business any more.
            (
                Phase::Idle
                | Phase::Working { .. }
                | Phase::Scaling { .. }
                | Phase::Routing { .. }
                | Phase::Observing(_)
                | Phase::Measuring { .. }
                | Phase::Held { .. }
                | Phase::RollingBack { .. }
                | Phase::Promoting { .. }
                | Phase::Ended(_),
                Input::Start { .. } | Input::Wake | Input::Scraped,
            ) => Turn::Same,
        }
    }

    /// An answer came in: for the node that measures, or for the triggers.
    fn answered(&mut self, now: Time, id: CommandId, answer: Answer) -> Turn {
        match self.phase {
            Phase::Measuring { span, by } => self.measured(now, span, by, id, answer),
            Phase::Working { .. }
            | Phase::Scaling { .. }
            | Phase::Routing { .. }
            | Phase::Observing(_)
            | Phase::Held { .. } => self.answer_trigger(now, id, answer),
            Phase::Idle | Phase::RollingBack { .. } | Phase::Promoting { .. } | Phase::Ended(_) => {
                Turn::Same
            }
        }
    }

    /// A command was carried out; the answer counts where its phase waits for exactly that command.
    fn done(&mut self, now: Time, phase: Phase, done: CommandId) -> Turn {
        match phase {
            Phase::Working { id, exit } if done == id => Turn::Go(Then::Leave(exit)),
            Phase::Scaling { id, then, .. } if done == id => Turn::Go(then),
            Phase::Routing { id, to, exit } if done == id => self.routed(now, to, exit),
            Phase::RollingBack { id, then } if done == id => self.rolled_back(then),
            Phase::Promoting { id, then } if done == id => self.promoted(then),
            Phase::Idle
            | Phase::Working { .. }
            | Phase::Scaling { .. }
            | Phase::Routing { .. }
            | Phase::Observing(_)
            | Phase::Measuring { .. }
            | Phase::Held { .. }
            | Phase::RollingBack { .. }
            | Phase::Promoting { .. }
            | Phase::Ended(_) => Turn::Same,
        }
    }

    /// A command could not be carried out. What is not the phase's own command was a measurement.
    fn failed(&mut self, now: Time, phase: Phase, failed: CommandId, why: &str) -> Turn {
        match phase {
            Phase::Working { id, .. }
            | Phase::Scaling { id, .. }
            | Phase::Routing { id, .. }
            | Phase::Promoting { id, .. }
                if failed == id =>
            {
                self.command_failed(why)
            }
            Phase::RollingBack { id, .. } if failed == id => self.rollback_failed(why),
            Phase::Measuring { span, by } => self.measured(now, span, by, failed, Answer::Nothing),
            Phase::Working { .. }
            | Phase::Scaling { .. }
            | Phase::Routing { .. }
            | Phase::Observing(_)
            | Phase::Held { .. } => self.answer_trigger(now, failed, Answer::Nothing),
            Phase::Idle | Phase::RollingBack { .. } | Phase::Promoting { .. } | Phase::Ended(_) => {
                Turn::Same
            }
        }
    }

    /// What a person's act comes to in a phase.
    fn operator(&mut self, now: Time, act: Operator) -> Turn {
        match (self.phase, act, self.pace) {
            (
                Phase::Working { .. }
                | Phase::Scaling { .. }
                | Phase::Routing { .. }
                | Phase::Observing(_)
                | Phase::Measuring { .. }
                | Phase::Promoting { .. },
                Operator::Pause,
                Pace::Running,
            ) => {
                self.heed(act);
                self.pace = Pace::Paused;
                Turn::Same
            }
            (
                Phase::Working { .. }
                | Phase::Scaling { .. }
                | Phase::Routing { .. }
                | Phase::Observing(_)
                | Phase::Measuring { .. }
                | Phase::Promoting { .. },
                Operator::Resume,
                Pace::Paused,
            ) => {
                self.heed(act);
                self.pace = Pace::Running;
                Turn::Same
            }
            (Phase::Held { then }, Operator::Resume, Pace::Running | Pace::Paused) => {
                self.heed(act);
                self.pace = Pace::Running;
                Turn::Go(then)
            }
            (Phase::Observing(_) | Phase::Measuring { .. }, Operator::Promote, Pace::Running) => {
                self.heed(act);
                self.skip(now)
            }
            (
                Phase::Working { .. }
                | Phase::Scaling { .. }
                | Phase::Routing { .. }
                | Phase::Observing(_)
                | Phase::Measuring { .. }
                | Phase::Held { .. },
                Operator::Abort,
                Pace::Running | Pace::Paused,
            ) => self.abort(now),
            (
                Phase::Idle
                | Phase::Working { .. }
                | Phase::Scaling { .. }
                | Phase::Routing { .. }
                | Phase::Observing(_)
                | Phase::Measuring { .. }
                | Phase::Held { .. }
                | Phase::RollingBack { .. }
                | Phase::Promoting { .. }
                | Phase::Ended(_),
                Operator::Pause | Operator::Resume | Operator::Promote | Operator::Abort,
                Pace::Running | Pace::Paused,
            ) => {
                self.disregard(act);
                Turn::Same
            }
        }
    }
}

impl Controller for FlowController {
    fn handle(&mut self, now: Time, input: Input) {
        let turn = self.turn(now, input);
        self.run(now, turn);
    }

    fn scraped(&mut self, now: Time, meter: &mut impl Meter) {
        let turn = match self.phase {
            Phase::Working { .. }
            | Phase::Scaling { .. }
            | Phase::Routing { .. }
            | Phase::Observing { .. }
            | Phase::Measuring { .. }
            | Phase::Held { .. } => self.read_triggers(now, meter),
            Phase::Idle | Phase::RollingBack { .. } | Phase::Promoting { .. } | Phase::Ended(_) => {
                Turn::Same
            }
        };
        self.run(now, turn);
    }

    fn poll(&mut self) -> Option<Output> {
        self.outbox.poll()
    }

    fn next_deadline(&self) -> Option<Time> {
        match self.phase {
            Phase::Scaling { until, .. } => Some(until),
            Phase::Observing(observing) => Some(observing.due()),
            Phase::Idle
            | Phase::Working { .. }
            | Phase::Routing { .. }
            | Phase::Measuring { .. }
            | Phase::Held { .. }
            | Phase::RollingBack { .. }
            | Phase::Promoting { .. }
            | Phase::Ended(_) => None,
        }
    }

    fn position(&self) -> Position {
        Position {
            node: self.plan.step(self.at).node,
            paused: self.pace == Pace::Paused,
            outcome: match self.phase {
                Phase::Ended(outcome) => Some(outcome),
                Phase::Idle
                | Phase::Working { .. }
                | Phase::Scaling { .. }
                | Phase::Routing { .. }
                | Phase::Observing(_)
                | Phase::Measuring { .. }
                | Phase::Held { .. }
                | Phase::RollingBack { .. }
                | Phase::Promoting { .. } => None,
            },
        }
    }
}
