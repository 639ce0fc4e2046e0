//! The horizontal autoscaler: it wants as many pods as would bring the mean CPU to its target, as Kubernetes does.

use super::{Service, World, agenda::Occurrence, fault::Release};
use crate::scenario::Autoscaler;
use alloc::collections::VecDeque;
use coalmine_controller::{Pods, Time};

/// It does nothing while CPU is this near to the target, relatively.
const TOLERANCE: f64 = 0.1;

/// What it wanted of a release lately, newest last.
pub(crate) type Wishes = VecDeque<(Time, u32)>;

impl World {
    /// The autoscaler looks at both releases, and will look again.
    pub(super) fn autoscale(&mut self) {
        let Some(scaler) = self.scenario.platform.autoscaler else {
            return;
        };
        for release in Release::ALL {
            self.autoscale_release(release, scaler);
        }
        let period = scaler.period.max(coalmine_controller::Millis::from_secs(1));
        self.agenda.add(self.now + period, Occurrence::Scale);
    }

    fn autoscale_release(&mut self, release: Release, scaler: Autoscaler) {
        let (kept, ready) = (self.fleet.kept(release), self.fleet.ready(release));
        if kept == 0 || ready == 0 || scaler.target.0 <= 0 {
            return;
        }
        let cpu = self.cpu_of(release);
        let ratio = cpu / (scaler.target.0 as f64 / 1e6);
        let wanted = if libm::fabs(ratio - 1.0) <= TOLERANCE {
            kept
        } else {
            whole(libm::ceil(f64::from(ready) * ratio))
        };
        let wanted = wanted.clamp(self.least(release, scaler), scaler.most.0.max(1));
        let wishes = &mut self.sides[release as usize].wishes;
        wishes.push_back((self.now, wanted));
        while wishes
            .front()
            .is_some_and(|(at, _)| scaler.calm < self.now.since(*at))
        {
            wishes.pop_front();
        }
        let calmest = wishes.iter().map(|(_, wanted)| *wanted).max();
        if kept < wanted {
            self.raise(release, Pods(wanted));
        } else if let Some(calmest) = calmest.filter(|calmest| *calmest < kept) {
            self.lower(release, calmest);
        }
    }

    /// No fewer than the service needs, or of a canary than its controller asked for.
    fn least(&self, release: Release, scaler: Autoscaler) -> u32 {
        let least = match (self.router.service, release) {
            (Service::Old, Release::New) => self.tasks.asked.0,
            (Service::Old, Release::Old) | (Service::New, _) => scaler.least.0,
        };
        least.clamp(1, scaler.most.0.max(1))
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a number of pods: whole and not negative; beyond 2^32 it saturates"
)]
const fn whole(pods: f64) -> u32 {
    pods as u32
}
