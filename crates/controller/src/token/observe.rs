//! Windows, probes and gates: what is observed, measured, judged, and where a verdict leads.

use super::{
    FlowController, judge,
    judge::{Span, Taken},
    reason::{By, Why},
    state::{Looker, Observer, Phase, Seen, Then, Turn},
};
use crate::{
    plan::{Act, Exit, Gate, Judged, Probe},
    policy::Fallback,
    protocol::{CommandId, Decision, Next, Record, Verdict},
    query::Reading,
    units::{Millis, Time},
};
use alloc::sync::Arc;

impl FlowController {
    pub(super) fn observe(&mut self, now: Time, length: Millis, by: Observer) -> Turn {
        let until = now + length;
        let node = self.plan.step(self.at).node;
        self.outbox.record(|| Record::Observing { node, until });
        Turn::Stay(Phase::Observing { until, length, by })
    }

    /// A window is over.
    pub(super) fn observed(&mut self, now: Time, length: Millis, by: Observer) -> Turn {
        match by {
            Observer::Wait(exit) => {
                self.seen = match self.seen {
                    Seen::Nothing | Seen::Waited { .. } => Seen::Waited { length },
                    Seen::Probed { .. } => Seen::Probed { to: now, length },
                };
                Turn::Go(Then::Leave(exit))
            }
            Observer::Probe(exit) => {
                self.seen = Seen::Probed { to: now, length };
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

    fn span(&self, to: Time) -> Span {
        Span {
            since: self.canary.since(),
            to,
        }
    }

    fn measuring(&mut self, now: Time, span: Span, by: Looker) -> Turn {
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
        reading: Reading,
    ) -> Turn {
        match self.readings.take(id, reading) {
            Taken::Last => self.measured_all(now, span, by),
            Taken::OneOf => Turn::Same,
            Taken::No => self.answer_trigger(now, id, reading),
        }
    }

    fn measured_all(&mut self, now: Time, span: Span, by: Looker) -> Turn {
        match (by, self.pace) {
            (Looker::Probe(exit), _) => {
                self.tell_probe(span);
                Turn::Go(Then::Leave(exit))
            }
            (Looker::Gate { extension }, super::Pace::Running) => self.decide(now, span, extension),
            // Looks again when resumed.
            (Looker::Gate { extension }, super::Pace::Paused) => {
                Turn::Go(Then::Judge { extension })
            }
        }
    }

    fn tell_probe(&mut self, span: Span) {
        let plan = Arc::clone(&self.plan);
        let step = plan.step(self.at);
        if let Act::Probe(probe, _) = &step.act {
            for judged in &probe.checks {
                let window = span.window(judged.window);
                let (readings, node) = (&self.readings, step.node);
                self.outbox.record(|| Record::Probed {
                    node,
                    checked: judge::checked(judged, readings, window),
                });
            }
        }
    }

    fn decide(&mut self, now: Time, span: Span, extension: u8) -> Turn {
        let plan = Arc::clone(&self.plan);
        let step = plan.step(self.at);
        let Act::Gate(gate) = &step.act else {
            unreachable!("only gates decide")
        };
        let checked =
            |judged: &Judged| judge::checked(judged, &self.readings, span.window(judged.window));
        let verdicts = gate.checks.iter().map(|judged| checked(judged).verdict);
        let verdict = verdicts.fold(Verdict::Pass, judge::worse);
        let length = gate.extension.unwrap_or(match self.seen {
            Seen::Nothing => gate.window,
            Seen::Waited { length } | Seen::Probed { length, .. } => length,
        });
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
        let decisive = gate.checks.iter().map(&checked);
        let decisive = decisive.into_iter().find(|check| check.verdict == verdict);
        self.outbox.record(|| {
            Record::Decided(Decision {
                node: step.node,
                verdict,
                checks: gate.checks.iter().map(checked).collect(),
                next,
            })
        });
        match (exit, decisive) {
            (None, _) => {
                let by = Observer::Gate {
                    extension: extension + 1,
                };
                return self.observe(now, length, by);
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
