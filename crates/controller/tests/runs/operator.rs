//! What a person can do at every moment, and what it comes to.

use crate::stage::play;
use expect_test::{Expect, expect};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn check(script: &str, from: &str, to: &str, expected: &Expect) {
    let told = play(script);
    let lines = told.lines().skip_while(|line| !line.contains(from));
    let mut text = String::new();
    for line in lines {
        text.push_str(line);
        text.push('\n');
        if line.contains(to) {
            break;
        }
    }
    expected.assert_eq(&text);
}

#[test]
fn a_pause_keeps_the_token_on_its_node_and_lets_the_window_run_on() {
    check(
        "3m pause; 20m resume",
        "n8 observes",
        "at n10",
        &expect![[r"
            2:22 n8 observes to 7:22
            3:00 person: Pause
            20:00 person: Resume
            20:00 by edge 7
            20:00 at n9
            20:00 ask error rate of Canary 2:22..20:00
            20:00 ask latency p99 of Canary 2:22..20:00
            20:00 ask CPU of Canary 2:22..20:00
            20:00 ask memory of Canary 2:22..20:00
            20:00 n9 judged Pass, error rate Pass, latency p99 Pass, CPU Pass, memory Pass
            20:00 by edge 8
            20:00 at n10
        "]],
    );
}

#[test]
fn a_pause_keeps_a_gate_from_judging() {
    check(
        "8m pause; 20m resume",
        "n12 observes",
        "at n13",
        &expect![[r"
            7:44 n12 observes to 12:44
            8:00 person: Pause
            20:00 person: Resume
            20:00 ask error rate of Canary 7:44..20:00
            20:00 ask latency p99 of Canary 7:44..20:00
            20:00 ask CPU of Canary 7:44..20:00
            20:00 ask memory of Canary 7:44..20:00
            20:00 n12 judged Pass, error rate Pass, latency p99 Pass, CPU Pass, memory Pass
            20:00 by edge 12
            20:00 at n13
        "]],
    );
}

#[test]
fn a_pause_while_pods_start_keeps_the_traffic_where_it_is() {
    check(
        "7:30 pause; 9m resume",
        "at n10",
        "at n12",
        &expect![[r"
         7:22 at n10
         7:22 5 pods
         7:30 person: Pause
         9:00 person: Resume
         9:00 route 25%
         9:02 by edge 10
         9:02 at n12
    "]],
    );
}

#[test]
fn a_paused_pipeline_finishes_its_stage_and_waits() {
    check(
        "1m pause; 5m resume",
        "at n2",
        "at n6",
        &expect![[r"
         0:00 at n2
         0:00 build
         1:00 person: Pause
         5:00 person: Resume
         5:00 by edge 2
         5:00 at n3
         5:00 push
         5:30 by edge 3
         5:30 at n6
    "]],
    );
}

#[test]
fn triggers_stay_armed_while_paused_and_end_the_pause() {
    check(
        "3m pause; 4m canary errors 20%; 4m scrape",
        "person",
        "complete",
        &expect![[r"
             3:00 person: Pause
             4:00 ask error rate of Canary 3:30..4:00
             4:00 jump n8 to n11, trigger 0
             4:00 at n11
             4:00 roll back
             4:30 by edge 11
             4:30 at n4
             4:30 by edge 4
             4:30 at n5
             4:30 Aborted: hard limit: error rate 20% was not below 10% over 30s at 5% of traffic
             4:30 complete Aborted
        "]],
    );
}

#[test]
fn promote_passes_the_next_gate_without_its_verdict() {
    check(
        "3m promote",
        "n8 observes",
        "pods",
        &expect![[r"
         2:22 n8 observes to 7:22
         3:00 person: Promote
         3:00 by edge 7
         3:00 at n9
         3:00 by edge 8
         3:00 at n10
         3:00 5 pods
    "]],
    );
    check(
        "8m promote",
        "n12 observes",
        "pods",
        &expect![[r"
         7:44 n12 observes to 12:44
         8:00 person: Promote
         8:00 by edge 12
         8:00 at n13
         8:00 10 pods
    "]],
    );
    check(
        "14m promote",
        "n15 observes",
        "promote",
        &expect![[r"
        13:28 n15 observes to 18:28
        14:00 person: Promote
        14:00 by edge 16
        14:00 at n16
        14:00 by edge 17
        14:00 at n17
        14:00 by edge 18
        14:00 at n18
        14:00 by edge 19
        14:00 at n19
        14:00 promote
    "]],
    );
}

#[test]
fn promote_is_not_heeded_while_something_is_carried_out_or_while_paused() {
    check(
        "1m promote; 7:25 promote; 8m pause; 8:30 promote; 9m resume",
        "1:00",
        "n12 judged",
        &expect![[r"
            1:00 person: Promote, not heeded
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
            7:25 person: Promote, not heeded
            7:42 route 25%
            7:44 by edge 10
            7:44 at n12
            7:44 n12 observes to 12:44
            8:00 person: Pause
            8:30 person: Promote, not heeded
            9:00 person: Resume
            12:44 ask error rate of Canary 7:44..12:44
            12:44 ask latency p99 of Canary 7:44..12:44
            12:44 ask CPU of Canary 7:44..12:44
            12:44 ask memory of Canary 7:44..12:44
            12:44 n12 judged Pass, error rate Pass, latency p99 Pass, CPU Pass, memory Pass
        "]],
    );
}

#[test]
fn an_abort_before_any_canary_has_nothing_to_undo() {
    check(
        "1m abort",
        "1:00",
        "complete",
        &expect![[r"
         1:00 person: Abort
         1:00 Aborted: aborted by a person before the canary had traffic
         1:00 complete Aborted
    "]],
    );
}

#[test]
fn an_abort_while_pods_start_rolls_them_back() {
    check(
        "2:10 abort",
        "2:10",
        "complete",
        &expect![[r"
         2:10 person: Abort
         2:10 jump n6 to n11, person
         2:10 at n11
         2:10 roll back
         2:40 by edge 11
         2:40 at n4
         2:40 by edge 4
         2:40 at n5
         2:40 Aborted: aborted by a person before the canary had traffic
         2:40 complete Aborted
    "]],
    );
}

#[test]
fn an_abort_is_heeded_while_paused() {
    check(
        "3m pause; 4m abort",
        "3:00",
        "complete",
        &expect![[r"
         3:00 person: Pause
         4:00 person: Abort
         4:00 jump n8 to n11, person
         4:00 at n11
         4:00 roll back
         4:30 by edge 11
         4:30 at n4
         4:30 by edge 4
         4:30 at n5
         4:30 Aborted: aborted by a person at 5% of traffic
         4:30 complete Aborted
    "]],
    );
}

#[test]
fn nothing_is_heeded_once_the_way_back_or_forward_has_begun() {
    check(
        "3m abort; 3:01 abort; 3:02 promote; 3:03 pause; 3:04 resume; 5m abort",
        "3:00",
        "5:00",
        &expect![[r"
             3:00 person: Abort
             3:00 jump n8 to n11, person
             3:00 at n11
             3:00 roll back
             3:01 person: Abort, not heeded
             3:02 person: Promote, not heeded
             3:03 person: Pause, not heeded
             3:04 person: Resume, not heeded
             3:30 by edge 11
             3:30 at n4
             3:30 by edge 4
             3:30 at n5
             3:30 Aborted: aborted by a person at 5% of traffic
             3:30 complete Aborted
             5:00 person: Abort, not heeded
        "]],
    );
    check(
        "18:30 abort; 18:31 promote; 18:40 pause; 19m scrape; 19m resume; 30m pause",
        "at n19",
        "30:00",
        &expect![[r"
            18:28 at n19
            18:28 promote
            18:30 person: Abort, not heeded
            18:31 person: Promote, not heeded
            18:40 person: Pause
            19:00 person: Resume
            19:00 by edge 21
            19:00 at n4
            19:00 by edge 4
            19:00 at n5
            19:00 Succeeded: the new version serves all traffic
            19:00 complete Succeeded
            30:00 person: Pause, not heeded
        "]],
    );
}

#[test]
fn a_second_pause_and_a_resume_out_of_the_blue_are_not_heeded() {
    check(
        "3m resume; 3:01 pause; 3:02 pause; 3:03 resume",
        "3:00",
        "3:03",
        &expect![[r"
             3:00 person: Resume, not heeded
             3:01 person: Pause
             3:02 person: Pause, not heeded
             3:03 person: Resume
        "]],
    );
}
