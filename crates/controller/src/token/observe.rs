//! Windows, probes and gates: what is observed, measured, judged, and where a verdict leads.

use super::{
    FlowController,
    judge::{Answer, Judge, Span, Taken},
    reason::{By, Why},
    state::{Looker, Observer, Observing, Phase, Seen, Then, Turn},
};
use crate::{
    plan::{Act, Exit, Gate, Probe, Watch},
    policy::Fallback,
    protocol::{CommandId, Decision, Look, Next, Record, Verdict},
    units::Time,
};
use alloc::sync::Arc;

impl FlowController {
    pub(super) fn observe(&mut self, now: Time, watch: Watch, by: Observer) -> Turn {
        let until = now + watch.length;
        let node = self.plan.step(self.at).node;
        self.outbox.record(|| Record::Observing { node, until });
        Turn::Stay(Phase::Observing(Observing {
            until,
            length: watch.length,
            by,
            look: Look {
                number: 1,
                of: watch.looks,
            },
        }))
    }

    /// A window is over, or a look is due before.
    pub(super) fn observed(&mut self, now: Time, observing: Observing) -> Turn {
        if observing.look.number < observing.look.of && now < observing.until {
            return self.look_early(now, observing);
        }
        let watch = Watch {
            length: observing.length,
            looks: observing.look.of,
        };
        match observing.by {
            Observer::Wait(exit) => {
                self.seen = match self.seen {
                    Seen::Nothing | Seen::Waited { .. } => Seen::Waited { watch },
                    Seen::Probed { .. } => Seen::Probed { to: now, watch },
                };
                Turn::Go(Then::Leave(exit))
            }
            Observer::Probe(exit) => {
                self.seen = Seen::Probed { to: now, watch };
                self.probe(now, exit)
            }
            Observer::Gate { extension } => Turn::Go(Then::Judge { extension }),
        }
    }

    /// A probe measures, since the last change of weight and up to the end of the observation.
    pub(super) fn probe(&mut self, to: Time, exit: Exit) -> Turn {
        let plan = Arc::clone(&self.plan);
        let span = self.span(to);
        if let Act::Probe(Probe { asks, .. }, _) = &plan.step(self.at).act {
            self.readings.forget(asks);
            self.readings
                .ask(asks, &mut self.outbox, |ask| span.window(ask.window));
        }
        self.measuring(to, span, Looker::Probe(exit))
    }

    /// A gate judges what the probes recorded, and measures what they did not.
    pub(super) fn look(&mut self, now: Time, extension: u8) -> Turn {
        let plan = Arc::clone(&self.plan);
        let span = match (self.seen, extension) {
            (Seen::Probed { to, .. }, 0) => self.span(to),
            (Seen::Nothing | Seen::Waited { .. } | Seen::Probed { .. }, _) => {
                self.readings.clear();
                self.span(now)
            }
        };
        if let Act::Gate(Gate { asks, .. }) = &plan.step(self.at).act {
            self.readings
                .ask(asks, &mut self.outbox, |ask| span.window(ask.window));
        }
        self.measuring(now, span, Looker::Gate { extension })
    }

    pub(super) fn span(&self, to: Time) -> Span {
        Span {
            since: self.canary.since(),
            to,
        }
    }

    pub(super) fn measuring(&mut self, now: Time, span: Span, by: Looker) -> Turn {
        if self.readings.is_complete() {
            self.measured_all(now, span, by)
        } else {
            Turn::Stay(Phase::Measuring { span, by })
        }
    }

    /// An answer, to the node that measures or to a trigger.
    pub(super) fn measured(
        &mut self,
        now: Time,
        span: Span,
        by: Looker,
        id: CommandId,
        answer: Answer,
    ) -> Turn {
        // Only one of the two waits for it.
        if !self.readings.waits_for(id) {
            return self.answer_trigger(now, id, answer);
        }
        match self.readings.take(id, answer) {
            Taken::Last => self.measured_all(now, span, by),
            Taken::OneOf | Taken::No => Turn::Same,
        }
    }

    fn measured_all(&mut self, now: Time, span: Span, by: Looker) -> Turn {
        match (by, self.pace) {
            (Looker::Probe(exit), _) => {
                self.tell_probe(span);
                Turn::Go(Then::Leave(exit))
            }
            (Looker::Early(observing), _) => self.looked(now, span, observing),
            (Looker::Gate { extension }, super::Pace::Running) => {
                let look = self.last_look(extension);
                self.decide(now, span, extension, look)
            }
            // Looks again when resumed.
            (Looker::Gate { extension }, super::Pace::Paused) => {
                Turn::Go(Then::Judge { extension })
            }
        }
    }

