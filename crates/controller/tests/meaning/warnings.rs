//! Numbers that cannot be, and what is likely wrong: each with its place and a way out.

use crate::{SEED, drawn, findings};
use coalmine_controller::{NodePolicy, Policy};
use coalmine_flow::NodeId;
use expect_test::{Expect, expect};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn check(statements: &[&str], expected: &Expect) {
    expected.assert_eq(&findings(&drawn(statements), &Policy::default()));
}

#[test]
fn shares_that_cannot_be_are_refused_at_their_number() {
    check(
        &[
            "1 circle Start",
            "2 rectangle Deploy to 120% of pods",
            "3 rectangle Increase to 0%",
            "4 rectangle Increase to 0.005%",
            "5 rectangle Ramp 10% then 20%",
            "6 circle End",
            "1>2",
            "2>3",
            "3>4",
            "4>5",
            "5>6",
        ],
        &expect![[r#"
            3:32 Error share-too-large: 120 % is more than everything
                write at most 100%
            4:34 Error share-zero: 0 % deploys nothing
                write more than 0%, or draw a rollback
            5:34 Error share-too-fine: 0.005 % has more than two decimals
                round it to a hundredth of a percent
            6:22 Warning several-percentages: "Ramp 10% then 20%" has several percentages; the token passes on
                keep one, or write "from 5% to 25%"
            7:1 Warning end-without-outcome: a path leads to n6 without a success or a rollback; what exists is rolled back, and the run has failed
                lead it through a step such as "Mark success" or "Rollback"
            does not run
        "#]],
    );
}

#[test]
fn what_is_likely_wrong_is_said_and_runs() {
    check(
        &[
            "1 circle Start",
            "2 rectangle Increase to 50%",
            "3 rectangle Increase to 25%",
            "4 rectangle Make coffee",
            "5 rectangle Increase traffic",
            "6 rectangle Build and push",
            "7 rectangle Measure latency p50",
            "8 rectangle Mark success",
            "9 circle End",
            "10 rectangle Lonely",
            "1>2",
            "2>3",
            "3>4",
            "4>5",
            "5>6",
            "6>7",
            "7>8",
            "8>9",
            "9>1",
        ],
        &expect![[r#"
            4:1 Warning share-decreases: n3 takes the canary from 50% down to 25% of traffic
                raise the percentages along the path
            5:22 Warning not-understood: "Make coffee" is not understood; the token passes on and nothing happens
                use a word such as deploy, wait, error rate, rollback or success
            6:22 Warning no-percentage: "Increase traffic" does not say to how much; the token passes on and nothing is raised
                add a percentage, as in "Increase to 25%"
            7:22 Warning two-meanings: "Build and push" reads as a build and as a push; taken as a build
                draw one node for each step
            8:1 Warning probe-not-judged: n7 measures latency p50, which no gate ahead judges, so that it is left out
                add a check of it to the policy of the next gate
            8:22 Info implicit-window: n7 does not say how long; the policy says 5min
                write "Measure latency p50 (5 min)"
            9:1 Warning success-before-full: n8 declares success when the canary has 25% of traffic
                raise it to 100% and watch it before
            11:1 Warning unreachable: no path leads to n10 (Lonely)
                lead an edge to it, or remove it
            11:23 Warning not-understood: "Lonely" is not understood; the token passes on and nothing happens
                use a word such as deploy, wait, error rate, rollback or success
            20:1 Warning edge-after-end: the run is over at n9; this edge is never travelled
                remove the edge, or give the circle another label
            runs
        "#]],
    );
    check(
        &[
            "1 circle Start",
            "2 diamond Tests ok?",
            "3 rectangle Increase to 40%",
            "4 rectangle Revert",
            "5 circle End",
            "1>2",
            "2>3 Yes",
            "2>4 No",
            "3>5",
            "4>5",
        ],
        &expect![[r#"
            3:1 Warning no-traffic: n2 looks at the canary before it has traffic, when there is nothing to see
                put it behind a step such as "Increase to 25%"
            3:20 Info implicit-hold: nothing observes between the last change of weight and the gate n2, so it holds for the policy's 5min
                draw "Wait 5 min" between n1 and n2
            6:1 Warning end-without-outcome: a path leads to n5 without a success or a rollback; what exists is rolled back, and the run has failed
                lead it through a step such as "Mark success" or "Rollback"
            runs
        "#]],
    );
}

#[test]
fn entries_of_the_policy_for_nodes_that_are_not_there_are_said() {
    let mut policy = Policy::default();
    policy.nodes.insert(NodeId(99), NodePolicy::default());
    let found = findings(SEED, &policy);
    let first: Vec<&str> = found.lines().take(2).collect();
    expect![[r"
        1:1 Warning policy-unknown-node: the policy has an entry for n99, which the diagram does not have
            remove the entry, or key it by a node of the diagram"]].assert_eq(&first.join("\n"));
}

#[test]
fn the_seed_with_any_line_left_out_is_refused_or_runs_but_never_hangs() {
    let lines: Vec<&str> = SEED.lines().collect();
    for left_out in 0..lines.len() {
        let kept = lines.iter().enumerate().filter(|(at, _)| *at != left_out);
        let code: String = kept.flat_map(|(_, line)| [line, "\n"]).collect();
        let found = findings(&code, &Policy::default());
        assert!(found.ends_with("run\n") || found.ends_with("runs\n"));
    }
}
