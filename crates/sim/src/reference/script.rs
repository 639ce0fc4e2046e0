//! What the control plane did, told beforehand: weights and pods at their times.

use super::profile::ratio;
use crate::scenario::{Fault, Onset, Platform, Split, Target};
use alloc::vec::Vec;
use coalmine_controller::{Pods, Time, Version, Weight};

/// One thing that the control plane does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Traffic follows a weight of the canary; sessions stay where they are.
    Route(Weight),
    /// All traffic goes back to stable, sessions too; connections linger as the platform has it.
    RollBack,
    /// A version has so many ready pods from now on: new ones are young, and the youngest go first.
    Ready(Version, Pods),
}

/// What the control plane did, so that any engine can be told the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Script {
    /// Ready pods of stable and of the canary when the run begins; these are warm.
    pub ready: [Pods; 2],
    acts: Vec<(Time, Act)>,
}

impl Script {
    /// So many pods of stable and of the canary, and no traffic to the canary yet.
    pub const fn new(stable: Pods, canary: Pods) -> Self {
        Self {
            ready: [stable, canary],
            acts: Vec::new(),
        }
    }

    /// Adds what is done at an instant, after all that is done by then.
    #[must_use]
    pub fn with(mut self, at: Time, act: Act) -> Self {
        let place = self.acts.partition_point(|(other, _)| *other <= at);
        self.acts.insert(place, (at, act));
        self
    }

    /// What is done, in order of time.
    pub fn acts(&self) -> &[(Time, Act)] {
        &self.acts
    }

    /// When a fault begins, if it ever does.
    pub(super) fn onset(&self, fault: &Fault) -> Option<Time> {
        let mut weight = Weight::ZERO;
        let mut raises = 0_u32;
        let is_patient = fault.target != Target::Stable;
        match fault.onset {
            Onset::At(at) => return Some(at),
            Onset::Age(age) if !is_patient => return Some(Time(0) + age),
            Onset::Weight(Weight::ZERO) => return Some(Time(0)),
            Onset::Age(_) | Onset::Weight(_) | Onset::Step(_) => {}
        }
        for (at, act) in &self.acts {
            let next = match act {
                Act::Route(next) => *next,
                Act::RollBack => Weight::ZERO,
                Act::Ready(..) => continue,
            };
            raises += u32::from(weight < next);
            weight = next;
            let begins = match fault.onset {
                Onset::Weight(least) => least <= weight,
                Onset::Step(wanted) => u32::from(wanted) <= raises,
                Onset::Age(_) => weight != Weight::ZERO,
                Onset::At(_) => true,
            };
            if begins {
                let age = match fault.onset {
                    Onset::Age(age) => age,
                    _ => coalmine_controller::Millis(0),
                };
                return Some(*at + age);
            }
        }
        None
    }
}

/// Connections that stay with the canary after a rollback; times in seconds.
#[derive(Clone, Copy, Debug)]
struct Lingering {
    share: f64,
    since: f64,
    lasts: f64,
}

/// Where traffic goes.
#[derive(Clone, Debug)]
pub(super) struct Routing {
    weight: Weight,
    split: Split,
    lingering: Option<Lingering>,
    linger: (f64, f64),
    /// When sessions were last torn from where they were, in seconds.
    pub(super) torn: f64,
    /// The canary's share from these instants on.
    history: Vec<(f64, f64)>,
}

impl Routing {
    pub(super) fn new(platform: &Platform, acts: usize) -> Self {
        let mut history = Vec::with_capacity(acts + 1);
        history.push((0.0, 0.0));
        Self {
            weight: Weight::ZERO,
            split: platform.split,
            lingering: None,
            linger: (
                ratio(platform.lingering).clamp(0.0, 1.0),
                platform.drain.0 as f64 / 1e3,
            ),
            torn: 0.0,
            history,
        }
    }

    /// The split changes, with so many ready pods of each version.
    pub(super) fn turn(&mut self, at: f64, act: Act, ready: [usize; 2]) {
        match act {
            Act::Route(weight) => {
                self.weight = weight;
                self.lingering = None;
            }
            Act::RollBack => {
                let share = self.share(at) * self.linger.0;
                self.weight = Weight::ZERO;
                self.torn = at;
                self.lingering = (0.0 < share && 0.0 < self.linger.1).then_some(Lingering {
                    share,
                    since: at,
                    lasts: self.linger.1,
                });
            }
            Act::Ready(..) => {}
        }
        let by_weight = f64::from(self.weight.basis_points()) / 1e4;
        let [stable, canary] = ready.map(|pods| pods as f64);
        let share = match self.split {
            Split::PodRatio if self.weight != Weight::ZERO && 0.0 < stable + canary => {
                canary / (stable + canary)
            }
            Split::PodRatio | Split::Weighted => by_weight,
        };
        self.history.push((at, share));
    }

    /// Whether the share is the same until the next act.
    pub(super) const fn is_steady(&self) -> bool {
        self.lingering.is_none()
    }

    /// The canary's share of new sessions that begin at an instant, in seconds.
    pub(super) fn share(&self, at: f64) -> f64 {
        if let Some(lingering) = self.lingering
            && lingering.since <= at
        {
            let left = 1.0 - (at - lingering.since) / lingering.lasts;
            return lingering.share * left.max(0.0);
        }
        let then = self.history.iter().rev().find(|(since, _)| *since <= at);
        then.map_or(0.0, |(_, share)| *share)
    }
}
