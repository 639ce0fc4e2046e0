//! When pods die of faults: settled as soon as it can be known, so that no pod is looked at in between.

use super::{
    World,
    agenda::{Death, Occurrence},
    fault::{Course, Release},
    gauges::ratio,
    ground::law_of,
    pods::{Pod, State},
};
use crate::{draws::Concern, scenario::FaultKind, trace::PodId};
use alloc::vec::Vec;
use coalmine_controller::Time;

impl World {
    /// Plans anew when each pod of a release dies, because a fault began.
    pub(super) fn plan_deaths(&mut self, release: Release) {
        for pod in self.pods_of(release) {
            self.plan_death(pod);
        }
    }

    /// What the ready pods of a release have leaked by now, each on average, as a share of the limit.
    pub(super) fn mean_leaked(&self, release: Release) -> f64 {
        let leaks = |course: &Course| course.strikes(release) && 0.0 < course.leak_a_minute();
        if !self.faults.iter().any(leaks) {
            return 0.0;
        }
        let sum: f64 = self
            .fleet
            .pods
            .iter()
            .filter(|pod| pod.release == release)
            .map(|pod| match pod.state {
                State::Ready { since } => self.leaked(pod, since, self.now),
                State::Starting | State::Missing | State::Dead | State::Draining | State::Gone => {
                    0.0
                }
            })
            .sum();
        sum / f64::from(self.fleet.ready(release).max(1))
    }

    fn leaked(&self, pod: &Pod, since: Time, at: Time) -> f64 {
        let struck = self
            .faults
            .iter()
            .filter(|course| 0.0 < course.leak_a_minute() && self.fleet.is_struck(course, pod));
        let rates = struck.map(|course| {
            let minutes = (course.dose(at) - course.dose(since)) / 60_000.0;
            course.leak_a_minute() * minutes
        });
        pod.leak_factor * rates.sum::<f64>()
    }

    /// Settles when a ready pod will die of the faults that have begun, if of any.
    pub(super) fn plan_death(&mut self, id: PodId) {
        let pod = &mut self.fleet.pods[id.0 as usize];
        let State::Ready { since } = pod.state else {
            return;
        };
        pod.plans += 1;
        let pod = *pod;
        let law = law_of(&self.scenario, pod.release);
        let room = 1.0 - ratio(law.memory);
        let mut deaths = Vec::new();
        if self.leaked(&pod, since, self.horizon()) > 0.0 {
            let at = self.first_instant(|at| room <= self.leaked(&pod, since, at));
            let leak = |course: &Course| {
                0.0 < course.leak_a_minute() && self.fleet.is_struck(course, &pod)
            };
            let place = (0_u32..)
                .zip(&self.faults)
                .find(|(_, course)| leak(course))
                .map_or(0, |(place, _)| place);
            deaths.extend(at.map(|at| (at, Death::OutOfMemory, place)));
        }
        for (place, course) in (0_u32..).zip(&self.faults) {
            if let (FaultKind::CrashLoop(life), true) =
                (course.fault.kind, self.fleet.is_struck(course, &pod))
            {
                let interval = (u64::from(place) << 32) | u64::from(pod.starts);
                let mut stream = self.draws.stream(Concern::Crash, u64::from(id.0), interval);
                let dose = life.0 as f64 * (0.5 + 0.5 * stream.exponential());
                let from = course.dose(since);
                let at = course
                    .since()
                    .and_then(|_| self.first_instant(|at| dose <= course.dose(at) - from));
                deaths.extend(at.map(|at| (at, Death::Crash, place)));
            }
        }
        if let Some(&(at, death, place)) = deaths.iter().min_by_key(|(at, ..)| *at) {
            self.agenda
                .add(at, Occurrence::PodDies(id, pod.plans, death, place));
        }
    }

    /// No run lasts longer than this.
    fn horizon(&self) -> Time {
        Time::default() + self.scenario.limit + self.scenario.tail
    }

    /// The first instant after now at which something holds that never ceases to hold; nothing if that is later than
    /// any run lasts.
    fn first_instant(&self, holds: impl Fn(Time) -> bool) -> Option<Time> {
        let (mut before, mut after) = (self.now.0, self.horizon().0.max(self.now.0 + 1));
        if !holds(Time(after)) {
            return None;
        }
        while 1 < after - before {
            let middle = before + (after - before) / 2;
            if holds(Time(middle)) {
                after = middle;
            } else {
                before = middle;
            }
        }
        Some(Time(after))
    }
}
