//! When requests come, and to whom they go.

use crate::check::{
    FALSE_ALARM, chi_square, kolmogorov_smirnov_of, mean, minutes, near, service, share, split,
    traffic, variance,
};
use coalmine_controller::{Limit, Millis, Pods, Time, Version};
use coalmine_sim::{
    Platform, Profile, Rate, Scenario, Seed, Split, Traffic,
    reference::{Act, CountedAt, Script, Service},
};
use coalmine_stats::special::gamma_q;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn counts(scenario: &Scenario, script: &Script, version: Version, intervals: usize) -> Vec<f64> {
    let mut service = service(scenario, script, 11);
    (0..intervals)
        .map(|_| service.step().of(version).requests() as f64)
        .collect()
}

/// The two-sided p-value of the dispersion of counts being that of a Poisson law.
fn dispersion(counts: &[f64]) -> f64 {
    let degrees = (counts.len() - 1) as f64;
    let chi2 = degrees * variance(counts) / mean(counts);
    let above = gamma_q(degrees / 2.0, chi2 / 2.0);
    2.0 * above.min(1.0 - above)
}

#[test]
fn counts_of_an_interval_are_poisson() {
    let counts = counts(&traffic(200), &split(5), Version::Canary, 20_000);
    // 200 a second, 5 s, 5 %: 50, and 20 000 of them have a standard error of 0.05.
    near(mean(&counts), 50.0, 3.3 * 0.05);
    let p = dispersion(&counts);
    assert!(FALSE_ALARM < p, "{p}");

    let mut pairs = Vec::new();
    for count in 33_u64..=68 {
        let within = |x: &&f64| (**x - count as f64).abs() < 0.5;
        let found = counts.iter().filter(within).count();
        let expected = coalmine_stats::poisson_pmf(50.0, count) * 20_000.0;
        pairs.push((found as f64, expected));
    }
    let others = 20_000.0 - pairs.iter().map(|pair| pair.0).sum::<f64>();
    let expected = 20_000.0 - pairs.iter().map(|pair| pair.1).sum::<f64>();
    pairs.push((others, expected));
    let p = chi_square(&pairs, 1);
    assert!(FALSE_ALARM < p, "{p}");
}

#[test]
fn a_rate_that_is_a_fiftieth_too_high_is_found() {
    let mut biased = traffic(200);
    biased.traffic = Traffic::constant(Rate(204_000));
    let found = mean(&counts(&biased, &split(5), Version::Canary, 20_000));
    assert!(3.3 * 0.05 < (found - 50.0).abs(), "{found}");
}

#[test]
fn dispersed_counts_are_negative_binomial() {
    let mut scenario = traffic(200);
    scenario.traffic.dispersion = Limit(40_000);
    let counts = counts(&scenario, &split(0), Version::Stable, 20_000);
    // Variance: mean + dispersion * mean^2 = 1 000 + 40 000; the standard error of the mean is 1.43.
    near(mean(&counts), 1_000.0, 3.3 * 1.43);
    near(variance(&counts) / 41_000.0, 1.0, 0.05);
}

#[test]
fn a_wave_is_followed_within_an_interval() {
    let mut scenario = traffic(0);
    scenario.traffic.profile = Profile::Diurnal {
        mean: Rate(100_000),
        swing: Limit(800_000),
        peak: Millis(0),
        begins: Millis(0),
    };
    scenario.measurement.scrape = Millis::from_mins(60);
    let mut service = service(&scenario, &split(0), 3);
    let hour = |at: f64| {
        let turn = core::f64::consts::TAU / 24.0;
        100.0
            * (3_600.0
                + 0.8 * 3_600.0 / turn * (libm::sin(turn * (at + 1.0)) - libm::sin(turn * at)))
    };
    let pairs: Vec<(f64, f64)> = (0..24_u8)
        .map(|at| {
            let counts = service.step();
            (
                counts.of(Version::Stable).requests() as f64,
                hour(f64::from(at)),
            )
        })
        .collect();
    let p = chi_square(&pairs, 0);
    assert!(FALSE_ALARM < p, "{p}: {pairs:?}");
}

