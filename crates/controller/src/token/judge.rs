//! How the controller measures and judges: probes record, gates decide, triggers watch in between.

use super::{
    FlowController,
    journey::Observed,
    look_back,
    phase::{Measurer, Observer, Phase, Then, Watch},
    reason,
};
use crate::{
    plan::{Act, Ask, Exit, Gate, Judged, Slot},
    policy::{Against, Fallback, Healthy, NoDataMeans},
    protocol::{Cause, Checked, Command, CommandId, Decision, Next, Record, Verdict},
    query::{Query, Reading, Version, Window},
    units::{Limit, Time, Weight},
};
use alloc::{sync::Arc, vec::Vec};
use coalmine_stats::bound;

impl FlowController {
    /// A probe records its measurement of the window.
    pub(super) fn probe(&mut self, now: Time, exit: Exit, from: Time, until: Time) {
        self.journey.observed = Observed::Probed { from, until };
        let plan = Arc::clone(&self.plan);
        if let Act::Probe(probe, _) = &plan.step(self.at).act {
            let window = Window { from, to: until };
            self.measure(now, Measurer::Probe(exit), &probe.asks, window);
        }
    }

    /// A gate measures what it judges, or takes what the probes recorded.
    pub(super) fn gate(&mut self, now: Time, extended: u8) {
        let plan = Arc::clone(&self.plan);
        let Act::Gate(gate) = &plan.step(self.at).act else {
            return;
        };
        let recorded = self.readings.iter().any(Option::is_some);
        match self.journey.observed {
            Observed::Probed { from, until } if recorded && extended == 0 => {
                self.go_on(now, Then::Judge(extended, Window { from, to: until }));
            }
            Observed::Probed { from, .. } => {
                let wanted: Vec<Ask> = gate
                    .asks
                    .iter()
                    .filter(|ask| !recorded || self.reading(ask.slot).is_some())
                    .copied()
                    .collect();
                let window = Window { from, to: now };
                self.measure(now, Measurer::Gate(extended), &wanted, window);
            }
            Observed::Nothing | Observed::Waited(_) => {
                let window = Window {
                    from: self.journey.weighed,
                    to: now,
                };
                self.measure(now, Measurer::Gate(extended), &gate.asks, window);
            }
        }
    }

    fn measure(&mut self, now: Time, what: Measurer, asks: &[Ask], window: Window) {
        let first = self.next_id;
        self.asked_slots(asks);
        for ask in asks {
            self.command(Command::Measure(query(ask, window)));
        }
        let open = u32::try_from(asks.len()).expect("a gate has fewer than 2^32 checks");
        self.phase = Phase::Measuring {
            what,
            window,
            first,
            open,
        };
        if open == 0 {
            self.measured_all(now, what, window);
        }
    }

    /// Remembers which slot each open query fills.
    fn asked_slots(&mut self, asks: &[Ask]) {
        self.open_slots.clear();
        self.open_slots.extend(asks.iter().map(|ask| ask.slot));
    }

    /// An answer; one that nobody waits for any more is dropped.
    pub(super) fn measured(&mut self, now: Time, id: CommandId, reading: Reading) {
        if let Phase::Measuring {
            what,
            window,
            first,
            open,
        } = self.phase
            && let Some(slot) =
                id.0.checked_sub(first)
                    .and_then(|at| self.open_slots.get(at as usize))
        {
            self.readings[slot.0 as usize] = Some(reading);
            let open = open.saturating_sub(1);
            self.phase = Phase::Measuring {
                what,
                window,
                first,
                open,
            };
            if open == 0 {
                self.measured_all(now, what, window);
            }
            return;
        }
        self.alarm(now, id, reading);
    }

    fn measured_all(&mut self, now: Time, what: Measurer, window: Window) {
        match what {
            Measurer::Probe(exit) => {
                let plan = Arc::clone(&self.plan);
                if let Act::Probe(probe, _) = &plan.step(self.at).act {
                    for check in &probe.checks {
                        self.record(|me| Record::Probed {
                            node: me.plan.step(me.at).node,
                            checked: me.checked(check, window),
                        });
                    }
                }
                self.go_on(now, Then::Leave(exit));
            }
            Measurer::Gate(extended) => self.go_on(now, Then::Judge(extended, window)),
        }
    }

