//! What is wrong with a release's requests right now: faults, young pods, load, and pods that are not there.

use super::{
    World,
    effect::{Cause, Effect, Stretches},
    fault::{Course, Release},
    gauges::ratio,
    ground::law_of,
    load,
    pods::State,
};
use crate::scenario::{FaultKind, Reach};
use coalmine_controller::{Millis, Time};

/// Pods are told apart by how slow their youth makes them, in steps of this.
const STEP: f64 = 1.0 / 16.0;
/// Kinds of young pods that are told apart.
const MOST_KINDS: usize = 6;

impl World {
    /// Notes what has been wrong until now. To be called before anything goes wrong or right.
    pub(super) fn note(&mut self) {
        let millis = self.now.since(self.noted_to).0;
        if millis == 0 {
            return;
        }
        for release in Release::ALL {
            if !self.ground.may_be_wrong[release as usize] && self.fleet.lost(release).0 <= 0.0 {
                for unit in &mut self.sides[release as usize].units {
                    unit.note_calm(millis);
                }
                continue;
            }
            // What is wrong where no requests go is nobody's business.
            if self.share_over(release, self.noted_to, self.now) <= 0.0 {
                continue;
            }
            for stratum in 0..self.ground.strata.len() {
                let effect = self.effect(release, stratum);
                let unit = &mut self.sides[release as usize].units[stratum];
                unit.note(millis, effect.as_ref());
            }
        }
        self.noted_to = self.now;
    }

    /// What has been wrong with a stratum since the last note, on average: so errors of a ramp are exact, and latencies
    /// climb in treads from scrape to scrape.
    fn effect(&self, release: Release, stratum: usize) -> Option<Effect> {
        let mut effect = Effect::NONE;
        for course in self.faults.iter().filter(|course| course.strikes(release)) {
            if self.ground.reaches(course.fault.reach, stratum) {
                self.add_fault(&mut effect, course, release);
            }
        }
        self.add_youth(&mut effect, release);
        self.add_load(&mut effect, release, stratum);
        let (lost, killer) = self.fleet.lost(release);
        if 0.0 < lost {
            effect.lost = lost;
            effect.lost_to = killer.map_or(Cause::Plan, Cause::Fault);
        }
        (effect != Effect::NONE).then_some(effect)
    }

    fn add_fault(&self, effect: &mut Effect, course: &Course, release: Release) {
        let strength = course.strength(self.noted_to, self.now);
        if strength <= 0.0 {
            return;
        }
        let reached = self.reached(course, release);
        let cause = course.cause();
        let longer = |more: coalmine_controller::Limit| 1.0 + more.0 as f64 / 1e6 * strength;
        match course.fault.kind {
            FaultKind::ErrorRate(more) => effect.fail(cause, ratio(more) * strength * reached),
            FaultKind::Latency(more) => effect.slow_down(cause, reached, longer(more)),
            FaultKind::TailLatency { share, more } => {
                effect.slow_down(cause, ratio(share) * reached, longer(more));
            }
            FaultKind::ErrorsAbove { load_milli, more } => {
                if load_milli as f64 / 1e3 < self.load_of_a_pod(release) {
                    effect.fail(cause, ratio(more) * strength * reached);
                }
            }
            FaultKind::WrongAnswers(share) => {
                effect.mislead(cause, ratio(share) * strength * reached);
            }
            FaultKind::CpuBurn(share) => {
                // A pod at its CPU limit is throttled: everything takes as much longer as it wants more.
                let wanted = self.cpu_level(release) + ratio(share) * strength;
                if 1.0 < wanted {
                    effect.slow_down(cause, reached, wanted);
                }
            }
            FaultKind::ColdCache { .. }
            | FaultKind::MemoryLeak(_)
            | FaultKind::CrashLoop(_)
            | FaultKind::Surge(_)
            | FaultKind::RetryStorm(_)
            | FaultKind::NodeLoss(_)
            | FaultKind::ScrapeGap
            | FaultKind::MetricLag(_)
            | FaultKind::MetricReset
            | FaultKind::Pipeline(_) => {}
        }
    }

    /// The share of a release's ready pods that a fault strikes.
    pub(super) fn reached(&self, course: &Course, release: Release) -> f64 {
        if !matches!(course.fault.reach, Reach::Pods(_)) {
            return 1.0;
        }
        let ready = self.fleet.ready(release);
        let pods = self.fleet.pods.iter();
        let struck = pods
            .filter(|pod| matches!(pod.state, State::Ready { .. }))
            .filter(|pod| pod.release == release && self.fleet.is_struck(course, pod))
            .count();
        struck as f64 / f64::from(ready.max(1))
    }

