//! One rollout of an ensemble: which seed it has, and what is kept of it.

use crate::watch::{Log, Stop, Watched};
use alloc::{sync::Arc, vec::Vec};
use coalmine_controller::{Outcome, Plan, Recording};
use coalmine_flow::{EdgeId, NodeId};
use coalmine_sim::{Kit, Scenario, Seed, Simulation, Summary};

/// What is kept of a rollout.
#[derive(Clone, Debug, PartialEq)]
pub struct Ran {
    /// How it went; without a trace hash.
    pub summary: Summary,
    /// What stopped it, unless it succeeded.
    pub stop: Option<Stop>,
    /// The nodes that the token passed, each once, in the order of their ids.
    pub nodes: Vec<NodeId>,
    /// The edges that it travelled, each once, in the order of their ids.
    pub edges: Vec<EdgeId>,
    /// Where it left the drawn path, from where to where, each once.
    pub jumps: Vec<(NodeId, NodeId)>,
}

impl Ran {
    pub(crate) fn new(mut summary: Summary, log: Log) -> Self {
        let Log {
            mut nodes,
            mut edges,
            mut jumps,
            stop,
            reason,
            ..
        } = log;
        if let Some(reason) = reason {
            summary.reason = reason;
        }
        nodes.sort_unstable();
        nodes.dedup();
        edges.sort_unstable();
        edges.dedup();
        jumps.sort_unstable();
        jumps.dedup();
        Self {
            stop: stop.filter(|_| summary.outcome != Outcome::Succeeded),
            summary,
            nodes,
            edges,
            jumps,
        }
    }
}

/// The seed of a run of an ensemble: a project with this seed replays it.
///
/// The first run of the first release has the ensemble's own seed, so that it is the run on screen. All plans meet the
/// same seeds; releases have seeds of their own, so that what is pooled over them is independent. Seeds after the first
/// fit into 53 bits, which every notation of numbers holds.
pub fn seed_of(base: Seed, release: u32, run: u32) -> Seed {
    if (release, run) == (0, 0) {
        return base;
    }
    let place = (u64::from(release) << 32) | u64::from(run);
    Seed(mix(mix(base.0) ^ place) >> 11)
}

/// The finalizer of `SplitMix64` by S. Vigna: neighbours have nothing in common.
const fn mix(word: u64) -> u64 {
    let mut x = word.wrapping_add(0x9e37_79b9_7f4a_7c15);
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

/// Runs one plan to its end.
pub(crate) fn run(plan: &Arc<Plan>, scenario: &Arc<Scenario>, seed: Seed, kit: &mut Kit) -> Ran {
    let mut simulation = Simulation::with_kit(
        Arc::clone(scenario),
        Watched::new(Arc::clone(plan)),
        seed,
        0,
        Recording::Outcome,
        core::mem::take(kit),
    );
    simulation.run_to_close();
    let summary = simulation
        .summary()
        .expect("a run that was run to its close is closed");
    let log = simulation.controller().log.clone();
    *kit = simulation.into_kit();
    Ran::new(summary, log)
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::collections::BTreeSet;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn no_two_runs_have_the_same_seed_and_the_first_has_the_ensembles() {
        assert_eq!(seed_of(Seed(7), 0, 0), Seed(7));
        let seeds: BTreeSet<Seed> = (0..4)
            .flat_map(|release| (0..5_000).map(move |run| seed_of(Seed(7), release, run)))
            .collect();
        assert_eq!(seeds.len(), 20_000);
        assert!(seeds.iter().all(|seed| seed.0 < 1 << 53));
    }

    #[test]
    fn neighbouring_ensembles_share_no_seeds() {
        let of = |base| (1..5_000).map(move |run| seed_of(Seed(base), 0, run));
        let ours: BTreeSet<Seed> = of(7).collect();
        assert!(of(8).all(|seed| !ours.contains(&seed)));
    }
}
