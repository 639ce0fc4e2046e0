//! What several controllers of one world need: to hand one's state on to another, and to tell whether they stand alike.

use super::{FlowController, state::Phase};
use crate::plan::Plan;
use alloc::sync::Arc;

impl FlowController {
    /// This controller with another plan, in the midst of a run. That plan must have the same steps, and as many readings
    /// at each of them: [`Plan::levelled`] tells.
    #[must_use]
    pub fn with_plan(&self, plan: Arc<Plan>) -> Self {
        Self {
            plan,
            ..self.clone()
        }
    }

    /// Whether it waits for what a probe or a gate has asked.
    pub const fn is_judging(&self) -> bool {
        matches!(self.phase, Phase::Measuring { .. })
    }

    /// Whether both are at the same point of their runs, whatever their plans say.
    pub fn stands_as(&self, other: &Self) -> bool {
        let Self {
            plan: _,
            replicas,
            at,
            phase,
            pace,
            canary,
            seen,
            readings,
            trigger_readings,
            trigger_span,
            why,
            moves,
            outbox,
        } = self;
        (at, phase, pace, canary, seen)
            == (
                &other.at,
                &other.phase,
                &other.pace,
                &other.canary,
                &other.seen,
            )
            && (readings, trigger_readings, trigger_span)
                == (
                    &other.readings,
                    &other.trigger_readings,
                    &other.trigger_span,
                )
            && (replicas, why, moves, outbox)
                == (&other.replicas, &other.why, &other.moves, &other.outbox)
    }
}
