//! Triggers, aborts and failures: what takes the token off the drawn path, and where to.

use crate::stage::{SEED, play, play_with};
use coalmine_controller::{Millis, Policy};
use expect_test::{Expect, expect};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// From the first line that contains `from`.
fn check(script: &str, from: &str, expected: &Expect) {
    expected.assert_eq(&tail(&play(script), from));
}

fn tail(told: &str, from: &str) -> String {
    let lines = told.lines().skip_while(|line| !line.contains(from));
    lines.map(|line| format!("{line}\n")).collect()
}

#[test]
fn a_trigger_takes_the_token_to_the_no_target_of_the_next_gate() {
    check("3m scrape; 4m canary errors 12%; 4:01 scrape", "3:00", &expect![[]]);
}

#[test]
fn triggers_look_only_while_the_canary_has_traffic() {
    let told = play("2m scrape; 2:21 scrape; 2:22 scrape; 7:30 canary errors 50%; 8m scrape; 8:10 scrape; 20m scrape");
    let asked = |line: &&str| line.contains("ask error") && !line.contains("7:22");
    let asked: Vec<&str> = told.lines().filter(asked).collect();
    expect![[]].assert_eq(&asked.join("\n"));
}

#[test]
fn a_trigger_never_looks_back_beyond_the_last_change_of_weight() {
    let told = play("7:45 scrape; 9m scrape");
    expect![[]].assert_eq(&tail(&told, "7:44"));
}

#[test]
fn a_trigger_without_enough_requests_does_not_trip() {
    let told = play("3m canary errors 12%; 3m canary samples 99; 3:10 scrape; 4m canary errors 0%; 4m canary samples 900");
    assert!(told.ends_with("complete Succeeded\n"), "{told}");
}

#[test]
fn a_stop_behind_the_last_gate_but_before_full_traffic_counts_as_aborted() {
    check("13:10 abort", "13:10", &expect![[]]);
}

#[test]
fn a_stop_without_a_gate_ahead_rolls_back_in_place() {
    let code = "L {\nn1: circle label:\"Start\"\nn2: rectangle label:\"Increase to 10%\"\nn3: rectangle label:\"Bake 1h\"\n\
                n4: rectangle label:\"Increase to 100%\"\nn5: rectangle label:\"Promote\"\nn6: circle label:\"End\"\n\
                n1.handle(right) -> n2.handle(left)\nn2.handle(right) -> n3.handle(left)\nn3.handle(right) -> n4.handle(left)\n\
                n4.handle(right) -> n5.handle(left)\nn5.handle(right) -> n6.handle(left)\n}\n";
    let told = play_with(code, &Policy::default(), "5m canary errors 11%; 5m scrape");
    expect![[]].assert_eq(&told);
}

#[test]
fn a_failed_build_ends_the_run_with_nothing_to_roll_back() {
    check("0s break build", "0:00", &expect![[]]);
}

#[test]
fn a_failed_command_rolls_back_what_exists() {
    check("3m break pods", "7:22 at n10", &expect![[]]);
    check("0s break router", "2:20", &expect![[]]);
    check("0s break promotion", "at n19", &expect![[]]);
}

#[test]
fn a_failed_rollback_is_told() {
    check("3m break rollback; 3m abort", "3:00", &expect![[]]);
}

#[test]
fn pods_that_are_not_ready_by_the_deadline_fail_the_run() {
    let policy = Policy {
        ready_deadline: Millis::from_secs(90),
        ..Policy::default()
    };
    let told = play_with(SEED, &policy, "3m break pods-forever");
    expect![[]].assert_eq(&tail(&told, "at n10"));
}

#[test]
fn a_rollout_without_a_success_node_is_promoted_at_its_end_or_rolled_back() {
    let code = |percent| {
        format!(
            "L {{\nn1: circle label:\"Start\"\nn2: rectangle label:\"Increase to {percent}%\"\nn3: circle label:\"End\"\n\
             n1.handle(right) -> n2.handle(left)\nn2.handle(right) -> n3.handle(left)\n}}\n"
        )
    };
    expect![[]].assert_eq(&play_with(&code(100), &Policy::default(), ""));
    expect![[]].assert_eq(&play_with(&code(40), &Policy::default(), ""));
}
