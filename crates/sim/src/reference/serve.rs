//! The service itself: from one scrape to the next, piece by piece of time in which nothing jumps.

mod attempt;
mod quick;

use super::{
    chance::{Chance, Concern, Stream},
    course::Course,
    harm::is_of_requests,
    pods::Fleet,
    profile::{self, Piece, ratio},
    record::{CountedAt, Interval, Request},
    sampler::{Sampler, gamma},
    script::{Act, Routing, Script},
    thresholds::{self, Thresholds},
    users::{Mix, Retries, Stratum, Users},
    ziggurat::Deviates,
};
use crate::scenario::{Capacity, FaultKind, Law, Reach, Scenario, Seed, Traffic, WarmUp};
use alloc::{boxed::Box, collections::VecDeque, vec::Vec};
use coalmine_controller::{Millis, Time, Version};

/// Answers that come more intervals later than this count in the last of them.
const AHEAD: usize = 4_096;
/// Seconds from one request of a user to the next, on average: so many users make the traffic.
const USER_SECONDS: f64 = 10.0;

/// Whoever wants to see each request.
type Witness<'a> = Option<&'a mut dyn FnMut(&Request)>;

/// What a version does to one stratum.
#[derive(Clone, Debug)]
struct Lane {
    sampler: Sampler,
    /// Probability that a request fails.
    error: f64,
    fails: Chance,
}

/// One version.
#[derive(Clone, Debug)]
struct Side {
    /// By stratum.
    lanes: Vec<Lane>,
    fleet: Fleet,
    capacity: Option<Capacity>,
    warm_up: Option<WarmUp>,
    /// Requests of this interval so far.
    requests: u64,
    /// Requests a second at each pod in the last interval.
    load: f64,
}

impl Side {
    fn new(law: &Law, strata: &[Stratum], bounds: &[f64], ready: u32) -> Self {
        let lane = |stratum: &Stratum| {
            let error = (ratio(law.error_rate).max(0.0) + stratum.errors).clamp(0.0, 1.0);
            Lane {
                sampler: Sampler::new(&law.latency, stratum.slower, bounds),
                error,
                fails: Chance::new(error),
            }
        };
        Self {
            lanes: strata.iter().map(lane).collect(),
            fleet: Fleet::new(ready, law.capacity),
            capacity: law.capacity,
            warm_up: law.warm_up,
            requests: 0,
            load: 0.0,
        }
    }
}

/// One stream for each concern.
#[derive(Clone, Debug)]
struct Streams {
    arrivals: Stream,
    users: Stream,
    routing: Stream,
    pods: Stream,
    latency: Stream,
    errors: Stream,
    harm: Stream,
    back_off: Stream,
    dispersion: Stream,
}

impl Streams {
    fn new(seed: Seed, rollout: u32) -> Self {
        let stream = |concern| Stream::new(seed, rollout, concern);
        Self {
            arrivals: stream(Concern::Arrivals),
            users: stream(Concern::Users),
            routing: stream(Concern::Routing),
            pods: stream(Concern::Pods),
            latency: stream(Concern::Latency),
            errors: stream(Concern::Errors),
            harm: stream(Concern::Harm),
            back_off: stream(Concern::BackOff),
            dispersion: stream(Concern::Dispersion),
        }
    }
}

/// What is asked for over a piece of time, in seconds since the run began.
#[derive(Clone, Copy, Debug)]
struct Demand {
    from: f64,
    to: f64,
    /// First attempts a second, at most.
    bound: f64,
    /// Whether all of them come.
    is_flat: bool,
    /// The canary's share, where it stays the same.
    canary: Option<Chance>,
}

/// A service whose requests come one by one.
///
/// Call [`Service::step`] for each scrape interval; it takes no memory once it has seen its busiest time.
#[derive(Clone, Debug)]
pub struct Service {
    traffic: Traffic,
    scrape: Millis,
    counted_at: CountedAt,
    deviates: Box<Deviates>,
    buckets: Thresholds,
    mix: Mix,
    courses: Vec<Course>,
    acts: Vec<(Time, Act)>,

    now: Time,
    next_act: usize,
    /// Faults that do something in this piece of time.
    active: Vec<Course>,
    needs_pods: bool,
    routing: Routing,
    sides: [Side; 2],
    users: Users,
    retries: Retries,
    /// The rate of this interval over what is expected.
    multiplier: f64,
    /// This interval, then those in which its answers will come.
    intervals: VecDeque<Interval>,
    streams: Streams,
}

impl Service {
    /// At the beginning of a run of a scenario's data plane under a script.
    pub fn new(
        scenario: &Scenario,
        script: &Script,
        seed: Seed,
        rollout: u32,
        counted_at: CountedAt,
    ) -> Self {
        let mix = Mix::new(&scenario.traffic);
        let bounds = thresholds::bounds(&scenario.measurement.buckets_micros);
        let side = |law, ready| Side::new(law, &mix.strata, &bounds, ready);
        let session = scenario.traffic.clients.session;
        let rate = profile::rate(&scenario.traffic.profile, 0.0);
        let sides = [
            side(&scenario.stable, script.ready[0].0),
            side(&scenario.canary, script.ready[1].0),
        ];
        let courses = scenario.faults.iter();
        Self {
            traffic: scenario.traffic.clone(),
            scrape: scenario.scrape_interval(),
            counted_at,
            deviates: Box::new(Deviates::new()),
            buckets: thresholds::by_seconds(&bounds),
            courses: courses
                .filter(|fault| is_of_requests(fault.kind))
                .filter_map(|fault| Course::new(*fault, script))
                .collect(),
            acts: script.acts().to_vec(),
            now: Time(0),
            next_act: 0,
            active: Vec::new(),
            needs_pods: false,
            routing: Routing::new(&scenario.platform, script.acts().len()),
            users: Users::new(
                session.map(|mean| mean.0.max(1) as f64 / 1e3),
                many_users(rate),
            ),
            sides,
            mix,
            retries: Retries::default(),
            multiplier: 1.0,
            intervals: VecDeque::from([Interval::default()]),
            streams: Streams::new(seed, rollout),
        }
    }

