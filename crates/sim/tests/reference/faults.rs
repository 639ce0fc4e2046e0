//! Faults strike whom they should, when they should, as hard as they should.

use crate::check::{near, service, split, sum, traffic};
use coalmine_controller::{Limit, Millis, Pods, Time, Version};
use coalmine_sim::{
    Endpoint, Fault, FaultKind, Flapping, Onset, Reach, Scenario, Target, WarmUp,
    reference::{Act, Fate, Script},
};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// A thousand requests a second, half of them to the canary, none failing by itself.
fn scenario(fault: Fault) -> Scenario {
    let mut scenario = traffic(1_000);
    scenario.stable.error_rate = Limit(0);
    scenario.canary.error_rate = Limit(0);
    scenario.faults = vec![fault];
    scenario
}

fn errors(fault: Fault, seconds: &[u64]) -> Vec<f64> {
    let scenario = scenario(fault);
    let mut service = service(&scenario, &split(50), 71);
    let mut shares = Vec::new();
    while service.now() < Time(200_000) {
        let at = service.now().0 / 1_000;
        let interval = service.step();
        let canary = interval.of(Version::Canary);
        assert_eq!(interval.of(Version::Stable).errors(), 0);
        if seconds.contains(&at) {
            shares.push(canary.errors() as f64 / canary.requests() as f64);
        }
    }
    shares
}

fn tenth() -> Fault {
    Fault::new(
        FaultKind::ErrorRate(Limit(100_000)),
        Onset::At(Time(100_000)),
    )
}

#[test]
fn errors_ramp_up_flap_and_end() {
    let ramp = Fault {
        ramp: Millis::from_secs(20),
        lasts: Some(Millis::from_secs(50)),
        ..tenth()
    };
    let shares = [0.0, 0.012_5, 0.087_5, 0.1, 0.0];
    for (found, share) in errors(ramp, &[95, 100, 115, 140, 150])
        .into_iter()
        .zip(shares)
    {
        near(found, share, 3.5 * f64::sqrt(share / 2_500.0));
    }
    let flapping = Fault {
        flapping: Some(Flapping {
            on: Millis(2_500),
            off: Millis(7_500),
        }),
        ..tenth()
    };
    for (found, share) in errors(flapping, &[100, 105, 110])
        .into_iter()
        .zip([0.05, 0.0, 0.05])
    {
        near(found, share, 3.5 * f64::sqrt(share / 2_500.0));
    }
}

#[test]
fn a_fault_of_some_pods_or_one_endpoint_strikes_no_other() {
    let pods = Fault {
        reach: Reach::Pods(Limit(250_000)),
        ..Fault::new(FaultKind::ErrorRate(Limit(1_000_000)), Onset::At(Time(0)))
    };
    let mut service = service(&scenario(pods), &split(50), 73);
    service.watch(|request| {
        let is_struck = request.version == Version::Canary && request.pod < 3;
        assert_eq!(request.fate == Fate::Failed, is_struck, "{request:?}");
    });

    let mut scenario = scenario(Fault {
        reach: Reach::Endpoint(1),
        target: Target::Both,
        ..pods
    });
    scenario.traffic.endpoints = ["read", "write"]
        .map(|name| Endpoint {
            name: name.into(),
            share: Limit(500_000),
            latency: Limit(1_000_000),
            errors: Limit(0),
            cpu: Limit(1_000_000),
        })
        .into();
    let mut service = crate::check::service(&scenario, &split(50), 73);
    service.watch(|request| {
        assert_eq!(request.fate == Fate::Failed, request.endpoint == 1);
    });
}

