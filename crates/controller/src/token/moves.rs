//! How the token moves: what each node begins, and what its commands come to when they are done.

use super::{
    FlowController,
    state::{After, Canary, Observer, Pace, Phase, Seen, Then, Turn},
};
use crate::{
    plan::{Act, Exit},
    protocol::{Command, CommandId, Outcome, Record},
    units::{Pods, Time, Weight},
};
use alloc::sync::Arc;

/// Counts moves at one instant: a backstop, should commands be answered in no time on a circle.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Moves {
    at: Time,
    count: usize,
}

impl Moves {
    fn count(&mut self, now: Time) -> usize {
        self.count = if self.at == now { self.count + 1 } else { 1 };
        self.at = now;
        self.count
    }
}

impl FlowController {
    /// Moves the token on until it has to wait for something.
    pub(super) fn run(&mut self, now: Time, turn: Turn) {
        if !matches!(turn, Turn::Same) {
            self.go_on(now, turn);
        }
    }

    fn go_on(&mut self, now: Time, mut turn: Turn) {
        loop {
            turn = match (turn, self.pace) {
                (Turn::Same, Pace::Running | Pace::Paused) => return,
                (Turn::Stay(phase), Pace::Running | Pace::Paused) => {
                    self.phase = phase;
                    return;
                }
                (Turn::Go(then), Pace::Paused) => Turn::Stay(Phase::Held { then }),
                (Turn::Go(Then::Leave(exit)), Pace::Running) => {
                    self.travel(exit);
                    // Any path that does not come back to a node is shorter.
                    if self.plan.steps.len() * 2 < self.moves.count(now) {
                        self.going_round()
                    } else {
                        self.begin(now)
                    }
                }
                (Turn::Go(Then::Route { to, exit }), Pace::Running) => self.route(to, exit),
                (Turn::Go(Then::Judge { extension }), Pace::Running) => self.look(now, extension),
            };
        }
    }

    pub(super) fn travel(&mut self, exit: Exit) {
        self.at = exit.to;
        let node = self.plan.step(exit.to).node;
        self.outbox.record(|| Record::Travelled(exit.edge));
        self.outbox.record(|| Record::Entered(node));
    }

    pub(super) fn start(&mut self, now: Time, replicas: Pods) -> Turn {
        self.replicas = replicas;
        let node = self.plan.start();
        self.outbox.record(|| Record::Entered(node));
        self.begin(now)
    }

    /// What the node does where the token has just arrived.
    pub(super) fn begin(&mut self, now: Time) -> Turn {
        let plan = Arc::clone(&self.plan);
        match &plan.step(self.at).act {
            Act::Pass(exit) => Turn::Go(Then::Leave(*exit)),
            Act::Build(exit) => self.work(Command::BuildImage, *exit),
            Act::Push(exit) => self.work(Command::PushImage, *exit),
            Act::Pods(share, exit) => self.scale(now, *share, Then::Leave(*exit)),
            Act::Raise(share, exit) => {
                let (to, exit) = (*share, *exit);
                self.scale(now, to, Then::Route { to, exit })
            }
            Act::Split(own, exit) => match self.canary {
                Canary::Present { share, .. } => self.route(own.unwrap_or(share), *exit),
                // No plan splits traffic where there is no canary.
                Canary::Absent | Canary::RolledBack { .. } | Canary::Promoted => {
                    Turn::Go(Then::Leave(*exit))
                }
            },
            Act::Wait(watch, exit) => self.observe(now, *watch, Observer::Wait(*exit)),
            Act::Probe(probe, exit) => match self.seen {
                Seen::Nothing | Seen::Waited { .. } => {
                    self.observe(now, probe.watch, Observer::Probe(*exit))
                }
                Seen::Probed { to, .. } => self.probe(to, *exit),
            },
            Act::Gate(gate) => match self.seen {
                Seen::Nothing => self.observe(now, gate.watch, Observer::Gate { extension: 0 }),
                Seen::Waited { .. } | Seen::Probed { .. } => self.look(now, 0),
            },
            Act::RollBack(exit) => self.roll_back(*exit),
            Act::Success(exit) => self.promote_canary(After::Leave(*exit)),
            Act::End => self.reach_end(),
        }
    }

