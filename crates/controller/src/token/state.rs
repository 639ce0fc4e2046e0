//! The states of the controller: each variant carries exactly what only it needs.

use super::judge::Span;
use crate::{
    plan::{Exit, Watch},
    protocol::{CommandId, Look, Outcome},
    units::{Millis, Time, Weight},
};

/// What the token waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    /// The start.
    Idle,
    /// A stage of the pipeline.
    Working { id: CommandId, exit: Exit },
    /// Canary pods to get ready, at the latest by `until`.
    Scaling {
        id: CommandId,
        until: Time,
        then: Then,
    },
    /// The router to confirm a weight.
    Routing {
        id: CommandId,
        to: Weight,
        exit: Exit,
    },
    /// The end of a window, or a look before.
    Observing(Observing),
    /// Answers to queries over this span.
    Measuring { span: Span, by: Looker },
    /// A person to resume.
    Held { then: Then },
    /// The canary to be gone.
    RollingBack { id: CommandId, then: After },
    /// Stable to take over.
    Promoting { id: CommandId, then: After },
    /// Nothing any more.
    Ended(Outcome),
}

/// A window that is observed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Observing {
    pub(super) until: Time,
    pub(super) length: Millis,
    pub(super) by: Observer,
    /// The look to come: evenly spaced, the last one at the end.
    pub(super) look: Look,
}

impl Observing {
    /// When the look to come is due.
    pub(super) fn due(self) -> Time {
        let left = u64::from(self.look.of.saturating_sub(self.look.number));
        let before_end = self.length.0.saturating_mul(left) / u64::from(self.look.of.max(1));
        self.until.before(Millis(before_end))
    }

    /// The same, once this look was taken.
    pub(super) fn looked(self) -> Self {
        Self {
            look: Look {
                number: self.look.number + 1,
                of: self.look.of,
            },
            ..self
        }
    }
}

/// Who observes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Observer {
    Wait(Exit),
    Probe(Exit),
    /// A gate that holds, or that extends for the n-th time.
    Gate {
        extension: u8,
    },
}

/// Who measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Looker {
    Probe(Exit),
    Gate {
        extension: u8,
    },
    /// The gate ahead, while this window lasts.
    Early(Observing),
}

/// What comes next at a node, unless a pause keeps it from happening.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Then {
    Leave(Exit),
    Route { to: Weight, exit: Exit },
    Judge { extension: u8 },
}

/// What follows a rollback or a promotion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum After {
    /// It was drawn: the token goes on.
    Leave(Exit),
    /// It was not: the run ends.
    End(Outcome),
}

/// What a transition comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    /// Nothing changes.
    Same,
    /// The token stays and waits for this.
    Stay(Phase),
    /// The node is done; this comes next.
    Go(Then),
}

/// Whether a person has paused the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pace {
    Running,
    Paused,
}

/// What exists of the canary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Canary {
    /// Nothing was asked for yet.
    Absent,
    /// Pods were asked for.
    Present {
        /// The last percentage passed.
        share: Weight,
        /// What the router confirmed last.
        weight: Weight,
        /// The most that it ever confirmed.
        peak: Weight,
        /// When it confirmed last; before, when pods were first asked for.
        since: Time,
    },
    /// It was rolled back.
    RolledBack { peak: Weight },
    /// It is stable now.
    Promoted,
}

/// What observed since the last change of weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Seen {
    /// Neither a wait nor a probe.
    Nothing,
    /// A wait.
    Waited { watch: Watch },
    /// The first probe, up to `to`.
    Probed { to: Time, watch: Watch },
}

impl Canary {
    /// The share of traffic that the router confirmed last.
    pub(super) fn weight(self) -> Weight {
        match self {
            Self::Present { weight, .. } => weight,
            Self::Absent | Self::RolledBack { .. } | Self::Promoted => Weight::ZERO,
        }
    }

    /// The last change of weight; without a canary, the beginning.
    pub(super) fn since(self) -> Time {
        match self {
            Self::Present { since, .. } => since,
            Self::Absent | Self::RolledBack { .. } | Self::Promoted => Time::default(),
        }
    }
}

/// How a rollback counts: by the most traffic that the canary ever had.
pub(super) fn outcome_of(peak: Weight) -> Outcome {
    match peak {
        Weight::FULL => Outcome::RolledBack,
        _ => Outcome::Aborted,
    }
}