#[test]
fn the_tail_moves_and_the_median_does_not_with_wrong_answers_unseen() {
    let tail = Fault::new(
        FaultKind::TailLatency {
            share: Limit(50_000),
            more: Limit(9_000_000),
        },
        Onset::At(Time(0)),
    );
    let mut scenario = scenario(tail);
    let wrong = FaultKind::WrongAnswers(Limit(200_000));
    scenario.faults.push(Fault::new(wrong, Onset::At(Time(0))));
    let mut service = service(&scenario, &split(50), 79);
    let mut seconds = [Vec::new(), Vec::new()];
    let mut canary = coalmine_sim::reference::Counts::default();
    for _ in 0..20 {
        let interval = service.watch(|request| {
            seconds[usize::from(request.version == Version::Canary)].push(request.latency_seconds);
        });
        canary.add(interval.of(Version::Canary));
    }
    for of in &mut seconds {
        of.sort_by(f64::total_cmp);
    }
    let quantile = |of: &[f64], percent: usize| of[of.len() * percent / 100];
    near(quantile(&seconds[0], 50), quantile(&seconds[1], 50), 0.006);
    assert!(2.0 * quantile(&seconds[0], 99) < quantile(&seconds[1], 99));
    assert_eq!(canary.errors(), 0);
    near(canary.wrong as f64 / canary.requests() as f64, 0.2, 0.006);
}

#[test]
fn surges_multiply_what_comes_and_load_breaks_pods() {
    let surge = Fault {
        target: Target::Dependency,
        ..Fault::new(FaultKind::Surge(Limit(1_000_000)), Onset::At(Time(50_000)))
    };
    let mut scenario = scenario(surge);
    let breaks = FaultKind::ErrorsAbove {
        load_milli: 75_000,
        more: Limit(300_000),
    };
    scenario.faults.push(Fault::new(breaks, Onset::At(Time(0))));
    let mut service = service(&scenario, &split(50), 83);
    let [_, before] = sum(&mut service, 10);
    sum(&mut service, 1);
    let [_, after] = sum(&mut service, 10);
    near(before.requests() as f64, 25_000.0, 550.0);
    near(after.requests() as f64, 50_000.0, 750.0);
    assert_eq!(before.errors(), 0);
    near(after.errors() as f64 / after.requests() as f64, 0.3, 0.007);
}

#[test]
fn young_pods_are_slow_and_warm_up() {
    let none = Fault::new(FaultKind::ErrorRate(Limit(0)), Onset::At(Time(0)));
    let mut scenario = scenario(none);
    scenario.canary.warm_up = Some(WarmUp {
        slower: Limit(1_000_000),
        lasts: Millis::from_secs(60),
    });
    let script = split(50).with(Time(100_000), Act::Ready(Version::Canary, Pods(20)));
    let mut service = service(&scenario, &script, 89);
    let mut means = Vec::new();
    while service.now() < Time(300_000) {
        let (mut sum, mut count) = (0.0, 0.0);
        service.watch(|request| {
            if request.version == Version::Canary {
                sum += request.latency_seconds;
                count += 1.0;
            }
        });
        means.push(sum / count);
    }
    // exp(0.125) of 80 ms; then half of the pods are twice as slow, and it wears off.
    for (at, stretch) in [(10, 1.0), (20, 1.48), (32, 1.177), (55, 1.026)] {
        near(means[at], 0.090_65 * stretch, 0.004);
    }
}

#[test]
fn faults_wait_for_weight_steps_and_age() {
    let script = Script::new(Pods(10), Pods(10))
        .with(Time(20_000), Act::Route(crate::check::share(10)))
        .with(Time(60_000), Act::Route(crate::check::share(50)));
    for (onset, begins) in [
        (Onset::Weight(crate::check::share(20)), 60),
        (Onset::Step(1), 20),
        (Onset::Step(2), 60),
        (Onset::Age(Millis::from_secs(25)), 45),
    ] {
        let fault = Fault::new(FaultKind::ErrorRate(Limit(1_000_000)), onset);
        let mut service = service(&scenario(fault), &script, 97);
        let mut first = None;
        while service.now() < Time(100_000) {
            let at = service.now().0 / 1_000;
            if 0 < service.step().of(Version::Canary).errors() {
                first = first.or(Some(at));
            }
        }
        assert_eq!(first, Some(begins), "{onset:?}");
    }
}
