//! How the token moves: in at a node, out by an edge, off the drawn path when something stops the rollout.

use super::{
    FlowController,
    journey::{Canary, Observed},
    phase::{Observer, Phase, Pulse, Then},
    reason,
};
use crate::{
    plan::{Act, Escape, Exit, StepIx},
    protocol::{Cause, Command, Outcome, Output, Record},
    units::{Millis, Time, Weight},
};
use alloc::{string::String, sync::Arc};

impl FlowController {
    /// The token arrives.
    pub(super) fn enter(&mut self, now: Time, at: StepIx) {
        self.at = at;
        self.record(|me| Record::Entered(me.plan.step(at).node));
        if self.is_going_round(now) {
            return self.fail(
                now,
                String::from("the token went round without time passing"),
            );
        }
        let plan = Arc::clone(&self.plan);
        match &plan.step(at).act {
            Act::Pass(exit) => self.go_on(now, Then::Leave(*exit)),
            Act::Build(exit) => self.work(Command::BuildImage, Then::Leave(*exit), None),
            Act::Push(exit) => self.work(Command::PushImage, Then::Leave(*exit), None),
            Act::Pods(share, exit) => self.deploy(now, *share, Then::Leave(*exit)),
            Act::Raise(share, exit) => self.deploy(now, *share, Then::Route(*share, *exit)),
            Act::Split(share, exit) => {
                let share = share.unwrap_or(self.journey.share);
                self.go_on(now, Then::Route(share, *exit));
            }
            Act::Wait(window, exit) => self.observe(now, Observer::Wait(*exit), *window),
            Act::Probe(probe, exit) => match self.journey.observed {
                Observed::Nothing | Observed::Waited(_) => {
                    self.observe(now, Observer::Probe(*exit), probe.window);
                }
                Observed::Probed { from, until } => self.probe(now, *exit, from, until),
            },
            Act::Gate(gate) => match self.journey.observed {
                Observed::Nothing => self.observe(now, Observer::Gate(0), gate.window),
                Observed::Waited(_) | Observed::Probed { .. } => self.gate(now, 0),
            },
            Act::RollBack(exit) => self.roll_back(now, Some(*exit)),
            Act::Success(exit) => self.take_over(now, Some(*exit)),
            Act::End => self.end(now),
        }
    }

    /// What comes next at this node; held back while a person has paused the run.
    pub(super) fn go_on(&mut self, now: Time, then: Then) {
        match (self.pulse, then) {
            (_, Then::Routed(share, exit)) => {
                self.journey.routed(now, share);
                self.readings.fill(None);
                self.go_on(now, Then::Leave(exit));
            }
            (Pulse::Paused, Then::Leave(_) | Then::Route(..) | Then::Judge(..)) => {
                self.phase = Phase::Held(then);
            }
            (Pulse::Running, Then::Leave(exit)) => self.travel(now, exit),
            (Pulse::Running, Then::Route(share, exit)) => {
                self.work(Command::SetWeight(share), Then::Routed(share, exit), None);
            }
            (Pulse::Running, Then::Judge(extended, window)) => self.judge(now, extended, window),
        }
    }

    fn travel(&mut self, now: Time, exit: Exit) {
        self.record(|_| Record::Travelled(exit.edge));
        self.enter(now, exit.to);
    }

    fn work(&mut self, command: Command, then: Then, deadline: Option<Time>) {
        let id = self.command(command);
        self.phase = Phase::Working { id, then, deadline };
    }

    fn deploy(&mut self, now: Time, share: Weight, then: Then) {
        self.journey.deployed(share);
        let deadline = now + self.plan.ready_deadline;
        self.work(
            Command::ScaleCanary(share.of_pods(self.replicas)),
            then,
            Some(deadline),
        );
    }

    pub(super) fn observe(&mut self, now: Time, what: Observer, window: Millis) {
        let until = now + window;
        self.record(|me| Record::Observing {
            node: me.plan.step(me.at).node,
            until,
        });
        self.phase = Phase::Observing {
            what,
            from: now,
            until,
        };
    }

    /// An observation is over.
    pub(super) fn observed(&mut self, now: Time) {
        let Phase::Observing { what, from, until } = self.phase else {
            return;
        };
        match what {
            Observer::Wait(exit) => {
                self.journey.observed = match self.journey.observed {
                    probed @ Observed::Probed { .. } => probed,
                    Observed::Nothing | Observed::Waited(_) => Observed::Waited(until.since(from)),
                };
                self.go_on(now, Then::Leave(exit));
            }
            Observer::Probe(exit) => self.probe(now, exit, from, until),
            Observer::Gate(extended) => {
                if extended == 0 {
                    self.journey.observed = Observed::Waited(until.since(from));
                }
                self.gate(now, extended);
            }
        }
    }

