//! The controller that runs a plan: passes over what there is, as upstream's reconcile loop makes them.
//!
//! Each input is followed by passes until one changes nothing. What a pass looks at and in which order stands in
//! [`passes`]; how runs of analyses measure, in [`measure`].

mod acts;
mod answers;
mod back;
mod measure;
mod passes;
mod state;

use super::{Plan, analysis::Due, scaling::Situation, spec::Pause};
use crate::{
    outbox::Outbox,
    protocol::{CommandId, Controller, Input, Meter, Output, Position, Record, Recording},
    units::{Pods, Time},
};
use alloc::sync::Arc;
use coalmine_flow::NodeId;
use state::{Fleet, Holds, Life, Router, Watch, Why};

/// What is shown of a rollout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Aborted, or without progress for too long.
    Degraded,
    /// It waits.
    Paused,
    /// It goes on.
    Progressing,
    /// The new version is in service.
    Healthy,
}

/// A controller that runs a [`Plan`] as Argo Rollouts would.
///
/// It is used as [`Controller`] says. **Pause** and **resume** set and clear `spec.paused`; **promote** does what the
/// command of that name does: it clears a pause, or moves one step on; **abort** sends traffic back, and the run ends when
/// the canary's pods are gone. [`retry`](Self::retry) and [`promote_full`](Self::promote_full) are its other two.
#[derive(Clone, Debug, PartialEq)]
pub struct ArgoController {
    plan: Arc<Plan>,
    outbox: Outbox,
    at: NodeId,
    life: Life,
    replicas: u32,
    index: usize,
    promote_full: bool,
    aborted: Option<Why>,
    canary: Fleet,
    stable: Fleet,
    router: Router,
    holds: Holds,
    background: Option<Watch>,
    step_watch: Option<Watch>,
    /// When the present step began.
    step_since: Time,
    /// The last sign of progress.
    progress: Time,
    timed_out: bool,
    /// When the canary's pods go after an abort.
    canary_goes: Option<Time>,
    /// When it was last handed something.
    clock: Time,
}

impl ArgoController {
    /// Stands at the start of a plan.
    pub fn new(plan: Arc<Plan>, recording: Recording) -> Self {
        Self {
            at: plan.start(),
            life: Life::Idle,
            replicas: 0,
            index: 0,
            promote_full: false,
            aborted: None,
            canary: Fleet::default(),
            stable: Fleet::default(),
            router: Router::default(),
            holds: Holds {
                paused: plan.spec().paused,
                ..Holds::default()
            },
            background: None,
            step_watch: None,
            step_since: Time::default(),
            progress: Time::default(),
            timed_out: false,
            canary_goes: None,
            clock: Time::default(),
            outbox: Outbox::new(recording),
            plan,
        }
    }

    /// The plan that it runs.
    pub const fn plan(&self) -> &Arc<Plan> {
        &self.plan
    }

    /// The present step, from zero; past the last one when all are done.
    pub const fn step_index(&self) -> usize {
        self.index
    }

    /// What is shown of it.
    pub fn status(&self) -> Status {
        match self.life {
            Life::Ended(crate::Outcome::Succeeded) => Status::Healthy,
            _ if self.aborted.is_some() || self.timed_out => Status::Degraded,
            Life::Ended(_) => Status::Degraded,
            _ if self.holds.paused
                || self.holds.since.is_some()
                || self.holds.inconclusive.is_some() =>
            {
                Status::Paused
            }
            Life::Idle | Life::Running | Life::Promoting(_) | Life::Draining(_) => {
                Status::Progressing
            }
        }
    }

    /// Pods asked for: of the canary and of stable.
    pub const fn pods(&self) -> (Pods, Pods) {
        (Pods(self.canary.set.asked), Pods(self.stable.set.asked))
    }

    /// The canary's share that the router has confirmed, of all that the file's weights count.
    pub const fn weight(&self) -> u32 {
        self.router.weight
    }

    /// When the canary's pods go, after an abort.
    pub const fn scale_down_deadline(&self) -> Option<Time> {
        self.canary_goes
    }

    /// What the rules of scaling depend on.
    fn situation(&self) -> Situation {
        Situation {
            canary: Some(self.canary.set),
            stable: Some(self.stable.set),
            replicas: self.replicas,
            index: self.index,
            aborted: self.aborted.is_some(),
            promote_full: self.promote_full,
            weight: self
                .plan
                .spec()
                .routing
                .as_ref()
                .map(|_| self.router.weight),
            ..Situation::default()
        }
    }

    fn start(&mut self, now: Time, replicas: Pods) {
        self.replicas = replicas.0;
        self.stable = Fleet::of(replicas.0);
        self.life = Life::Running;
        self.step_since = now;
        self.progress = now;
        let node = self.at;
        self.outbox.record(|| Record::Entered(node));
        let first = self.node_of_step();
        self.travel(first);
    }

    /// The node of the present step.
    fn node_of_step(&self) -> NodeId {
        let places = &self.plan.places;
        places
            .steps
            .get(self.index)
            .map_or(places.full, |place| place.node)
    }

