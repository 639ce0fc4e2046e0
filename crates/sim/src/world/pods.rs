//! Pods: how they start, die, come back and go.

use super::{
    World,
    agenda::{Death, Occurrence},
    fault::{Course, Release},
    gauges::ratio,
};
use crate::{
    draws::Concern,
    scenario::Reach,
    trace::{EventKind, PodChange, PodId},
};
use alloc::vec::Vec;
use coalmine_controller::{Millis, Pods, Time};

/// The first wait before a dead pod is started again; it doubles each time.
const BACK_OFF: Millis = Millis::from_secs(10);
/// It grows no longer than this.
const LONGEST_BACK_OFF: Millis = Millis::from_secs(300);
/// A pod that lived this long starts from the first wait again.
const FORGIVEN_AFTER: Millis = Millis::from_mins(10);

/// A pod.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pod {
    pub(super) release: Release,
    pub(super) state: State,
    /// How often it was started: tells what was meant for an earlier life.
    pub(super) starts: u32,
    /// Counts the plans for its death: only the latest holds.
    pub(super) plans: u32,
    /// Deaths that the back-off remembers.
    deaths: u32,
    /// How fast it leaks, compared with the others.
    pub(super) leak_factor: f64,
    /// Its place among the pods of its release, in the order in which they were created.
    ordinal: u32,
}

/// What a pod is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Starting,
    Ready {
        since: Time,
    },
    /// Dead; the router still sends requests to it.
    Missing,
    /// Dead, and the router knows.
    Dead,
    Draining,
    Gone,
}

/// All pods of a run, by their number.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fleet {
    pub(super) pods: Vec<Pod>,
    census: [Census; 2],
    /// The fault that killed a pod of a release last, by its place.
    killers: [u32; 2],
    /// Pods created so far, by release.
    born: [u32; 2],
}

/// How many pods of a release are in which state.
#[derive(Clone, Copy, Debug, Default)]
struct Census {
    /// Neither draining nor gone.
    kept: u32,
    /// Not gone.
    exist: u32,
    ready: u32,
    missing: u32,
    draining: u32,
    /// Died, and are not back.
    fallen: u32,
    /// Start for the first time.
    fresh: u32,
}

impl Fleet {
    /// Pods that serve.
    pub(crate) const fn ready(&self, release: Release) -> u32 {
        self.census[release as usize].ready
    }

    /// Pods that are meant to stay.
    pub(crate) const fn kept(&self, release: Release) -> u32 {
        self.census[release as usize].kept
    }

    /// Pods that have not been ready yet.
    pub(crate) const fn fresh(&self, release: Release) -> u32 {
        self.census[release as usize].fresh
    }

    /// Whether there are any pods, in whatever state.
    pub(crate) const fn exists(&self, release: Release) -> bool {
        0 < self.census[release as usize].exist
    }

    /// The share of a release's requests that meets no living pod, and the fault that is to blame, by its place.
    ///
    /// The router spreads requests evenly over the pods that it believes ready: the ready ones, and those that died
    /// within the last router delay. Where it knows of none, connections that linger are served by the pods that drain,
    /// and where there are none of these either, every request fails.
    pub(crate) fn lost(&self, release: Release) -> (f64, Option<u32>) {
        let census = self.census[release as usize];
        let killer = (0 < census.fallen).then_some(self.killers[release as usize]);
        match (census.missing, census.ready, census.draining) {
            (0, 0, 0) => (1.0, killer),
            (0, ..) => (0.0, None),
            (missing, ready, _) => (f64::from(missing) / f64::from(missing + ready), killer),
        }
    }

    /// Whether a fault strikes a pod: of a share of the pods, those that were created first.
    pub(super) fn is_struck(&self, course: &Course, pod: &Pod) -> bool {
        let is_among = match course.fault.reach {
            Reach::Pods(share) => {
                let pods = ratio(share) * f64::from(self.kept(pod.release));
                f64::from(pod.ordinal) < libm::ceil(pods)
            }
            Reach::All | Reach::Endpoint(_) | Reach::Cohort(_) => true,
        };
        is_among && course.strikes(pod.release)
    }

    /// No pods.
    pub(crate) fn clear(&mut self) {
        self.pods.clear();
        self.census = Default::default();
        self.killers = [0; 2];
        self.born = [0; 2];
    }

