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
    lines.flat_map(|line| [line, "\n"]).collect()
}

#[test]
fn a_trigger_takes_the_token_to_the_no_target_of_the_next_gate() {
    check(
        "3m scrape; 4m canary errors 12%; 4:01 scrape",
        "3:00",
        &expect![[r"
             3:00 ask error rate of Canary 2:30..3:00
             4:01 ask error rate of Canary 3:31..4:01
             4:01 jump n8 to n11, trigger 0
             4:01 at n11
             4:01 roll back
             4:31 by edge 11
             4:31 at n4
             4:31 by edge 4
             4:31 at n5
             4:31 Aborted: hard limit: error rate 12% was not below 10% over 30s at 5% of traffic
             4:31 complete Aborted
        "]],
    );
}

#[test]
fn triggers_look_only_while_the_canary_has_traffic() {
    let told = play(
        "2m scrape; 2:21 scrape; 2:22 scrape; 7:30 canary errors 50%; 8m scrape; 8:10 scrape; 20m scrape",
    );
    let asked = |line: &&str| line.contains("ask error") && !line.contains("7:22");
    let asked: Vec<&str> = told.lines().filter(asked).collect();
    expect!["8:00 ask error rate of Canary 7:44..8:00"].assert_eq(&asked.join("\n"));
}

#[test]
fn a_trigger_never_looks_back_beyond_the_last_change_of_weight() {
    let told = play("7:45 scrape; 9m scrape; 9:01 abort");
    expect![[r"
         7:44 by edge 10
         7:44 at n12
         7:44 n12 observes to 12:44
         7:45 ask error rate of Canary 7:44..7:45
         9:00 ask error rate of Canary 8:30..9:00
         9:01 person: Abort
         9:01 jump n12 to n11, person
         9:01 at n11
         9:01 roll back
         9:31 by edge 11
         9:31 at n4
         9:31 by edge 4
         9:31 at n5
         9:31 Aborted: aborted by a person at 25% of traffic
         9:31 complete Aborted
    "]]
    .assert_eq(&tail(&told, "7:44"));
}

#[test]
fn a_trigger_without_enough_requests_does_not_trip() {
    let told = play(
        "3m canary errors 12%; 3m canary samples 99; 3:10 scrape; 4m canary errors 0%; 4m canary samples 900",
    );
    assert!(told.ends_with("complete Succeeded\n"), "{told}");
}

#[test]
fn a_stop_behind_the_last_gate_but_before_full_traffic_counts_as_aborted() {
    check(
        "13:10 abort",
        "13:10",
        &expect![[r"
        13:10 person: Abort
        13:10 jump n14 to n20, person
        13:10 at n20
        13:10 roll back
        13:40 by edge 22
        13:40 at n4
        13:40 by edge 4
        13:40 at n5
        13:40 Aborted: aborted by a person at 50% of traffic
        13:40 complete Aborted
    "]],
    );
}

#[test]
fn a_stop_without_a_gate_ahead_rolls_back_in_place() {
    let code = "L {\nn1: circle label:\"Start\"\nn2: rectangle label:\"Increase to 10%\"\nn3: rectangle label:\"Bake 1h\"\n\
                n4: rectangle label:\"Increase to 100%\"\nn5: rectangle label:\"Promote\"\nn6: circle label:\"End\"\n\
                n1.handle(right) -> n2.handle(left)\nn2.handle(right) -> n3.handle(left)\nn3.handle(right) -> n4.handle(left)\n\
                n4.handle(right) -> n5.handle(left)\nn5.handle(right) -> n6.handle(left)\n}\n";
    let told = play_with(code, &Policy::default(), "5m canary errors 11%; 5m scrape");
    expect![[r"
         0:00 at n1
         0:00 by edge 1
         0:00 at n2
         0:00 2 pods
         0:20 route 10%
         0:22 by edge 2
         0:22 at n3
         0:22 n3 observes to 60:22
         5:00 ask error rate of Canary 4:30..5:00
         5:00 jump n3 to n3, trigger 0
         5:00 roll back
         5:30 Aborted: hard limit: error rate 11% was not below 10% over 30s at 10% of traffic
         5:30 complete Aborted
    "]]
    .assert_eq(&told);
}

#[test]
fn a_failed_build_ends_the_run_with_nothing_to_roll_back() {
    check(
        "0s break build",
        "0:00",
        &expect![[r"
         0:00 at n1
         0:00 by edge 1
         0:00 at n2
         0:00 build
         1:30 Failed: building the image failed: disk full
         1:30 complete Failed
    "]],
    );
}

#[test]
fn a_failed_command_rolls_back_what_exists() {
    check(
        "3m break pods",
        "7:22 at n10",
        &expect![[r"
         7:22 at n10
         7:22 5 pods
         7:42 jump n10 to n10, failure: raising the canary failed: disk full
         7:42 roll back
         8:12 Failed: raising the canary failed: disk full
         8:12 complete Failed
    "]],
    );
    check(
        "0s break router",
        "2:20",
        &expect![[r"
         2:20 by edge 5
         2:20 at n7
         2:20 route 5%
         2:22 jump n7 to n7, failure: setting the traffic failed: disk full
         2:22 roll back
         2:52 Failed: setting the traffic failed: disk full
         2:52 complete Failed
    "]],
    );
    check(
        "0s break promotion",
        "at n19",
        &expect![[r"
        18:28 at n19
        18:28 promote
        18:58 jump n19 to n19, failure: promoting the new version failed: disk full
        18:58 roll back
        19:28 Failed: promoting the new version failed: disk full
        19:28 complete Failed
    "]],
    );
}

#[test]
fn a_failed_rollback_is_told() {
    check(
        "3m break rollback; 3m abort",
        "3:00",
        &expect![[r"
         3:00 person: Abort
         3:00 jump n8 to n11, person
         3:00 at n11
         3:00 roll back
         3:30 Failed: the rollback failed: disk full
         3:30 complete Failed
    "]],
    );
}

#[test]
fn pods_that_are_not_ready_by_the_deadline_fail_the_run() {
    let policy = Policy {
        ready_deadline: Millis::from_secs(90),
        ..Policy::default()
    };
    let told = play_with(SEED, &policy, "3m break pods-forever");
    expect![[r"
         7:22 at n10
         7:22 5 pods
         8:52 jump n10 to n10, failure: the canary pods were not ready within 1min 30s
         8:52 roll back
         9:22 Failed: the canary pods were not ready within 1min 30s
         9:22 complete Failed
    "]]
    .assert_eq(&tail(&told, "at n10"));
}

#[test]
fn a_rollout_without_a_success_node_is_promoted_at_its_end_or_rolled_back() {
    let code = |percent| {
        format!(
            "L {{\nn1: circle label:\"Start\"\nn2: rectangle label:\"Increase to {percent}%\"\nn3: circle label:\"End\"\n\
             n1.handle(right) -> n2.handle(left)\nn2.handle(right) -> n3.handle(left)\n}}\n"
        )
    };
    expect![[r"
         0:00 at n1
         0:00 by edge 1
         0:00 at n2
         0:00 20 pods
         0:20 route 100%
         0:22 by edge 2
         0:22 at n3
         0:22 promote
         0:52 Succeeded: the new version serves all traffic
         0:52 complete Succeeded
    "]]
    .assert_eq(&play_with(&code(100), &Policy::default(), ""));
    expect![[r"
         0:00 at n1
         0:00 by edge 1
         0:00 at n2
         0:00 8 pods
         0:20 route 40%
         0:22 by edge 2
         0:22 at n3
         0:22 jump n3 to n3, failure: the end was reached at 40% of traffic, with neither a success nor a rollback before it
         0:22 roll back
         0:52 Failed: the end was reached at 40% of traffic, with neither a success nor a rollback before it
         0:52 complete Failed
    "]].assert_eq(&play_with(&code(40), &Policy::default(), ""));
}