    /// Up to when requests have come.
    pub const fn now(&self) -> Time {
        self.now
    }

    /// One scrape interval more, and what was counted in it.
    pub fn step(&mut self) -> Interval {
        self.advance(&mut None)
    }

    /// As `step`, and shows each attempt that comes in it, in order of their coming.
    pub fn watch(&mut self, mut witness: impl FnMut(&Request)) -> Interval {
        self.advance(&mut Some(&mut witness))
    }

    fn advance(&mut self, witness: &mut Witness<'_>) -> Interval {
        let begin = self.now;
        let until = begin + self.scrape;
        self.disperse();
        while self.now < until {
            self.act();
            let to = self.next_break(until);
            let demand = self.prepare(to);
            if self.is_open(&demand) && witness.is_none() {
                self.quick(&demand);
            } else {
                self.thorough(&demand, begin, witness);
            }
            self.now = to;
        }
        for side in &mut self.sides {
            let pods = side.fleet.ready().max(1) as f64;
            side.load = side.requests as f64 * 1e3 / self.scrape.0 as f64 / pods;
            side.requests = 0;
        }
        let mut interval = self.intervals.pop_front().unwrap_or_default();
        if self.intervals.is_empty() {
            self.intervals.push_back(Interval::default());
        }
        interval.until = until;
        interval
    }

    /// How much comes in this interval, over what is expected.
    fn disperse(&mut self) {
        let variance = ratio(self.traffic.dispersion);
        if 0.0 < variance {
            let shape = 1.0 / variance;
            let stream = &mut self.streams.dispersion;
            self.multiplier = gamma(shape, &self.deviates, stream) * variance;
        }
    }

    /// Does what the script has for now.
    fn act(&mut self) {
        while let Some((at, act)) = self.acts.get(self.next_act).copied()
            && at <= self.now
        {
            self.next_act += 1;
            let seconds = self.now.0 as f64 / 1e3;
            if let Act::Ready(version, pods) = act {
                self.sides[place(version)]
                    .fleet
                    .resize(pods.0, Some(seconds));
            }
            let ready = [0, 1].map(|side| self.sides[side].fleet.ready());
            self.routing.turn(seconds, act, ready);
        }
    }

    /// Until when nothing jumps, bends, turns on or off.
    fn next_break(&self, until: Time) -> Time {
        let act = self.acts.get(self.next_act).map(|(at, _)| *at);
        let bend = profile::next_break(&self.traffic.profile, self.now);
        let turns = self
            .courses
            .iter()
            .map(|course| course.next_break(self.now));
        let all = turns.chain([act, bend]).flatten();
        all.fold(until, Ord::min)
    }

    /// Gets ready for the time up to an instant.
    fn prepare(&mut self, to: Time) -> Demand {
        let now = self.now;
        self.active.clear();
        let stays = |kind| matches!(kind, FaultKind::ColdCache { .. });
        let on = |course: &&Course| course.is_on(now) || stays(course.fault.kind);
        self.active.extend(self.courses.iter().filter(on));
        self.needs_pods = self
            .active
            .iter()
            .any(|course| matches!(course.fault.reach, Reach::Pods(_)) || stays(course.fault.kind));

        let Piece { bound, is_flat } = profile::piece(&self.traffic.profile, now, to);
        let mut demand = Demand {
            from: now.0 as f64 / 1e3,
            to: to.0 as f64 / 1e3,
            bound: bound * self.multiplier,
            is_flat,
            canary: None,
        };
        for course in &self.active {
            if let FaultKind::Surge(more) = course.fault.kind {
                demand.bound *= 1.0 + ratio(more).max(0.0);
                demand.is_flat = false;
            }
        }
        demand.canary = self
            .routing
            .is_steady()
            .then(|| Chance::new(self.routing.share(demand.from)));
        demand
    }

    /// Whether nothing that happens to a request has any effect on another, and all are alike to chance.
    fn is_open(&self, demand: &Demand) -> bool {
        let clients = &self.traffic.clients;
        let is_plain = |side: &Side| {
            let is_warm = side.warm_up.is_none() || !side.fleet.has_young();
            side.capacity.is_none() && is_warm && 0 < side.fleet.ready()
        };
        let reaches_canary = demand.canary != Some(Chance::new(0.0));
        self.counted_at == CountedAt::Arrival
            && self.active.is_empty()
            && clients.retries == 0
            && clients.timeout_micros.is_none()
            && self.users.many() == 0
            && demand.canary.is_some()
            && is_plain(&self.sides[0])
            && (!reaches_canary || is_plain(&self.sides[1]))
            && self.retries.next() == f64::INFINITY
    }
}

/// Where a version's side lies.
const fn place(version: Version) -> usize {
    match version {
        Version::Stable => 0,
        Version::Canary => 1,
    }
}

/// How many users make a rate: no fewer than a thousand, no more than two hundred thousand.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped"
)]
fn many_users(rate: f64) -> usize {
    (rate * USER_SECONDS).clamp(1e3, 2e5) as usize
}
