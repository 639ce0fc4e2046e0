//! How shapes and labels are read.

use crate::{SEED, compiled, drawn};
use coalmine_flow::{TextSpan, parse};
use expect_test::{Expect, expect};
use std::fmt::Write;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// The roles of steps with these labels.
fn check(labels: &[&str], expected: &Expect) {
    let mut text = String::new();
    for label in labels {
        let code = drawn(&[
            "1 circle Start",
            &format!("2 rectangle {label}"),
            "3 circle End",
            "1>2",
            "2>3",
        ]);
        let compiled = compiled(&code);
        let _ = writeln!(text, "{label}: {:?}", compiled.meanings[1].role);
    }
    expected.assert_eq(&text);
}

#[test]
fn the_seed_is_understood_node_by_node() {
    let mut text = String::new();
    for meaning in &compiled(SEED).meanings {
        let share = meaning.share_span.map(|span: TextSpan| span.of(SEED));
        let _ = writeln!(text, "{} {} {share:?}", meaning.node, meaning.words);
    }
    expect![[r#"
        n1 begins None
        n2 builds the image None
        n3 pushes the image None
        n4 passes on None
        n5 ends None
        n6 5% of pods Some("5")
        n7 5% of traffic None
        n8 observes 5min (policy) None
        n9 4 checks None
        n10 25% of pods, then traffic Some("25")
        n11 rolls back None
        n12 holds 5min, 4 checks None
        n13 50% of pods, then traffic Some("50")
        n14 100% of pods, then traffic Some("100")
        n15 observes 5min, measures error rate None
        n16 measures latency p99 None
        n17 measures CPU, memory None
        n18 4 checks None
        n19 stable takes over None
        n20 rolls back None
    "#]]
    .assert_eq(&text.replace('\u{2009}', ""));
}

#[test]
fn raising_words_with_a_percentage_raise_and_with_pods_set_pods_only() {
    check(
        &[
            "Deploy 5%",
            "ramp up to 12.5 %",
            "Shift 30 percent of traffic",
            "Scale to 50%",
            "Promote to 75%",
            "Rollout from 5% to 25%",
            "Release to 1% of users",
            "Deploy canary to 5% of replicas",
            "Full rollout",
            "Deploy to all pods",
        ],
        &expect![[r"
            Deploy 5%: Raise(Weight(500))
            ramp up to 12.5 %: Raise(Weight(1250))
            Shift 30 percent of traffic: Raise(Weight(3000))
            Scale to 50%: Raise(Weight(5000))
            Promote to 75%: Raise(Weight(7500))
            Rollout from 5% to 25%: Raise(Weight(2500))
            Release to 1% of users: Raise(Weight(100))
            Deploy canary to 5% of replicas: Pods(Weight(500))
            Full rollout: Raise(Weight(10000))
            Deploy to all pods: Pods(Weight(10000))
        "]],
    );
}

#[test]
fn the_router_is_set_to_its_own_percentage_or_the_last_one() {
    check(
        &[
            "Configure traffic split",
            "Route 10% to the canary",
            "Update router",
        ],
        &expect![[r"
            Configure traffic split: Split(None)
            Route 10% to the canary: Split(Some(Weight(1000)))
            Update router: Split(None)
        "]],
    );
}

#[test]
fn waits_and_probes_read_lengths_of_time_and_metrics() {
    check(
        &[
            "Wait",
            "Bake 1h 30m",
            "Soak for 90 seconds",
            "Observe",
            "Monitor 2.5 min",
            "Observe error rate for 10 min",
            "Check p50, p95 and errors",
            "Latency",
            "Watch latency P99.9",
            "CPU",
            "Check memory and CPU",
            "Resource usage",
        ],
        &expect![[r"
            Wait: Wait(None)
            Bake 1h 30m: Wait(Some(Millis(5400000)))
            Soak for 90 seconds: Wait(Some(Millis(90000)))
            Observe: Wait(None)
            Monitor 2.5 min: Wait(Some(Millis(150000)))
            Observe error rate for 10 min: Probe { metrics: [ErrorRate], window: Some(Millis(600000)) }
            Check p50, p95 and errors: Probe { metrics: [ErrorRate, Latency(Quantile(5000)), Latency(Quantile(9500))], window: None }
            Latency: Probe { metrics: [Latency(Quantile(9900))], window: None }
            Watch latency P99.9: Probe { metrics: [Latency(Quantile(9990))], window: None }
            CPU: Probe { metrics: [Cpu], window: None }
            Check memory and CPU: Probe { metrics: [Cpu, Memory], window: None }
            Resource usage: Probe { metrics: [Cpu, Memory], window: None }
        "]],
    );
}

#[test]
fn the_other_steps_are_single_words_in_any_case_and_only_whole() {
    check(
        &[
            "BUILD image",
            "Publish",
            "Roll-back!",
            "Abort",
            "Revert to stable",
            "Rebuild",
            "Mark as successful",
            "Promote canary",
            "Finish",
            "Complete rollout",
            "Rollback canary deployment",
            "",
        ],
        &expect![[r"
            BUILD image: Build
            Publish: Push
            Roll-back!: RollBack
            Abort: RollBack
            Revert to stable: RollBack
            Rebuild: Unknown
            Mark as successful: Success
            Promote canary: Success
            Finish: Complete
            Complete rollout: Complete
            Rollback canary deployment: RollBack
            : Unknown
        "]],
    );
}

#[test]
fn circles_start_and_end_by_their_words_and_else_by_their_edges() {
    let code = drawn(&[
        "1 circle Nightly",
        "2 circle Halfway",
        "3 circle Over",
        "4 circle",
        "1>2",
        "2>3",
    ]);
    let roles: Vec<String> = compiled(&code)
        .meanings
        .iter()
        .map(|meaning| format!("{:?}", meaning.role))
        .collect();
    expect!["Start Milestone End Milestone"].assert_eq(&roles.join(" "));
}

#[test]
fn a_taskbox_without_label_is_read_from_its_description() {
    let code = "L {\nn1: taskbox owner:\"Ann\" description:\"Increase to 5%\" system:\"k8s\"\n}\n";
    let meaning = &compiled(code).meanings[0];
    expect!["Raise(Weight(500)) None"]
        .assert_eq(&format!("{:?} {:?}", meaning.role, meaning.share_span));
    assert_eq!(parse(code).diagram.nodes.len(), 1);
}

#[test]
fn the_place_of_a_share_is_told_only_where_the_label_stands_as_it_reads() {
    let code = drawn(&["1 rectangle Größe: scale to 12.5% now"]);
    let span = compiled(&code).meanings[0].share_span.unwrap();
    assert_eq!(span.of(&code), "12.5");
    let code = drawn(&["1 rectangle The \\\"big\\\" step: scale to 12.5%"]);
    expect!["None"].assert_eq(&format!("{:?}", compiled(&code).meanings[0].share_span));
}