    fn count(&mut self, release: Release) {
        let mut census = Census::default();
        for pod in self.pods.iter().filter(|pod| pod.release == release) {
            let (kept, exist) = match pod.state {
                State::Starting | State::Ready { .. } | State::Missing | State::Dead => (1, 1),
                State::Draining => (0, 1),
                State::Gone => (0, 0),
            };
            census.kept += kept;
            census.exist += exist;
            match pod.state {
                State::Ready { .. } => census.ready += 1,
                State::Missing => {
                    census.missing += 1;
                    census.fallen += 1;
                }
                State::Dead => census.fallen += 1,
                State::Starting if 0 < pod.deaths => census.fallen += 1,
                State::Starting => census.fresh += 1,
                State::Draining => census.draining += 1,
                State::Gone => {}
            }
        }
        self.census[release as usize] = census;
    }
}

impl World {
    /// The pods that are in service when the run begins.
    pub(super) fn found_service(&mut self, replicas: Pods) {
        for _ in 0..replicas.0 {
            let pod = self.add_pod(Release::Old, State::Ready { since: self.now });
            self.tell_pod(pod, PodChange::Ready);
        }
        self.fleet.count(Release::Old);
    }

    /// Asks for pods until so many are meant to stay.
    pub(super) fn raise(&mut self, release: Release, pods: Pods) {
        self.settle();
        for _ in self.fleet.kept(release)..pods.0 {
            let pod = self.add_pod(release, State::Starting);
            self.start(pod);
        }
        self.fleet.count(release);
        // A share of more pods may reach pods that it did not reach before.
        if self
            .faults
            .iter()
            .any(|course| Self::is_of_pods(course.fault.reach))
        {
            self.plan_deaths(release);
        }
    }

    /// The youngest pods of a release finish what they have and go, until so many are meant to stay.
    pub(super) fn lower(&mut self, release: Release, pods: u32) {
        self.settle();
        let mut surplus = self.fleet.kept(release).saturating_sub(pods);
        for pod in self.pods_of(release).into_iter().rev() {
            if 0 < surplus && self.drain_pod(pod) {
                surplus -= 1;
            }
        }
        self.fleet.count(release);
    }

    /// Every pod of a release finishes what it has and goes.
    pub(super) fn drain(&mut self, release: Release) {
        self.settle();
        for pod in self.pods_of(release) {
            self.drain_pod(pod);
        }
        self.fleet.count(release);
    }

    /// Tells whether the pod was meant to stay.
    fn drain_pod(&mut self, pod: PodId) -> bool {
        let state = &mut self.fleet.pods[pod.0 as usize].state;
        match state {
            State::Draining | State::Gone => return false,
            State::Starting | State::Ready { .. } | State::Missing | State::Dead => {
                *state = State::Draining;
            }
        }
        self.tell_pod(pod, PodChange::Draining);
        let gone = self.now + self.scenario.platform.drain;
        self.agenda.add(gone, Occurrence::PodGone(pod));
        true
    }

    /// The pods of a release count as stable from now on.
    pub(super) fn tell_promoted(&mut self, release: Release) {
        for pod in self.pods_of(release) {
            match self.fleet.pods[pod.0 as usize].state {
                State::Draining | State::Gone => {}
                State::Starting | State::Ready { .. } | State::Missing | State::Dead => {
                    self.tell_pod(pod, PodChange::Promoted);
                }
            }
        }
    }

    pub(super) fn pod_ready(&mut self, pod: PodId, starts: u32) {
        let Some(at) = self.in_state(pod, starts, State::Starting) else {
            return;
        };
        self.change_state(at, pod, State::Ready { since: self.now });
        self.tell_pod(pod, PodChange::Ready);
        self.plan_death(pod);
        self.pods_came_up();
    }

    pub(super) fn pod_dies(&mut self, pod: PodId, plans: u32, death: Death, place: u32) {
        if self.fleet.pods[pod.0 as usize].plans == plans {
            self.kill(pod, death, place);
        }
    }

    /// A node is lost with this share of the ready pods of a release, rounded up: those that were created first.
    pub(super) fn lose_node(&mut self, release: Release, share: f64, place: u32) {
        let ready = self
            .pods_of(release)
            .into_iter()
            .filter(|pod| matches!(self.fleet.pods[pod.0 as usize].state, State::Ready { .. }));
        let ready: Vec<PodId> = ready.collect();
        let lost = libm::ceil(share * ready.len() as f64);
        for (number, pod) in (0_u32..).zip(ready) {
            if f64::from(number) < lost {
                self.kill(pod, Death::Node, place);
            }
        }
    }

