//! The world of one rollout: traffic, two releases and their pods, a router, faults, and scraping.
//!
//! Time jumps from one change to the next. Requests are not simulated: all that arrive between two scrapes or two
//! changes of the split are drawn at once, in cells of outcome and latency (see [`cells`]), and faults strike the
//! requests so drawn (see [`harm`]). So the traffic is the same with and without faults, to the request.

mod agenda;
mod cells;
mod classes;
mod commands;
mod deaths;
mod demand;
mod effect;
mod fault;
mod gauges;
mod ground;
mod harm;
mod healthy;
mod kit;
mod load;
mod metrics;
mod onset;
mod pods;
mod rate;
mod scaler;
mod scrape;
mod shift;
mod split;
mod traffic;
mod truth;
mod wrong;

pub(crate) use agenda::Occurrence;
pub use kit::Kit;
pub(crate) use scrape::Scraped;

use crate::{
    draws::Draws,
    scenario::{Onset, Scenario},
    trace::{BadByCause, EventKind, Writer},
};
use agenda::Agenda;
use alloc::{collections::VecDeque, sync::Arc, vec::Vec};
use coalmine_controller::{Counted, Input, Meter, Metric, Operator, Query, Reading, Time};
use commands::Tasks;
use demand::Demand;
use fault::{Course, Release};
use gauges::{Gauge, Noise};
use ground::Ground;
use harm::Tally;
use metrics::{Columns, Metrics};
use pods::Fleet;
use scaler::Wishes;
use split::Router;
use traffic::Unit;
use truth::Truth;

/// What one release has to itself.
#[derive(Clone, Debug)]
struct Side {
    /// By stratum.
    units: Vec<Unit>,
    /// Of CPU and of memory.
    noises: [Noise; 2],
    tally: Tally,
    /// Expected attempts since the last scrape, weighted by what they cost in CPU.
    work: f64,
    /// Work a second in the last scrape interval, over the rate that CPU is told for.
    load: f64,
    /// CPU and memory as last scraped.
    gauges: (f64, f64),
    wishes: Wishes,
    truth: Truth,
}

/// Which release is in service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Service {
    /// The old one; the new one is the canary, if it is there at all.
    Old,
    /// The new one was promoted.
    New,
}

/// Everything but the controller.
#[derive(Clone, Debug)]
pub(crate) struct World {
    scenario: Arc<Scenario>,
    ground: Arc<Ground>,
    columns: Arc<Columns>,
    draws: Draws,
    now: Time,
    agenda: Agenda,
    next_scrape: Time,
    /// Scrapes that were due so far.
    scrapes: u64,
    /// What the controller is to be told, in order.
    pub(crate) inbox: VecDeque<Input>,
    /// What is written down.
    pub(crate) writer: Writer,
    sides: [Side; 2],
    demand: Demand,
    fleet: Fleet,
    router: Router,
    faults: Vec<Course>,
    /// Bad requests by fault, then those of the load, then those of the plan.
    causes: Vec<u64>,
    metrics: Metrics,
    tasks: Tasks,
    /// Requests were drawn up to here.
    drawn_to: Time,
    /// What is wrong was noted up to here.
    noted_to: Time,
    /// The work of each release was measured up to here.
    worked_to: [Time; 2],
}

impl World {
    /// What is there and what is settled before anything happens.
    fn set_out(&mut self) {
        let scenario = Arc::clone(&self.scenario);
        self.found_service(scenario.replica_count());
        for (place, fault) in (0_u32..).zip(&scenario.faults) {
            match fault.onset {
                Onset::At(at) => self.agenda.add(at, Occurrence::FaultBegins(place)),
                // The old release has had traffic since before the run.
                Onset::Age(age) if self.faults[place as usize].waits_for_age().is_none() => {
                    let at = Time::default() + age;
                    self.agenda.add(at, Occurrence::FaultBegins(place));
                }
                Onset::Weight(_) | Onset::Step(_) | Onset::Age(_) => {}
            }
        }
        self.agenda.add(Time::default(), Occurrence::Start);
        if let Some(scaler) = scenario.platform.autoscaler {
            let period = scaler.period.max(coalmine_controller::Millis::from_secs(1));
            self.agenda.add(Time::default() + period, Occurrence::Scale);
        }
        for intervention in &scenario.interventions {
            self.agenda
                .add(intervention.at, Occurrence::Operator(intervention.act));
        }
    }