#[test]
fn bursts_ramps_and_recordings_bring_what_they_say() {
    let burst = Profile::Burst {
        base: Rate(100_000),
        peak: Rate(500_000),
        at: Time(61_500),
        lasts: Millis(10_000),
        every: Some(Millis(60_000)),
    };
    let ramp = Profile::Ramp {
        from: Rate(100_000),
        to: Rate(300_000),
        at: Time(62_000),
        takes: Millis(60_000),
    };
    let recorded = Profile::Recorded(vec![
        (Time(0), Rate(0)),
        (Time(60_000), Rate(200_000)),
        (Time(120_000), Rate(100_000)),
    ]);
    let step = Profile::Step {
        from: Rate(100_000),
        to: Rate(50_000),
        at: Time(150_000),
    };
    for (profile, expected) in [
        // 83 bursts begin within the 5 000 s, and all of them end.
        (burst, 500_000.0 + 83.0 * 10.0 * 400.0),
        (ramp, 6_200.0 + 12_000.0 + (5_000.0 - 122.0) * 300.0),
        (recorded, 6_000.0 + 9_000.0 + 4_880.0 * 100.0),
        (step, 15_000.0 + 4_850.0 * 50.0),
    ] {
        let mut scenario = traffic(0);
        scenario.traffic.profile = profile;
        let counts = counts(&scenario, &split(0), Version::Stable, 1_000);
        let found: f64 = counts.iter().sum();
        near(found, expected, 3.3 * f64::sqrt(expected));
    }
}

#[test]
fn the_quick_way_and_the_thorough_way_are_one() {
    let mut scenario = traffic(300);
    scenario.traffic.profile = Profile::Ramp {
        from: Rate(300_000),
        to: Rate(600_000),
        at: Time(7_000),
        takes: Millis(30_000),
    };
    let mut quick = service(&scenario, &split(25), 5);
    let mut thorough = quick.clone();
    for _ in 0..100 {
        assert_eq!(quick.step(), thorough.watch(|_| {}));
    }
}

#[test]
fn equal_seeds_give_equal_runs_and_rollouts_differ() {
    let run = |seed, rollout| {
        let scenario = traffic(300);
        let mut service = Service::new(
            &scenario,
            &split(25),
            Seed(seed),
            rollout,
            CountedAt::Arrival,
        );
        service.step()
    };
    assert_eq!(run(1, 0), run(1, 0));
    assert_ne!(run(1, 0), run(1, 1));
    assert_ne!(run(1, 0), run(2, 0));
}

/// Queues, retries, time-outs, sessions and a heavy tail, folded into one number.
#[test]
fn a_run_is_the_same_to_the_last_count_natively_and_in_a_browser() {
    let mut scenario = crate::check::queueing(300, 100_000, 3, 10);
    scenario.canary.latency = coalmine_sim::Latency::ParetoTail {
        median_micros: 60_000,
        sigma: Limit(500_000),
        tail: Limit(40_000),
        alpha: Limit(1_300_000),
    };
    scenario.traffic.dispersion = Limit(10_000);
    scenario.traffic.clients = coalmine_sim::Clients {
        timeout_micros: Some(300_000),
        retries: 2,
        back_off: Millis(100),
        session: Some(Millis::from_mins(1)),
    };
    let mut service = service(&scenario, &split(40), 19);
    let mut hash = 0_u64;
    for _ in 0..100 {
        for counts in service.step().versions {
            let waited = counts.wait_seconds.to_bits();
            let all = [counts.shed, counts.timed_out, counts.retries, waited];
            for word in counts.buckets().into_iter().chain(all) {
                hash = hash.rotate_left(5).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ word;
            }
        }
    }
    assert_eq!(hash, 14_584_889_281_183_418_100);
}

#[test]
fn gaps_are_exponential() {
    let mut service = service(&traffic(50), &split(0), 17);
    let (mut last, mut gaps) = (0.0, Vec::new());
    while service.now() < minutes(10) {
        service.watch(|request| {
            gaps.push(request.at_seconds - last);
            last = request.at_seconds;
        });
    }
    let p = kolmogorov_smirnov_of(&gaps, |gap| 1.0 - libm::exp(-50.0 * gap));
    assert!(FALSE_ALARM < p, "{p}");
}

