//! What the token's journey has come to: the canary so far, what observed it, and why the run ends as it does.

use crate::{
    protocol::Outcome,
    units::{Millis, Time, Weight},
};
use alloc::string::String;

/// What has happened to the canary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Canary {
    Absent,
    Present,
    RolledBack,
    Promoted,
}

/// What observed since the last change of weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Observed {
    Nothing,
    /// A wait of this length.
    Waited(Millis),
    /// Probes, over this window.
    Probed {
        from: Time,
        until: Time,
    },
}

/// How far the canary ever came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Peak {
    Partial,
    Full,
}

/// Why the run does not succeed.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Trouble {
    None,
    Stopped(String),
    Failed(String),
}

#[derive(Clone, Debug)]
pub(super) struct Journey {
    canary: Canary,
    peak: Peak,
    trouble: Trouble,
    /// The last percentage passed.
    pub(super) share: Weight,
    /// What the router confirmed last.
    pub(super) weight: Weight,
    /// When it did.
    pub(super) weighed: Time,
    pub(super) observed: Observed,
}

impl Default for Journey {
    fn default() -> Self {
        Self {
            canary: Canary::Absent,
            peak: Peak::Partial,
            trouble: Trouble::None,
            share: Weight::ZERO,
            weight: Weight::ZERO,
            weighed: Time(0),
            observed: Observed::Nothing,
        }
    }
}

impl Journey {
    pub(super) fn has_canary(&self) -> bool {
        self.canary == Canary::Present
    }

    pub(super) fn canary(&self) -> Canary {
        self.canary
    }

    /// Pods were asked for.
    pub(super) fn deployed(&mut self, share: Weight) {
        self.canary = Canary::Present;
        self.share = share;
    }

    /// The router confirmed.
    pub(super) fn routed(&mut self, now: Time, weight: Weight) {
        self.weight = weight;
        self.weighed = now;
        self.observed = Observed::Nothing;
        if weight == Weight::FULL {
            self.peak = Peak::Full;
        }
    }

    /// From now on the canary gets no traffic.
    pub(super) fn cut_off(&mut self) {
        self.weight = Weight::ZERO;
    }

    pub(super) fn rolled_back(&mut self) {
        self.canary = Canary::RolledBack;
        self.observed = Observed::Nothing;
    }

    pub(super) fn promoted(&mut self) {
        self.canary = Canary::Promoted;
        self.weight = Weight::ZERO;
        self.observed = Observed::Nothing;
    }

    /// The rollout is stopped, for this reason; the first one stays.
    pub(super) fn stop(&mut self, why: String) {
        if self.trouble == Trouble::None {
            self.trouble = Trouble::Stopped(why);
        }
    }

    /// Something could not be carried out.
    pub(super) fn fail(&mut self, why: String) {
        self.trouble = Trouble::Failed(why);
    }

    /// How the run ends, and why.
    pub(super) fn ending(&self) -> (Outcome, String) {
        let stopped = match self.peak {
            Peak::Partial => Outcome::Aborted,
            Peak::Full => Outcome::RolledBack,
        };
        match (&self.trouble, self.canary) {
            (Trouble::Failed(why), _) => (Outcome::Failed, why.clone()),
            (_, Canary::Promoted) => (Outcome::Succeeded, String::from("every gate passed")),
            (Trouble::Stopped(why), _) => (stopped, why.clone()),
            (Trouble::None, Canary::RolledBack) => {
                (stopped, String::from("the diagram led to a rollback"))
            }
            (Trouble::None, Canary::Absent | Canary::Present) => (
                Outcome::Failed,
                String::from("the run ended without a version rolled out"),
            ),
        }
    }
}
