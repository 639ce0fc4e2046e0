//! One pass: weight, analyses, pods, the present step, the end; in this order, and at most one step a pass.

use super::{ArgoController, Life, Why};
use crate::{
    argo::{
        analysis::Kind,
        scaling::{Scaling, router_weight},
        spec::{Pause, Step},
    },
    protocol::{Command, Record},
    units::{Pods, Time, Weight},
};
use alloc::sync::Arc;

/// What a step waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Waits {
    Pause(Pause),
    Pods,
    Experiment,
    Analysis,
    Nothing,
    Plugin(crate::Millis),
}

/// The first thing present tells when a step is complete.
fn waits(step: &Step) -> Waits {
    if let Some(pause) = step.pause {
        Waits::Pause(pause)
    } else if step.set_canary_scale.is_some() || step.set_weight.is_some() {
        Waits::Pods
    } else if step.experiment.is_some() {
        Waits::Experiment
    } else if step.analysis.is_some() {
        Waits::Analysis
    } else if let Some(plugin) = &step.plugin {
        Waits::Plugin(plugin.takes)
    } else {
        Waits::Nothing
    }
}

impl ArgoController {
    /// Passes until one changes nothing.
    pub(super) fn passes(&mut self, now: Time) {
        // More than any rollout needs at one instant: each step changes things a few times.
        let most = self.plan.spec().steps.len() * 8 + 64;
        for _ in 0..most {
            if self.life != Life::Running || !self.pass(now) {
                return;
            }
        }
    }

    fn pass(&mut self, now: Time) -> bool {
        let ripe = self.canary.ripen(now) | self.stable.ripen(now);
        if ripe {
            self.goes_on(now);
        }
        let mut changed = ripe | self.reroute();
        changed |= self.analyse(now);
        changed |= self.rescale();
        changed |= self.step_on(now);
        changed |= self.look_at_deadline(now);
        changed | self.finish(now)
    }

    /// Tells the router of a new weight.
    fn reroute(&mut self) -> bool {
        let plan = Arc::clone(&self.plan);
        let now = self.situation();
        let scaling = Scaling {
            spec: plan.spec(),
            now: &now,
        };
        if plan.spec().routing.is_none() {
            let (canary, stable) = (self.canary.set.available, self.stable.set.available);
            // A ratio of pods; while there is none at all, nothing is told.
            let share = u64::from(canary) * 10_000;
            let share = share.checked_div(u64::from(canary) + u64::from(stable));
            let share = share.and_then(|share| u16::try_from(share).ok());
            return share.is_some_and(|share| self.route(share, 0));
        }
        let Some(weight) = router_weight(scaling) else {
            return false;
        };
        let share = u64::from(weight) * 10_000 / u64::from(scaling.max_weight().max(1));
        self.route(u16::try_from(share).unwrap_or(10_000), weight)
    }

    fn route(&mut self, share: u16, weight: u32) -> bool {
        if share == self.router.asked {
            return false;
        }
        let Some(to) = Weight::from_basis_points(share) else {
            return false;
        };
        let id = self.outbox.command(Command::SetWeight(to));
        self.router.asked = share;
        self.router.asked_weight = weight;
        self.router.waits = Some(id);
        self.router.peak = self.router.peak.max(share);
        true
    }

    /// Asks for pods: of stable first, of the canary only where stable stays as it is.
    fn rescale(&mut self) -> bool {
        let is_held = self.holds.paused || self.holds.inconclusive.is_some();
        if is_held && self.aborted.is_none() {
            return false;
        }
        let plan = Arc::clone(&self.plan);
        let now = self.situation();
        let scaling = Scaling {
            spec: plan.spec(),
            now: &now,
        };
        let next = scaling.pass();
        if next.stable != self.stable.set.asked {
            let id = self.outbox.command(Command::ScaleStable(Pods(next.stable)));
            self.stable.ask(next.stable, id);
            return true;
        }
        // After an abort with a router, the canary's pods go later, all at once.
        let goes_later = self.aborted.is_some() && plan.spec().routing.is_some();
        let canary = if goes_later {
            self.canary.set.asked.min(self.held(next.canary))
        } else {
            next.canary
        };
        if canary != self.canary.set.asked {
            let id = self.outbox.command(Command::ScaleCanary(Pods(canary)));
            self.canary.ask(canary, id);
            return true;
        }
        false
    }

