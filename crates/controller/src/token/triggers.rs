//! Triggers: hard limits that are looked at on every scrape while the canary has traffic.

use super::{
    FlowController, judge,
    judge::{Span, Taken},
    reason::{By, Why},
    state::Turn,
};
use crate::{
    plan::Judged,
    protocol::{Cause, CommandId, Verdict},
    query::{Reading, Window},
    units::{Time, Weight},
};

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
        }
        Turn::Stay(self.phase)
    }

    /// Once all answers are there, the first trigger that tripped counts.
    pub(super) fn answer_trigger(&mut self, now: Time, id: CommandId, reading: Reading) -> Turn {
        match self.trigger_readings.take(id, reading) {
            Taken::Last => {}
            Taken::OneOf | Taken::No => return Turn::Stay(self.phase),
        }
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
            None => Turn::Stay(self.phase),
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