    fn work(&mut self, command: Command, exit: Exit) -> Turn {
        let id = self.outbox.command(command);
        Turn::Stay(Phase::Working { id, exit })
    }

    fn scale(&mut self, now: Time, share: Weight, then: Then) -> Turn {
        self.canary = match self.canary {
            Canary::Present {
                weight,
                peak,
                since,
                ..
            } => Canary::Present {
                share,
                weight,
                peak,
                since,
            },
            Canary::Absent | Canary::RolledBack { .. } | Canary::Promoted => Canary::Present {
                share,
                weight: Weight::ZERO,
                peak: Weight::ZERO,
                since: now,
            },
        };
        let pods = share.of_pods(self.replicas);
        let id = self.outbox.command(Command::ScaleCanary(pods));
        let until = now + self.plan.ready_deadline;
        Turn::Stay(Phase::Scaling { id, until, then })
    }

    fn route(&mut self, to: Weight, exit: Exit) -> Turn {
        let id = self.outbox.command(Command::SetWeight(to));
        Turn::Stay(Phase::Routing { id, to, exit })
    }

    /// The router confirmed: what was seen before was seen at another weight.
    pub(super) fn routed(&mut self, now: Time, to: Weight, exit: Exit) -> Turn {
        if let Canary::Present { share, peak, .. } = self.canary {
            self.canary = Canary::Present {
                share,
                weight: to,
                peak: peak.max(to),
                since: now,
            };
        }
        self.seen = Seen::Nothing;
        self.readings.clear();
        Turn::Go(Then::Leave(exit))
    }

    fn roll_back(&mut self, exit: Exit) -> Turn {
        match self.canary {
            Canary::Present { .. } => self.begin_rollback(After::Leave(exit)),
            Canary::Absent => {
                self.canary = Canary::RolledBack { peak: Weight::ZERO };
                Turn::Go(Then::Leave(exit))
            }
            Canary::RolledBack { .. } | Canary::Promoted => Turn::Go(Then::Leave(exit)),
        }
    }

    /// Weight to nothing and pods away. Nothing that was asked about the canary counts any more.
    pub(super) fn begin_rollback(&mut self, then: After) -> Turn {
        self.readings.clear();
        self.trigger_readings.clear();
        let id = self.outbox.command(Command::RollBack);
        Turn::Stay(Phase::RollingBack { id, then })
    }

    pub(super) fn rolled_back(&mut self, then: After) -> Turn {
        if let Canary::Present { peak, .. } = self.canary {
            self.canary = Canary::RolledBack { peak };
        }
        self.seen = Seen::Nothing;
        self.after(then)
    }

    /// The point of no return: from here on the canary is not watched any more.
    pub(super) fn promote_canary(&mut self, then: After) -> Turn {
        self.readings.clear();
        self.trigger_readings.clear();
        let id: CommandId = self.outbox.command(Command::Promote);
        Turn::Stay(Phase::Promoting { id, then })
    }

    pub(super) fn promoted(&mut self, then: After) -> Turn {
        self.canary = Canary::Promoted;
        self.after(then)
    }

    fn after(&mut self, then: After) -> Turn {
        match then {
            After::Leave(exit) => Turn::Go(Then::Leave(exit)),
            After::End(outcome) => self.end(outcome),
        }
    }

    /// What happened is what counts, never what a label says.
    fn reach_end(&mut self) -> Turn {
        match self.canary {
            Canary::Promoted => self.end(Outcome::Succeeded),
            Canary::RolledBack { peak } => self.end(super::state::outcome_of(peak)),
            Canary::Present {
                weight: Weight::FULL,
                ..
            } => self.promote_canary(After::End(Outcome::Succeeded)),
            Canary::Present { weight, .. } => self.fail(alloc::format!(
                "the end was reached at {weight} of traffic, with neither a success nor a rollback before it"
            )),
            Canary::Absent => self.fail("the end was reached before anything was deployed".into()),
        }
    }

    fn going_round(&mut self) -> Turn {
        let node = self.plan.step(self.at).node;
        self.fail(alloc::format!(
            "the token went round through {node} without time passing"
        ))
    }
}