    /// The token goes to a node, by an edge if one is drawn.
    fn travel(&mut self, to: NodeId) {
        if let Some(edge) = self.plan.link(self.at, to) {
            self.outbox.record(|| Record::Travelled(edge));
        }
        self.at = to;
        self.outbox.record(|| Record::Entered(to));
    }

    /// A command was carried out.
    fn done(&mut self, now: Time, id: CommandId) {
        match self.life {
            Life::Promoting(waits) if waits == id => return self.promoted(),
            Life::Draining(waits) if waits == id => return self.drained(),
            Life::Idle
            | Life::Running
            | Life::Promoting(_)
            | Life::Draining(_)
            | Life::Ended(_) => {}
        }
        let min_ready = self.plan.spec().min_ready;
        let scaled = self.canary.done(id, now, min_ready) || self.stable.done(id, now, min_ready);
        let routed = self.router.waits == Some(id);
        if routed {
            self.router.waits = None;
            self.router.weight = self.router.asked_weight;
        }
        if scaled || routed {
            self.goes_on(now);
        }
    }

    /// There was progress.
    const fn goes_on(&mut self, now: Time) {
        self.progress = now;
        self.timed_out = false;
    }

    /// A command could not be carried out.
    fn failed(&mut self, now: Time, id: CommandId, why: &str) {
        let waits = |fleet: &Fleet| fleet.waits.is_some_and(|(waits, _)| waits == id);
        let ours = waits(&self.canary) || waits(&self.stable) || self.router.waits == Some(id);
        match self.life {
            Life::Promoting(waits) | Life::Draining(waits) if waits == id => self.fail(why),
            Life::Running if ours => self.could_not(now, why),
            Life::Idle
            | Life::Running
            | Life::Promoting(_)
            | Life::Draining(_)
            | Life::Ended(_) => self.answered(now, id, None),
        }
    }
}

impl Controller for ArgoController {
    fn handle(&mut self, now: Time, input: Input) {
        self.clock = now;
        match input {
            Input::Start { replicas } if self.life == Life::Idle => self.start(now, replicas),
            Input::Measured(id, reading) => self.answered(now, id, Some(reading)),
            Input::Done(id) => self.done(now, id),
            Input::Failed(id, why) => self.failed(now, id, &why),
            Input::Operator(act) => self.act(now, act),
            Input::Wake => {}
            // It measures by its own clock, and asks for no counts.
            Input::Start { .. } | Input::Scraped | Input::Counted(..) => return,
        }
        self.passes(now);
    }

    fn scraped(&mut self, _now: Time, _meter: &mut impl Meter) {}

    fn poll(&mut self) -> Option<Output> {
        self.outbox.poll()
    }

    fn next_deadline(&self) -> Option<Time> {
        if self.life != Life::Running {
            return None;
        }
        let step = self.plan.spec().steps.get(self.index);
        let pause = match (step.and_then(|step| step.pause), self.holds.since) {
            (Some(Pause::For(length)), Some(since)) if !self.holds.paused => Some(since + length),
            _ => None,
        };
        let takes = step.and_then(|step| {
            let experiment = step.experiment.as_ref().and_then(|it| it.duration);
            experiment.or_else(|| step.plugin.as_ref().map(|it| it.takes))
        });
        let step_ends = takes.map(|takes| self.step_since + takes);
        let deadline = self
            .counts_progress()
            .then(|| self.progress + self.plan.spec().progress_deadline);
        let fleets = [&self.canary, &self.stable];
        let ripe = fleets
            .into_iter()
            .filter_map(|fleet| fleet.ripens)
            .map(|(at, _)| at);
        let watches = [&self.background, &self.step_watch];
        let measured = watches
            .into_iter()
            .flatten()
            .filter_map(|watch| self.next_measurement(watch));
        [pause, step_ends, deadline, self.canary_goes]
            .into_iter()
            .flatten()
            .chain(ripe)
            .chain(measured)
            // What is over already waits for something else.
            .filter(|&at| self.clock < at)
            .min()
    }

    fn position(&self) -> Position {
        Position {
            node: self.at,
            paused: self.holds.paused || self.holds.inconclusive.is_some(),
            outcome: match self.life {
                Life::Ended(outcome) => Some(outcome),
                Life::Idle | Life::Running | Life::Promoting(_) | Life::Draining(_) => None,
            },
        }
    }
}

impl ArgoController {
    /// When a run measures next.
    fn next_measurement(&self, watch: &Watch) -> Option<Time> {
        let ends = watch.run.phase.is_complete() || watch.run.is_terminating();
        if ends || self.is_over(watch) {
            return None;
        }
        let metrics = self.metrics_of(watch).iter().enumerate();
        let times = metrics.filter_map(|(place, metric)| {
            match Self::due_at(watch, place, metric, Time(0)) {
                Due::At(at) => Some(at),
                Due::Now | Due::Resume | Due::Never => None,
            }
        });
        times.min()
    }
}
