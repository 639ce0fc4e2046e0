//! Faults strike what they are aimed at, when they are due, and are told in the trace.

use crate::script::{Limit, Millis, Step, fault, half_and_back, raise, run, scenario, share};
use coalmine_controller::{Command, Outcome, Time};
use coalmine_sim::{EventKind, FaultKind, Onset, PipelineStage, PodChange, Scenario, Target};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn a_fault_of_a_weight_begins_when_the_canary_gets_it() {
    let mut late = fault(FaultKind::ErrorRate(Limit(100_000)), Target::Canary, 0);
    late.onset = Onset::Weight(share(25));
    late.lasts = Some(Millis(60_000));
    let steps = [raise(60, 5), raise(200, 30), raise(400, 50)].concat();
    let ran = run(scenario(&[late]), &steps, 7);
    let at = |wanted: &EventKind| -> Vec<u64> {
        let hits = ran.events.iter().filter(|event| event.kind == *wanted);
        hits.map(|event| event.at.0).collect()
    };
    let routed = at(&EventKind::Routed(share(30)));
    assert_eq!(at(&EventKind::FaultBegan(0)), routed);
    assert_eq!(at(&EventKind::FaultEnded(0)), [routed[0] + 60_000]);
    assert_eq!(ran.summary.onset, Some(Time(routed[0])));
}

#[test]
fn a_leaking_pod_is_killed_at_its_limit_and_comes_back_after_a_back_off() {
    // Half the limit is free: at a quarter a minute, give or take 15 %, that lasts 104 to 141 seconds.
    let leak = fault(FaultKind::MemoryLeak(Limit(250_000)), Target::Canary, 0);
    let ran = run(scenario(&[leak]), &half_and_back(), 7);
    let first = ran.pod(20);
    let at = |nth: usize, change| {
        let hits = first.iter().filter(|(_, found)| *found == change);
        hits.map(|(at, _)| *at)
            .nth(nth)
            .expect("it happened so often")
    };
    let life = at(0, PodChange::OutOfMemory) - at(0, PodChange::Ready);
    assert!((104_000..142_000).contains(&life), "{life}");
    assert_eq!(
        at(1, PodChange::Starting) - at(0, PodChange::OutOfMemory),
        10_000
    );
    assert_eq!(
        at(2, PodChange::Starting) - at(1, PodChange::OutOfMemory),
        20_000
    );
    let peak = ran.samples.iter().filter_map(|s| s.canary.memory);
    let peak = peak.fold(0.0, f32::max);
    assert!((0.85..=1.0).contains(&peak), "{peak}");
    let stable = ran.samples.iter().filter_map(|s| s.stable.memory);
    assert!(stable.fold(0.0, f32::max) < 0.55);
}

#[test]
fn a_crash_loop_backs_off_ever_longer_and_fails_requests_meanwhile() {
    let crash = fault(FaultKind::CrashLoop(Millis(20_000)), Target::Canary, 0);
    let mut steps = raise(60, 5).to_vec();
    steps.push(Step::Until(3_000));
    let ran = run(scenario(&[crash]), &steps, 7);
    let pod = ran.pod(20);
    let waits: Vec<u64> = pod
        .windows(2)
        .filter(|pair| pair[0].1 == PodChange::Crashed)
        .map(|pair| pair[1].0 - pair[0].0)
        .collect();
    assert_eq!(
        waits[..8],
        [10, 20, 40, 80, 160, 300, 300, 300].map(|secs| secs * 1_000)
    );
    let lives: Vec<u64> = pod
        .windows(2)
        .filter(|pair| pair[0].1 == PodChange::Ready)
        .map(|pair| pair[1].0 - pair[0].0)
        .collect();
    assert!(lives.iter().all(|life| 10_000 <= *life), "{lives:?}");
    // The only pod is down most of the time.
    let summary = &ran.summary;
    assert!(
        summary.canary_requests / 2 < summary.canary_bad,
        "{summary:?}"
    );
    assert!(summary.canary_bad - summary.bad_by_fault.min(summary.canary_bad) < 200);
}

#[test]
fn a_pod_that_lived_ten_minutes_is_forgiven() {
    let crash = fault(FaultKind::CrashLoop(Millis(1_300_000)), Target::Canary, 0);
    let mut steps = raise(60, 5).to_vec();
    steps.push(Step::Until(10_000));
    let ran = run(scenario(&[crash]), &steps, 7);
    let pod = ran.pod(20);
    let waits = pod
        .windows(2)
        .filter(|pair| pair[0].1 == PodChange::Crashed);
    let waits: Vec<u64> = waits.map(|pair| pair[1].0 - pair[0].0).collect();
    assert!(
        3 < waits.len() && waits.iter().all(|wait| *wait == 10_000),
        "{waits:?}"
    );
}

#[test]
fn a_broken_pipeline_fails_half_way() {
    for (stage, at) in [
        (PipelineStage::Build, 45_000),
        (PipelineStage::Push, 105_000),
    ] {
        let broken = fault(FaultKind::Pipeline(stage), Target::Canary, 0);
        let steps = [Step::Do(Command::BuildImage), Step::Do(Command::PushImage)];
        let ran = run(scenario(&[broken]), &steps, 7);
        assert_eq!(ran.summary.outcome, Outcome::Failed);
        assert_eq!(ran.summary.ended, Time(at));
        let told = ran
            .events
            .iter()
            .any(|event| event.at == Time(at) && matches!(event.kind, EventKind::CouldNot(..)));
        assert!(told, "{stage:?}");
        assert_eq!(ran.summary.onset, None, "no request was ever struck");
    }
    let steps = [Step::Do(Command::BuildImage), Step::Do(Command::PushImage)];
    let ran = run(Scenario::default(), &steps, 7);
    assert_eq!(ran.summary.ended, Time(120_000));
}

#[test]
fn a_fault_of_the_canary_stays_with_it_when_it_is_promoted() {
    let mut bomb = fault(FaultKind::ErrorRate(Limit(100_000)), Target::Canary, 700);
    let mut steps = raise(60, 100).to_vec();
    steps.extend([Step::Until(300), Step::Do(Command::Promote)]);
    let late = run(scenario(&[bomb]), &steps, 7);
    assert!(
        late.summary.ended < Time(700_000),
        "the bomb goes off in the tail"
    );
    assert!(0 < late.summary.bad_by_fault);
    assert_eq!(late.summary.onset, Some(Time(700_000)));
    bomb.target = Target::Stable;
    let gone = run(scenario(&[bomb]), &steps, 7);
    assert_eq!(gone.summary.bad_by_fault, 0, "the old version is no more");
}

#[test]
fn the_blast_ends_with_the_rollback() {
    let broken = fault(FaultKind::ErrorRate(Limit(50_000)), Target::Canary, 200);
    let ran = run(scenario(&[broken]), &half_and_back(), 7);
    let summary = &ran.summary;
    assert_eq!(summary.detected, Some(Time(600_000)));
    assert_eq!(summary.weight_at_detection, Some(share(50)));
    assert_eq!(summary.onset, Some(Time(200_000)));
    // 400 s at 100 requests a second, of which 5 % fail.
    let expected = 400.0 * 100.0 * 0.05;
    assert!(
        (summary.bad_by_fault as f64 - expected).abs() < 200.0,
        "{summary:?}"
    );
}
