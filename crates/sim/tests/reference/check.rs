//! Tests of fit, and how the service is set up for them.

use coalmine_controller::{Limit, Millis, Pods, Time, Version, Weight};
use coalmine_sim::{
    Capacity, Latency, Law, Rate, Scenario, Seed, Traffic,
    reference::{Act, CountedAt, Counts, Script, Service},
};
use coalmine_stats::special::gamma_q;

/// What each test of chance fails with, by chance.
pub(crate) const FALSE_ALARM: f64 = 1e-3;

/// The p-value of counts against what is expected of each.
pub(crate) fn chi_square(pairs: &[(f64, f64)], lost_degrees: usize) -> f64 {
    let chi2: f64 = pairs
        .iter()
        .map(|(count, expected)| (count - expected) * (count - expected) / expected)
        .sum();
    gamma_q((pairs.len() - lost_degrees) as f64 / 2.0, chi2 / 2.0)
}

/// The p-value of two samples being from one law, by Kolmogorov and Smirnov.
pub(crate) fn kolmogorov_smirnov(a: &[f64], b: &[f64]) -> f64 {
    let (mut a, mut b) = (a.to_vec(), b.to_vec());
    a.sort_by(f64::total_cmp);
    b.sort_by(f64::total_cmp);
    let share = |of: &[f64], x: f64| of.partition_point(|y| *y <= x) as f64 / of.len() as f64;
    let farthest = a
        .iter()
        .chain(&b)
        .map(|x| (share(&a, *x) - share(&b, *x)).abs())
        .fold(0.0, f64::max);
    kolmogorov(
        farthest,
        1.0 / (1.0 / a.len() as f64 + 1.0 / b.len() as f64),
    )
}

/// The p-value of a sample being from a law.
pub(crate) fn kolmogorov_smirnov_of(sample: &[f64], cdf: impl Fn(f64) -> f64) -> f64 {
    let mut sample = sample.to_vec();
    sample.sort_by(f64::total_cmp);
    let len = sample.len() as f64;
    let farthest = sample
        .iter()
        .enumerate()
        .fold(0.0_f64, |farthest, (at, x)| {
            let (p, below) = (cdf(*x), at as f64 / len);
            farthest.max(p - below).max(below + 1.0 / len - p)
        });
    kolmogorov(farthest, len)
}

/// Probability of a distance beyond this one, for a sample of this size (Stephens' form of the limit).
fn kolmogorov(distance: f64, size: f64) -> f64 {
    let root = size.sqrt();
    let x = distance * (root + 0.12 + 0.11 / root);
    if x < 0.3 {
        return 1.0;
    }
    let term = |k: i32| {
        let sign = if k % 2 == 1 { 2.0 } else { -2.0 };
        sign * libm::exp(-2.0 * f64::from(k * k) * x * x)
    };
    (1..100).map(term).sum::<f64>().clamp(0.0, 1.0)
}

pub(crate) fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

pub(crate) fn variance(values: &[f64]) -> f64 {
    let mean = mean(values);
    let sum: f64 = values.iter().map(|x| (x - mean) * (x - mean)).sum();
    sum / (values.len() - 1) as f64
}

pub(crate) fn near(found: f64, expected: f64, tolerance: f64) {
    assert!(
        (found - expected).abs() <= tolerance,
        "{found} is not {expected} within {tolerance}"
    );
}

pub(crate) const fn share(percent: u16) -> Weight {
    Weight::from_basis_points(percent * 100).expect("at most 100 %")
}

/// Ten pods each, and so much for the canary from the beginning.
pub(crate) fn split(percent: u16) -> Script {
    Script::new(Pods(10), Pods(10)).with(Time(0), Act::Route(share(percent)))
}

pub(crate) fn service(scenario: &Scenario, script: &Script, seed: u64) -> Service {
    Service::new(scenario, script, Seed(seed), 0, CountedAt::Arrival)
}

pub(crate) fn traffic(per_second: u64) -> Scenario {
    Scenario {
        traffic: Traffic::constant(Rate(per_second * 1_000)),
        ..Scenario::default()
    }
}

/// Exponential service with so many slots and places at each pod of both versions.
pub(crate) fn queueing(per_second: u64, mean_micros: u64, slots: u16, places: u32) -> Scenario {
    let law = Law {
        latency: Latency::Gamma {
            mean_micros,
            shape: Limit(1_000_000),
        },
        error_rate: Limit(0),
        capacity: Some(Capacity {
            in_flight: slots,
            queue: places,
        }),
        ..Law::default()
    };
    Scenario {
        stable: law.clone(),
        canary: law,
        ..traffic(per_second)
    }
}

/// So many intervals, added up.
pub(crate) fn sum(service: &mut Service, intervals: usize) -> [Counts; 2] {
    let mut sum = [Counts::default(); 2];
    for _ in 0..intervals {
        let interval = service.step();
        for (sum, version) in sum.iter_mut().zip([Version::Stable, Version::Canary]) {
            sum.add(interval.of(version));
        }
    }
    sum
}

pub(crate) const fn minutes(minutes: u64) -> Time {
    Time(Millis::from_mins(minutes).0)
}
