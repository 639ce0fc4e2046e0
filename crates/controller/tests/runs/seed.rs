//! The seed's rollout from start to end, by every path that it has.

use crate::stage::{SEED, Stage, plan, play};
use coalmine_controller::{FlowController, Policy, Record, Recording};
use coalmine_flow::{EdgeId, NodeId, parse};
use expect_test::{Expect, expect};
use std::collections::BTreeSet;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn check(script: &str, expected: &Expect) {
    expected.assert_eq(&play(script));
}

#[test]
fn a_healthy_release_succeeds_node_by_node() {
    check("", &expect![[]]);
}

#[test]
fn errors_at_five_percent_abort_through_the_first_gate() {
    check("3m canary errors 2.1%", &expect![[]]);
}

#[test]
fn errors_at_twenty_five_percent_abort_through_the_second_gate() {
    check("8m canary errors 2.1%", &expect![[]]);
}

#[test]
fn latency_after_the_full_rollout_rolls_back() {
    check("14m canary p99 600ms", &expect![[]]);
}

#[test]
fn every_node_and_edge_of_the_seed_is_reached_by_some_script() {
    let (mut nodes, mut edges) = (BTreeSet::new(), BTreeSet::new());
    for script in ["", "3m canary errors 2%", "8m canary errors 2%", "14m canary errors 2%"] {
        let controller = FlowController::new(plan(SEED, &Policy::default()), Recording::Full);
        let mut stage = Stage::new(controller, script);
        while stage.step() {}
        for record in &stage.records {
            match record {
                Record::Entered(node) => {
                    nodes.insert(*node);
                }
                Record::Travelled(edge) => {
                    edges.insert(*edge);
                }
                Record::Jumped { .. }
                | Record::Observing { .. }
                | Record::Probed { .. }
                | Record::Decided(_)
                | Record::Operator { .. }
                | Record::Ended { .. } => {}
            }
        }
    }
    let diagram = parse(SEED).diagram;
    assert_eq!((diagram.nodes.len(), diagram.edges.len()), (20, 22));
    assert_eq!(nodes, diagram.nodes.iter().map(|node| node.id).collect::<BTreeSet<NodeId>>());
    assert_eq!(edges, (0..22).map(EdgeId).collect::<BTreeSet<EdgeId>>());
}
