//! The seed's rollout from start to end, by every path that it has.

use crate::stage::{SEED, Stage, plan, play};
use coalmine_controller::{FlowController, Policy, Record, Recording};
use coalmine_flow::{EdgeId, NodeId, parse};
use expect_test::{Expect, expect};
use std::collections::BTreeSet;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// From this instant on.
fn check(script: &str, from: &str, expected: &Expect) {
    let told = play(script);
    let lines = told.lines().skip_while(|line| !line.starts_with(from));
    let lines: String = lines.flat_map(|line| [line, "\n"]).collect();
    expected.assert_eq(&lines);
}

#[test]
fn a_healthy_release_reaches_the_second_gate_node_by_node() {
    let told = play("");
    let lines = told.lines().take_while(|line| !line.starts_with("12:44"));
    let lines: String = lines.flat_map(|line| [line, "\n"]).collect();
    expect![[r"
        0:00 at n1
        0:00 by edge 1
        0:00 at n2
        0:00 build
        1:30 by edge 2
        1:30 at n3
        1:30 push
        2:00 by edge 3
        2:00 at n6
        2:00 1 pods
        2:20 by edge 5
        2:20 at n7
        2:20 route 5%
        2:22 by edge 6
        2:22 at n8
        2:22 n8 observes to 7:22
        7:22 by edge 7
        7:22 at n9
        7:22 ask error rate of Canary 2:22..7:22
        7:22 ask latency p99 of Canary 2:22..7:22
        7:22 ask CPU of Canary 2:22..7:22
        7:22 ask memory of Canary 2:22..7:22
        7:22 n9 judged Pass, error rate Pass, latency p99 Pass, CPU Pass, memory Pass
        7:22 by edge 8
        7:22 at n10
        7:22 5 pods
        7:42 route 25%
        7:44 by edge 10
        7:44 at n12
        7:44 n12 observes to 12:44
    "]]
    .assert_eq(&lines);
}

#[test]
fn a_healthy_release_goes_on_to_success_node_by_node() {
    check(
        "",
        "12:44",
        &expect![[r"
        12:44 ask error rate of Canary 7:44..12:44
        12:44 ask latency p99 of Canary 7:44..12:44
        12:44 ask CPU of Canary 7:44..12:44
        12:44 ask memory of Canary 7:44..12:44
        12:44 n12 judged Pass, error rate Pass, latency p99 Pass, CPU Pass, memory Pass
        12:44 by edge 12
        12:44 at n13
        12:44 10 pods
        13:04 route 50%
        13:06 by edge 14
        13:06 at n14
        13:06 20 pods
        13:26 route 100%
        13:28 by edge 15
        13:28 at n15
        13:28 n15 observes to 18:28
        18:28 ask error rate of Canary 13:28..18:28
        18:28 n15 probed error rate Pass
        18:28 by edge 16
        18:28 at n16
        18:28 ask latency p99 of Canary 13:28..18:28
        18:28 n16 probed latency p99 Pass
        18:28 by edge 17
        18:28 at n17
        18:28 ask CPU of Canary 13:28..18:28
        18:28 ask memory of Canary 13:28..18:28
        18:28 n17 probed CPU Pass
        18:28 n17 probed memory Pass
        18:28 by edge 18
        18:28 at n18
        18:28 n18 judged Pass, error rate Pass, latency p99 Pass, CPU Pass, memory Pass
        18:28 by edge 19
        18:28 at n19
        18:28 promote
        18:58 by edge 21
        18:58 at n4
        18:58 by edge 4
        18:58 at n5
        18:58 Succeeded: the new version serves all traffic
        18:58 complete Succeeded
    "]],
    );
}

#[test]
fn errors_at_five_percent_abort_through_the_first_gate() {
    check(
        "3m canary errors 2.1%",
        "7:22",
        &expect![[r"
         7:22 by edge 7
         7:22 at n9
         7:22 ask error rate of Canary 2:22..7:22
         7:22 ask latency p99 of Canary 2:22..7:22
         7:22 ask CPU of Canary 2:22..7:22
         7:22 ask memory of Canary 2:22..7:22
         7:22 n9 judged Fail, error rate Fail, latency p99 Pass, CPU Pass, memory Pass
         7:22 by edge 9
         7:22 at n11
         7:22 roll back
         7:52 by edge 11
         7:52 at n4
         7:52 by edge 4
         7:52 at n5
         7:52 Aborted: error rate 2.1% was not below 1% over 5min at 5% of traffic
         7:52 complete Aborted
    "]],
    );
}

#[test]
fn errors_at_twenty_five_percent_abort_through_the_second_gate() {
    check(
        "8m canary errors 2.1%",
        "12:44",
        &expect![[r"
        12:44 ask error rate of Canary 7:44..12:44
        12:44 ask latency p99 of Canary 7:44..12:44
        12:44 ask CPU of Canary 7:44..12:44
        12:44 ask memory of Canary 7:44..12:44
        12:44 n12 judged Fail, error rate Fail, latency p99 Pass, CPU Pass, memory Pass
        12:44 by edge 13
        12:44 at n11
        12:44 roll back
        13:14 by edge 11
        13:14 at n4
        13:14 by edge 4
        13:14 at n5
        13:14 Aborted: error rate 2.1% was not below 1% over 5min at 25% of traffic
        13:14 complete Aborted
    "]],
    );
}

#[test]
fn latency_after_the_full_rollout_rolls_back() {
    check(
        "14m canary p99 600ms",
        "13:28",
        &expect![[r"
        13:28 by edge 15
        13:28 at n15
        13:28 n15 observes to 18:28
        18:28 ask error rate of Canary 13:28..18:28
        18:28 n15 probed error rate Pass
        18:28 by edge 16
        18:28 at n16
        18:28 ask latency p99 of Canary 13:28..18:28
        18:28 n16 probed latency p99 Fail
        18:28 by edge 17
        18:28 at n17
        18:28 ask CPU of Canary 13:28..18:28
        18:28 ask memory of Canary 13:28..18:28
        18:28 n17 probed CPU Pass
        18:28 n17 probed memory Pass
        18:28 by edge 18
        18:28 at n18
        18:28 n18 judged Fail, error rate Pass, latency p99 Fail, CPU Pass, memory Pass
        18:28 by edge 20
        18:28 at n20
        18:28 roll back
        18:58 by edge 22
        18:58 at n4
        18:58 by edge 4
        18:58 at n5
        18:58 RolledBack: latency p99 600ms was not below 500ms over 5min at 100% of traffic
        18:58 complete RolledBack
    "]],
    );
}

#[test]
fn every_node_and_edge_of_the_seed_is_reached_by_some_script() {
    let (mut nodes, mut edges) = (BTreeSet::new(), BTreeSet::new());
    for script in [
        "",
        "3m canary errors 2%",
        "8m canary errors 2%",
        "14m canary errors 2%",
    ] {
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
                | Record::Looked { .. }
                | Record::Ended { .. } => {}
            }
        }
    }
    let diagram = parse(SEED).diagram;
    assert_eq!((diagram.nodes.len(), diagram.edges.len()), (20, 22));
    assert_eq!(
        nodes,
        diagram
            .nodes
            .iter()
            .map(|node| node.id)
            .collect::<BTreeSet<NodeId>>()
    );
    assert_eq!(edges, (0..22).map(EdgeId).collect::<BTreeSet<EdgeId>>());
}
