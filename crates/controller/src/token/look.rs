//! Looks before the end of an observation: the gate ahead is judged, and the observation is cut short where a check
//! fails. What passes early is no reason to go on early.

use super::{
    FlowController,
    judge::{Judge, Span},
    state::{Looker, Observing, Pace, Phase, Turn},
};
use crate::{
    plan::{Act, StepIx},
    protocol::{Look, Record, Verdict},
    units::Time,
};
use alloc::sync::Arc;

impl FlowController {
    /// A look is due: asks what the gate ahead asks.
    pub(super) fn look_early(&mut self, now: Time, observing: Observing) -> Turn {
        let plan = Arc::clone(&self.plan);
        let Act::Gate(gate) = &plan.step(self.gate_watched()).act else {
            return Turn::Stay(Phase::Observing(observing.looked()));
        };
        let span = self.span(now);
        self.readings.clear();
        self.readings
            .ask(&gate.asks, &mut self.outbox, |ask| span.window(ask.window));
        self.measuring(now, span, Looker::Early(observing))
    }

    /// The gate that the observation is for, which lies behind steps that do not act.
    fn gate_watched(&self) -> StepIx {
        let mut at = self.at;
        for _ in 0..self.plan.steps.len() {
            match &self.plan.step(at).act {
                Act::Pass(exit) | Act::Wait(_, exit) | Act::Probe(_, exit) => at = exit.to,
                Act::Build(_)
                | Act::Push(_)
                | Act::Pods(..)
                | Act::Raise(..)
                | Act::Split(..)
                | Act::Gate(_)
                | Act::RollBack(_)
                | Act::Success(_)
                | Act::End => break,
            }
        }
        at
    }

    /// All answers of an early look are there. A paused run looks on, and leaves no node.
    pub(super) fn looked(&mut self, now: Time, span: Span, observing: Observing) -> Turn {
        let plan = Arc::clone(&self.plan);
        let step = plan.step(self.gate_watched());
        if let Act::Gate(gate) = &step.act {
            let (node, look) = (step.node, observing.look);
            let readings = &self.readings;
            let judge = Judge {
                plan: &plan,
                readings,
                look,
            };
            let verdict = judge.verdict(&gate.checks);
            if verdict == Verdict::Fail && self.pace == Pace::Running {
                return self.cut_short(now, span, look);
            }
            self.outbox.record(|| Record::Looked {
                node,
                look,
                verdict,
                checks: judge.all(&gate.checks, span),
            });
        }
        self.readings.clear();
        Turn::Stay(Phase::Observing(observing.looked()))
    }

    /// The token goes to the gate that has found enough.
    fn cut_short(&mut self, now: Time, span: Span, look: Look) -> Turn {
        let plan = Arc::clone(&self.plan);
        while let Act::Pass(exit) | Act::Wait(_, exit) | Act::Probe(_, exit) =
            &plan.step(self.at).act
        {
            self.travel(*exit);
        }
        self.decide(now, span, 0, look)
    }
}