    /// A person sends the token past the next gate, or past this observation where none follows directly.
    pub(super) fn promote(&mut self, now: Time) {
        let plan = Arc::clone(&self.plan);
        for _ in 0..=plan.steps.len() {
            match &plan.step(self.at).act {
                Act::Gate(gate) => return self.travel(now, gate.yes),
                Act::Wait(_, exit) | Act::Probe(_, exit) | Act::Pass(exit) => {
                    let onward = matches!(
                        plan.step(exit.to).act,
                        Act::Gate(_) | Act::Wait(..) | Act::Probe(..) | Act::Pass(_)
                    );
                    if !onward {
                        return self.travel(now, *exit);
                    }
                    self.record(|_| Record::Travelled(exit.edge));
                    self.at = exit.to;
                    self.record(|me| Record::Entered(me.plan.step(me.at).node));
                }
                Act::Build(_)
                | Act::Push(_)
                | Act::Pods(..)
                | Act::Raise(..)
                | Act::Split(..)
                | Act::RollBack(_)
                | Act::Success(_)
                | Act::End => return self.enter(now, self.at),
            }
        }
    }

    /// A trigger or a person takes the token to a rollback.
    pub(super) fn escape(&mut self, now: Time, cause: Cause) {
        match self.plan.step(self.at).escape {
            Escape::To(to) if self.journey.has_canary() => {
                self.jump(to, cause);
                self.enter(now, to);
            }
            Escape::To(_) | Escape::InPlace => {
                self.jump(self.at, cause);
                self.roll_back(now, None);
            }
        }
    }

    /// Something could not be carried out: what exists is rolled back, in place.
    pub(super) fn fail(&mut self, now: Time, why: String) {
        self.journey.fail(why.clone());
        self.jump(self.at, Cause::Failure(why));
        self.roll_back(now, None);
    }

    fn jump(&mut self, to: StepIx, cause: Cause) {
        self.record(|me| Record::Jumped {
            from: me.plan.step(me.at).node,
            to: me.plan.step(to).node,
            cause,
        });
    }

    /// Without an exit the run ends where it stands.
    fn roll_back(&mut self, now: Time, exit: Option<Exit>) {
        self.journey.cut_off();
        match (self.journey.canary(), exit) {
            (Canary::Present, exit) => {
                let id = self.command(Command::RollBack);
                self.phase = Phase::RollingBack { id, exit };
            }
            (Canary::Absent | Canary::RolledBack | Canary::Promoted, Some(exit)) => {
                self.go_on(now, Then::Leave(exit));
            }
            (Canary::Absent | Canary::RolledBack | Canary::Promoted, None) => self.finish(),
        }
    }

    fn take_over(&mut self, now: Time, exit: Option<Exit>) {
        match (self.journey.canary(), exit) {
            (Canary::Present, exit) => {
                let id = self.command(Command::Promote);
                self.phase = Phase::Promoting { id, exit };
            }
            (Canary::Absent | Canary::RolledBack | Canary::Promoted, Some(exit)) => {
                self.go_on(now, Then::Leave(exit));
            }
            (Canary::Absent | Canary::RolledBack | Canary::Promoted, None) => self.finish(),
        }
    }

    /// The token is at an end. What still exists is promoted at 100 %, and rolled back below.
    pub(super) fn end(&mut self, now: Time) {
        match (self.journey.has_canary(), self.journey.weight) {
            (true, Weight::FULL) => self.take_over(now, None),
            (true, weight) => {
                let why = reason::unfinished(weight);
                self.journey.fail(why);
                self.roll_back(now, None);
            }
            (false, _) => self.finish(),
        }
    }

    /// Says how the run ended; nothing follows.
    pub(super) fn finish(&mut self) {
        let (outcome, reason) = self.journey.ending();
        self.out
            .push_back(Output::Record(Record::Ended { outcome, reason }));
        self.close(outcome);
    }

    fn close(&mut self, outcome: Outcome) {
        self.command(Command::Complete(outcome));
        self.phase = Phase::Ended(outcome);
    }

    /// A backstop: the lint finds circles without time before they run.
    fn is_going_round(&mut self, now: Time) -> bool {
        let (at, moves) = self.moves;
        self.moves = if at == now {
            (now, moves + 1)
        } else {
            (now, 0)
        };
        4 * self.plan.steps.len() + 16 < self.moves.1
    }
}
