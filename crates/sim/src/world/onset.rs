//! When faults begin, turn and end, and what they do in that instant.

use super::{
    World,
    agenda::Occurrence,
    fault::{Course, Release},
    gauges::ratio,
};
use crate::{
    scenario::{FaultKind, Target},
    trace::EventKind,
};
use alloc::vec::Vec;
use coalmine_controller::{Millis, Time};

/// Faults that turn on and off faster than this are not followed turn by turn: their mean strength counts.
const QUICKEST: Millis = Millis::from_secs(1);

impl World {
    /// When each fault began.
    pub(crate) fn fault_onsets(&self) -> Vec<Option<Time>> {
        self.faults.iter().map(Course::since).collect()
    }

    /// When the first fault that strikes the canary's requests or pods began to matter.
    pub(crate) fn onset(&self) -> Option<Time> {
        let traffic = self.router.first_traffic?;
        self.faults
            .iter()
            .filter(|course| course.strikes(Release::New))
            .filter(|course| is_of_a_release(course))
            // A fault that was over before the canary had traffic never mattered.
            .filter(|course| course.until().is_none_or(|until| traffic < until))
            .filter_map(Course::since)
            .map(|since| since.max(traffic))
            .min()
    }

    pub(super) fn begin_fault(&mut self, place: u32) {
        self.note();
        let course = &mut self.faults[place as usize];
        if course.since().is_some() {
            return;
        }
        course.begin(self.now);
        if let Some(until) = course.until() {
            self.agenda.add(until, Occurrence::FaultEnds(place));
        }
        self.tell(EventKind::FaultBegan(place));
        self.strike_at_once(place);
        self.plan_turn(place);
        for release in Release::ALL {
            if self.faults[place as usize].strikes(release) {
                self.plan_deaths(release);
            }
        }
    }

    /// A flapping fault goes on or off.
    pub(super) fn turn_fault(&mut self, place: u32) {
        self.note();
        if self.faults[place as usize].is_on(self.now) {
            self.strike_at_once(place);
        }
        self.plan_turn(place);
    }

    fn plan_turn(&mut self, place: u32) {
        let course = &self.faults[place as usize];
        let is_slow = course.fault.flapping.is_some_and(|flapping| {
            QUICKEST <= Millis(flapping.on.0.saturating_add(flapping.off.0))
        });
        if let Some((at, _)) = course.turns_at(self.now).filter(|_| is_slow) {
            self.agenda.add(at, Occurrence::FaultTurns(place));
        }
    }

    /// What a fault does the instant it goes on.
    fn strike_at_once(&mut self, place: u32) {
        let course = self.faults[place as usize];
        for release in Release::ALL {
            if !course.strikes(release) {
                continue;
            }
            match course.fault.kind {
                FaultKind::NodeLoss(share) => self.lose_node(release, ratio(share), place),
                FaultKind::MetricReset => {
                    self.draw();
                    let version = self.version(release);
                    if self.release(version) == Some(release) {
                        self.metrics.of_mut(version).reset();
                    }
                }
                _ => {}
            }
        }
    }

    /// Faults that wait for the canary to have its present share of traffic, or to be raised so often, begin.
    pub(super) fn begin_waiting_faults(&mut self) {
        for place in 0_u32.. {
            let (weight, steps) = (self.router.canary, self.router.steps);
            match self.faults.get(place as usize) {
                None => break,
                Some(course) if course.waits_for(weight) || course.waits_for_step(steps) => {
                    self.begin_fault(place);
                }
                Some(_) => {}
            }
        }
    }

    /// The canary has its first traffic: from now on its age counts.
    pub(super) fn await_ages(&mut self) {
        for (place, course) in (0_u32..).zip(&self.faults) {
            if let Some(age) = course.waits_for_age() {
                self.agenda
                    .add(self.now + age, Occurrence::FaultBegins(place));
            }
        }
    }
}

/// Whether a release is to blame for a fault that strikes it.
fn is_of_a_release(course: &Course) -> bool {
    let is_elsewhere = matches!(
        course.fault.kind,
        FaultKind::Pipeline(_)
            | FaultKind::Surge(_)
            | FaultKind::RetryStorm(_)
            | FaultKind::ScrapeGap
            | FaultKind::MetricLag(_)
            | FaultKind::MetricReset
    );
    !is_elsewhere && course.fault.target != Target::Dependency
}
