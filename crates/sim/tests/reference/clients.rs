//! What clients see, and what they do about it.

use crate::check::{near, queueing, service, split, sum, traffic};
use coalmine_controller::{Limit, Millis, Time, Version};
use coalmine_sim::{Clients, Fault, FaultKind, Latency, Onset, Scenario, Target, reference::Fate};
use std::collections::BTreeMap;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn failing(share: i64, retries: u8) -> Scenario {
    let mut scenario = traffic(1_000);
    scenario.stable.error_rate = Limit(share);
    scenario.traffic.clients = Clients {
        retries,
        back_off: Millis(100),
        ..Clients::default()
    };
    scenario
}

#[test]
fn retries_amplify_the_load_by_p_and_its_powers() {
    for (share, retries) in [(100_000, 3), (500_000, 2), (500_000, 6), (1_000_000, 4)] {
        let mut service = service(&failing(share, retries), &split(0), 47);
        sum(&mut service, 12);
        let [stable, _] = sum(&mut service, 200);
        let p = share as f64 / 1e6;
        let again: f64 = (1..=retries).map(|k| libm::pow(p, f64::from(k))).sum();
        // 1 000 000 first attempts; a family of retries disperses no more than 4 times their square root.
        let tolerance = 3.3 * 4.0 * f64::sqrt(1e6 * (1.0 + again));
        near(stable.requests() as f64, 1e6 * (1.0 + again), tolerance);
        near(stable.retries as f64, 1e6 * again, tolerance);
        let given_up = 1e6 * libm::pow(p, f64::from(retries) + 1.0);
        near(stable.given_up as f64, given_up, tolerance);
    }
}

#[test]
fn back_off_doubles_and_some_of_it_is_chance() {
    let mut scenario = failing(1_000_000, 3);
    scenario.traffic = coalmine_sim::Traffic {
        clients: scenario.traffic.clients,
        ..traffic(1).traffic
    };
    scenario.stable.latency = Latency::log_normal(0, Limit(0));
    scenario.traffic.clients.session = Some(Millis::from_mins(5));
    let mut service = service(&scenario, &split(0), 53);
    let mut last: BTreeMap<u32, f64> = BTreeMap::new();
    let mut waits = [const { Vec::new() }; 4];
    for _ in 0..100 {
        service.watch(|request| {
            let before = last.insert(request.user, request.at_seconds);
            if let Some(before) = before
                && 0 < request.tries
            {
                waits[usize::from(request.tries)].push(request.at_seconds - before);
            }
        });
    }
    for (tries, longest) in [(1, 0.1), (2, 0.2), (3, 0.4)] {
        let waits = &waits[tries];
        assert!(100 < waits.len());
        let within = longest / 2.0 - 1e-9_f64..longest + 1e-9;
        let ok = waits.iter().filter(|wait| within.contains(*wait)).count();
        // Two attempts of one user at a time mix their waits up now and then.
        assert!(waits.len() - ok < waits.len() / 20, "{waits:?}");
        near(crate::check::mean(waits) / longest, 0.75, 0.05);
    }
}

#[test]
fn time_outs_count_for_the_client_and_not_for_the_server() {
    let mut scenario = failing(0, 1);
    scenario.stable.latency = Latency::Gamma {
        mean_micros: 100_000,
        shape: Limit(1_000_000),
    };
    scenario.traffic.clients.timeout_micros = Some(200_000);
    let mut service = service(&scenario, &split(0), 59);
    sum(&mut service, 1);
    let [stable, _] = sum(&mut service, 100);
    let p = libm::exp(-2.0);
    let requests = stable.requests() as f64;
    near(
        requests,
        5e5 * (1.0 + p),
        3.3 * 2.0 * f64::sqrt(5e5 * (1.0 + p)),
    );
    let tolerance = 3.3 * f64::sqrt(requests * p);
    near(stable.timed_out as f64, requests * p, tolerance);
    near(stable.given_up as f64, 5e5 * p * p, tolerance);
    assert_eq!(stable.errors(), 0);
}

#[test]
fn a_retry_goes_where_its_session_is() {
    let mut scenario = failing(500_000, 5);
    scenario.canary = scenario.stable.clone();
    scenario.traffic.clients.session = Some(Millis::from_mins(60 * 24 * 365));
    let mut service = service(&scenario, &split(50), 61);
    let mut moves = 0;
    let mut known: BTreeMap<u32, Version> = BTreeMap::new();
    for _ in 0..20 {
        service.watch(|request| {
            let before = known.insert(request.user, request.version);
            moves += u32::from(before.is_some_and(|before| before != request.version));
        });
    }
    assert_eq!(moves, 0);
}

#[test]
fn a_retry_storm_keeps_a_queue_full_after_its_cause_is_gone() {
    // Nine tenths busy, and two retries more for a minute from 300 s on, when everything is twice as slow.
    let mut scenario = queueing(900, 100_000, 10, 50);
    scenario.traffic.clients.timeout_micros = Some(400_000);
    let slow = Fault {
        target: Target::Both,
        lasts: Some(Millis::from_mins(1)),
        ..Fault::new(
            FaultKind::Latency(Limit(1_000_000)),
            Onset::At(Time(300_000)),
        )
    };
    let storm = Fault {
        lasts: Some(Millis::from_mins(5)),
        ..Fault {
            kind: FaultKind::RetryStorm(2),
            ..slow
        }
    };
    let failing_at = |faults: Vec<Fault>| {
        let mut scenario = scenario.clone();
        scenario.faults = faults;
        let mut service = service(&scenario, &split(0), 67);
        let mut bad = Vec::new();
        for _ in 0..240 {
            let interval = service.watch(|request| {
                assert!(request.fate != Fate::Shed || request.wait_seconds.to_bits() == 0);
            });
            let counts = interval.of(Version::Stable);
            bad.push((counts.timed_out + counts.shed) as f64 / counts.requests() as f64);
        }
        // Before, and well after the slowness: while the storm lasts, and after it.
        [50, 95, 200].map(|at| bad[at])
    };
    let calm = failing_at(vec![slow]);
    let stormy = failing_at(vec![slow, storm]);
    assert!(calm.iter().all(|bad| *bad < 0.15), "{calm:?}");
    assert!(
        stormy[0] < 0.15 && 0.5 < stormy[1] && stormy[2] < 0.15,
        "{stormy:?}"
    );
}
