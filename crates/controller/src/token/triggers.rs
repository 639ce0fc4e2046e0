//! Triggers: hard limits and budgets that are looked at on every scrape while the canary has traffic.

use super::{
    FlowController,
    judge::{Answer, Judge, Span, Taken},
    reason::{By, Why},
    state::Turn,
};
use crate::{
    plan::Judged,
    protocol::{Burned, Cause, CommandId, Look, Verdict},
    query::Window,
    units::{Millis, Time, Weight},
};
use alloc::boxed::Box;

/// Triggers do not plan their looks.
const ONLY: Look = Look { number: 1, of: 1 };

impl FlowController {
    /// Asks anew; what is still on its way from the last scrape is not waited for.
    pub(super) fn ask_triggers(&mut self, now: Time) -> Turn {
        if Weight::ZERO < self.canary.weight() {
            let span = Span {
                since: self.canary.since(),
                to: now,
            };
            self.trigger_span = span;
            self.trigger_readings.clear();
            self.trigger_readings
                .ask(&self.plan.trigger_asks, &mut self.outbox, |ask| {
                    since_change(span, ask.window)
                });
            self.trigger_readings
                .ask(&self.plan.burn_asks, &mut self.outbox, |ask| {
                    span.window(ask.window)
                });
        }
        Turn::Stay(self.phase)
    }

    /// Once all answers are there, the first trigger that tripped counts, and then the first budget.
    pub(super) fn answer_trigger(&mut self, now: Time, id: CommandId, answer: Answer) -> Turn {
        match self.trigger_readings.take(id, answer) {
            Taken::Last => {}
            Taken::OneOf | Taken::No => return Turn::Stay(self.phase),
        }
        let Some((cause, why)) = self.tripped() else {
            return Turn::Stay(self.phase);
        };
        self.escape(now, cause, why)
    }

    fn tripped(&self) -> Option<(Cause, Why)> {
        let judge = Judge {
            plan: &self.plan,
            readings: &self.trigger_readings,
            look: ONLY,
        };
        let span = self.trigger_span;
        let weight = self.canary.weight();
        let trips = |judged: &Judged| judge.found(judged).0 == Verdict::Fail;
        let mut triggers = self.plan.triggers.iter().zip(0..);
        if let Some((trigger, place)) = triggers.find(|(trigger, _)| trips(trigger)) {
            let checked = judge.checked(trigger, since_change(span, trigger.window));
            let by = By::Trigger;
            let why = Why::Checked {
                checked,
                weight,
                by,
            };
            return Some((Cause::Trigger(place, checked), why));
        }
        let windows = self.plan.burn_checks.chunks_exact(2);
        let mut budgets = self.plan.burn_rates.iter().zip(windows).zip(0..);
        let ((rate, windows), place) =
            budgets.find(|((_, windows), _)| windows.iter().all(trips))?;
        let checked = |judged: &Judged| judge.checked(judged, span.window(judged.window));
        let (rate, long, short) = (*rate, checked(&windows[0]), checked(&windows[1]));
        let cause = Cause::BurnRate(Box::new(Burned {
            place,
            rate,
            long,
            short,
        }));
        let why = Why::Checked {
            checked: long,
            weight,
            by: By::BurnRate(Box::new(rate)),
        };
        Some((cause, why))
    }
}

/// As far back as asked, but not before the last change of weight.
fn since_change(span: Span, length: Option<Millis>) -> Window {
    let window = span.window(length);
    Window {
        from: window.from.max(span.since),
        to: window.to,
    }
}
