//! Triggers: hard limits that are looked at on every scrape while the canary has traffic.

use super::{
    FlowController, judge,
    judge::{Span, Taken},
    reason::{By, Why},
    state::Turn,
};
use crate::{
    plan::Judged,
    protocol::{Cause, CommandId, Meter, Verdict},
    query::{Reading, Window},
    units::{Time, Weight},
};

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
        }
        Turn::Same
    }

    /// Once all answers are there, they are judged.
    pub(super) fn answer_trigger(&mut self, now: Time, id: CommandId, reading: Reading) -> Turn {
        match self.trigger_readings.take(id, reading) {
            Taken::Last => {}
            Taken::OneOf | Taken::No => return Turn::Same,
        }
        self.judge_triggers(now)
    }

    /// The first trigger that tripped counts.
    fn judge_triggers(&mut self, now: Time) -> Turn {
        let trips =
            |trigger: &Judged| judge::found(trigger, &self.trigger_readings) == Verdict::Fail;
        let mut all = self.plan.triggers.iter().zip(0..);
        match all.find(|(trigger, _)| trips(trigger)) {
            Some((trigger, number)) => {
                let window = since_change(self.trigger_span, trigger.window);
                let checked = judge::checked(trigger, &self.trigger_readings, window);
                let why = Why::Checked {
                    checked,
                    weight: self.canary.weight(),
                    by: By::Trigger,
                };
                self.escape(now, Cause::Trigger(number, checked), why)
            }
            None => Turn::Same,
        }
    }
}

/// As far back as asked, but not before the last change of weight.
fn since_change(span: Span, length: Option<crate::units::Millis>) -> Window {
    let window = span.window(length);
    Window {
        from: window.from.max(span.since),
        to: window.to,
    }
}