    /// The gate decides over what was read.
    pub(super) fn judge(&mut self, now: Time, extended: u8, window: Window) {
        let plan = Arc::clone(&self.plan);
        let Act::Gate(gate) = &plan.step(self.at).act else {
            return;
        };
        let verdict = self.verdict(gate);
        let taken = match (verdict, gate.fallback) {
            (Verdict::Pass, _) => gate.yes,
            (Verdict::Fail, _) => gate.no,
            (Verdict::Inconclusive, _) if extended < gate.extensions => {
                return self.extend(now, gate, extended, window);
            }
            (Verdict::Inconclusive, Fallback::Yes) => gate.yes,
            (Verdict::Inconclusive, Fallback::No) => gate.no,
        };
        if taken == gate.no {
            let checks = self.all_checked(gate, window);
            self.journey
                .stop(reason::gate(&checks, self.journey.weight));
        }
        self.decide(gate, verdict, window, Next::Took(taken.edge));
        self.readings.fill(None);
        self.go_on(now, Then::Leave(taken));
    }

    /// Looks once more, over a longer window.
    fn extend(&mut self, now: Time, gate: &Gate, extended: u8, window: Window) {
        let observed = match self.journey.observed {
            Observed::Nothing => gate.window,
            Observed::Waited(length) => length,
            Observed::Probed { from, until } => until.since(from),
        };
        let length = gate.extension.unwrap_or(observed);
        self.decide(
            gate,
            Verdict::Inconclusive,
            window,
            Next::ExtendedTo(now + length),
        );
        self.observe(now, Observer::Gate(extended + 1), length);
    }

    fn decide(&mut self, gate: &Gate, verdict: Verdict, window: Window, next: Next) {
        self.record(|me| {
            Record::Decided(Decision {
                node: me.plan.step(me.at).node,
                verdict,
                checks: me.all_checked(gate, window),
                next,
            })
        });
    }

    /// One unhealthy check decides; else one that cannot decide.
    fn verdict(&self, gate: &Gate) -> Verdict {
        let judged = gate.checks.iter().filter_map(|check| {
            Some(outcome(
                check,
                self.reading(check.canary)?,
                self.stable(check),
            ))
        });
        judged.fold(Verdict::Pass, |sofar, next| match (sofar, next) {
            (Verdict::Fail, _) | (_, Verdict::Fail) => Verdict::Fail,
            (Verdict::Inconclusive, _) | (_, Verdict::Inconclusive) => Verdict::Inconclusive,
            (Verdict::Pass, Verdict::Pass) => Verdict::Pass,
        })
    }

    fn all_checked(&self, gate: &Gate, window: Window) -> Vec<Checked> {
        gate.checks
            .iter()
            .filter(|check| self.reading(check.canary).is_some())
            .map(|check| self.checked(check, window))
            .collect()
    }

    fn checked(&self, check: &Judged, window: Window) -> Checked {
        let canary = self.reading(check.canary).unwrap_or(Reading::NoData);
        told(check, canary, self.stable(check), window)
    }

    fn reading(&self, slot: Slot) -> Option<Reading> {
        self.readings.get(slot.0 as usize).copied().flatten()
    }

    fn stable(&self, check: &Judged) -> Option<Reading> {
        check
            .stable
            .map(|slot| self.reading(slot).unwrap_or(Reading::NoData))
    }

    /// New data: the triggers look at it while the canary has traffic.
    pub(super) fn scraped(&mut self, now: Time) {
        let armed = self.phase.is_stoppable() && self.journey.weight != Weight::ZERO;
        if !armed || self.plan.trigger_asks.is_empty() {
            return;
        }
        let plan = Arc::clone(&self.plan);
        let first = self.next_id;
        let window = Window {
            from: self.journey.weighed,
            to: now,
        };
        for ask in &plan.trigger_asks {
            self.command(Command::Measure(query(ask, window)));
        }
        let open = self.next_id - first;
        self.watch = Watch::Asked {
            first,
            open,
            at: now,
        };
    }