    fn kill(&mut self, pod: PodId, death: Death, place: u32) {
        let entry = self.fleet.pods[pod.0 as usize];
        let State::Ready { since } = entry.state else {
            return;
        };
        self.settle();
        self.fleet.killers[entry.release as usize] = place;
        let deaths = if self.now.since(since) < FORGIVEN_AFTER {
            entry.deaths
        } else {
            0
        };
        self.fleet.pods[pod.0 as usize].deaths = deaths + 1;
        self.change_state(pod.0 as usize, pod, State::Missing);
        self.tell_pod(
            pod,
            match death {
                Death::Crash => PodChange::Crashed,
                Death::OutOfMemory => PodChange::OutOfMemory,
                Death::Node => PodChange::NodeLost,
            },
        );
        let doubled = BACK_OFF.0 << deaths.min(10);
        let back_off = Millis(doubled.min(LONGEST_BACK_OFF.0));
        let missed = self.now + self.scenario.platform.router_delay;
        let starts = entry.starts;
        self.agenda.add(missed, Occurrence::PodMissed(pod, starts));
        self.agenda
            .add(self.now + back_off, Occurrence::PodRestarts(pod, starts));
    }

    pub(super) fn pod_missed(&mut self, pod: PodId, starts: u32) {
        if let Some(at) = self.in_state(pod, starts, State::Missing) {
            self.change_state(at, pod, State::Dead);
        }
    }

    pub(super) fn pod_restarts(&mut self, pod: PodId, starts: u32) {
        let missing = self.in_state(pod, starts, State::Missing);
        if let Some(at) = missing.or_else(|| self.in_state(pod, starts, State::Dead)) {
            self.change_state(at, pod, State::Starting);
            self.start(pod);
        }
    }

    pub(super) fn pod_gone(&mut self, pod: PodId) {
        self.change_state(pod.0 as usize, pod, State::Gone);
        self.tell_pod(pod, PodChange::Gone);
        self.pods_went();
    }

    /// Starts a pod, for the first time or again: half the time that it takes is fixed, the rest exponential.
    fn start(&mut self, id: PodId) {
        let pod = &mut self.fleet.pods[id.0 as usize];
        pod.starts += 1;
        let (entity, starts) = (u64::from(id.0), pod.starts);
        let mut stream = self.draws.stream(Concern::Leak, entity, u64::from(starts));
        pod.leak_factor = 0.85 + 0.3 * stream.unit();
        let mut stream = self
            .draws
            .stream(Concern::PodStart, entity, u64::from(starts));
        let mean = self.scenario.platform.pod_start.0 as f64;
        let takes = libm::round(mean * (0.5 + 0.5 * stream.exponential()));
        self.tell_pod(id, PodChange::Starting);
        self.agenda.add(
            self.now + Millis(whole(takes)),
            Occurrence::PodReady(id, starts),
        );
    }

    fn add_pod(&mut self, release: Release, state: State) -> PodId {
        let number = u32::try_from(self.fleet.pods.len()).expect("there are fewer than 2^32 pods");
        let ordinal = self.fleet.born[release as usize];
        self.fleet.born[release as usize] += 1;
        self.fleet.pods.push(Pod {
            release,
            state,
            starts: 0,
            plans: 0,
            deaths: 0,
            leak_factor: 1.0,
            ordinal,
        });
        PodId(number)
    }

    pub(super) fn pods_of(&self, release: Release) -> Vec<PodId> {
        (0..)
            .zip(&self.fleet.pods)
            .filter(|(_, pod)| pod.release == release)
            .map(|(number, _)| PodId(number))
            .collect()
    }

    /// Where a pod is kept, if it is in this state of this life.
    fn in_state(&self, pod: PodId, starts: u32, state: State) -> Option<usize> {
        let at = pod.0 as usize;
        let entry = &self.fleet.pods[at];
        (entry.starts == starts && entry.state == state).then_some(at)
    }

    fn change_state(&mut self, at: usize, pod: PodId, state: State) {
        self.settle();
        self.fleet.pods[at].state = state;
        self.fleet.count(self.fleet.pods[pod.0 as usize].release);
    }

    fn tell_pod(&mut self, pod: PodId, change: PodChange) {
        let version = self.version(self.fleet.pods[pod.0 as usize].release);
        self.tell(EventKind::Pod {
            pod,
            version,
            change,
        });
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a length of time: whole and not negative; beyond 2^64 it saturates"
)]
fn whole(millis: f64) -> u64 {
    millis as u64
}
