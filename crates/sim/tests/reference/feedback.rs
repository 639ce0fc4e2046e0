//! How far the aggregated engine is from the reference where requests have effects on each other: measured by feature,
//! held to bounds, and printed as the table of `docs/engines.md` (`cargo test -p coalmine-sim --test reference table --
//! --nocapture`).

use crate::{
    agree::{aggregated, raise},
    check::{mean, traffic},
};
use coalmine_controller::{Command, Limit, Millis, Time, Version};
use coalmine_sim::{
    Capacity, Clients, Fault, FaultKind, Latency, Onset, Rate, Reach, Scenario, Seed, Target,
    Traffic, WarmUp,
    reference::{CountedAt, Fate, Script, Service},
};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const ROLLOUTS: u32 = 4;

/// A scenario in which something feeds back, and how far the engines may be apart.
struct Case {
    feature: &'static str,
    scenario: Scenario,
    steps: Vec<(Time, Command)>,
    /// Seconds from and to which both are looked at.
    seconds: (u64, u64),
    /// The aggregated engine's attempts a second, as a ratio of the reference's, at most so far from one.
    rate: f64,
    /// The shares that fail, at most so many points (hundredths of all requests) apart.
    points: f64,
    /// The ratio of the 99th percentiles, at most so far from one.
    p99: f64,
}

/// What an engine shows of both versions together, or of the canary where it has traffic.
#[derive(Clone, Copy, Debug)]
struct Seen {
    per_second: f64,
    failed: f64,
    p99: f64,
}

fn by_aggregation(case: &Case, is_of_canary: bool) -> (Seen, Script) {
    let (from, to) = case.seconds;
    let (mut requests, mut failed, mut p99) = (0.0, 0.0, Vec::new());
    let mut script = None;
    for rollout in 0..ROLLOUTS {
        let until = Time(to * 1_000);
        let ran = aggregated(&case.scenario, case.steps.clone(), until, rollout);
        for sample in ran.samples.iter().filter(|it| Time(from * 1_000) < it.at) {
            let version = if is_of_canary {
                sample.canary
            } else {
                sample.stable
            };
            requests += f64::from(version.requests);
            failed += f64::from(version.failed);
            p99.extend(version.true_latency_p99.map(f64::from));
        }
        script = Some(ran.script);
    }
    let seconds = (to - from) as f64 * f64::from(ROLLOUTS);
    let seen = Seen {
        per_second: requests / seconds,
        failed: failed / requests,
        p99: mean(&p99),
    };
    (seen, script.expect("there are rollouts"))
}

fn by_reference(case: &Case, script: &Script, is_of_canary: bool) -> Seen {
    let (from, to) = case.seconds;
    let (mut requests, mut failed) = (0.0, 0.0);
    // By interval, over all rollouts: what the law of that moment is.
    let mut seconds: Vec<Vec<f64>> = Vec::new();
    for rollout in 0..ROLLOUTS {
        let mut service = Service::new(
            &case.scenario,
            script,
            Seed(303),
            rollout,
            CountedAt::Arrival,
        );
        while service.now() < Time(from * 1_000) {
            service.step();
        }
        let mut place = 0;
        while service.now() < Time(to * 1_000) {
            if seconds.len() <= place {
                seconds.push(Vec::new());
            }
            let seconds = &mut seconds[place];
            place += 1;
            let interval = service.watch(|request| {
                let is_canary = request.version == Version::Canary;
                if is_canary == is_of_canary && !matches!(request.fate, Fate::Shed | Fate::Lost) {
                    seconds.push(request.latency_seconds);
                }
            });
            let counts = interval.versions[usize::from(is_of_canary)];
            requests += counts.requests() as f64;
            failed += counts.errors() as f64;
        }
    }
    let p99 = |seconds: &mut Vec<f64>| {
        let place = seconds.len() * 99 / 100;
        *seconds.select_nth_unstable_by(place, f64::total_cmp).1
    };
    let p99: Vec<f64> = seconds.iter_mut().map(p99).collect();
    Seen {
        per_second: requests / ((to - from) as f64 * f64::from(ROLLOUTS)),
        failed: failed / requests,
        p99: mean(&p99),
    }
}

/// Twenty pods of four slots whose service takes 90.65 ms on average, this busy (hundredths), with so many places.
fn busy(hundredths: u64, queue: u32) -> Scenario {
    let mut scenario = traffic(0);
    let milli = 20 * 4 * hundredths * 10_000_000 / 90_650;
    scenario.traffic = Traffic::constant(Rate(milli));
    scenario.stable.capacity = Some(Capacity {
        in_flight: 4,
        queue,
    });
    scenario
}

fn retrying(share: i64, retries: u8) -> Scenario {
    let mut scenario = traffic(400);
    scenario.stable.error_rate = Limit(share);
    scenario.traffic.clients = Clients {
        retries,
        back_off: Millis(200),
        ..Clients::default()
    };
    scenario
}

fn case(feature: &'static str, scenario: Scenario, rate: f64, points: f64, p99: f64) -> Case {
    Case {
        feature,
        scenario,
        steps: Vec::new(),
        seconds: (300, 900),
        rate,
        points,
        p99,
    }
}

