//! Versions answer by their laws, endpoints and cohorts by their mix, and truth stands beside what was measured.

use crate::script::{Limit, Millis, Ran, Step, ask, half_and_back, raise, run};
use coalmine_controller::{Metric, Quantile, Time, Version};
use coalmine_sim::{
    Clients, Cohort, Endpoint, Fault, FaultKind, Latency, Onset, Profile, Rate, Reach, Sample,
    Scenario, Target,
};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn laws() -> Vec<(Latency, f64)> {
    let body = Latency::log_normal(40_000, Limit(300_000));
    vec![
        // 99th percentiles in seconds, from tables.
        (Latency::log_normal(80_000, Limit(500_000)), 0.256_0),
        (
            Latency::Gamma {
                mean_micros: 100_000,
                shape: Limit(1_000_000),
            },
            0.460_5,
        ),
        (
            Latency::Weibull {
                median_micros: 100_000,
                shape: Limit(1_000_000),
            },
            0.664_4,
        ),
        (
            Latency::ParetoTail {
                median_micros: 40_000,
                sigma: Limit(300_000),
                tail: Limit(40_000),
                alpha: Limit(2_000_000),
            },
            // The join is the 96th percentile, 67.63 ms; a quarter of the tail lies above twice that.
            0.135_26,
        ),
        (
            Latency::Mixture(vec![
                (Limit(900_000), body),
                (
                    Limit(100_000),
                    Latency::Quantiles(vec![(Limit(0), 200_000), (Limit(1_000_000), 400_000)]),
                ),
            ]),
            // The slowest tenth is uniform from 200 to 400 ms.
            0.38,
        ),
    ]
}

#[test]
fn each_law_of_latency_has_its_quantile_in_truth_and_its_buckets_in_measurement() {
    for (latency, p99) in laws() {
        let mut scenario = Scenario::default();
        scenario.canary.latency = latency.clone();
        // Fine buckets: interpolation errs by little.
        scenario.measurement.buckets_micros = (1..=30).map(|at| at * 25_000).collect();
        let mut steps = raise(60, 50).to_vec();
        steps.push(Step::Until(900));
        steps.push(ask(
            Metric::Latency(Quantile(9_900)),
            Version::Canary,
            300,
            900,
        ));
        let ran = run(scenario, &steps, 7);
        let truth = ran.samples.iter().filter_map(|s| s.canary.true_latency_p99);
        for truth in truth {
            assert!(
                (f64::from(truth) / p99 - 1.0).abs() < 2e-3,
                "{latency:?}: {truth}"
            );
        }
        let measured = ran.values()[0];
        assert!(
            (measured / p99 - 1.0).abs() < 0.1,
            "{latency:?}: {measured}"
        );
    }
}

fn mixed() -> Scenario {
    let mut scenario = Scenario::default();
    let endpoint = |name: &str, share, latency, errors| Endpoint {
        name: name.into(),
        share: Limit(share),
        latency: Limit(latency),
        errors: Limit(errors),
        cpu: Limit(1_000_000),
    };
    scenario.traffic.endpoints = vec![
        endpoint("browse", 800_000, 1_000_000, 0),
        endpoint("search", 200_000, 3_000_000, 30_000),
    ];
    let cohort = |name: &str, share, errors| Cohort {
        name: name.into(),
        share: Limit(share),
        errors: Limit(errors),
    };
    scenario.traffic.cohorts = vec![
        cohort("web", 750_000, 0),
        cohort("old phones", 250_000, 40_000),
    ];
    scenario
}

fn near(found: f64, expected: f64, tolerance: f64) {
    assert!(
        (found - expected).abs() <= tolerance,
        "{found} is not {expected}"
    );
}

#[test]
fn endpoints_and_cohorts_add_their_errors_by_their_shares() {
    let ran = run(mixed(), &half_and_back(), 7);
    let truth = ran.samples[0].stable.true_error_rate.expect("traffic");
    near(f64::from(truth), 0.002 + 0.2 * 0.03 + 0.25 * 0.04, 1e-6);
    let sum = |of: fn(&Sample) -> u32| ran.samples.iter().map(|s| f64::from(of(s))).sum::<f64>();
    let (failed, requests) = (sum(|s| s.stable.failed), sum(|s| s.stable.requests));
    near(failed / requests, 0.018, 4.5 * (0.018 / requests).sqrt());
}

