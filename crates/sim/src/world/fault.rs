//! Faults in time: when they begin, how strong they are, and how much they have done since.

use super::{effect::Cause, ground};
use crate::scenario::{Fault, FaultKind, Flapping, Onset, Target};
use coalmine_controller::{Millis, Time, Weight};

/// A release: what stands still when the new version is promoted and its pods change their label from canary to stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Release {
    /// In service when the run begins.
    Old = 0,
    /// Being rolled out.
    New = 1,
}

impl Release {
    /// Both.
    pub(crate) const ALL: [Self; 2] = [Self::Old, Self::New];
}

/// A ramp of more turns of flapping than this counts as even.
const MOST_TURNS: u64 = 4_096;

/// A fault of the scenario in the course of a run.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Course {
    /// As the scenario has it.
    pub(crate) fault: Fault,
    place: u32,
    since: Option<Time>,
}

impl Course {
    pub(crate) const fn new(place: u32, fault: Fault) -> Self {
        Self {
            fault,
            place,
            since: None,
        }
    }

    /// Itself, as what is to blame.
    pub(crate) const fn cause(&self) -> Cause {
        Cause::Fault(self.place)
    }

    /// Whether it strikes a release.
    pub(crate) const fn strikes(&self, release: Release) -> bool {
        ground::strikes(self.fault.target, release)
    }

    /// Whether it waits for this share of traffic, or for less.
    pub(crate) fn waits_for(&self, weight: Weight) -> bool {
        self.since.is_none() && matches!(self.fault.onset, Onset::Weight(least) if least <= weight)
    }

    /// Whether it waits for the canary's share to be raised for this time.
    pub(crate) fn waits_for_step(&self, step: u32) -> bool {
        self.since.is_none()
            && matches!(self.fault.onset, Onset::Step(wanted) if u32::from(wanted) <= step)
    }

    /// How old the canary's traffic must be for it to begin, if that is what it waits for. Stable has always had
    /// traffic, so a fault of stable alone does not wait for the canary.
    pub(crate) const fn waits_for_age(&self) -> Option<Millis> {
        match (self.fault.onset, self.fault.target) {
            (Onset::Age(age), Target::Canary | Target::Both | Target::Dependency) => Some(age),
            _ => None,
        }
    }

    /// It begins.
    pub(crate) const fn begin(&mut self, now: Time) {
        self.since = Some(now);
    }

    /// When it began.
    pub(crate) const fn since(&self) -> Option<Time> {
        self.since
    }

    /// When it ends, if it has begun and ever ends.
    pub(crate) fn until(&self) -> Option<Time> {
        self.since()
            .zip(self.fault.lasts)
            .map(|(since, lasts)| since + lasts)
    }

    /// Whether it is on at an instant, the pauses of flapping not counted.
    pub(crate) fn is_on(&self, now: Time) -> bool {
        let Some(since) = self.since else {
            return false;
        };
        let is_flapping_on = self.fault.flapping.is_none_or(|flapping| {
            let (on, period) = turns(flapping);
            now.since(since).0 % period < on
        });
        since <= now && self.until().is_none_or(|until| now < until) && is_flapping_on
    }

    /// When flapping turns it on or off next, if it does.
    pub(crate) fn turns_at(&self, now: Time) -> Option<(Time, bool)> {
        let (since, flapping) = self.since.zip(self.fault.flapping)?;
        let (on, period) = turns(flapping);
        let within = now.since(since).0 % period;
        let (left, turns_on) = if within < on {
            (on - within, false)
        } else {
            (period - within, true)
        };
        let at = now + Millis(left);
        self.until()
            .is_none_or(|until| at < until)
            .then_some((at, turns_on))
    }

    /// How much it has done by then: milliseconds at full strength, a ramp counted by its area.
    pub(crate) fn dose(&self, at: Time) -> f64 {
        let Some(since) = self.since else {
            return 0.0;
        };
        let end = self.until().map_or(at, |until| until.min(at));
        let passed = end.since(since).0;
        let Some(flapping) = self.fault.flapping else {
            return self.area(passed);
        };
        let (on, period) = turns(flapping);
        let ramp = self.fault.ramp.0;
        let ramping = (ramp.div_ceil(period)).min(passed / period);
        if MOST_TURNS < ramping {
            return self.area(passed) * on as f64 / period as f64;
        }
        let turn = |at: u64, on: u64| self.area(at * period + on) - self.area(at * period);
        let mut sum: f64 = (0..ramping).map(|at| turn(at, on)).sum();
        // Beyond the ramp every turn does the same.
        sum += (passed / period - ramping) as f64 * on as f64;
        sum + turn(passed / period, (passed % period).min(on))
    }

    /// The area under the ramp and what follows, flapping not counted.
    fn area(&self, passed: u64) -> f64 {
        let (passed, ramp) = (passed as f64, self.fault.ramp.0 as f64);
        if passed <= ramp && 0.0 < ramp {
            passed * passed / (2.0 * ramp)
        } else {
            passed - ramp / 2.0
        }
    }

    /// Its mean strength over a stretch of time, 0 to 1.
    pub(crate) fn strength(&self, from: Time, to: Time) -> f64 {
        let millis = to.since(from).0;
        if millis == 0 || self.since.is_none() {
            return 0.0;
        }
        ((self.dose(to) - self.dose(from)) / millis as f64).clamp(0.0, 1.0)
    }

    /// The share of the memory limit that it leaks a minute at full strength; nothing unless it is a leak.
    pub(crate) fn leak_a_minute(&self) -> f64 {
        match self.fault.kind {
            FaultKind::MemoryLeak(limit) => limit.0.max(0) as f64 / 1e6,
            _ => 0.0,
        }
    }
}

/// How long it is on, and from one turn to the next, in milliseconds.
fn turns(flapping: Flapping) -> (u64, u64) {
    let on = flapping.on.0.max(1);
    (on, on.saturating_add(flapping.off.0))
}