    /// Pods that are young: they warm up, or their caches are cold by a fault.
    fn add_youth(&self, effect: &mut Effect, release: Release) {
        let warm_up = law_of(&self.scenario, release).warm_up;
        let cold = |course: &&Course| {
            course.strikes(release) && matches!(course.fault.kind, FaultKind::ColdCache { .. })
        };
        if warm_up.is_none() && !self.faults.iter().any(|course| cold(&course)) {
            return;
        }
        let middle = Time(u64::midpoint(self.noted_to.0, self.now.0));
        let mut kinds = [(0.0, 1.0); MOST_KINDS];
        let mut len = 0;
        let ready = f64::from(self.fleet.ready(release).max(1));
        for pod in self.fleet.pods.iter().filter(|pod| pod.release == release) {
            let State::Ready { since } = pod.state else {
                continue;
            };
            // The service has been warm since long before the run began.
            let age = (since != Time(0)).then(|| middle.since(since));
            let own = warm_up.map_or(0.0, |law| youth(law.slower.0, age, law.lasts));
            effect.slow.add(Cause::Version, own / ready);
            let mut stretch = 1.0 + own;
            for course in self.faults.iter().filter(cold) {
                if let FaultKind::ColdCache { more, lasts } = course.fault.kind
                    && course.is_on(since)
                    && self.fleet.is_struck(course, pod)
                {
                    let by_fault = youth(more.0, Some(middle.since(since)), lasts);
                    effect.slow.add(course.cause(), by_fault / ready);
                    stretch *= 1.0 + by_fault;
                }
            }
            let stretch = libm::round(stretch / STEP) * STEP;
            let known = kinds[..len]
                .iter()
                .position(|(_, other): &(f64, f64)| other.to_bits() == stretch.to_bits());
            match known {
                Some(at) => kinds[at].0 += 1.0 / ready,
                None if len < MOST_KINDS => {
                    kinds[len] = (1.0 / ready, stretch);
                    len += 1;
                }
                // The last kind stands for the mean of the rest.
                None => {
                    let last = &mut kinds[MOST_KINDS - 1];
                    let share = last.0 + 1.0 / ready;
                    *last = (share, (last.0 * last.1 + stretch / ready) / share);
                }
            }
        }
        if 0 < len {
            effect.stretches.split(&kinds[..len]);
        }
        if effect.stretches.mean().to_bits() == 1.0_f64.to_bits() {
            effect.stretches = Stretches::NONE;
            effect.slow = super::effect::Causes::NONE;
        }
    }

    /// Waiting and shedding at the load of the last interval.
    fn add_load(&self, effect: &mut Effect, release: Release, stratum: usize) {
        let Some(capacity) = law_of(&self.scenario, release).capacity else {
            return;
        };
        let mut service = 0.0;
        for stratum in &self.ground.strata {
            service += stratum.share * stratum.healthy[release as usize].mean;
        }
        let service = service * effect.stretches.mean();
        let cv2 = self.ground.strata[stratum].healthy[release as usize].cv2;
        let strain = load::strain(capacity, self.load_of_a_pod(release), service, cv2);
        let cause = self.cause_of_load(release);
        effect.wait = strain.wait;
        effect
            .slow
            .add(cause, strain.wait.share * strain.wait.mean / service);
        effect.shed = strain.shed;
        effect.shed_by = cause;
    }

    /// Who makes pods busier than they were meant to be: the first fault that adds work, or the traffic itself.
    fn cause_of_load(&self, release: Release) -> Cause {
        let adds_work = |course: &&Course| match course.fault.kind {
            FaultKind::Surge(_) | FaultKind::RetryStorm(_) => true,
            FaultKind::Latency(_)
            | FaultKind::TailLatency { .. }
            | FaultKind::CpuBurn(_)
            | FaultKind::ColdCache { .. }
            | FaultKind::NodeLoss(_)
            | FaultKind::CrashLoop(_)
            | FaultKind::MemoryLeak(_) => course.strikes(release),
            _ => false,
        };
        let is_on = |course: &&Course| 0.0 < course.strength(self.noted_to, self.now);
        let culprit = self.faults.iter().filter(adds_work).find(is_on);
        culprit.map_or(Cause::Load, Course::cause)
    }

    /// Attempts a second that each ready pod of a release gets, by the rate of the last scrape interval.
    pub(super) fn load_of_a_pod(&self, release: Release) -> f64 {
        let ready = f64::from(self.fleet.ready(release).max(1));
        self.demand.rate * self.share(release) / ready
    }
}

/// How much slower a pod of this age is.
fn youth(more: i64, age: Option<Millis>, lasts: Millis) -> f64 {
    age.map_or(0.0, |age| {
        more.max(0) as f64 / 1e6 * libm::exp(-(age.0 as f64) / lasts.0.max(1) as f64)
    })
}
