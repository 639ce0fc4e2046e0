//! A fault in time: whether it is on, how strong, and when that changes.

use super::{profile::ratio, script::Script};
use crate::scenario::{Fault, FaultKind, Reach, Target};
use coalmine_controller::{Millis, Time, Version};

/// A fault that begins at a known instant.
#[derive(Clone, Copy, Debug)]
pub(super) struct Course {
    pub(super) fault: Fault,
    since: Time,
    until: Time,
}

impl Course {
    /// Nothing where it never begins.
    pub(super) fn new(fault: Fault, script: &Script) -> Option<Self> {
        let since = script.onset(&fault)?;
        let until = fault.lasts.map_or(Time(u64::MAX), |lasts| since + lasts);
        Some(Self {
            fault,
            since,
            until,
        })
    }

    pub(super) const fn strikes(&self, version: Version) -> bool {
        match (self.fault.target, version) {
            (Target::Both | Target::Dependency, _)
            | (Target::Canary, Version::Canary)
            | (Target::Stable, Version::Stable) => true,
            (Target::Canary, Version::Stable) | (Target::Stable, Version::Canary) => false,
        }
    }

    /// Whether it strikes requests of this endpoint and cohort, as far as these decide it.
    pub(super) fn reaches(&self, endpoint: Option<u8>, cohort: Option<u8>) -> bool {
        match self.fault.reach {
            Reach::All | Reach::Pods(_) => true,
            Reach::Endpoint(wanted) => endpoint == Some(wanted),
            Reach::Cohort(wanted) => cohort == Some(wanted),
        }
    }

    /// Whether it strikes a pod, by its place among those that are ready, oldest first.
    pub(super) fn reaches_pod(&self, pod: usize, ready: usize) -> bool {
        match self.fault.reach {
            Reach::Pods(share) => (pod as f64) < libm::ceil(ratio(share) * ready as f64 - 1e-9),
            Reach::All | Reach::Endpoint(_) | Reach::Cohort(_) => true,
        }
    }

    /// Whether it is on at an instant.
    pub(super) fn is_on(&self, at: Time) -> bool {
        let is_flapping_on = self
            .turns()
            .is_none_or(|(on, period)| at.since(self.since).0 % period < on);
        self.since <= at && at < self.until && is_flapping_on
    }

    /// Its strength at so many seconds, 0 to 1, while it is on.
    pub(super) fn strength(&self, seconds: f64) -> f64 {
        let passed = seconds - self.since.0 as f64 / 1e3;
        let ramp = self.fault.ramp.0 as f64 / 1e3;
        if passed < ramp {
            (passed / ramp).max(0.0)
        } else {
            1.0
        }
    }

    /// When it turns on or off next, or ends its ramp.
    pub(super) fn next_break(&self, after: Time) -> Option<Time> {
        let turn = self
            .turns()
            .filter(|_| self.since <= after && after < self.until)
            .map(|(on, period)| {
                let within = after.since(self.since).0 % period;
                let to = if within < on { on } else { period };
                after + Millis(to - within)
            });
        [
            Some(self.since),
            Some(self.since + self.fault.ramp),
            Some(self.until),
            turn,
        ]
        .into_iter()
        .flatten()
        .filter(|at| after < *at)
        .min()
    }

    /// For how long it is on, and from one turn to the next, in milliseconds.
    fn turns(&self) -> Option<(u64, u64)> {
        self.fault.flapping.map(|flapping| {
            let on = flapping.on.0.max(1);
            (on, on.saturating_add(flapping.off.0))
        })
    }

    /// How much slower a pod is that became ready at an instant while its caches were cold by this fault; one where
    /// they were not. Times in seconds.
    pub(super) fn cold(&self, born: f64, now: f64) -> f64 {
        match self.fault.kind {
            FaultKind::ColdCache { more, lasts } if self.is_on(millis(born)) => {
                1.0 + ratio(more) * libm::exp(-(now - born) * 1e3 / lasts.0.max(1) as f64)
            }
            _ => 1.0,
        }
    }
}

/// The millisecond in which an instant lies.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "seconds of a run are neither negative nor beyond the range"
)]
pub(super) fn millis(seconds: f64) -> Time {
    Time(libm::floor(seconds * 1e3 + 1e-6) as u64)
}
