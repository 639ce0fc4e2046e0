//! Pods start, drain and are promoted; the router takes its time; a rollback does not wait.

use crate::script::{Millis, Ran, Step, fault, half_and_back, raise, run, scenario, share};
use coalmine_controller::{Command, Outcome, Pods, Time, Version};
use coalmine_sim::{EventKind, FaultKind, PodChange, Scenario, Target};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn routed(ran: &Ran) -> Vec<(u64, u16)> {
    let weights = ran.events.iter().filter_map(|event| match event.kind {
        EventKind::Routed(weight) => Some((event.at.0, weight.basis_points())),
        _ => None,
    });
    weights.collect()
}

#[test]
fn twenty_pods_serve_from_the_start() {
    let ran = run(Scenario::default(), &[], 7);
    assert_eq!(ran.changes(PodChange::Ready), [0; 20]);
    assert_eq!(ran.summary.ended, Time(0));
    assert_eq!(ran.summary.closed, Time(600_000), "the tail");
}

#[test]
fn half_of_a_pods_start_is_fixed_and_the_mean_is_the_scenarios() {
    let mut takes = Vec::new();
    for seed in 0..50 {
        let ran = run(Scenario::default(), &half_and_back(), seed);
        for pod in 20..30 {
            let life = ran.pod(pod);
            assert_eq!(
                (life[0].1, life[1].1),
                (PodChange::Starting, PodChange::Ready)
            );
            takes.push(life[1].0 - life[0].0);
        }
    }
    assert!(takes.iter().all(|takes| 10_000 <= *takes));
    let mean = takes.iter().sum::<u64>() / takes.len() as u64;
    assert!((18_500..21_500).contains(&mean), "{mean}");
}

#[test]
fn scaling_is_done_when_all_pods_are_ready_and_the_weight_when_the_router_confirms() {
    let ran = run(Scenario::default(), &half_and_back(), 7);
    let ready = ran.changes(PodChange::Ready)[20..].to_vec();
    assert_eq!(ready.len(), 10);
    let last = *ready.last().expect("ten pods");
    assert_eq!(routed(&ran), [(last + 2_000, 5_000), (600_000, 0)]);
    let done = ran
        .events
        .iter()
        .filter(|e| matches!(e.kind, EventKind::Done(_)));
    let done: Vec<u64> = done.map(|event| event.at.0).collect();
    assert_eq!(done, [last, last + 2_000, 630_000]);
}

#[test]
fn a_rollback_takes_the_traffic_at_once_and_is_done_when_the_pods_are_gone() {
    let ran = run(Scenario::default(), &half_and_back(), 7);
    assert_eq!(ran.changes(PodChange::Draining), [600_000; 10]);
    assert_eq!(ran.changes(PodChange::Gone), [630_000; 10]);
    let after = ran
        .samples
        .iter()
        .filter(|sample| Time(605_000) <= sample.at);
    assert!(after.clone().all(|sample| sample.canary.requests == 0));
    assert_eq!(after.filter(|s| s.canary.requests == 0).count(), 126);
    assert_eq!(ran.summary.ended, Time(630_000));
}

#[test]
fn a_promoted_version_is_stable_and_serves_everything() {
    let mut steps = raise(60, 100).to_vec();
    steps.extend([Step::Until(300), Step::Do(Command::Promote)]);
    let ran = run(Scenario::default(), &steps, 7);
    assert_eq!(ran.changes(PodChange::Promoted), [300_000; 20]);
    assert_eq!(ran.changes(PodChange::Gone), [330_000; 20]);
    assert_eq!(ran.pod(0).last(), Some(&(330_000, PodChange::Gone)));
    assert_eq!(ran.pod(20).last(), Some(&(300_000, PodChange::Promoted)));
    for sample in ran.samples.iter().filter(|s| Time(305_000) <= s.at) {
        assert!((800..1_200).contains(&sample.stable.requests), "{sample:?}");
        assert_eq!(sample.canary.requests, 0);
        assert_eq!((sample.stable.ready, sample.canary.ready), (20, 0));
        let cpu = sample.stable.cpu.expect("twenty gauges");
        assert!((0.45..0.55).contains(&cpu), "{cpu}");
    }
    // What the canary served ends with the promotion.
    let expected = (300_000 - routed(&ran)[0].0) / 5;
    assert!(ran.summary.canary_requests.abs_diff(expected) < 1_200);
}

#[test]
fn a_promotion_waits_for_the_pods_that_it_lacks() {
    let mut steps = raise(60, 50).to_vec();
    steps.extend([Step::Until(300), Step::Do(Command::Promote)]);
    let ran = run(Scenario::default(), &steps, 7);
    let last = *ran.changes(PodChange::Ready).last().expect("pods");
    assert!(300_000 < last);
    assert_eq!(ran.changes(PodChange::Promoted), [last; 20]);
    assert_eq!(ran.summary.outcome, Outcome::Succeeded);
}

#[test]
fn a_crash_loop_does_not_hold_up_a_promotion() {
    let crash = fault(FaultKind::CrashLoop(Millis(60_000)), Target::Canary, 120);
    let mut steps = raise(60, 100).to_vec();
    steps.extend([Step::Until(600), Step::Do(Command::Promote)]);
    let ran = run(scenario(&[crash]), &steps, 7);
    assert_eq!(ran.changes(PodChange::Promoted), [600_000; 20]);
    assert_eq!(ran.summary.ended, Time(630_000));
}

#[test]
fn pods_that_crash_before_all_are_ready_keep_the_scaling_waiting() {
    let crash = fault(FaultKind::CrashLoop(Millis(1_000)), Target::Canary, 0);
    let mut short = scenario(&[crash]);
    short.limit = Millis::from_mins(20);
    let ran = run(short, &raise(60, 100), 7);
    assert_eq!(routed(&ran), []);
    assert_eq!(ran.summary.outcome, Outcome::Failed);
    assert_eq!(ran.summary.ended, Time(1_200_000));
}

#[test]
fn what_a_rollback_overtakes_is_not_carried_out() {
    use coalmine_controller::Operator;
    use coalmine_sim::Intervention;
    let mut aborted = Scenario::default();
    aborted.interventions.push(Intervention {
        at: Time(61_000),
        act: Operator::Abort,
    });
    let mut steps = raise(60, 50).to_vec();
    steps.remove(1);
    let ran = run(aborted, &steps, 7);
    assert_eq!(routed(&ran), [(61_000, 0)]);
    // The script ends with the rollback, before the weight would have been taken over.
    assert_eq!(ran.summary.weight_at_detection, Some(share(0)));
}

#[test]
fn a_canary_asks_for_no_more_pods_than_the_service_has() {
    let steps = [Step::Do(Command::ScaleCanary(Pods(4_000_000_000)))];
    let ran = run(Scenario::default(), &steps, 7);
    let canary = ran.events.iter().filter(|event| {
        matches!(
            event.kind,
            EventKind::Pod {
                version: Version::Canary,
                change: PodChange::Starting,
                ..
            }
        )
    });
    assert_eq!(canary.count(), 20);
}
