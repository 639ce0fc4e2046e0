//! What the controller waits for; each phase carries only what it needs.

use crate::{
    plan::Exit,
    protocol::{CommandId, Outcome},
    query::Window,
    units::{Time, Weight},
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    /// Before the start.
    Idle,
    /// A command is being carried out.
    Working {
        id: CommandId,
        then: Then,
        /// By when, where there is a limit.
        deadline: Option<Time>,
    },
    /// Metrics accumulate.
    Observing {
        what: Observer,
        from: Time,
        until: Time,
    },
    /// Queries are open.
    Measuring {
        what: Measurer,
        window: Window,
        /// The id of the first query; the others follow it.
        first: u32,
        open: u32,
    },
    /// A person has paused the run, and this is what comes next.
    Held(Then),
    /// The rollback is carried out; without an exit the run ends where it stands.
    RollingBack { id: CommandId, exit: Option<Exit> },
    /// Stable takes over; without an exit the run ends where it stands.
    Promoting { id: CommandId, exit: Option<Exit> },
    /// Nothing follows.
    Ended(Outcome),
}

/// Who observes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Observer {
    Wait(Exit),
    Probe(Exit),
    /// A gate, after so many extensions.
    Gate(u8),
}

/// Who measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Measurer {
    Probe(Exit),
    /// A gate, after so many extensions.
    Gate(u8),
}

/// What comes next at a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Then {
    /// The token leaves.
    Leave(Exit),
    /// The pods are there: the router is set.
    Route(Weight, Exit),
    /// The router has confirmed.
    Routed(Weight, Exit),
    /// The gate judges what was measured, after so many extensions.
    Judge(u8, Window),
}

/// Whether a person has paused the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pulse {
    Running,
    Paused,
}

/// The queries of the triggers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Watch {
    Idle,
    /// The id of the first query, and how many are open.
    Asked {
        first: u32,
        open: u32,
        at: Time,
    },
}

impl Phase {
    /// Whether a trigger or a person can still stop the rollout.
    pub(super) fn is_stoppable(&self) -> bool {
        match self {
            Self::Working { .. }
            | Self::Observing { .. }
            | Self::Measuring { .. }
            | Self::Held(_) => true,
            Self::Idle | Self::RollingBack { .. } | Self::Promoting { .. } | Self::Ended(_) => {
                false
            }
        }
    }

    /// Whether the token waits for time or for a person, and a person can send it on.
    pub(super) fn is_waiting(&self) -> bool {
        match self {
            Self::Observing { .. } | Self::Held(Then::Leave(_) | Then::Judge(..)) => true,
            Self::Held(Then::Route(..) | Then::Routed(..))
            | Self::Idle
            | Self::Working { .. }
            | Self::Measuring { .. }
            | Self::RollingBack { .. }
            | Self::Promoting { .. }
            | Self::Ended(_) => false,
        }
    }
}