#[test]
fn sessions_stay_until_they_end() {
    let mut scenario = traffic(1_000);
    scenario.traffic.clients.session = Some(Millis::from_mins(5));
    let script = Script::new(Pods(10), Pods(10))
        .with(Time(60_000), Act::Route(share(50)))
        .with(Time(1_260_000), Act::RollBack);
    let mut service = service(&scenario, &script, 23);
    let mut versions = vec![Vec::new(); 10_000];
    while service.now() < Time(1_290_000) {
        let begin = service.now();
        let interval = service.watch(|request| {
            versions[request.user as usize].push((request.at_seconds, request.version));
        });
        let [stable, canary] =
            [Version::Stable, Version::Canary].map(|it| interval.of(it).requests() as f64);
        let after = (begin.0 as f64 + 2_500.0 - 60_000.0) / 300_000.0;
        let expected = if begin < Time(60_000) || Time(1_260_000) <= begin {
            0.0
        } else {
            0.5 * (1.0 - libm::exp(-after))
        };
        // Users and requests both disperse it: about 0.005 and 0.007.
        near(canary / (stable + canary), expected, 4.0 * 0.009);
    }
    // A user that has come to the canary comes back to it: those 10 s apart differ in 1 of 60 pairs.
    let (mut pairs, mut moves) = (0.0, 0.0);
    for user in &versions {
        let settled = user.iter().filter(|(at, _)| (900.0..1_260.0).contains(at));
        let settled: Vec<_> = settled.collect();
        for pair in settled.windows(2) {
            let kept = libm::exp((pair[0].0 - pair[1].0) / 300.0);
            moves += f64::from(u8::from(pair[0].1 != pair[1].1));
            pairs += (1.0 - kept) * 0.5;
        }
    }
    near(moves / pairs, 1.0, 0.06);
}

#[test]
fn connections_linger_after_a_rollback_and_pods_may_decide_the_split() {
    let mut scenario = traffic(1_000);
    scenario.platform = Platform {
        lingering: Limit(500_000),
        ..Platform::default()
    };
    let script = Script::new(Pods(10), Pods(10))
        .with(Time(0), Act::Route(share(40)))
        .with(Time(10_000), Act::RollBack);
    let found = counts(&scenario, &script, Version::Canary, 10);
    let shares = [0.4, 0.4, 0.183_3, 0.15, 0.116_7, 0.083_3, 0.05, 0.016_7];
    for (found, share) in found.iter().zip(shares) {
        near(*found, 5_000.0 * share, 3.5 * f64::sqrt(5_000.0 * share));
    }
    assert!(found[8..].iter().all(|count| *count < 1.0), "{found:?}");

    scenario.platform.split = Split::PodRatio;
    let script = Script::new(Pods(9), Pods(1)).with(Time(0), Act::Route(share(40)));
    let found: f64 = counts(&scenario, &script, Version::Canary, 10).iter().sum();
    near(found, 5_000.0, 3.3 * f64::sqrt(5_000.0));
}

#[test]
fn a_version_without_pods_loses_what_is_sent_to_it() {
    let script = Script::new(Pods(10), Pods(0)).with(Time(0), Act::Route(share(10)));
    let mut service = service(&traffic(200), &script, 1);
    let interval = service.step();
    let canary = interval.of(Version::Canary);
    assert!(0 < canary.lost);
    assert_eq!(
        (canary.lost, canary.lost),
        (canary.requests(), canary.errors())
    );
    assert_eq!(interval.of(Version::Stable).lost, 0);
}

#[test]
fn counts_at_completion_lag_and_lose_nothing() {
    let mut scenario = traffic(200);
    scenario.stable.latency = coalmine_sim::Latency::log_normal(6_000_000, Limit(0));
    let run = |counted_at| {
        let mut service = Service::new(&scenario, &split(0), Seed(1), 0, counted_at);
        core::array::from_fn::<_, 4, _>(|_| service.step().of(Version::Stable).requests())
    };
    let (arrived, done) = (run(CountedAt::Arrival), run(CountedAt::Completion));
    assert_eq!(done[0], 0);
    assert!(done[1] < arrived[0] && 700 < done[1], "{done:?}");
    let so_far = done.iter().sum::<u64>();
    near(so_far as f64, 14.0 * 200.0, 200.0);
}
