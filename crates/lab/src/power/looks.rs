//! Watches the gates of a rollout decide.

use alloc::{sync::Arc, vec, vec::Vec};
use coalmine_controller::{
    Command, Controller, Decision, FlowController, Input, Output, Plan, Position, Record,
    Recording, Time, Weight,
};
use coalmine_flow::NodeId;
use coalmine_sim::{Kit, Scenario, Seed, Simulation};

/// A gate's first decision of a rollout.
#[derive(Clone, Debug)]
pub(super) struct Look {
    pub(super) decision: Decision,
    /// The canary's share of traffic.
    pub(super) weight: Weight,
}

/// Watches gates decide.
#[derive(Clone, Debug)]
struct Eyes {
    inner: FlowController,
    weight: Weight,
    looks: Vec<Look>,
}

impl Controller for Eyes {
    fn handle(&mut self, now: Time, input: Input) {
        self.inner.handle(now, input);
    }

    fn poll(&mut self) -> Option<Output> {
        let output = self.inner.poll()?;
        match &output {
            Output::Command(_, Command::SetWeight(weight)) => self.weight = *weight,
            Output::Record(Record::Decided(decision)) => {
                let node = decision.node;
                if self.looks.iter().all(|look| look.decision.node != node) {
                    self.looks.push(Look {
                        decision: decision.clone(),
                        weight: self.weight,
                    });
                }
            }
            Output::Command(..) | Output::Record(_) => {}
        }
        Some(output)
    }

    fn next_deadline(&self) -> Option<Time> {
        self.inner.next_deadline()
    }

    fn position(&self) -> Position {
        self.inner.position()
    }
}

/// The first decision of each gate in one rollout, up to the given one.
pub(super) fn looks(
    plan: &Arc<Plan>,
    scenario: &Arc<Scenario>,
    seed: Seed,
    last: Option<NodeId>,
    kit: &mut Kit,
) -> Vec<Look> {
    let eyes = Eyes {
        inner: FlowController::new(Arc::clone(plan), Recording::Full),
        weight: Weight::ZERO,
        looks: vec![],
    };
    let used = core::mem::take(kit);
    let recording = Recording::Outcome;
    let mut run = Simulation::with_kit(Arc::clone(scenario), eyes, seed, 0, recording, used);
    let is_over = |looks: &[Look]| {
        let mut nodes = looks.iter().map(|look| look.decision.node);
        last.is_some_and(|last| nodes.any(|node| node == last))
    };
    // What follows the gate in question cannot change what it saw.
    while !is_over(&run.controller().looks) && run.step().is_some() {}
    let looks = run.controller().looks.clone();
    *kit = run.into_kit();
    looks
}
