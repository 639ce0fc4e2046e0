//! What a controller knows: pods, weights, pauses, runs.

use crate::{
    argo::{
        analysis::{Kind, Measurement, PauseReason, Run},
        scaling::PodSet,
    },
    protocol::{Checked, CommandId, Outcome},
    query::Reading,
    units::{Millis, Time},
};
use alloc::{string::String, vec::Vec};
use coalmine_flow::NodeId;

/// How far the run has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Life {
    /// Not begun.
    Idle,
    /// Under way, be it forward or back.
    Running,
    /// The new version takes over.
    Promoting(CommandId),
    /// The canary's last pods go.
    Draining(CommandId),
    /// Over.
    Ended(Outcome),
}

/// Why a rollout was aborted.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Why {
    /// By a person.
    Operator,
    /// By an analysis or an experiment.
    Analysis(String),
    /// Nothing went on for so long.
    Deadline(Millis),
    /// Something could not be carried out.
    Failure(String),
}

/// The pods of a version, and what was asked for last.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Fleet {
    pub(super) set: PodSet,
    /// Pods that come up, until this command is done.
    pub(super) waits: Option<(CommandId, u32)>,
    /// When they count as available.
    pub(super) ripens: Option<(Time, u32)>,
}

impl Fleet {
    pub(super) fn of(pods: u32) -> Self {
        Self {
            set: PodSet::all(pods),
            ..Self::default()
        }
    }

    /// So many are asked for now. Those that go are gone for the rules at once; those that come are not there yet.
    pub(super) fn ask(&mut self, pods: u32, id: CommandId) {
        self.set.asked = pods;
        self.set.created = pods;
        self.set.available = self.set.available.min(pods);
        self.ripens = None;
        self.waits = (self.set.available < pods).then_some((id, pods));
    }

    /// A command is done; whether it was this one's.
    pub(super) fn done(&mut self, id: CommandId, now: Time, min_ready: Millis) -> bool {
        match self.waits {
            Some((waits, pods)) if waits == id => {
                self.waits = None;
                self.ripens = Some((now + min_ready, pods));
                true
            }
            Some(_) | None => false,
        }
    }

    /// Ready pods become available in time; whether some did.
    pub(super) fn ripen(&mut self, now: Time) -> bool {
        match self.ripens {
            Some((at, pods)) if at <= now => {
                self.ripens = None;
                self.set.available = pods;
                true
            }
            Some(_) | None => false,
        }
    }
}

/// The router.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Router {
    /// What was asked for last, in basis points, and in the file's own weight where there is a router.
    pub(super) asked: u16,
    pub(super) asked_weight: u32,
    /// What it has confirmed.
    pub(super) weight: u32,
    /// Not yet confirmed.
    pub(super) waits: Option<CommandId>,
    /// The most that the canary ever had.
    pub(super) peak: u16,
}

/// What holds the rollout.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Holds {
    /// `spec.paused`: a person has paused it.
    pub(super) paused: bool,
    /// A pause step began then.
    pub(super) since: Option<Time>,
    /// An analysis could not decide.
    pub(super) inconclusive: Option<PauseReason>,
}

/// A run of an analysis, with its questions.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Watch {
    pub(super) kind: Kind,
    /// The step that it belongs to.
    pub(super) step: usize,
    pub(super) run: Run,
    pub(super) asks: Vec<Ask>,
    /// By metric: the newest measurement with its numbers.
    pub(super) checks: Vec<Option<Checked>>,
    /// Whether what it did to the rollout was done.
    pub(super) settled: bool,
    pub(super) node: NodeId,
    pub(super) gate: NodeId,
}

/// A measurement in flight.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Ask {
    pub(super) metric: usize,
    pub(super) answers: Vec<(CommandId, Option<Reading>)>,
    pub(super) query: crate::query::Query,
    /// What the newest measurement was before.
    pub(super) before: Option<Measurement>,
}
