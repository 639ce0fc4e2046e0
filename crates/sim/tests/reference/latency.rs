//! Latencies and errors follow the law of their version, endpoint and cohort.

use crate::check::{FALSE_ALARM, chi_square, kolmogorov_smirnov_of, service, split, sum, traffic};
use coalmine_controller::{Limit, Version};
use coalmine_sim::{Cohort, Endpoint, Latency, Scenario};
use coalmine_stats::{
    Law, LogNormal,
    law::{Gamma, ParetoTail, Weibull},
};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const BOUNDS: [f64; 11] = [
    0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0,
];

/// Buckets with more than five expected requests, and the others together, against a law.
fn fit(scenario: &Scenario, law: &Law) -> f64 {
    let [stable, _] = sum(&mut service(scenario, &split(0), 31), 500);
    let total = stable.requests() as f64;
    let buckets = stable.buckets();
    let mut lo = 0.0;
    let (mut pairs, mut rest) = (Vec::new(), (0.0, 0.0));
    for (bucket, hi) in BOUNDS.into_iter().chain([f64::INFINITY]).enumerate() {
        let expected = total * law.between(lo, hi);
        let found = buckets[bucket] as f64;
        if 5.0 < expected {
            pairs.push((found, expected));
        } else {
            rest = (rest.0 + found, rest.1 + expected);
        }
        lo = hi;
    }
    if 1.0 < rest.1 {
        pairs.push(rest);
    }
    chi_square(&pairs, 1)
}

fn with(latency: Latency) -> Scenario {
    let mut scenario = traffic(400);
    scenario.stable.latency = latency;
    scenario
}

fn laws() -> Vec<(Latency, Law)> {
    let body = LogNormal {
        median: 0.07,
        sigma: 0.6,
    };
    let weibull_scale = 0.06 * libm::pow(core::f64::consts::LN_2, -1.0 / 0.8);
    vec![
        (Latency::log_normal(70_000, Limit(600_000)), body.into()),
        (
            Latency::Gamma {
                mean_micros: 90_000,
                shape: Limit(2_500_000),
            },
            Gamma {
                shape: 2.5,
                scale: 0.036,
            }
            .into(),
        ),
        (
            Latency::Gamma {
                mean_micros: 90_000,
                shape: Limit(400_000),
            },
            Gamma {
                shape: 0.4,
                scale: 0.225,
            }
            .into(),
        ),
        (
            Latency::Weibull {
                median_micros: 60_000,
                shape: Limit(800_000),
            },
            Weibull {
                shape: 0.8,
                scale: weibull_scale,
            }
            .into(),
        ),
        (
            Latency::ParetoTail {
                median_micros: 70_000,
                sigma: Limit(600_000),
                tail: Limit(50_000),
                alpha: Limit(1_200_000),
            },
            ParetoTail {
                body,
                from: 0.05,
                alpha: 1.2,
            }
            .into(),
        ),
    ]
}

#[test]
fn buckets_follow_each_law() {
    for (latency, law) in laws() {
        let p = fit(&with(latency), &law);
        assert!(FALSE_ALARM < p, "{p}: {law:?}");
    }
}

#[test]
fn latencies_follow_each_law() {
    for (latency, law) in laws() {
        let mut service = service(&with(latency), &split(0), 37);
        let mut seconds = Vec::new();
        for _ in 0..20 {
            service.watch(|request| seconds.push(request.latency_seconds));
        }
        let p = kolmogorov_smirnov_of(&seconds, |x| law.cdf(x));
        assert!(FALSE_ALARM < p, "{p}: {law:?}");
    }
}

#[test]
fn a_median_that_is_a_fiftieth_too_long_is_found() {
    let biased = with(Latency::log_normal(71_400, Limit(600_000)));
    let law = LogNormal {
        median: 0.07,
        sigma: 0.6,
    };
    let p = fit(&biased, &law.into());
    assert!(p < 1e-6, "{p}");
}

#[test]
fn errors_are_those_of_version_endpoint_and_cohort_together() {
    let mut scenario = traffic(1_000);
    scenario.canary.error_rate = Limit(20_000);
    let endpoint = |name: &str, share, latency, errors| Endpoint {
        name: name.into(),
        share: Limit(share),
        latency: Limit(latency),
        errors: Limit(errors),
        cpu: Limit(1_000_000),
    };
    let cohort = |name: &str, share, errors| Cohort {
        name: name.into(),
        share: Limit(share),
        errors: Limit(errors),
    };
    scenario.traffic.endpoints = vec![
        endpoint("read", 700_000, 500_000, 0),
        endpoint("write", 300_000, 2_000_000, 30_000),
    ];
    scenario.traffic.cohorts = vec![cohort("old", 900_000, 0), cohort("new", 100_000, 50_000)];
    let mut service = service(&scenario, &split(40), 41);
    let mut cells = [[0.0_f64; 2]; 8];
    let mut slow = [[0.0_f64; 2]; 2];
    for _ in 0..100 {
        service.watch(|request| {
            let version = usize::from(request.version == Version::Canary);
            let (endpoint, cohort) = (usize::from(request.endpoint), usize::from(request.cohort));
            let failed = request.fate == coalmine_sim::reference::Fate::Failed;
            cells[version * 4 + endpoint * 2 + cohort][usize::from(failed)] += 1.0;
            slow[endpoint][usize::from([0.04, 0.16][endpoint] < request.latency_seconds)] += 1.0;
        });
    }
    let total: f64 = cells.iter().flatten().sum();
    let mut pairs = Vec::new();
    for (at, [answered, failed]) in cells.into_iter().enumerate() {
        let (version, endpoint, cohort) = (at / 4, at / 2 % 2, at % 2);
        let share = [0.6, 0.4][version] * [0.7, 0.3][endpoint] * [0.9, 0.1][cohort];
        let fails = [0.002, 0.02][version] + [0.0, 0.03][endpoint] + [0.0, 0.05][cohort];
        pairs.push((answered, total * share * (1.0 - fails)));
        pairs.push((failed, total * share * fails));
    }
    let p = chi_square(&pairs, 1);
    assert!(FALSE_ALARM < p, "{p}: {pairs:?}");
    // Half of each endpoint's requests are slower than its own median.
    for [fast, slow] in slow {
        let half = f64::midpoint(fast, slow);
        let p = chi_square(&[(fast, half), (slow, half)], 1);
        assert!(FALSE_ALARM < p, "{p}");
    }
}
