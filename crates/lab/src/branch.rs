//! One seed under many plans: they share a world until they part, and each group goes on in a world of its own.
//!
//! A world cannot be split in the middle of an instant. So it is copied before each instant at which a window ends; when
//! plans part, each group does that instant again, alone, from the copy.

use crate::{bundle::Bundle, run::Ran};
use alloc::{sync::Arc, vec, vec::Vec};
use coalmine_controller::{Controller as _, Plan, Recording};
use coalmine_sim::{Kit, Scenario, Seed, Simulation};

/// Runs all plans to their ends. In the order of the plans, each exactly as if it had run alone.
pub(crate) fn run_all(
    plans: &Arc<Vec<Arc<Plan>>>,
    classes: &[Vec<u32>],
    scenario: &Arc<Scenario>,
    seed: Seed,
    kit: &mut Kit,
) -> Vec<Ran> {
    let mut ran: Vec<Option<Ran>> = plans.iter().map(|_| None).collect();
    let mut open = vec![Simulation::with_kit(
        Arc::clone(scenario),
        Bundle::new(Arc::clone(plans), classes),
        seed,
        0,
        Recording::Outcome,
        core::mem::take(kit),
    )];
    while let Some(simulation) = open.pop() {
        let Some(closed) = advance(simulation, &mut open) else {
            continue;
        };
        let summary = closed.summary().expect("it was run to its close");
        for (member, log) in closed.controller().logs() {
            ran[member as usize] = Some(Ran::new(summary.clone(), log.clone()));
        }
        *kit = closed.into_kit();
    }
    ran.into_iter()
        .map(|ran| ran.expect("each plan is in one group"))
        .collect()
}

/// Runs to the close, or until the plans part and each group stands open again.
fn advance(
    mut simulation: Simulation<Bundle>,
    open: &mut Vec<Simulation<Bundle>>,
) -> Option<Simulation<Bundle>> {
    let mut checkpoint = simulation
        .controller()
        .is_shared()
        .then(|| simulation.clone());
    while let Some(at) = simulation.next_instant() {
        if simulation.controller().next_deadline() == Some(at)
            && simulation.controller().is_shared()
        {
            checkpoint = Some(simulation.clone());
        }
        simulation.step();
        let Some(groups) = simulation.controller_mut().take_parted() else {
            continue;
        };
        let checkpoint = checkpoint?;
        for group in groups.iter().rev() {
            let mut alone = checkpoint.clone();
            alone.controller_mut().keep(group);
            open.push(alone);
        }
        return None;
    }
    Some(simulation)
}
