//! What the tests run: the example's diagram, small studies.

use coalmine_controller::{Plan, Policy, compile};
use coalmine_flow::{Diagram, parse};
use coalmine_lab::{Ledger, Piece, Release, Shard, Study, StudyParts};
use coalmine_sim::{Fault, FaultKind, Kit, Onset, Scenario, Seed};
use std::sync::Arc;

pub(crate) use coalmine_controller::{Limit, Millis, Time};

/// The example that the page opens with.
pub(crate) fn diagram() -> Diagram {
    parse(include_str!("../../../../examples/canary.fz")).diagram
}

pub(crate) fn plan(policy: &Policy) -> Arc<Plan> {
    compile(&diagram(), policy)
        .plan
        .expect("the example compiles")
}

/// A release whose canary fails this much more often, in millionths, from its start.
pub(crate) fn failing(more: i64) -> Scenario {
    let mut scenario = Scenario::default();
    let kind = FaultKind::ErrorRate(Limit(more));
    scenario.faults.push(Fault::new(kind, Onset::At(Time(0))));
    scenario
}

pub(crate) fn study(plans: Vec<Arc<Plan>>, releases: Vec<Release>, rollouts: u32) -> Study {
    let parts = StudyParts {
        plans,
        releases,
        seed: Seed(7),
        rollouts,
        precision: None,
        shard: Shard::WHOLE,
    };
    Study::new(parts).expect("the study can be run")
}

/// Runs a study to its end, with this many workers that take turns in an order that `pick` decides.
pub(crate) fn run(study: Study, workers: usize, pick: impl Fn(usize, usize) -> usize) -> Ledger {
    let study = Arc::new(study);
    let mut ledger = Ledger::new(Arc::clone(&study));
    let mut kits: Vec<Kit> = (0..workers).map(|_| Kit::default()).collect();
    let mut turn = 0;
    while !ledger.is_complete() {
        let mut pieces: Vec<Piece> = Vec::new();
        while pieces.len() < workers
            && let Some(piece) = ledger.hand_out()
        {
            pieces.push(piece);
        }
        while !pieces.is_empty() {
            let at = pick(turn, pieces.len()) % pieces.len();
            let piece = pieces.swap_remove(at);
            let batch = study.run(piece, &mut kits[at]);
            ledger.take_in(piece, &batch);
            turn += 1;
        }
    }
    ledger
}

/// Runs a study to its end as one worker would.
pub(crate) fn complete(study: Study) -> Ledger {
    run(study, 1, |_, _| 0)
}
