//! How traffic is split between the releases: by weight or by pods, with sessions that stay and connections that linger.

use super::{Service, World, agenda::Occurrence, fault::Release};
use crate::scenario::Split;
use coalmine_controller::{Millis, Time, Version, Weight};

/// Where traffic goes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Router {
    /// The canary's weight.
    pub(super) canary: Weight,
    /// Counts the rollbacks, so that a weight asked for before one is not taken over after it.
    pub(super) epoch: u32,
    /// How often the canary's weight was raised.
    pub(super) steps: u32,
    pub(super) first_traffic: Option<Time>,
    pub(super) service: Service,
    drift: Drift,
}

/// How the canary's share gets from where it was to its weight.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Drift {
    /// At once.
    None,
    /// As sessions that began before end, exponentially.
    Sessions { from: f64, since: Time },
    /// As connections close, in a straight line.
    Lingering { from: f64, since: Time },
}

impl Router {
    /// All traffic goes to the old release.
    pub(crate) const fn new() -> Self {
        Self {
            canary: Weight::ZERO,
            epoch: 0,
            steps: 0,
            first_traffic: None,
            service: Service::Old,
            drift: Drift::None,
        }
    }

    /// Whether the canary's share is on its way to its weight.
    pub(crate) fn is_drifting(&self) -> bool {
        self.drift != Drift::None
    }

    /// As which version a release is known.
    pub(super) const fn version(&self, release: Release) -> Version {
        match (self.service, release) {
            (Service::New, _) | (Service::Old, Release::Old) => Version::Stable,
            (Service::Old, Release::New) => Version::Canary,
        }
    }
}

impl World {
    /// The share of all traffic that a release gets now.
    pub(super) fn share(&self, release: Release) -> f64 {
        self.share_over(release, self.now, self.now)
    }

    /// The share of all traffic that a release gets between two instants, on average.
    pub(super) fn share_over(&self, release: Release, from: Time, to: Time) -> f64 {
        let canary = self.canary_over(from, to);
        match (self.router.service, release) {
            (Service::Old, Release::Old) => 1.0 - canary,
            (Service::Old, Release::New) => canary,
            (Service::New, Release::Old) => 0.0,
            (Service::New, Release::New) => 1.0,
        }
    }

    fn canary_over(&self, from: Time, to: Time) -> f64 {
        let weight = f64::from(self.router.canary.basis_points()) / 1e4;
        if let Drift::Lingering { from: share, since } = self.router.drift {
            // A straight line has its mean in the middle.
            let middle = u64::midpoint(from.0, to.0).saturating_sub(since.0) as f64;
            let drain = self.scenario.platform.drain.0.max(1) as f64;
            return share * (1.0 - middle / drain).max(0.0);
        }
        match (self.scenario.platform.split, self.router.drift) {
            (Split::PodRatio, _) if self.router.canary != Weight::ZERO => {
                let [old, new] = Release::ALL.map(|release| self.fleet.ready(release));
                match old + new {
                    0 => weight,
                    all => f64::from(new) / f64::from(all),
                }
            }
            (Split::Weighted, Drift::Sessions { from: share, since }) => {
                let length = self.scenario.traffic.clients.session;
                let mean = length.map_or(1.0, |Millis(mean)| mean.max(1) as f64);
                let left = |at: Time| libm::exp(-(at.since(since).0 as f64) / mean);
                let millis = to.since(from).0 as f64;
                let kept = if millis <= 0.0 {
                    left(from)
                } else {
                    (left(from) - left(to)) * mean / millis
                };
                weight + (share - weight) * kept
            }
            (Split::PodRatio | Split::Weighted, _) => weight,
        }
    }

    /// The router takes over a weight. Requests must have been drawn up to now.
    pub(super) fn turn_router(&mut self, weight: Weight) {
        let share = self.share(Release::New);
        self.router.canary = weight;
        self.router.drift = match self.scenario.traffic.clients.session {
            Some(_) => Drift::Sessions {
                from: share,
                since: self.now,
            },
            None => Drift::None,
        };
    }

    /// After a rollback some of the connections stay until their pods are gone; all sessions move at once.
    pub(super) fn linger(&mut self, share: f64) {
        let lingering = self.scenario.platform.lingering.0.clamp(0, 1_000_000) as f64 / 1e6;
        let drain = self.scenario.platform.drain;
        self.router.drift = Drift::None;
        if 0.0 < share * lingering && drain != Millis(0) {
            self.router.drift = Drift::Lingering {
                from: share * lingering,
                since: self.now,
            };
            self.agenda.add(self.now + drain, Occurrence::LastLeaves);
        }
    }

    /// The last lingering connection has closed.
    pub(super) fn last_leaves(&mut self) {
        self.draw();
        if matches!(self.router.drift, Drift::Lingering { .. }) {
            self.router.drift = Drift::None;
        }
    }

    /// To be called before pods come or go: where pods decide the split, their traffic is drawn first.
    pub(super) fn settle(&mut self) {
        match self.scenario.platform.split {
            Split::Weighted => self.note(),
            Split::PodRatio => self.draw(),
        }
    }

    /// As which version a release is known.
    pub(super) const fn version(&self, release: Release) -> Version {
        self.router.version(release)
    }

    /// Which release is known as a version; there is no canary after the promotion.
    pub(super) const fn release(&self, version: Version) -> Option<Release> {
        match (self.router.service, version) {
            (Service::Old, Version::Stable) => Some(Release::Old),
            (Service::Old, Version::Canary) | (Service::New, Version::Stable) => Some(Release::New),
            (Service::New, Version::Canary) => None,
        }
    }
}
