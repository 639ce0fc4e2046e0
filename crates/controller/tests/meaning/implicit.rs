//! What the policy supplies and the drawing does not say, and the fixes that draw it.

use crate::{SEED, compiled, drawn, findings};
use coalmine_controller::Policy;
use coalmine_flow::{apply, parse};
use expect_test::expect;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// Applies every fix, one after the other.
fn fixed(code: &str) -> String {
    let mut code = code.to_owned();
    for _ in 0..20 {
        let found = compiled(&code).diagnostics;
        match found.into_iter().find_map(|found| found.fix) {
            Some(fix) => code = apply(&code, &fix),
            None => break,
        }
    }
    code
}

#[test]
fn the_seed_leaves_three_windows_to_the_policy() {
    expect![[r#"
        15:22 Info implicit-window: n8 does not say how long; the policy says 5min
            write "Wait observation period (5 min)"
        19:21 Info implicit-hold: nothing observes between the last change of weight and the gate n12, so it holds for the policy's 5min
            draw "Wait 5 min" between n10 and n12
        35:23 Info implicit-window: n15 does not say how long; the policy says 5min
            write "Track error rate (5 min)"
        runs
    "#]].assert_eq(&findings(SEED, &Policy::default()));
}

#[test]
fn the_fixes_draw_what_is_implicit_in_the_seed() {
    let drawn = fixed(SEED);
    let parsed = parse(&drawn);
    assert_eq!(parsed.diagnostics, []);
    let new: Vec<&str> = drawn.lines().filter(|line| !SEED.contains(line)).collect();
    expect![[r#"
        n8: rectangle label:"Wait observation period (5 min)"
        n21: rectangle label:"Wait 5 min"
        n10.handle(right) -> n21.handle(left)
        n21.handle(right) -> n12.handle(left)
        n15: rectangle label:"Track error rate (5 min)""#]]
    .assert_eq(&new.join("\n"));
    assert_eq!(findings(&drawn, &Policy::default()), "runs\n");
}

#[test]
fn everything_implicit_is_drawn_by_its_fix() {
    let code = drawn(&[
        "1 circle Start",
        "2 rectangle Deploy to 5% of pods",
        "3 rectangle Traffic split",
        "4 rectangle Measure latency",
        "5 diamond Fine?",
        "6 rectangle Full rollout",
        "7 circle End",
        "8 rectangle Revert",
        "1>2",
        "2>3",
        "3>4",
        "4>5",
        "5>6 Yes",
        "5>8 No",
        "6>7",
        "8>7",
    ]);
    expect![[r#"
        5:22 Info implicit-quantile: "Measure latency" names no quantile and is taken as p99
            write "Measure latency p99"
        5:22 Info implicit-window: n4 does not say how long; the policy says 5min
            write "Measure latency (5 min)"
        6:20 Info implicit-measurement: n5 also judges error rate, CPU, memory, which no probe before it measures
            draw "Measure error rate, CPU, memory" between n4 and n5
        7:22 Info implicit-share: "Full rollout" says no percentage and is taken as 100 %
            write "Full rollout (100%)"
        8:19 Info implicit-promotion: n7 is reached with 100 % on the canary and no success drawn; stable takes over there
            draw "Mark success" between n6 and n7
        runs
    "#]].assert_eq(&findings(&code, &Policy::default()));
    let code = fixed(&code);
    expect![[r#"
        L { # Lane
        n1: circle label:"Start"
        n2: rectangle label:"Deploy to 5% of pods"
        n3: rectangle label:"Traffic split"
        n4: rectangle label:"Measure latency p99 (5 min)"
        n5: diamond label:"Fine?"
        n6: rectangle label:"Full rollout (100%)"
        n7: circle label:"End"
        n8: rectangle label:"Revert"
        n1.handle(right) -> n2.handle(left)
        n2.handle(right) -> n3.handle(left)
        n3.handle(right) -> n4.handle(left)
        n9: rectangle label:"Measure error rate, CPU, memory"
        n4.handle(right) -> n9.handle(left)
        n9.handle(right) -> n5.handle(left)
        n5.handle(right) -> n6.handle(left) [label="Yes"]
        n5.handle(right) -> n8.handle(left) [label="No"]
        n10: rectangle label:"Mark success"
        n6.handle(right) -> n10.handle(left)
        n10.handle(right) -> n7.handle(left)
        n8.handle(right) -> n7.handle(left)
        }
    "#]]
    .assert_eq(&code);
    expect![[r"
        runs
    "]]
    .assert_eq(&findings(&code, &Policy::default()));
}
