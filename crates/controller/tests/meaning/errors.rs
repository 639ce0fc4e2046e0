//! What cannot run: each with its place and a way out, never a hang.

use crate::{drawn, findings};
use coalmine_controller::Policy;
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

/// The errors of a gate `n2` with these edges to the end.
fn check_gate(answers: &[&str], expected: &Expect) {
    let mut statements = vec!["1 circle Start", "2 diamond Fine?", "3 circle End", "1>2"];
    let edges: Vec<String> = answers
        .iter()
        .map(|answer| format!("2>3 {answer}"))
        .collect();
    statements.extend(edges.iter().map(|edge| edge.trim_end()));
    let found = findings(&drawn(&statements), &Policy::default());
    let errors = found.lines().filter(|line| line.contains(" Error "));
    let errors: String = errors.flat_map(|line| [line, "\n"]).collect();
    expected.assert_eq(&errors);
}

#[test]
fn a_gate_needs_exactly_one_yes_and_one_no() {
    check_gate(
        &[],
        &expect![[r"
        3:1 Error gate-without-exit: the gate n2 has no way out
    "]],
    );
    check_gate(
        &["Yes"],
        &expect![[r"
        3:1 Error gate-missing-edge: the gate n2 has no edge for No
    "]],
    );
    check_gate(
        &["abort"],
        &expect![[r"
        3:1 Error gate-missing-edge: the gate n2 has no edge for Yes
    "]],
    );
    check_gate(
        &["Yes", ""],
        &expect![[r#"
        7:1 Error gate-ambiguous: the label "" of this edge of the gate n2 says neither yes nor no
    "#]],
    );
    check_gate(
        &["Yes", "maybe"],
        &expect![[r#"
        7:1 Error gate-ambiguous: the label "maybe" of this edge of the gate n2 says neither yes nor no
    "#]],
    );
    check_gate(
        &["Yes", "not ok", "Pass"],
        &expect![[r#"
        7:1 Error gate-ambiguous: the label "not ok" of this edge of the gate n2 says neither yes nor no
    "#]],
    );
    check_gate(
        &["Yes", "OK", "Fail"],
        &expect![[r"
        7:1 Error gate-ambiguous: the gate n2 has several edges for Yes
    "]],
    );
    check_gate(&["Healthy", "roll back"], &expect![]);
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
        &expect![[r"
            runs
        "]],
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
