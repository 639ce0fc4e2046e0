//! The controller that runs a plan.

use super::Plan;
use crate::{
    outbox::Outbox,
    protocol::{Controller, Input, Outcome, Output, Position, Recording},
    units::Time,
};
use alloc::sync::Arc;

/// A controller that runs a [`Plan`] as Argo Rollouts would.
#[derive(Clone, Debug, PartialEq)]
pub struct ArgoController {
    plan: Arc<Plan>,
    outbox: Outbox,
    outcome: Option<Outcome>,
}

impl ArgoController {
    /// Stands at the start of a plan.
    pub fn new(plan: Arc<Plan>, recording: Recording) -> Self {
        Self {
            plan,
            outbox: Outbox::new(recording),
            outcome: None,
        }
    }

    /// The plan that it runs.
    pub const fn plan(&self) -> &Arc<Plan> {
        &self.plan
    }
}

impl Controller for ArgoController {
    fn handle(&mut self, _now: Time, _input: Input) {}

    fn poll(&mut self) -> Option<Output> {
        self.outbox.poll()
    }

    fn next_deadline(&self) -> Option<Time> {
        None
    }

    fn position(&self) -> Position {
        Position {
            node: self.plan.start(),
            paused: false,
            outcome: self.outcome,
        }
    }
}