fn queues() -> Vec<Case> {
    let mut exponential = busy(80, 1_000);
    exponential.stable.latency = Latency::Gamma {
        mean_micros: 90_650,
        shape: Limit(1_000_000),
    };
    let mut slow = busy(60, 20);
    slow.faults = vec![Fault {
        target: Target::Stable,
        ..Fault::new(
            FaultKind::Latency(Limit(1_000_000)),
            Onset::At(Time(100_000)),
        )
    }];
    vec![
        case("queue, half busy", busy(50, 1_000), 0.02, 0.1, 0.02),
        case("queue, 70 % busy", busy(70, 1_000), 0.02, 0.1, 0.02),
        case(
            "queue, 80 % busy, exponential service",
            exponential,
            0.02,
            0.1,
            0.03,
        ),
        case("queue, 90 % busy", busy(90, 1_000), 0.02, 0.1, 0.04),
        case(
            "shedding, 90 % busy, 4 places",
            busy(90, 4),
            0.02,
            3.0,
            0.04,
        ),
        case(
            "shedding, 120 % busy, 20 places",
            busy(120, 20),
            0.02,
            0.5,
            0.1,
        ),
        case(
            "latencies double, 60 % busy, 20 places",
            slow,
            0.02,
            0.5,
            0.1,
        ),
    ]
}

fn clients() -> Vec<Case> {
    let mut impatient = retrying(2_000, 2);
    impatient.traffic.clients.timeout_micros = Some(200_000);
    let mut both = busy(70, 20);
    both.traffic.clients = Clients {
        timeout_micros: Some(500_000),
        retries: 2,
        back_off: Millis(200),
        session: None,
    };
    both.stable.error_rate = Limit(50_000);
    let mut storm = retrying(2_000, 0);
    let failing = Fault {
        target: Target::Both,
        ..Fault::new(FaultKind::ErrorRate(Limit(300_000)), Onset::At(Time(0)))
    };
    let again = Fault {
        kind: FaultKind::RetryStorm(3),
        ..failing
    };
    storm.faults = vec![failing, again];
    let mut surge = busy(50, 20);
    surge.faults = vec![Fault {
        target: Target::Both,
        ..Fault::new(FaultKind::Surge(Limit(500_000)), Onset::At(Time(100_000)))
    }];
    vec![
        case(
            "3 retries, one in ten fails",
            retrying(100_000, 3),
            0.02,
            0.3,
            0.03,
        ),
        case(
            "2 retries, half fail",
            retrying(500_000, 2),
            0.02,
            0.5,
            0.03,
        ),
        case("time-out at 200 ms, 2 retries", impatient, 0.02, 0.3, 0.03),
        case("retries and queue, 70 % busy", both, 0.03, 0.3, 0.03),
        case("retry storm, three in ten fail", storm, 0.02, 0.5, 0.03),
        case("surge by half, half busy", surge, 0.02, 0.3, 0.03),
    ]
}

fn canaries() -> Vec<Case> {
    let of_canary = |feature, scenario, seconds, points, p99| Case {
        feature,
        scenario,
        steps: raise(50),
        seconds,
        rate: 0.03,
        points,
        p99,
    };
    let mut sticky = traffic(400);
    sticky.traffic.clients.session = Some(Millis::from_mins(5));
    let mut young = traffic(400);
    young.canary.warm_up = Some(WarmUp {
        slower: Limit(2_000_000),
        lasts: Millis::from_mins(2),
    });
    let mut pods = traffic(400);
    pods.faults = vec![Fault {
        reach: Reach::Pods(Limit(300_000)),
        ..Fault::new(FaultKind::ErrorRate(Limit(400_000)), Onset::At(Time(0)))
    }];
    let mut load = traffic(400);
    load.faults = vec![Fault::new(
        FaultKind::ErrorsAbove {
            load_milli: 9_000,
            more: Limit(300_000),
        },
        Onset::At(Time(0)),
    )];
    vec![
        of_canary(
            "sessions of 5 min, moving for 5 min",
            sticky,
            (5, 305),
            0.1,
            0.03,
        ),
        of_canary(
            "warm-up over 2 min, first 4 min",
            young,
            (10, 250),
            0.1,
            0.06,
        ),
        of_canary("errors of three pods in ten", pods, (10, 610), 0.5, 0.03),
        of_canary("errors above a load", load, (20, 620), 1.0, 0.03),
    ]
}

fn check(cases: &[Case]) {
    let mut too_far = Vec::new();
    for case in cases {
        let is_of_canary = !case.steps.is_empty();
        let (theirs, script) = by_aggregation(case, is_of_canary);
        let truth = by_reference(case, &script, is_of_canary);
        let rate = theirs.per_second / truth.per_second - 1.0;
        let points = 100.0 * (theirs.failed - truth.failed);
        let p99 = theirs.p99 / truth.p99 - 1.0;
        print(case, &truth, rate, points, p99);
        if case.rate < rate.abs() || case.points < points.abs() || case.p99 < p99.abs() {
            too_far.push(case.feature);
        }
    }
    assert_eq!(too_far, [""; 0]);
}

#[expect(clippy::print_stdout, reason = "the table is pasted into the docs")]
fn print(case: &Case, truth: &Seen, rate: f64, points: f64, p99: f64) {
    println!(
        "| {} | {:.0} | {:+.1} % | {:.2} % | {points:+.2} | {:.0} ms | {:+.1} % |",
        case.feature,
        truth.per_second,
        100.0 * rate,
        100.0 * truth.failed,
        1e3 * truth.p99,
        100.0 * p99,
    );
}

#[test]
fn the_table_of_queues_holds() {
    check(&queues());
}

#[test]
fn the_table_of_clients_holds() {
    check(&clients());
}

#[test]
fn the_table_of_canaries_holds() {
    check(&canaries());
}
