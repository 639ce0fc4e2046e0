//! How a rollout is stopped: by a person, by a trigger, by something that could not be carried out; and how a run ends.

use super::{
    FlowController,
    reason::Why,
    state::{After, Canary, Pace, Phase, Turn, outcome_of},
};
use crate::{
    plan::{Act, Escape},
    protocol::{Cause, Command, Operator, Outcome, Record},
    units::Time,
};
use alloc::{
    format,
    string::{String, ToString},
};

impl FlowController {
    pub(super) fn heed(&mut self, act: Operator) {
        let heeded = true;
        self.outbox.record(|| Record::Operator { act, heeded });
    }

    pub(super) fn disregard(&mut self, act: Operator) {
        let heeded = false;
        self.outbox.record(|| Record::Operator { act, heeded });
    }

    /// A person aborts. Before there is a canary nothing has to be undone.
    pub(super) fn abort(&mut self, now: Time) -> Turn {
        match self.canary {
            Canary::Present { .. } => {
                self.heed(Operator::Abort);
                let why = Why::Operator(self.canary.weight());
                self.escape(now, Cause::Operator, why)
            }
            Canary::Absent => {
                self.heed(Operator::Abort);
                self.why = Why::Operator(self.canary.weight());
                self.end(Outcome::Aborted)
            }
            Canary::RolledBack { .. } | Canary::Promoted => {
                self.disregard(Operator::Abort);
                Turn::Same
            }
        }
    }

    /// The token leaves the drawn path: to the `No` target of the next gate ahead if that leads to a rollback, else the
    /// rollback happens in place.
    pub(super) fn escape(&mut self, now: Time, cause: Cause, why: Why) -> Turn {
        self.why = why;
        self.pace = Pace::Running;
        self.readings.clear();
        self.trigger_readings.clear();
        match self.plan.step(self.at).escape {
            Escape::To(to) => {
                let (from, node) = (self.plan.step(self.at).node, self.plan.step(to).node);
                self.at = to;
                self.outbox.record(|| Record::Jumped {
                    from,
                    to: node,
                    cause,
                });
                self.outbox.record(|| Record::Entered(node));
                self.begin(now)
            }
            Escape::InPlace => self.stop_in_place(cause),
        }
    }

    fn stop_in_place(&mut self, cause: Cause) -> Turn {
        let failed = matches!(cause, Cause::Failure(_));
        match self.canary {
            Canary::Present { peak, .. } => {
                let node = self.plan.step(self.at).node;
                self.outbox.record(|| Record::Jumped {
                    from: node,
                    to: node,
                    cause,
                });
                let outcome = if failed {
                    Outcome::Failed
                } else {
                    outcome_of(peak)
                };
                self.begin_rollback(After::End(outcome))
            }
            Canary::Absent | Canary::RolledBack { .. } | Canary::Promoted => {
                self.end(Outcome::Failed)
            }
        }
    }

    /// Something could not be carried out: what exists is rolled back, and the run has failed.
    pub(super) fn fail(&mut self, why: String) -> Turn {
        self.pace = Pace::Running;
        self.why = Why::Failure(why.clone());
        self.stop_in_place(Cause::Failure(why))
    }

    pub(super) fn command_failed(&mut self, why: &str) -> Turn {
        let what = match &self.plan.step(self.at).act {
            Act::Build(_) => "building the image",
            Act::Push(_) => "pushing the image",
            Act::Pods(..) => "asking for canary pods",
            Act::Raise(..) => "raising the canary",
            Act::Split(..) => "setting the traffic",
            Act::Success(_) | Act::End => "promoting the new version",
            Act::Pass(_) | Act::Wait(..) | Act::Probe(..) | Act::Gate(_) | Act::RollBack(_) => {
                "a command"
            }
        };
        self.fail(format!("{what} failed: {why}"))
    }

    pub(super) fn rollback_failed(&mut self, why: &str) -> Turn {
        self.why = Why::Failure(format!("the rollback failed: {why}"));
        self.end(Outcome::Failed)
    }

    pub(super) fn never_ready(&mut self) -> Turn {
        let deadline = self.plan.ready_deadline;
        self.fail(format!("the canary pods were not ready within {deadline}"))
    }

    pub(super) fn end(&mut self, outcome: Outcome) -> Turn {
        let node = self.plan.step(self.at).node;
        let reason = match outcome {
            Outcome::Succeeded => "the new version serves all traffic".to_string(),
            Outcome::Aborted | Outcome::RolledBack | Outcome::Failed => self.why.sentence(node),
        };
        self.pace = Pace::Running;
        self.outbox.ended(Record::Ended { outcome, reason });
        self.outbox.command(Command::Complete(outcome));
        Turn::Stay(Phase::Ended(outcome))
    }
}
