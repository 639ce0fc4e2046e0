//! Each rule by itself: where it speaks, where it is silent, and what its repair does.

use super::{AROUND, codes, mended};
use coalmine_controller::{
    Fallback, Millis, NodePolicy, Policy,
    review::{Surroundings, review},
};
use coalmine_flow::NodeId;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// A rollout without a flaw: one step, a wait, a gate, an end for each way.
const CLEAN: &str = "a {\nn1: circle label:\"Start\"\nn2: rectangle label:\"Increase to 10%\"\nn3: rectangle label:\"Wait 5 min\"\n\
n4: diamond label:\"Healthy?\"\nn5: rectangle label:\"Promote to 100%\"\nn6: rectangle label:\"Mark success\"\n\
n7: circle label:\"End\"\nn8: rectangle label:\"Roll back\"\nn9: circle label:\"Stopped\"\n\
n1.handle(right) -> n2.handle(left)\nn2.handle(right) -> n3.handle(left)\nn3.handle(right) -> n4.handle(left)\n\
n4.handle(right) -> n5.handle(left) [label=\"Yes\"]\nn4.handle(bottom) -> n8.handle(top) [label=\"No\"]\n\
n5.handle(right) -> n6.handle(left)\nn6.handle(right) -> n7.handle(left)\nn8.handle(right) -> n9.handle(left)\n}\n";

fn policy() -> Policy {
    Policy::default()
}

#[test]
fn a_rollout_without_a_flaw_has_no_findings() {
    assert_eq!(codes(CLEAN, &policy(), AROUND), [""; 0]);
}

#[test]
fn what_cannot_run_is_the_compilers_affair() {
    assert_eq!(
        codes("a {\nn1: circle label:\"Start\"\n}\n", &policy(), AROUND),
        [""; 0]
    );
    assert_eq!(codes("nonsense", &policy(), AROUND), [""; 0]);
}

#[test]
fn a_rise_without_a_gate_gets_one_with_the_rollback_that_is_there_or_a_new_one() {
    let jump = CLEAN.replace(
        "n3: rectangle label:\"Wait 5 min\"\n",
        "n3: rectangle label:\"Increase to 20%\"\n",
    );
    let finding = mended(&jump, &policy(), AROUND, "unguarded-step");
    assert_eq!(finding.node, Some(NodeId(3)));
    let code = &finding.repairs[0].code;
    assert!(code.contains("diamond label:\"Healthy at 10%?\""), "{code}");
    assert!(
        code.contains("n10.handle(bottom) -> n8.handle(top) [label=\"No\"]"),
        "{code}"
    );
    let bare = "a {\nn1: circle label:\"Start\"\nn2: rectangle label:\"Increase to 10%\"\nn3: rectangle label:\"Promote to 100%\"\n\
                n4: circle label:\"End\"\nn1.handle(right) -> n2.handle(left)\nn2.handle(right) -> n3.handle(left)\n\
                n3.handle(right) -> n4.handle(left)\n}\n";
    let finding = mended(bare, &policy(), AROUND, "unguarded-step");
    assert!(
        finding.repairs[0]
            .code
            .contains("label:\"Roll back canary\"")
    );
}

#[test]
fn a_gate_that_cannot_decide_at_this_traffic_observes_longer() {
    let quiet = Surroundings {
        rate: 1_000,
        ..AROUND
    };
    let finding = mended(CLEAN, &policy(), quiet, "undecidable-gate");
    // 0.1 requests a second for the canary: 500 of them take 84 minutes, a tenth more 92.
    let policy = &finding.repairs[0].policy;
    assert_eq!(policy.window_of(NodeId(3)), Millis::from_mins(92));
    let nothing = Surroundings { rate: 0, ..AROUND };
    let findings = review(CLEAN, &Policy::default(), nothing);
    let finding = findings.iter().find(|it| it.code == "undecidable-gate");
    assert!(
        finding.is_some_and(|it| it.repairs.is_empty()),
        "no window is long enough"
    );
}

#[test]
fn windows_that_scrapes_cannot_fill_are_lengthened() {
    let seldom = Surroundings {
        scrape: Millis::from_mins(4),
        ..AROUND
    };
    mended(CLEAN, &policy(), seldom, "short-window");
    let mut hasty = policy();
    hasty.triggers[0].window = Millis(9_999);
    let finding = mended(CLEAN, &hasty, AROUND, "short-window");
    assert_eq!(finding.repairs[0].policy.triggers[0].window, Millis(20_000));
}

#[test]
fn a_limit_that_looks_back_further_than_a_step_lasts_is_told() {
    let mut slow = policy();
    slow.triggers[0].window = Millis::from_mins(15);
    let finding = mended(CLEAN, &slow, AROUND, "slow-alarm");
    assert_eq!(
        finding.repairs[0].policy.triggers[0].window,
        Millis::from_mins(5)
    );
}

#[test]
fn gates_that_cannot_decide_must_look_longer_and_not_pass() {
    let mut blind = policy();
    blind.fallback = Fallback::Yes;
    blind.extensions = 0;
    let finding = mended(CLEAN, &blind, AROUND, "blind-pass");
    let own = NodePolicy {
        fallback: Some(Fallback::No),
        ..NodePolicy::default()
    };
    assert_eq!(finding.repairs[0].policy.nodes.get(&NodeId(4)), Some(&own));
    mended(CLEAN, &blind, AROUND, "no-second-look");
}

#[test]
fn pods_and_traffic_must_have_the_same_share() {
    let apart = CLEAN
        .replace("n2: rectangle label:\"Increase to 10%\"", "n2: rectangle label:\"Deploy to 5% of pods\"\nn10: rectangle label:\"Route 10% of traffic\"")
        .replace("n2.handle(right) -> n3.handle(left)", "n2.handle(right) -> n10.handle(left)\nn10.handle(right) -> n3.handle(left)");
    let finding = mended(&apart, &policy(), AROUND, "pods-and-traffic-disagree");
    assert!(finding.repairs[0].code.contains("Deploy to 10% of pods"));
}

#[test]
fn what_nothing_leads_to_is_removed() {
    let lost = CLEAN.replace("n9: circle", "n10: rectangle label:\"Build\"\nn9: circle");
    let finding = mended(&lost, &policy(), AROUND, "never-reached");
    assert_eq!(finding.repairs[0].code, CLEAN);
}

#[test]
fn comments_and_spacing_of_what_stays_are_kept() {
    let written = CLEAN.replace(
        "n7: circle label:\"End\"",
        "n7:  circle   label:\"End\" // ours",
    );
    let joined = written.replace(
        "n8.handle(right) -> n9.handle(left)",
        "n8.handle(right) -> n7.handle(bottom)",
    );
    let joined = joined.replace("n9: circle label:\"Stopped\"\n", "");
    let finding = mended(&joined, &policy(), AROUND, "rollback-joins-success");
    assert!(
        finding.repairs[0]
            .code
            .contains("n7:  circle   label:\"End\" // ours\n")
    );
}