    /// What the canary keeps after an abort: all of it, unless it drains along with its traffic.
    fn held(&self, drained: u32) -> u32 {
        let routing = self.plan.spec().routing.as_ref();
        let along = routing
            .is_some_and(|it| it.dynamic_stable_scale && it.abort_scale_down_delay.is_none());
        if along && 0 < drained {
            drained
        } else {
            u32::MAX
        }
    }

    /// Completes the present step where it is complete.
    fn step_on(&mut self, now: Time) -> bool {
        let plan = Arc::clone(&self.plan);
        let Some(step) = plan.spec().steps.get(self.index) else {
            return false;
        };
        if self.aborted.is_some() || self.promote_full || self.holds.paused {
            return false;
        }
        let waits = waits(step);
        // While nobody knows how to go on, only a pause may run out.
        if self.holds.inconclusive.is_some() && !matches!(waits, Waits::Pause(Pause::For(_))) {
            return false;
        }
        let is_complete = match waits {
            Waits::Pause(pause) => {
                let begins = self.holds.since.is_none();
                let since = *self.holds.since.get_or_insert(now);
                if let (Pause::For(length), true) = (pause, begins) {
                    let (node, until) = (self.at, since + length);
                    self.outbox.record(|| Record::Observing { node, until });
                }
                match pause {
                    Pause::For(length) if since + length <= now => true,
                    Pause::For(_) | Pause::Indefinite => return begins,
                }
            }
            Waits::Pods => self.has_pods(),
            Waits::Experiment => self.experiment_ends(step, now),
            Waits::Analysis => self.step_is_successful(Kind::Step),
            Waits::Nothing => true,
            Waits::Plugin(takes) => self.step_since + takes <= now,
        };
        if is_complete {
            self.next_step(now);
        }
        is_complete
    }

    fn has_pods(&self) -> bool {
        let now = self.situation();
        Scaling {
            spec: self.plan.spec(),
            now: &now,
        }
        .is_at_desired()
    }

    pub(super) fn next_step(&mut self, now: Time) {
        self.index += 1;
        self.holds.since = None;
        self.step_watch = None;
        self.step_since = now;
        self.goes_on(now);
        let to = self.node_of_step();
        self.travel(to);
    }

    /// Whether time without progress counts: not where a step waits by itself, and not while paused.
    pub(super) fn counts_progress(&self) -> bool {
        let step = self.plan.spec().steps.get(self.index).map(waits);
        let step_waits = matches!(
            step,
            Some(Waits::Pause(_) | Waits::Analysis | Waits::Experiment)
        );
        let held = self.holds.paused || self.holds.inconclusive.is_some();
        !(step_waits || held || self.timed_out || self.aborted.is_some())
    }

    fn look_at_deadline(&mut self, now: Time) -> bool {
        let deadline = self.plan.spec().progress_deadline;
        if !self.counts_progress() || now < self.progress + deadline {
            return false;
        }
        self.timed_out = true;
        if self.plan.spec().progress_deadline_abort {
            self.abort(now, Why::Deadline(deadline));
        }
        true
    }

    /// The new version takes over, or after an abort the rest of it goes.
    fn finish(&mut self, now: Time) -> bool {
        if self.aborted.is_some() {
            return self.goes_back(now);
        }
        if self.holds.paused || self.holds.inconclusive.is_some() {
            return false;
        }
        let plan = Arc::clone(&self.plan);
        let situation = self.situation();
        let scaling = Scaling {
            spec: plan.spec(),
            now: &situation,
        };
        if !scaling.promotes() {
            return false;
        }
        // All traffic comes first; without steps a router is told nothing before.
        let has_all = match &plan.spec().routing {
            Some(routing) => {
                plan.spec().steps.is_empty() || self.router.weight == routing.max_weight
            }
            None => self.stable.set.asked == 0,
        };
        if !has_all || self.router.waits.is_some() {
            return false;
        }
        self.stop_watching(now);
        let to = plan.places.promote;
        self.travel(to);
        let id = self.outbox.command(Command::Promote);
        self.life = Life::Promoting(id);
        true
    }
}