#[test]
fn a_fault_of_one_endpoint_and_a_fault_of_one_cohort_strike_their_share() {
    for (reach, share) in [(Reach::Endpoint(1), 0.2), (Reach::Cohort(1), 0.25)] {
        let mut scenario = mixed();
        scenario.faults = vec![Fault {
            reach,
            target: Target::Stable,
            ..Fault::new(FaultKind::ErrorRate(Limit(500_000)), Onset::At(Time(0)))
        }];
        let ran = run(scenario, &[], 7);
        // The struck stratum's own errors fail anyway.
        let own = if reach == Reach::Endpoint(1) {
            0.042
        } else {
            0.048
        };
        let expected = 0.018 + share * 0.5 * (1.0 - own);
        near(
            f64::from(ran.samples[9].stable.true_error_rate.expect("traffic")),
            expected,
            1e-5,
        );
        let hit = ran.summary.bad_by_fault as f64 / ran.summary.requests as f64;
        near(hit, share * 0.5, 0.012);
    }
}

fn total(ran: &Ran, from: u64, to: u64) -> f64 {
    let span = Time(from * 1_000)..Time(to * 1_000);
    let samples = ran.samples.iter().filter(|s| span.contains(&s.at));
    samples
        .map(|s| f64::from(s.stable.sent) + f64::from(s.canary.sent))
        .sum()
}

#[test]
fn traffic_follows_its_profile() {
    let mut scenario = Scenario::default();
    scenario.traffic.profile = Profile::Step {
        from: Rate(100_000),
        to: Rate(400_000),
        at: Time(300_000),
    };
    let ran = run(scenario, &[], 7);
    near(total(&ran, 5, 301), 30_000.0, 800.0);
    near(total(&ran, 305, 601), 120_000.0, 1_600.0);
}

#[test]
fn dispersion_widens_the_counts_and_leaves_their_mean() {
    let mut counts = Vec::new();
    for seed in 0..20 {
        let mut scenario = Scenario::default();
        scenario.traffic.dispersion = Limit(40_000);
        let ran = run(scenario, &[], seed);
        counts.extend(ran.samples.iter().map(|s| f64::from(s.stable.sent)));
    }
    let len = counts.len() as f64;
    let mean = counts.iter().sum::<f64>() / len;
    let variance = counts.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / len;
    // 1000 expected: Poisson's 1000, and (0.2 * 1000)^2.
    near(mean, 1_000.0, 4.5 * (41_000.0 / len).sqrt());
    near(variance / 41_000.0, 1.0, 0.15);
}

#[test]
fn clients_that_give_up_and_try_again_add_traffic_that_the_server_counts_as_answered() {
    let mut scenario = Scenario::default();
    scenario.traffic.clients = Clients {
        timeout_micros: Some(80_000),
        retries: 2,
        ..Clients::default()
    };
    let ran = run(scenario, &[], 7);
    // Half of all attempts time out: 1 + 1/2 + 1/4 attempts for each first one.
    near(total(&ran, 100, 601) / 500.0, 200.0 * 1.75, 5.0);
    let failed = ran
        .samples
        .iter()
        .map(|s| f64::from(s.stable.failed))
        .sum::<f64>();
    near(failed / ran.summary.requests as f64, 0.002, 0.000_5);
    near(
        ran.summary.bad as f64 / ran.summary.requests as f64,
        0.501,
        0.01,
    );
}

#[test]
fn sessions_move_to_the_weight_as_they_end_and_a_rollback_takes_them_at_once() {
    let mut scenario = Scenario::default();
    scenario.traffic.clients.session = Some(Millis(120_000));
    let ran = run(scenario, &half_and_back(), 7);
    let routed = ran.samples.iter().find(|s| 0 < s.weight.basis_points());
    let routed = routed.expect("it was routed").at.0 / 1_000;
    let share = |from: u64, to: u64| {
        let span = Time(from * 1_000)..Time(to * 1_000);
        let samples = || ran.samples.iter().filter(|s| span.contains(&s.at));
        let canary: f64 = samples().map(|s| f64::from(s.canary.sent)).sum();
        canary
            / samples()
                .map(|s| f64::from(s.stable.sent + s.canary.sent))
                .sum::<f64>()
    };
    let expected = |at: f64| 0.5 * (1.0 - libm::exp(-at / 120.0));
    near(share(routed + 30, routed + 50), expected(40.0), 0.02);
    near(share(routed + 110, routed + 130), expected(118.0), 0.02);
    near(share(605, 700), 0.0, 0.0);
}
