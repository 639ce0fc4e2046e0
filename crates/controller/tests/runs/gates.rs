//! What gates and probes judge, over which window, and what they do when they cannot tell.

use crate::stage::{SEED, play, play_with};
use coalmine_controller::{
    Against, Bound, Check, Fallback, Healthy, Limit, Metric, Millis, NoDataMeans, NodePolicy,
    Policy, Quantile,
};
use coalmine_flow::NodeId;
use expect_test::{Expect, expect};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// The lines that contain one of these words.
fn lines(told: &str, words: &[&str]) -> String {
    let wanted = |line: &&str| words.iter().any(|word| line.contains(word));
    told.lines()
        .filter(wanted)
        .flat_map(|line| [line, "\n"])
        .collect()
}

fn check(script: &str, words: &[&str], expected: &Expect) {
    expected.assert_eq(&lines(&play(script), words));
}

fn check_with(code: &str, policy: &Policy, script: &str, words: &[&str], expected: &Expect) {
    expected.assert_eq(&lines(&play_with(code, policy, script), words));
}

/// One lane with these statements.
fn lane(statements: &str) -> String {
    format!("Lane {{ # Lane\n{statements}\n}}\n")
}

#[test]
fn a_gate_behind_a_wait_looks_back_to_the_last_confirmed_change_of_weight() {
    check(
        "",
        &["n8 observes", "7:22 ask"],
        &expect![[r"
         2:22 n8 observes to 7:22
         7:22 ask error rate of Canary 2:22..7:22
         7:22 ask latency p99 of Canary 2:22..7:22
         7:22 ask CPU of Canary 2:22..7:22
         7:22 ask memory of Canary 2:22..7:22
    "]],
    );
}

#[test]
fn a_gate_with_neither_wait_nor_probe_holds_for_the_window_of_the_policy() {
    check(
        "",
        &["n12"],
        &expect![[r"
            7:44 at n12
            7:44 n12 observes to 12:44
            12:44 n12 judged Pass, error rate Pass, latency p99 Pass, CPU Pass, memory Pass
        "]],
    );
}

#[test]
fn the_first_probe_observes_and_all_probes_measure_that_same_window() {
    check(
        "",
        &["n15", "n16", "n17", "n18", "18:28 ask"],
        &expect![[r"
        13:28 at n15
        13:28 n15 observes to 18:28
        18:28 ask error rate of Canary 13:28..18:28
        18:28 n15 probed error rate Pass
        18:28 at n16
        18:28 ask latency p99 of Canary 13:28..18:28
        18:28 n16 probed latency p99 Pass
        18:28 at n17
        18:28 ask CPU of Canary 13:28..18:28
        18:28 ask memory of Canary 13:28..18:28
        18:28 n17 probed CPU Pass
        18:28 n17 probed memory Pass
        18:28 at n18
        18:28 n18 judged Pass, error rate Pass, latency p99 Pass, CPU Pass, memory Pass
    "]],
    );
}

#[test]
fn too_few_requests_extend_the_window_once_and_then_count_as_no() {
    check(
        "3m canary samples 499",
        &["n8 observes", "n9", "n11", "12:22"],
        &expect![[r"
            2:22 n8 observes to 7:22
            7:22 at n9
            7:22 n9 judged Inconclusive, error rate Inconclusive, latency p99 Inconclusive, CPU Pass, memory Pass
            7:22 n9 observes to 12:22
            12:22 ask error rate of Canary 2:22..12:22
            12:22 ask latency p99 of Canary 2:22..12:22
            12:22 ask CPU of Canary 2:22..12:22
            12:22 ask memory of Canary 2:22..12:22
            12:22 n9 judged Inconclusive, error rate Inconclusive, latency p99 Inconclusive, CPU Pass, memory Pass
            12:22 by edge 9
            12:22 at n11
            12:22 roll back
        "]],
    );
}

#[test]
fn an_extended_window_may_clear_things_up() {
    check(
        "3m canary samples 499; 9m canary samples 500",
        &["n9", "n10"],
        &expect![[r"
            7:22 at n9
            7:22 n9 judged Inconclusive, error rate Inconclusive, latency p99 Inconclusive, CPU Pass, memory Pass
            7:22 n9 observes to 12:22
            12:22 n9 judged Pass, error rate Pass, latency p99 Pass, CPU Pass, memory Pass
            12:22 at n10
        "]],
    );
}

#[test]
fn no_data_is_inconclusive_by_default() {
    check(
        "3m canary samples 0",
        &["n9", "Aborted"],
        &expect![[r"
            7:22 at n9
            7:22 n9 judged Inconclusive, error rate Inconclusive, latency p99 Inconclusive, CPU Inconclusive, memory Inconclusive
            7:22 n9 observes to 12:22
            12:22 n9 judged Inconclusive, error rate Inconclusive, latency p99 Inconclusive, CPU Inconclusive, memory Inconclusive
            12:52 Aborted: there were no data on the error rate of the canary at 5% of traffic
            12:52 complete Aborted
        "]],
    );
}

#[test]
fn few_gauge_readings_suffice_for_cpu_and_memory() {
    let mut policy = Policy::default();
    policy
        .checks
        .retain(|check| !check.metric.counts_requests());
    check_with(
        SEED,
        &policy,
        "3m canary samples 3",
        &["judged", "Succeeded"],
        &expect![[r"
            7:22 n9 judged Pass, CPU Pass, memory Pass
            12:44 n12 judged Pass, CPU Pass, memory Pass
            18:28 n18 judged Pass, CPU Pass, memory Pass
            18:58 Succeeded: the new version serves all traffic
            18:58 complete Succeeded
        "]],
    );
}

#[test]
fn the_policy_says_what_no_data_means() {
    for (means, expected) in [
        (
            NoDataMeans::Pass,
            "Succeeded: the new version serves all traffic\n",
        ),
        (
            NoDataMeans::Fail,
            "Aborted: there were no data on the error rate of the canary at 5% of traffic\n",
        ),
    ] {
        let mut policy = Policy::default();
        for check in &mut policy.checks {
            check.no_data = means;
        }
        let told = play_with(SEED, &policy, "3m canary samples 0");
        assert!(told.contains(expected), "{told}");
    }
}

#[test]
fn one_unhealthy_check_outweighs_one_that_cannot_tell() {
    check(
        "3m canary samples 499; 3m canary cpu 90%",
        &["n9 judged", "Aborted"],
        &expect![[r"
             7:22 n9 judged Fail, error rate Inconclusive, latency p99 Inconclusive, CPU Fail, memory Pass
             7:52 Aborted: CPU 90% was not below 80% over 5min at 5% of traffic
             7:52 complete Aborted
        "]],
    );
}

#[test]
fn the_fallback_may_be_yes_and_extensions_may_be_more_or_none() {
    let mut policy = Policy {
        fallback: Fallback::Yes,
        ..Policy::default()
    };
    let (three, none) = (Some(3), Some(0));
    policy.nodes.insert(
        NodeId(9),
        NodePolicy {
            extensions: three,
            ..NodePolicy::default()
        },
    );
    policy.nodes.insert(
        NodeId(12),
        NodePolicy {
            extensions: none,
            ..NodePolicy::default()
        },
    );
    check_with(
        SEED,
        &policy,
        "3m canary samples 1",
        &["judged", "observes", "Succeeded"],
        &expect![[r"
            2:22 n8 observes to 7:22
            7:22 n9 judged Inconclusive, error rate Inconclusive, latency p99 Inconclusive, CPU Pass, memory Pass
            7:22 n9 observes to 12:22
            12:22 n9 judged Inconclusive, error rate Inconclusive, latency p99 Inconclusive, CPU Pass, memory Pass
            12:22 n9 observes to 17:22
            17:22 n9 judged Inconclusive, error rate Inconclusive, latency p99 Inconclusive, CPU Pass, memory Pass
            17:22 n9 observes to 22:22
            22:22 n9 judged Inconclusive, error rate Inconclusive, latency p99 Inconclusive, CPU Pass, memory Pass
            22:44 n12 observes to 27:44
            27:44 n12 judged Inconclusive, error rate Inconclusive, latency p99 Inconclusive, CPU Pass, memory Pass
            28:28 n15 observes to 33:28
            33:28 n18 judged Inconclusive, error rate Inconclusive, latency p99 Inconclusive, CPU Pass, memory Pass
            33:28 n18 observes to 38:28
            38:28 n18 judged Inconclusive, error rate Inconclusive, latency p99 Inconclusive, CPU Pass, memory Pass
            38:58 Succeeded: the new version serves all traffic
            38:58 complete Succeeded
        "]],
    );
}

#[test]
fn a_gate_behind_probes_extends_and_measures_again_over_the_longer_window() {
    check(
        "14m canary samples 1",
        &["n18", "RolledBack", "23:28 ask"],
        &expect![[r"
            18:28 at n18
            18:28 n18 judged Inconclusive, error rate Inconclusive, latency p99 Inconclusive, CPU Pass, memory Pass
            18:28 n18 observes to 23:28
            23:28 ask error rate of Canary 13:28..23:28
            23:28 ask latency p99 of Canary 13:28..23:28
            23:28 ask CPU of Canary 13:28..23:28
            23:28 ask memory of Canary 13:28..23:28
            23:28 n18 judged Inconclusive, error rate Inconclusive, latency p99 Inconclusive, CPU Pass, memory Pass
            23:58 RolledBack: error rate could not be judged on 1 of 500 canary requests at 100% of traffic
            23:58 complete RolledBack
        "]],
    );
}

#[test]
fn a_gate_measures_by_itself_what_no_probe_did() {
    let code = lane(
        "n1: circle label:\"Start\"\nn2: rectangle label:\"Increase to 10%\"\nn3: rectangle label:\"Track error rate\"\n\
         n4: diamond label:\"Fine?\"\nn5: rectangle label:\"Mark success\"\nn6: circle label:\"End\"\nn7: rectangle label:\"Revert\"\n\
         n1.handle(right) -> n2.handle(left)\nn2.handle(right) -> n3.handle(left)\nn3.handle(right) -> n4.handle(left)\n\
         n4.handle(right) -> n5.handle(left) [label=\"Pass\"]\nn4.handle(bottom) -> n7.handle(top) [label=\"Fail\"]\n\
         n5.handle(right) -> n6.handle(left)\nn7.handle(right) -> n6.handle(bottom)",
    );
    check_with(
        &code,
        &Policy::default(),
        "",
        &["ask", "probed", "judged"],
        &expect![[r"
             5:22 ask error rate of Canary 0:22..5:22
             5:22 n3 probed error rate Pass
             5:22 ask latency p99 of Canary 0:22..5:22
             5:22 ask CPU of Canary 0:22..5:22
             5:22 ask memory of Canary 0:22..5:22
             5:22 n4 judged Pass, error rate Pass, latency p99 Pass, CPU Pass, memory Pass
        "]],
    );
}

#[test]
fn a_check_may_look_back_less_far_than_the_window() {
    let mut policy = Policy::default();
    policy.checks[0].window = Some(Millis::from_mins(1));
    check_with(
        SEED,
        &policy,
        "",
        &["ask error"],
        &expect![[r"
            7:22 ask error rate of Canary 6:22..7:22
            12:44 ask error rate of Canary 11:44..12:44
            18:28 ask error rate of Canary 17:28..18:28
        "]],
    );
}

#[test]
fn a_node_of_the_policy_overrides_window_and_checks() {
    let mut policy = Policy::default();
    let p99 = policy.checks[1];
    let own = NodePolicy {
        window: Some(Millis::from_secs(90)),
        checks: Some(vec![p99]),
        ..NodePolicy::default()
    };
    policy.nodes.insert(NodeId(8), own.clone());
    policy.nodes.insert(NodeId(12), own);
    check_with(
        SEED,
        &policy,
        "",
        &["n8", "n9", "n12"],
        &expect![[r"
         2:22 at n8
         2:22 n8 observes to 3:52
         3:52 at n9
         3:52 n9 judged Pass, error rate Pass, latency p99 Pass, CPU Pass, memory Pass
         4:14 at n12
         4:14 n12 observes to 5:44
         5:44 n12 judged Pass, latency p99 Pass
    "]],
    );
}

#[test]
fn a_wait_takes_its_length_from_its_label() {
    let code = SEED.replace("Wait observation period", "Wait 10 min");
    check_with(
        &code,
        &Policy::default(),
        "",
        &["n8 observes"],
        &expect![[r"
             2:22 n8 observes to 12:22
        "]],
    );
}

#[test]
fn bounds_relative_to_stable_ask_both_versions_over_the_same_window() {
    let relative = |metric, against| Check {
        metric,
        bound: Bound {
            healthy: Healthy::Below,
            against,
        },
        window: None,
        min_requests: 500,
        no_data: NoDataMeans::Inconclusive,
    };
    let policy = Policy {
        checks: vec![
            relative(Metric::ErrorRate, Against::StablePlus(Limit(5_000))),
            relative(
                Metric::Latency(Quantile(9_900)),
                Against::StableTimes(Limit(1_500_000)),
            ),
        ],
        ..Policy::default()
    };
    check_with(
        SEED,
        &policy,
        "3m canary p99 460ms",
        &["ask", "judged", "Aborted"],
        &expect![[r"
             7:22 ask error rate of Canary 2:22..7:22
             7:22 ask error rate of Stable 2:22..7:22
             7:22 ask latency p99 of Canary 2:22..7:22
             7:22 ask latency p99 of Stable 2:22..7:22
             7:22 n9 judged Fail, error rate Pass, latency p99 Fail
             7:52 Aborted: latency p99 460ms was not below 450ms (1.5 times stable's 300ms) over 5min at 5% of traffic
             7:52 complete Aborted
        "]],
    );
    let told = play_with(
        SEED,
        &policy,
        "3m canary errors 0.8%; 3m stable errors 0.1%",
    );
    expect![[r"
         7:52 Aborted: error rate 0.8% was not below 0.6% (stable's 0.1% plus 0.5%) over 5min at 5% of traffic
    "]].assert_eq(&lines(&told, &["Aborted:"]));
    let told = play_with(SEED, &policy, "3m stable samples 20");
    expect![[r"
        12:52 Aborted: error rate could not be judged on 20 of 500 stable requests at 5% of traffic
    "]]
    .assert_eq(&lines(&told, &["Aborted:"]));
}
