//! The seed's own flaws, and the seed without them.

use super::{AROUND, codes, mended, runs};
use coalmine_controller::{
    Policy,
    review::{mend, review},
};
use expect_test::expect;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const SEED: &str = include_str!("../../../../examples/canary.fz");

#[test]
fn the_seeds_flaws_are_told() {
    let findings = review(SEED, &Policy::default(), AROUND);
    let mut told = String::new();
    for finding in &findings {
        let place = finding
            .node
            .map_or_else(String::new, |node| format!(" at {node}"));
        let repair = finding.repairs.first().map_or("", |repair| &repair.title);
        told += &format!(
            "{}{place}: {}\n    -> {repair}\n",
            finding.code, finding.why
        );
    }
    expect![[r#"
        rollback-not-executed at n20: n20 (Trigger automatic rollback) only triggers a rollback, and no node behind it carries one out: the drawing leaves the broken release in service
            -> lead n20 (Trigger automatic rollback) to n11 (Rollback canary)
        rollback-joins-success at n4: a rollback ends in n4 (Complete rollout), where a success ends too: whoever reads the end, a dashboard or the next stage of a pipeline, takes the one for the other
            -> give the rollback an end of its own
        unguarded-step at n14: n14 (Full rollout 100%) raises the canary from 50 % to 100 % of the traffic, and nothing judges it in between: what breaks at 50 % is found by the users of 100 %
            -> draw a gate at 50 % before n14 (Full rollout 100%)
        unobserved-gate at n12: nothing is observed between the last step and the gate n12 (Still healthy?): it holds for the policy's 5 min, which the drawing does not show, and a controller that takes the drawing at its word would judge almost no data
            -> draw a wait before n12 (Still healthy?)
        late-monitoring at n15: monitoring begins at n15 (Track error rate), with all traffic on the canary: the drawing shows nobody watching from 5 % on, and a fault is first looked for when it can hurt everyone
            -> watch the metrics before each gate
        pods-and-traffic-disagree at n7: n6 (Deploy to 5% of pods) sets a share of pods and n7 (Configure traffic split) splits traffic without saying which share: 5 % of the pods are not 5 % of the traffic unless somebody makes them so
            -> say 5 % on n7
    "#]].assert_eq(&told.replace('\u{2009}', " "));
}

#[test]
fn each_flaw_of_the_seed_can_be_mended_alone() {
    let policy = Policy::default();
    for code in codes(SEED, &policy, AROUND) {
        mended(SEED, &policy, AROUND, code);
    }
}

#[test]
fn the_seed_without_its_flaws() {
    let mended = mend(SEED, &Policy::default(), AROUND);
    runs(&mended.code, &mended.policy);
    assert_eq!(codes(&mended.code, &mended.policy, AROUND), [""; 0]);
    assert_eq!(mended.policy, Policy::default());
    expect![[r#"
        Deployment { # Deployment Pipeline
        n1: circle label:"Start"
        n2: rectangle label:"Build container image"
        n3: rectangle label:"Push to registry"
        n4: rectangle label:"Complete rollout"
        n5: circle label:"End"
        n1.handle(right) -> n2.handle(left)
        n2.handle(right) -> n3.handle(left)
        n3.handle(bottom) -> CanaryController.n6.handle(top) [label="Deploy canary"]
        n4.handle(right) -> n5.handle(left)
        }
        CanaryController { # Canary Controller
        n6: rectangle label:"Deploy to 5% of pods"
        n7: rectangle label:"Configure traffic split to 5%"
        n8: rectangle label:"Watch error rate, latency p99 and resource usage"
        n9: diamond label:"Metrics healthy?"
        n10: rectangle label:"Increase to 25%"
        n11: rectangle label:"Rollback canary"
        n12: diamond label:"Still healthy?"
        n13: rectangle label:"Increase to 50%"
        n14: rectangle label:"Full rollout 100%"
        n21: circle label:"Rolled back"
        n22: diamond label:"Healthy at 50%?"
        n23: rectangle label:"Watch error rate, latency p99 and resource usage"
        n24: rectangle label:"Watch error rate, latency p99 and resource usage"
        n6.handle(right) -> n7.handle(left)
        n7.handle(right) -> n8.handle(left)
        n8.handle(right) -> n9.handle(left)
        n9.handle(right) -> n10.handle(left) [label="Yes"]
        n9.handle(bottom) -> n11.handle(top) [label="No"]
        n10.handle(right) -> n24.handle(left)
        n24.handle(right) -> n12.handle(left)
        n11.handle(top) -> n21.handle(left) [label="Aborted"]
        n12.handle(right) -> n13.handle(left) [label="Yes"]
        n12.handle(bottom) -> n11.handle(top) [label="No"]
        n13.handle(right) -> n23.handle(left)
        n23.handle(right) -> n22.handle(left)
        n22.handle(right) -> n14.handle(left) [label="Yes"]
        n14.handle(bottom) -> Monitoring.n15.handle(top) [label="Monitor"]
        n22.handle(bottom) -> n11.handle(top) [label="No"]
        }
        Monitoring { # Monitoring
        n15: rectangle label:"Track error rate"
        n16: rectangle label:"Measure latency p99"
        n17: rectangle label:"Check resource usage"
        n18: diamond label:"All metrics pass?"
        n19: rectangle label:"Mark deployment success"
        n20: rectangle label:"Trigger automatic rollback"
        n15.handle(right) -> n16.handle(left)
        n16.handle(right) -> n17.handle(left)
        n17.handle(right) -> n18.handle(left)
        n18.handle(right) -> n19.handle(left) [label="Yes"]
        n18.handle(bottom) -> n20.handle(top) [label="No"]
        n19.handle(top) -> Deployment.n4.handle(bottom) [label="Success"]
        n20.handle(top) -> CanaryController.n11.handle(bottom)
        }
    "#]]
    .assert_eq(&mended.code);
}
