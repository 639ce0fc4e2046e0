//! What queries return is what scraping has seen, not what is true.

use crate::script::{Limit, Millis, Ran, Step, ask, fault, raise, run, scenario};
use coalmine_controller::{Metric, Quantile, Reading, Time, Version};
use coalmine_sim::{FaultKind, Latency, Scenario, Target};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const P99: Metric = Metric::Latency(Quantile(9_900));
const ALL: [Metric; 4] = [Metric::ErrorRate, P99, Metric::Cpu, Metric::Memory];

/// Half the traffic from a minute on; all metrics of a version over a window at its end.
fn measure(scenario: Scenario, version: Version, from: u64, to: u64) -> Ran {
    let mut steps = raise(60, 50).to_vec();
    steps.push(Step::Until(to));
    steps.extend(ALL.map(|metric| ask(metric, version, from, to)));
    run(scenario, &steps, 7)
}

fn is_near(found: f64, expected: f64, tolerance: f64) -> bool {
    (found - expected).abs() <= tolerance
}

#[test]
fn a_healthy_version_reads_as_the_scenario_says() {
    // Stable has half the traffic on all its pods: half of the CPU that follows requests.
    for (version, cpu) in [(Version::Stable, 0.3), (Version::Canary, 0.5)] {
        let ran = measure(Scenario::default(), version, 300, 900);
        let [errors, p99, found_cpu, memory] = ran.values()[..] else {
            panic!("four readings");
        };
        // 60 000 requests: the standard error of the error rate is 0.00018.
        assert!(is_near(errors, 0.002, 0.000_8), "{errors}");
        // Interpolated from 250 to 500 ms; the true quantile is 256 ms, the standard error 0.0096.
        assert!(is_near(p99, 0.2798, 0.038), "{p99}");
        assert!(is_near(found_cpu, cpu, 0.01), "{found_cpu}");
        assert!(is_near(memory, 0.5, 0.01), "{memory}");
    }
}

#[test]
fn a_count_needs_two_scrapes() {
    let at = |from, to| measure(Scenario::default(), Version::Stable, from, to).readings;
    assert_eq!(at(300, 304), [Reading::NoData; 4]);
    assert_eq!(at(301, 309), [Reading::NoData; 4]);
    let both = at(300, 305);
    let Reading::Value { samples, .. } = both[0] else {
        panic!("two scrapes: {both:?}");
    };
    assert!((400..600).contains(&samples), "one interval: {samples}");
    let Reading::Value { samples, .. } = both[2] else {
        panic!("two scrapes: {both:?}");
    };
    assert_eq!(samples, 40, "two scrapes of twenty pods");
}

#[test]
fn a_version_without_pods_has_no_data() {
    let mut steps = vec![Step::Until(300)];
    steps.extend(ALL.map(|metric| ask(metric, Version::Canary, 0, 300)));
    let ran = run(Scenario::default(), &steps, 7);
    assert_eq!(ran.readings, [Reading::NoData; 4]);
    assert!(
        ran.samples
            .iter()
            .all(|sample| sample.canary.error_rate.is_none())
    );
}

#[test]
fn a_latency_beyond_the_last_bucket_reads_as_the_last_bound() {
    let mut slow = Scenario::default();
    slow.canary.latency = Latency::LogNormal {
        median_micros: 60_000_000,
        sigma: Limit(500_000),
    };
    let ran = measure(slow, Version::Canary, 300, 900);
    assert!(is_near(ran.values()[1], 10.0, 0.0), "{:?}", ran.values());
}

#[test]
fn an_error_rate_rises_by_what_the_fault_adds() {
    let broken = fault(FaultKind::ErrorRate(Limit(50_000)), Target::Canary, 200);
    let ran = measure(scenario(&[broken]), Version::Canary, 300, 900);
    assert!(
        is_near(ran.values()[0], 0.0519, 0.004),
        "{:?}",
        ran.values()
    );
    let ran = measure(scenario(&[broken]), Version::Stable, 300, 900);
    assert!(
        is_near(ran.values()[0], 0.002, 0.000_8),
        "{:?}",
        ran.values()
    );
}

#[test]
fn errors_of_a_ramp_average_to_half_its_size() {
    let mut ramp = fault(FaultKind::ErrorRate(Limit(200_000)), Target::Both, 300);
    ramp.ramp = Millis(600_000);
    let ran = measure(scenario(&[ramp]), Version::Stable, 300, 900);
    assert!(
        is_near(ran.values()[0], 0.1018, 0.006),
        "{:?}",
        ran.values()
    );
}

#[test]
fn samples_hold_the_requests_between_two_scrapes() {
    let ran = measure(Scenario::default(), Version::Stable, 300, 900);
    let sum: u64 = ran
        .samples
        .iter()
        .map(|s| u64::from(s.stable.requests) + u64::from(s.canary.requests))
        .sum();
    let last = ran.samples.last().expect("samples").at;
    assert_eq!(last.0, ran.summary.closed.0 / 5_000 * 5_000);
    assert!(sum <= ran.summary.requests);
    assert!(
        ran.summary.requests - sum < 2_000,
        "only the rest after the last scrape"
    );
    let times: Vec<Time> = ran.samples.iter().map(|s| s.at).take(3).collect();
    assert_eq!(times, [Time(5_000), Time(10_000), Time(15_000)]);
}
