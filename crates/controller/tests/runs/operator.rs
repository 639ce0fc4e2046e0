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
    check("3m pause; 20m resume", "n8 observes", "at n10", &expect![[]]);
}

#[test]
fn a_pause_keeps_a_gate_from_judging() {
    check("8m pause; 20m resume", "n12 observes", "at n13", &expect![[]]);
}

#[test]
fn a_pause_while_pods_start_keeps_the_traffic_where_it_is() {
    check("7:30 pause; 9m resume", "at n10", "at n12", &expect![[]]);
}

#[test]
fn a_paused_pipeline_finishes_its_stage_and_waits() {
    check("1m pause; 5m resume", "at n2", "at n6", &expect![[]]);
}

#[test]
fn triggers_stay_armed_while_paused_and_end_the_pause() {
    check("3m pause; 4m canary errors 20%; 4m scrape", "person", "complete", &expect![[]]);
}

#[test]
fn promote_passes_the_next_gate_without_its_verdict() {
    check("3m promote", "n8 observes", "pods", &expect![[]]);
    check("8m promote", "n12 observes", "pods", &expect![[]]);
    check("14m promote", "n15 observes", "promote", &expect![[]]);
}

#[test]
fn promote_is_not_heeded_while_something_is_carried_out_or_while_paused() {
    check("1m promote; 7:25 promote; 8m pause; 8:30 promote; 9m resume", "1:00", "n12 judged", &expect![[]]);
}

#[test]
fn an_abort_before_any_canary_has_nothing_to_undo() {
    check("1m abort", "1:00", "complete", &expect![[]]);
}

#[test]
fn an_abort_while_pods_start_rolls_them_back() {
    check("2:10 abort", "2:10", "complete", &expect![[]]);
}

#[test]
fn an_abort_is_heeded_while_paused() {
    check("3m pause; 4m abort", "3:00", "complete", &expect![[]]);
}

#[test]
fn nothing_is_heeded_once_the_way_back_or_forward_has_begun() {
    check("3m abort; 3:01 abort; 3:02 promote; 3:03 pause; 3:04 resume; 5m abort", "3:00", "5:00", &expect![[]]);
    check("18:20 abort; 18:20 promote; 18:21 pause; 19m resume; 30m pause", "at n19", "30:00", &expect![[]]);
}

#[test]
fn a_second_pause_and_a_resume_out_of_the_blue_are_not_heeded() {
    check("3m resume; 3:01 pause; 3:02 pause; 3:03 resume", "3:00", "3:03", &expect![[]]);
}
