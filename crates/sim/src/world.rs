//! The world of one rollout: traffic, two releases and their pods, a router, faults, and scraping.
//!
//! Time jumps from one change to the next. Requests are not simulated: all that arrive between two scrapes or two
//! changes of the split are drawn at once, in cells of outcome and latency (see [`cells`]), and faults strike the
//! requests so drawn (see [`harm`]). So the traffic is the same with and without faults, to the request.

mod agenda;
mod cells;
mod commands;
mod deaths;
mod fault;
mod gauges;
mod harm;
mod metrics;
mod pods;
mod scrape;
mod traffic;

pub(crate) use agenda::Occurrence;

use crate::{
    draws::Draws,
    scenario::{FaultKind, Onset, Scenario, Seed},
    trace::{EventKind, Writer},
};
use agenda::Agenda;
use alloc::{collections::VecDeque, sync::Arc, vec::Vec};
use cells::{Cells, Class, Counts, Healthy};
use coalmine_controller::{Input, Operator, Query, Reading, Recording, Time, Weight};
use commands::Tasks;
use fault::{Course, Release};
use gauges::Noise;
use harm::{Segment, Shift, Tally};
use metrics::Metrics;
use pods::Fleet;

/// What one release has to itself.
#[derive(Clone, Debug)]
struct Side {
    healthy: Healthy,
    /// For intervals from one scrape to the next, and for all others.
    cells: [Cells; 2],
    shift: Shift,
    /// What was wrong since the last draw, in order.
    segments: Vec<Segment>,
    noise: Noise,
    tally: Tally,
}

/// Where traffic goes.
#[derive(Clone, Copy, Debug)]
struct Router {
    canary: Weight,
    /// Counts the rollbacks, so that a weight asked for before one is not taken over after it.
    epoch: u32,
    first_traffic: Option<Time>,
    service: Service,
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
    draws: Draws,
    now: Time,
    agenda: Agenda,
    next_scrape: Time,
    /// What the controller is to be told, in order.
    pub(crate) inbox: VecDeque<Input>,
    /// What is written down.
    pub(crate) writer: Writer,
    classes: Vec<Class>,
    sides: [Side; 2],
    fleet: Fleet,
    router: Router,
    faults: Vec<Course>,
    metrics: Metrics,
    tasks: Tasks,
    /// Requests were drawn up to here.
    drawn_to: Time,
    /// What is wrong was noted up to here.
    noted_to: Time,
    scratch: [Counts; 2],
}

impl World {
    pub(crate) fn new(
        scenario: Arc<Scenario>,
        seed: Seed,
        rollout: u32,
        recording: Recording,
    ) -> Self {
        let classes = cells::classes(scenario.slow_micros);
        let scrape = scenario.scrape_interval();
        let side = |law| Side {
            healthy: Healthy::new(law, &classes),
            cells: [Cells::new(), Cells::new()],
            shift: Shift::none(classes.len()),
            segments: Vec::new(),
            noise: Noise::new(scrape),
            tally: Tally::default(),
        };
        let mut world = Self {
            draws: Draws::new(seed, rollout),
            now: Time::default(),
            agenda: Agenda::default(),
            next_scrape: Time::default() + scrape,
            inbox: VecDeque::new(),
            writer: Writer::new(recording),
            sides: [side(&scenario.stable), side(&scenario.canary)],
            classes,
            fleet: Fleet::default(),
            router: Router {
                canary: Weight::ZERO,
                epoch: 0,
                first_traffic: None,
                service: Service::Old,
            },
            faults: scenario.faults.iter().copied().map(Course::new).collect(),
            metrics: Metrics::default(),
            tasks: Tasks::default(),
            drawn_to: Time::default(),
            noted_to: Time::default(),
            scratch: Default::default(),
            scenario,
        };
        world.set_out();
        world
    }

    /// What is there and what is settled before anything happens.
    fn set_out(&mut self) {
        let scenario = Arc::clone(&self.scenario);
        self.found_service(scenario.replica_count());
        for (place, fault) in (0_u32..).zip(&scenario.faults) {
            if let Onset::At(at) = fault.onset {
                self.agenda.add(at, Occurrence::FaultBegins(place));
            }
        }
        self.agenda.add(Time::default(), Occurrence::Start);
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
    pub(crate) fn change(&mut self) -> bool {
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
            Occurrence::PodDies(pod, plans, death) => self.pod_dies(pod, plans, death),
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

    /// Answers a controller's question.
    pub(crate) fn answer(&self, query: Query) -> Reading {
        self.metrics.answer(query)
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

    /// When the first fault that strikes the canary's requests or pods began to matter.
    pub(crate) fn onset(&self) -> Option<Time> {
        let traffic = self.router.first_traffic?;
        self.faults
            .iter()
            .filter(|course| course.strikes(Release::New))
            .filter(|course| !matches!(course.fault.kind, FaultKind::Pipeline(_)))
            // A fault that was over before the canary had traffic never mattered.
            .filter(|course| course.until().is_none_or(|until| traffic < until))
            .filter_map(Course::since)
            .map(|since| since.max(traffic))
            .min()
    }

    fn begin_fault(&mut self, place: u32) {
        self.note();
        let course = &mut self.faults[place as usize];
        course.begin(self.now);
        if let Some(until) = course.until() {
            self.agenda.add(until, Occurrence::FaultEnds(place));
        }
        self.tell(EventKind::FaultBegan(place));
        for release in Release::ALL {
            if self.faults[place as usize].strikes(release) {
                self.plan_deaths(release);
            }
        }
    }

    /// Faults that wait for the canary to have its present share of traffic begin.
    fn begin_faults_of_weight(&mut self) {
        for place in 0_u32.. {
            match self.faults.get(place as usize) {
                None => break,
                Some(course) if course.waits_for(self.router.canary) => self.begin_fault(place),
                Some(_) => {}
            }
        }
    }
}