    /// What observed before this gate.
    fn watched(&self, gate: &Gate) -> Watch {
        match self.seen {
            Seen::Nothing => gate.watch,
            Seen::Waited { watch } | Seen::Probed { watch, .. } => watch,
        }
    }

    /// The look at the end of a window, the extended one included.
    fn last_look(&self, extension: u8) -> Look {
        let of = match (&self.plan.step(self.at).act, self.seen) {
            (Act::Gate(gate), _) => self.watched(gate).looks,
            (_, Seen::Waited { watch } | Seen::Probed { watch, .. }) => watch.looks,
            (_, Seen::Nothing) => 1,
        };
        Look {
            number: of + u32::from(extension),
            of,
        }
    }

    fn tell_probe(&mut self, span: Span) {
        let plan = Arc::clone(&self.plan);
        let step = plan.step(self.at);
        let judge = Judge {
            plan: &plan,
            readings: &self.readings,
            look: self.last_look(0),
        };
        if let Act::Probe(probe, _) = &step.act {
            for judged in &probe.checks {
                let (window, node) = (span.window(judged.window), step.node);
                self.outbox.record(|| Record::Probed {
                    node,
                    checked: judge.checked(judged, window),
                });
            }
        }
    }

    pub(super) fn decide(&mut self, now: Time, span: Span, extension: u8, look: Look) -> Turn {
        let plan = Arc::clone(&self.plan);
        let step = plan.step(self.at);
        let Act::Gate(gate) = &step.act else {
            unreachable!("only gates decide")
        };
        let judge = Judge {
            plan: &plan,
            readings: &self.readings,
            look,
        };
        let verdict = judge.verdict(&gate.checks);
        let length = gate.extension.unwrap_or(self.watched(gate).length);
        let (next, exit) = match (verdict, gate.fallback) {
            (Verdict::Inconclusive, _) if extension < gate.extensions => {
                (Next::ExtendedTo(now + length), None)
            }
            (Verdict::Pass, _) | (Verdict::Inconclusive, Fallback::Yes) => {
                (Next::Took(gate.yes.edge), Some(gate.yes))
            }
            (Verdict::Fail, _) | (Verdict::Inconclusive, Fallback::No) => {
                (Next::Took(gate.no.edge), Some(gate.no))
            }
        };
        let mut checks = gate.checks.iter();
        let decisive = checks.find(|judged| judge.found(judged).0 == verdict);
        let decisive = decisive.map(|judged| judge.checked(judged, span.window(judged.window)));
        self.outbox.record(|| {
            Record::Decided(Decision {
                node: step.node,
                verdict,
                checks: judge.all(&gate.checks, span),
                next,
            })
        });
        match (exit, decisive) {
            (None, _) => {
                let by = Observer::Gate {
                    extension: extension + 1,
                };
                // Not looked at before its end: it was not planned.
                return self.observe(now, Watch { length, looks: 1 }, by);
            }
            (Some(exit), Some(checked)) if exit == gate.no => {
                self.why = Why::Checked {
                    checked,
                    weight: self.canary.weight(),
                    by: By::Gate,
                };
            }
            (Some(_), _) => self.why = Why::Drawn,
        }
        self.readings.clear();
        Turn::Go(Then::Leave(exit.unwrap_or(gate.no)))
    }

    /// A person cuts the observation short and passes the next gate by its `Yes`; no step that acts is skipped.
    pub(super) fn skip(&mut self, now: Time) -> Turn {
        let plan = Arc::clone(&self.plan);
        self.readings.clear();
        for _ in 0..plan.steps.len() {
            match &plan.step(self.at).act {
                Act::Pass(exit) | Act::Wait(_, exit) | Act::Probe(_, exit) => self.travel(*exit),
                Act::Gate(gate) => {
                    self.why = Why::Drawn;
                    return Turn::Go(Then::Leave(gate.yes));
                }
                Act::Build(_)
                | Act::Push(_)
                | Act::Pods(..)
                | Act::Raise(..)
                | Act::Split(..)
                | Act::RollBack(_)
                | Act::Success(_)
                | Act::End => break,
            }
        }
        self.begin(now)
    }
}