    pub(crate) const fn scenario(&self) -> &Arc<Scenario> {
        &self.scenario
    }

    pub(crate) const fn now(&self) -> Time {
        self.now
    }

    /// Goes on to an instant that is not before the last one.
    pub(crate) fn go_to(&mut self, now: Time) {
        self.now = self.now.max(now);
    }

    /// When the world changes or is scraped next.
    pub(crate) fn next_at(&self) -> Time {
        self.agenda
            .next_at()
            .map_or(self.next_scrape, |at| at.min(self.next_scrape))
    }

    /// Puts a person's act on the agenda.
    pub(crate) fn plan(&mut self, at: Time, act: Operator) {
        self.agenda.add(at, Occurrence::Operator(act));
    }

    /// What a person does now.
    pub(crate) fn take_act(&mut self) -> Option<Operator> {
        self.agenda.take_people(self.now)
    }

    /// Lets the next change of this instant happen; tells whether there was one.
    #[inline]
    pub(crate) fn change(&mut self) -> bool {
        self.agenda.next_at().is_some_and(|at| at <= self.now) && self.change_now()
    }

    fn change_now(&mut self) -> bool {
        let Some(occurrence) = self.agenda.take_world(self.now) else {
            return false;
        };
        match occurrence {
            Occurrence::Start => self.inbox.push_back(Input::Start {
                replicas: self.scenario.replica_count(),
            }),
            Occurrence::FaultBegins(place) => self.begin_fault(place),
            Occurrence::FaultEnds(place) => {
                self.note();
                self.tell(EventKind::FaultEnded(place));
            }
            Occurrence::PodReady(pod, starts) => self.pod_ready(pod, starts),
            Occurrence::FaultTurns(place) => self.turn_fault(place),
            Occurrence::Scale => self.autoscale(),
            Occurrence::LastLeaves => self.last_leaves(),
            Occurrence::PodDies(pod, plans, death, place) => {
                self.pod_dies(pod, plans, death, place);
            }
            Occurrence::PodMissed(pod, starts) => self.pod_missed(pod, starts),
            Occurrence::PodRestarts(pod, starts) => self.pod_restarts(pod, starts),
            Occurrence::PodGone(pod) => self.pod_gone(pod),
            Occurrence::Route(id, weight, epoch) => self.route(id, weight, epoch),
            Occurrence::StageDone(id) => self.done(id),
            Occurrence::StageHalf(id, stage, rest) => self.stage_half(id, stage, rest),
            // People are taken out by `take_act`.
            Occurrence::Operator(_) => {}
        }
        true
    }

    pub(crate) fn tell(&mut self, kind: EventKind) {
        self.writer.event(self.now, kind);
    }

    /// The truth about one release so far. Draws what has not been drawn yet.
    pub(crate) fn canary_tally(&mut self) -> Tally {
        self.draw();
        match self.tasks.promoted {
            Some(tally) => tally,
            None => self.side(Release::New).tally,
        }
    }

    /// The truth about both releases so far.
    pub(crate) fn tally(&mut self) -> Tally {
        self.draw();
        let mut all = self.side(Release::Old).tally;
        all.add(self.side(Release::New).tally);
        all
    }

    /// Why requests were bad so far. Draws what has not been drawn yet.
    pub(crate) fn causes(&mut self) -> BadByCause {
        let bad = self.tally().bad;
        let (faults, others) = self.causes.split_at(self.faults.len());
        let (load, plan) = (others[0], others[1]);
        let charged: u64 = self.causes.iter().sum();
        BadByCause {
            faults: faults.to_vec(),
            load,
            plan,
            background: bad - charged,
        }
    }

    const fn side(&self, release: Release) -> &Side {
        &self.sides[release as usize]
    }
}

/// Answers a controller's questions.
impl Meter for World {
    fn read(&mut self, query: Query) -> Reading {
        match query.metric {
            Metric::Cpu => self.read_up(query.version, Gauge::Cpu),
            Metric::Memory => self.read_up(query.version, Gauge::Memory),
            Metric::ErrorRate | Metric::Latency(_) | Metric::Custom(_) => {}
        }
        self.metrics.answer(query, self.now)
    }

    fn count(&mut self, query: Query) -> Counted {
        self.metrics.count(query, self.now)
    }
}
