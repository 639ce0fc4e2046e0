//! Faults in time: when they begin, how strong they are, and how much they have done since.

use crate::scenario::{Fault, FaultKind, Onset, Target};
use coalmine_controller::{Time, Weight};

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

/// A fault of the scenario in the course of a run.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Course {
    /// As the scenario has it.
    pub(crate) fault: Fault,
    stage: Stage,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Waiting,
    Struck { since: Time },
}

impl Course {
    pub(crate) const fn new(fault: Fault) -> Self {
        Self {
            fault,
            stage: Stage::Waiting,
        }
    }

    /// Whether it strikes a release. A fault of the canary stays with the new version when that is promoted.
    pub(crate) const fn strikes(&self, release: Release) -> bool {
        match (self.fault.target, release) {
            (Target::Both | Target::Dependency, _)
            | (Target::Canary, Release::New)
            | (Target::Stable, Release::Old) => true,
            (Target::Canary, Release::Old) | (Target::Stable, Release::New) => false,
        }
    }

    /// Whether it waits for this share of traffic, or for less.
    pub(crate) fn waits_for(&self, weight: Weight) -> bool {
        match (self.stage, self.fault.onset) {
            (Stage::Waiting, Onset::Weight(least)) => least <= weight,
            (Stage::Waiting, Onset::At(_) | Onset::Step(_) | Onset::Age(_))
            | (Stage::Struck { .. }, _) => false,
        }
    }

    /// It begins.
    pub(crate) const fn begin(&mut self, now: Time) {
        self.stage = Stage::Struck { since: now };
    }

    /// When it began.
    pub(crate) const fn since(&self) -> Option<Time> {
        match self.stage {
            Stage::Waiting => None,
            Stage::Struck { since } => Some(since),
        }
    }

    /// When it ends, if it has begun and ever ends.
    pub(crate) fn until(&self) -> Option<Time> {
        self.since()
            .zip(self.fault.lasts)
            .map(|(since, lasts)| since + lasts)
    }

    /// Whether it is on at an instant.
    pub(crate) fn is_on(&self, now: Time) -> bool {
        self.since().is_some_and(|since| since <= now)
            && self.until().is_none_or(|until| now < until)
    }

    /// How much it has done by then: milliseconds at full strength, a ramp counted by its area.
    pub(crate) fn dose(&self, at: Time) -> f64 {
        let Some(since) = self.since() else {
            return 0.0;
        };
        let end = self.until().map_or(at, |until| until.min(at));
        let (passed, ramp) = (end.since(since).0 as f64, self.fault.ramp.0 as f64);
        if passed <= ramp && 0.0 < ramp {
            passed * passed / (2.0 * ramp)
        } else {
            passed - ramp / 2.0
        }
    }

    /// Its mean strength over a stretch of time, 0 to 1.
    pub(crate) fn strength(&self, from: Time, to: Time) -> f64 {
        let millis = to.since(from).0;
        if millis == 0 {
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