    /// An answer to a trigger's query.
    fn alarm(&mut self, now: Time, id: CommandId, reading: Reading) {
        let Watch::Asked { first, open, at } = self.watch else {
            return;
        };
        let Some(slot) =
            id.0.checked_sub(first)
                .filter(|at| (*at as usize) < self.alarms.len())
        else {
            return;
        };
        self.alarms[slot as usize] = reading;
        let open = open.saturating_sub(1);
        self.watch = Watch::Asked { first, open, at };
        if open == 0 {
            self.watch = Watch::Idle;
            self.look_at_alarms(now, at);
        }
    }

    fn look_at_alarms(&mut self, now: Time, scraped: Time) {
        if !self.phase.is_stoppable() {
            return;
        }
        let plan = Arc::clone(&self.plan);
        let read = |slot: Slot| self.alarms[slot.0 as usize];
        let tripped = plan.triggers.iter().zip(0..).find_map(|(trigger, number)| {
            let (canary, stable) = (read(trigger.canary), trigger.stable.map(read));
            (outcome(trigger, canary, stable) == Verdict::Fail).then(|| {
                let window = Window {
                    from: self.journey.weighed,
                    to: scraped,
                };
                (number, told(trigger, canary, stable, window))
            })
        });
        if let Some((number, checked)) = tripped {
            self.journey
                .stop(reason::trigger(&checked, self.journey.weight));
            self.escape(now, Cause::Trigger(number, checked));
        }
    }
}

/// What a query looks at: its own length of time where it has one, but nothing before `window`.
fn query(ask: &Ask, window: Window) -> Query {
    Query {
        metric: ask.metric,
        version: ask.version,
        window: Window {
            from: look_back(window.to, ask.window, window.from),
            to: window.to,
        },
    }
}

fn told(check: &Judged, canary: Reading, stable: Option<Reading>, window: Window) -> Checked {
    let ask = Ask {
        metric: check.metric,
        version: Version::Canary,
        window: check.window,
        slot: check.canary,
    };
    Checked {
        query: query(&ask, window),
        canary,
        stable,
        bound: check.bound,
        min_requests: check.min_requests,
        verdict: outcome(check, canary, stable),
    }
}

/// What one check finds.
fn outcome(check: &Judged, canary: Reading, stable: Option<Reading>) -> Verdict {
    let (value, samples) = match canary {
        Reading::Value { value, samples } => (value, samples),
        Reading::NoData => return no_data(check.no_data),
    };
    if samples < check.min_requests {
        return Verdict::Inconclusive;
    }
    let reference = match stable {
        Some(Reading::Value { samples, .. }) if samples < check.min_requests => {
            return Verdict::Inconclusive;
        }
        Some(Reading::Value { value, .. }) => Some(value),
        Some(Reading::NoData) => return no_data(check.no_data),
        None => None,
    };
    let limit = match (check.bound.against, reference) {
        (Against::StablePlus(Limit(limit)), Some(stable)) => bound::plus_millionths(stable, limit),
        (Against::StableTimes(Limit(limit)), Some(stable)) => {
            bound::times_millionths(stable, limit)
        }
        (
            Against::Fixed(Limit(limit))
            | Against::StablePlus(Limit(limit))
            | Against::StableTimes(Limit(limit)),
            _,
        ) => bound::from_millionths(limit),
    };
    let healthy = match check.bound.healthy {
        Healthy::Below => bound::is_below(value, limit),
        Healthy::Above => bound::is_above(value, limit),
    };
    if healthy {
        Verdict::Pass
    } else {
        Verdict::Fail
    }
}

fn no_data(means: NoDataMeans) -> Verdict {
    match means {
        NoDataMeans::Inconclusive => Verdict::Inconclusive,
        NoDataMeans::Fail => Verdict::Fail,
        NoDataMeans::Pass => Verdict::Pass,
    }
}
