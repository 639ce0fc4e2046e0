//! Traffic is Poisson, split by weight, and the same with and without faults.

use crate::script::{Limit, Millis, Ran, fault, half_and_back, raise, run, scenario, share};
use coalmine_sim::{FaultKind, Rate, Sample, Scenario, Target, Traffic, VersionSample};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn requests(ran: &Ran, of: impl Fn(&Sample) -> VersionSample) -> Vec<u32> {
    ran.samples
        .iter()
        .map(|sample| of(sample).requests)
        .collect()
}

#[test]
fn requests_arrive_as_a_poisson_process_and_are_split_by_weight() {
    let (mut stable, mut canary) = (Vec::new(), Vec::new());
    for seed in 0..20 {
        let ran = run(Scenario::default(), &half_and_back(), seed);
        for sample in &ran.samples {
            if sample.weight == share(50) && 200_000 < sample.at.0 {
                stable.push(f64::from(sample.stable.requests));
                canary.push(f64::from(sample.canary.requests));
            }
        }
    }
    for counts in [&stable, &canary] {
        let len = counts.len() as f64;
        let mean = counts.iter().sum::<f64>() / len;
        let variance = counts.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (len - 1.0);
        // 100 requests a second for 5 s. Standard errors: sqrt(500 / n) of the mean, sqrt(2 / n) of the ratio.
        assert!((mean - 500.0).abs() < 4.0 * (500.0 / len).sqrt(), "{mean}");
        assert!(
            (variance / mean - 1.0).abs() < 4.0 * (2.0 / len).sqrt(),
            "{variance} {mean}"
        );
    }
    let covariance = stable
        .iter()
        .zip(&canary)
        .map(|(a, b)| (a - 500.0) * (b - 500.0))
        .sum::<f64>()
        / stable.len() as f64;
    assert!((covariance / 500.0).abs() < 4.0 / (stable.len() as f64).sqrt());
}

#[test]
fn a_fault_does_not_move_the_traffic() {
    let calm = run(Scenario::default(), &half_and_back(), 7);
    for kind in [
        FaultKind::ErrorRate(Limit(50_000)),
        FaultKind::Latency(Limit(1_500_000)),
        FaultKind::MemoryLeak(Limit(300_000)),
        FaultKind::CrashLoop(Millis(20_000)),
    ] {
        let mut ramped = fault(kind, Target::Canary, 183);
        ramped.ramp = Millis(77_000);
        ramped.lasts = Some(Millis(200_000));
        let broken = run(scenario(&[ramped]), &half_and_back(), 7);
        assert_eq!(
            requests(&calm, |s| s.canary),
            requests(&broken, |s| s.canary),
            "{kind:?}"
        );
        let stable = |ran: &Ran| ran.samples.iter().map(|s| s.stable).collect::<Vec<_>>();
        assert_eq!(stable(&calm), stable(&broken), "{kind:?}");
        assert_ne!(
            calm.summary.trace_hash, broken.summary.trace_hash,
            "{kind:?}"
        );
        assert!(0 < broken.summary.bad_by_fault, "{kind:?}");
        assert_eq!(
            calm.summary.bad + broken.summary.bad_by_fault,
            broken.summary.bad,
            "{kind:?}"
        );
    }
}

#[test]
fn rollouts_and_seeds_differ_and_repeat() {
    let hash = |seed| {
        run(Scenario::default(), &half_and_back(), seed)
            .summary
            .trace_hash
    };
    assert_eq!(hash(1), hash(1));
    assert_ne!(hash(1), hash(2));
}

#[test]
fn extreme_traffic_runs() {
    for rate_milli in [0, 1, 1_000_000_000] {
        let rare = Scenario {
            traffic: Traffic::constant(Rate(rate_milli)),
            ..Scenario::default()
        };
        let ran = run(rare, &half_and_back(), 7);
        let expected = rate_milli as f64 * ran.summary.closed.0 as f64 / 1e6;
        let off = (ran.summary.requests as f64 - expected).abs();
        assert!(off <= 5.0 * expected.sqrt().max(1.0), "{rate_milli}: {off}");
    }
}

#[test]
fn traffic_to_no_pods_fails_and_nobody_but_the_plan_is_to_blame() {
    let mut steps = raise(60, 50).to_vec();
    steps.remove(1);
    steps.push(crate::script::Step::Until(300));
    let ran = run(Scenario::default(), &steps, 7);
    assert_eq!(ran.summary.canary_bad, ran.summary.canary_requests);
    assert_eq!(ran.summary.bad_by_fault, 0);
    assert!(20_000 < ran.summary.canary_requests);
    assert_eq!(
        ran.summary.bad_by_cause.plan + ran.summary.bad_by_cause.background,
        ran.summary.bad
    );
    for sample in &ran.samples {
        // No pods, no series: only the truth knows.
        let measured = VersionSample {
            sent: 0,
            true_error_rate: None,
            true_latency_p99: None,
            ..sample.canary
        };
        assert_eq!(measured, VersionSample::default());
        let truth = sample.canary.true_error_rate;
        assert_eq!(truth, (0 < sample.canary.sent).then_some(1.0));
    }
}
