//! What cannot run, and what is likely wrong: each with its place and a way out, never a hang.

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
fn an_empty_diagram_does_not_run() {
    expect![[r#"
        1:1 Error empty-diagram: the diagram has no nodes
            begin with a circle labelled "Start" inside a lane
        does not run
    "#]]
    .assert_eq(&findings("", &Policy::default()));
    check(
        &[],
        &expect![[r#"
        1:1 Error empty-diagram: the diagram has no nodes
            begin with a circle labelled "Start" inside a lane
        does not run
    "#]],
    );
}

#[test]
fn a_diagram_without_a_start_or_with_two_does_not_run() {
    check(
        &["1 rectangle Build", "2 circle End", "1>2"],
        &expect![[r#"
        2:1 Error no-start: the diagram has no start
            add a circle labelled "Start" and lead it to the first step
        does not run
    "#]],
    );
    check(
        &[
            "1 circle Start",
            "2 circle Begin here",
            "3 circle",
            "1>3",
            "2>3",
        ],
        &expect![[r#"
            3:1 Error several-starts: n2 is a start, but so is n1; there is one token
                keep one start
            4:1 Warning end-without-outcome: a path leads to n3 without a success or a rollback; what exists is rolled back, and the run has failed
                lead it through a step such as "Mark success" or "Rollback"
            does not run
        "#]],
    );
}

#[test]
fn a_gate_needs_exactly_one_yes_and_one_no() {
    check(
        &["1 circle Start", "2 diamond Fine?", "1>2"],
        &expect![[r#"
        2:1 Warning no-end: no path leads to an end
            lead one to a circle labelled "End"
        3:1 Error gate-without-exit: the gate n2 has no way out
            lead one edge labelled "Yes" and one labelled "No" out of it
        3:1 Warning no-traffic: n2 looks at the canary before it has traffic, when there is nothing to see
            put it behind a step such as "Increase to 25%"
        3:20 Info implicit-hold: nothing observes between the last change of weight and the gate n2, so it holds for the policy's 5min
            draw "Wait 5 min" between n1 and n2
        does not run
    "#]],
    );
    check(
        &[
            "1 circle Start",
            "2 diamond Fine?",
            "3 circle End",
            "1>2",
            "2>3 Yes",
        ],
        &expect![[r#"
            3:1 Error gate-missing-edge: the gate n2 has no edge for No
                lead one edge labelled "Yes" and one labelled "No" out of it
            3:1 Warning no-traffic: n2 looks at the canary before it has traffic, when there is nothing to see
                put it behind a step such as "Increase to 25%"
            3:20 Info implicit-hold: nothing observes between the last change of weight and the gate n2, so it holds for the policy's 5min
                draw "Wait 5 min" between n1 and n2
            4:1 Warning end-without-outcome: a path leads to n3 without a success or a rollback; what exists is rolled back, and the run has failed
                lead it through a step such as "Mark success" or "Rollback"
            does not run
        "#]],
    );
    check(
        &[
            "1 circle Start",
            "2 diamond Fine?",
            "3 circle End",
            "1>2",
            "2>3 Yes",
            "2>3",
        ],
        &expect![[r#"
            3:1 Warning no-traffic: n2 looks at the canary before it has traffic, when there is nothing to see
                put it behind a step such as "Increase to 25%"
            3:20 Info implicit-hold: nothing observes between the last change of weight and the gate n2, so it holds for the policy's 5min
                draw "Wait 5 min" between n1 and n2
            4:1 Warning end-without-outcome: a path leads to n3 without a success or a rollback; what exists is rolled back, and the run has failed
                lead it through a step such as "Mark success" or "Rollback"
            7:1 Error gate-ambiguous: the label "" of this edge of the gate n2 says neither yes nor no
                label it "Yes" or "No"
            does not run
        "#]],
    );
    check(
        &[
            "1 circle Start",
            "2 diamond Fine?",
            "3 circle End",
            "1>2",
            "2>3 Yes",
            "2>3 not ok",
            "2>3 Pass",
        ],
        &expect![[r#"
            3:1 Warning no-traffic: n2 looks at the canary before it has traffic, when there is nothing to see
                put it behind a step such as "Increase to 25%"
            3:20 Info implicit-hold: nothing observes between the last change of weight and the gate n2, so it holds for the policy's 5min
                draw "Wait 5 min" between n1 and n2
            4:1 Warning end-without-outcome: a path leads to n3 without a success or a rollback; what exists is rolled back, and the run has failed
                lead it through a step such as "Mark success" or "Rollback"
            7:1 Error gate-ambiguous: the label "not ok" of this edge of the gate n2 says neither yes nor no
                label it "Yes" or "No"
            does not run
        "#]],
    );
    check(
        &[
            "1 circle Start",
            "2 diamond Fine?",
            "3 circle End",
            "1>2",
            "2>3 Yes",
            "2>3 OK",
            "2>3 Fail",
        ],
        &expect![[r#"
            3:1 Warning no-traffic: n2 looks at the canary before it has traffic, when there is nothing to see
                put it behind a step such as "Increase to 25%"
            3:20 Info implicit-hold: nothing observes between the last change of weight and the gate n2, so it holds for the policy's 5min
                draw "Wait 5 min" between n1 and n2
            4:1 Warning end-without-outcome: a path leads to n3 without a success or a rollback; what exists is rolled back, and the run has failed
                lead it through a step such as "Mark success" or "Rollback"
            7:1 Error gate-ambiguous: the gate n2 has several edges for Yes
                keep one
            does not run
        "#]],
    );
}

#[test]
fn only_a_diamond_decides_and_only_an_end_ends() {
    check(
        &[
            "1 circle Start",
            "2 rectangle Build",
            "3 circle End",
            "4 rectangle Push",
            "1>2",
            "2>3",
            "2>4",
        ],
        &expect![[r#"
            4:1 Warning end-without-outcome: a path leads to n3 without a success or a rollback; what exists is rolled back, and the run has failed
                lead it through a step such as "Mark success" or "Rollback"
            5:1 Error dead-end: n4 (Push) leads nowhere and is not an end
                lead it on, in the end to a circle labelled "End"
            8:1 Error several-ways-out: n2 has several ways out, but there is one token and only a diamond decides
                make it a diamond, or keep one edge
            does not run
        "#]],
    );
}

#[test]
fn a_circle_on_which_no_time_passes_does_not_run() {
    check(
        &[
            "1 circle Start",
            "2 rectangle Complete",
            "3 rectangle Finish",
            "4 circle End",
            "1>2",
            "2>3",
            "3>2",
        ],
        &expect![[r#"
            2:1 Warning no-end: no path leads to an end
                lead one to a circle labelled "End"
            3:1 Error endless-loop: the token could go round through n2 for ever without time passing
                draw a wait into the loop, or give its windows a length
            5:1 Warning unreachable: no path leads to n4 (End)
                lead an edge to it, or remove it
            does not run
        "#]],
    );
    check(
        &[
            "1 circle Start",
            "2 rectangle Increase to 10%",
            "3 rectangle Wait",
            "4 diamond Fine?",
            "5 rectangle Rollback",
            "6 circle End",
            "1>2",
            "2>3",
            "3>4",
            "4>5 No",
            "4>4 Yes",
            "5>6",
        ],
        &expect![[r#"
            4:22 Info implicit-window: n3 does not say how long; the policy says 5min
                write "Wait (5 min)"
            5:1 Error endless-loop: the token could go round through n4 for ever without time passing
                draw a wait into the loop, or give its windows a length
            does not run
        "#]],
    );
}

#[test]
fn a_circle_on_which_time_passes_runs() {
    check(
        &[
            "1 circle Start",
            "2 rectangle Increase to 100%",
            "3 rectangle Wait 5 min",
            "4 diamond Fine?",
            "5 rectangle Mark success",
            "6 circle End",
            "1>2",
            "2>3",
            "3>4",
            "4>3 No",
            "4>5 Yes",
            "5>6",
        ],
        &expect![[r#"
            runs
        "#]],
    );
}

#[test]
fn a_wait_without_length_takes_no_time() {
    let policy = Policy {
        window: coalmine_controller::Millis(0),
        ..Policy::default()
    };
    let code = drawn(&[
        "1 circle Start",
        "2 rectangle Wait",
        "3 rectangle Observe",
        "1>2",
        "2>3",
        "3>2",
    ]);
    expect![[r#"
        2:1 Warning no-end: no path leads to an end
            lead one to a circle labelled "End"
        3:22 Info implicit-window: n2 does not say how long; the policy says 0s
            write "Wait (0 s)"
        4:1 Error endless-loop: the token could go round through n3 for ever without time passing
            draw a wait into the loop, or give its windows a length
        4:22 Info implicit-window: n3 does not say how long; the policy says 0s
            write "Observe (0 s)"
        does not run
    "#]]
    .assert_eq(&findings(&code, &policy));
}

#[test]
fn a_split_needs_a_percentage_on_every_path_to_it() {
    check(
        &[
            "1 circle Start",
            "2 rectangle Configure traffic split",
            "3 circle End",
            "1>2",
            "2>3",
        ],
        &expect![[r#"
            3:1 Error split-without-share: n2 sets the traffic, but a path leads here on which nothing was deployed
                put a step such as "Deploy to 5% of pods" before it
            4:1 Warning end-without-outcome: a path leads to n3 without a success or a rollback; what exists is rolled back, and the run has failed
                lead it through a step such as "Mark success" or "Rollback"
            does not run
        "#]],
    );
}

#[test]
fn nothing_serves_after_a_rollback_or_a_success() {
    check(
        &[
            "1 circle Start",
            "2 rectangle Increase to 10%",
            "3 diamond Fine?",
            "4 rectangle Rollback",
            "5 rectangle Mark success",
            "6 circle End",
            "1>2",
            "2>3",
            "3>4 No",
            "3>5 Yes",
            "4>2",
            "5>4",
        ],
        &expect![[r#"
            2:1 Warning no-end: no path leads to an end
                lead one to a circle labelled "End"
            3:1 Error after-rollback: n2 (Increase to 10%) comes after a rollback, when there is no canary any more
                lead the rollback to the end; a new attempt is a new run
            4:20 Info implicit-hold: nothing observes between the last change of weight and the gate n3, so it holds for the policy's 5min
                draw "Wait 5 min" between n2 and n3
            5:1 Error after-success: n4 (Rollback) comes after stable took over the new version
                put it before the success, which is the point of no return
            6:1 Warning success-before-full: n5 declares success when the canary has 10% of traffic
                raise it to 100% and watch it before
            7:1 Warning unreachable: no path leads to n6 (End)
                lead an edge to it, or remove it
            does not run
        "#]],
    );
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
    expect![[r#"
        1:1 Warning policy-unknown-node: the policy has an entry for n99, which the diagram does not have
            remove the entry, or key it by a node of the diagram
        15:22 Info implicit-window: n8 does not say h"#]].assert_eq(&found[..found.find("1:1 Info").unwrap_or(found.len()).min(200)]);
}

#[test]
fn the_seed_with_any_line_left_out_is_refused_or_runs_but_never_hangs() {
    let lines: Vec<&str> = SEED.lines().collect();
    for left_out in 0..lines.len() {
        let kept = lines.iter().enumerate().filter(|(at, _)| *at != left_out);
        let code: String = kept.map(|(_, line)| format!("{line}\n")).collect();
        let found = findings(&code, &Policy::default());
        assert!(found.ends_with("run\n") || found.ends_with("runs\n"));
    }
}
