//! Triggers: hard limits and budgets that are looked at on every scrape while the canary has traffic.

use super::{
    FlowController,
    judge::{Answer, Judge, Span, Taken},
    reason::{By, Why},
    state::Turn,
};
use crate::{
    plan::Judged,
    protocol::{Burned, Cause, CommandId, Look, Meter, Verdict},
    query::Window,
    units::{Millis, Time, Weight},
};
use alloc::boxed::Box;

/// Triggers do not plan their looks.
const ONLY: Look = Look { number: 1, of: 1 };

impl FlowController {
    /// Has everything answered that triggers ask, and judges it.
    pub(super) fn read_triggers(&mut self, now: Time, meter: &mut impl Meter) -> Turn {
        if self.canary.weight() <= Weight::ZERO {
            return Turn::Same;
        }
        let span = Span {
            since: self.canary.since(),
            to: now,
        };
        self.trigger_span = span;
        self.trigger_readings.clear();
        let asks = &self.plan.trigger_asks;
        self.trigger_readings
            .read(asks, &mut self.outbox, meter, |ask| {
                since_change(span, ask.window)
            });
        self.trigger_readings
            .read(&self.plan.burn_asks, &mut self.outbox, meter, |ask| {
                span.window(ask.window)
            });
        self.judge_triggers(now)
    }

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
        Turn::Same
    }

    /// Once all answers are there, they are judged.
    pub(super) fn answer_trigger(&mut self, now: Time, id: CommandId, answer: Answer) -> Turn {
        match self.trigger_readings.take(id, answer) {
            Taken::Last => {}
            Taken::OneOf | Taken::No => return Turn::Same,
        }
        self.judge_triggers(now)
    }

    /// The first trigger that tripped counts, and then the first budget.
    fn judge_triggers(&mut self, now: Time) -> Turn {
        match self.tripped() {
            Some((cause, why)) => self.escape(now, cause, why),
            None => Turn::Same,
        }
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
