//! Pods queue and shed under load, scale with it, and split traffic by their number where a router does not.

use crate::script::{Limit, Millis, Step, half_and_back, raise, run};
use coalmine_controller::{Command, Pods, Time};
use coalmine_sim::{
    Autoscaler, Capacity, Fault, FaultKind, Latency, Onset, PodChange, Scenario, Split, Target,
    WarmUp,
};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn near(found: f64, expected: f64, tolerance: f64) {
    assert!(
        (found - expected).abs() <= tolerance,
        "{found} is not {expected}"
    );
}

/// Exponential service of 80 ms at 10 requests a second and pod: one slot is busy eight tenths of the time.
fn queueing(queue: u32) -> Scenario {
    let mut scenario = Scenario::default();
    scenario.stable.latency = Latency::Gamma {
        mean_micros: 80_000,
        shape: Limit(1_000_000),
    };
    scenario.stable.capacity = Some(Capacity {
        in_flight: 1,
        queue,
    });
    scenario.measurement.buckets_micros = (1..=30).map(|at| at * 100_000).collect();
    scenario
}

#[test]
fn a_pod_at_eight_tenths_waits_as_the_textbook_says() {
    let ran = run(queueing(5_000), &[], 7);
    // M/M/1 at rho = 0.8: p99 of the response is 23.026 / 12.5 s.
    let expected = 1.842;
    let truth = ran.samples[20].stable.true_latency_p99.expect("traffic");
    near(f64::from(truth), expected, 0.03);
    let last = ran.samples.last().expect("samples").stable;
    near(
        f64::from(last.latency_p99.expect("measured")),
        expected,
        0.12,
    );
    assert!(0 < ran.summary.bad_by_cause.load);
    assert_eq!(ran.summary.bad_by_fault, 0);
}

#[test]
fn a_pod_without_a_queue_sheds_as_erlang_b_says() {
    let ran = run(queueing(0), &[], 7);
    // Erlang B of one server at 0.8.
    let shed = ran.summary.bad_by_cause.load as f64 / ran.summary.requests as f64;
    near(shed, 0.8 / 1.8, 0.006);
    let truth = ran.samples[20].stable.true_error_rate.expect("traffic");
    near(f64::from(truth), 0.002 + 0.998 * 0.8 / 1.8, 1e-4);
}

#[test]
fn what_a_surge_makes_wait_is_charged_to_the_surge() {
    let mut scenario = queueing(50);
    scenario.faults = vec![Fault {
        target: Target::Both,
        ..Fault::new(FaultKind::Surge(Limit(500_000)), Onset::At(Time(100_000)))
    }];
    let ran = run(scenario, &[], 7);
    assert!(
        10_000 < ran.summary.bad_by_cause.faults[0],
        "{:?}",
        ran.summary
    );
}

#[test]
fn an_autoscaler_follows_the_load_and_waits_before_it_takes_pods_away() {
    let mut scenario = Scenario::default();
    scenario.platform.autoscaler = Some(Autoscaler {
        target: Limit(500_000),
        least: Pods(10),
        most: Pods(60),
        period: Millis::from_secs(15),
        calm: Millis::from_mins(3),
    });
    scenario.tail = Millis::from_mins(20);
    scenario.faults = vec![Fault {
        target: Target::Both,
        lasts: Some(Millis::from_mins(5)),
        ..Fault::new(FaultKind::Surge(Limit(1_000_000)), Onset::At(Time(120_000)))
    }];
    let ran = run(scenario, &[], 7);
    let ready = |at: u64| {
        let sample = ran.samples.iter().find(|s| s.at == Time(at * 1_000));
        sample.expect("a scrape").stable.ready
    };
    assert_eq!(ready(115), 20, "within its tolerance");
    assert!(30 < ready(400), "{}", ready(400));
    assert!(
        30 < ready(560),
        "calm enough only after three minutes: {}",
        ready(560)
    );
    assert!(ready(900) < 26, "{}", ready(900));
    assert!(10 <= ready(1_190));
    assert!(
        ran.changes(PodChange::Draining)
            .iter()
            .all(|at| 420_000 + 160_000 < *at)
    );
}

#[test]
fn behind_a_plain_service_pods_decide_the_split() {
    let mut scenario = Scenario::default();
    scenario.platform.split = Split::PodRatio;
    let steps = [
        Step::Until(60),
        Step::Do(Command::ScaleCanary(Pods(5))),
        Step::Do(Command::SetWeight(crate::script::share(50))),
        Step::Until(600),
    ];
    let ran = run(scenario, &steps, 7);
    let late = ran
        .samples
        .iter()
        .filter(|s| (200_000..600_000).contains(&s.at.0));
    let (canary, all) = late.fold((0.0, 0.0), |(canary, all), s| {
        let own = f64::from(s.canary.sent);
        (canary + own, all + own + f64::from(s.stable.sent))
    });
    near(canary / all, 5.0 / 25.0, 0.01);
}

#[test]
fn lingering_connections_close_in_a_straight_line_while_pods_drain() {
    let mut scenario = Scenario::default();
    scenario.platform.lingering = Limit(400_000);
    scenario.platform.drain = Millis::from_secs(60);
    let mut steps = half_and_back();
    steps.push(Step::Until(900));
    let ran = run(scenario, &steps, 7);
    let sent = |from: u64, to: u64| -> f64 {
        let span = Time(from * 1_000)..=Time(to * 1_000);
        let samples = ran.samples.iter().filter(|s| span.contains(&s.at));
        samples.map(|s| f64::from(s.canary.sent)).sum()
    };
    // 40 % of half of 200 requests a second, falling to nothing within a minute.
    near(sent(605, 660), 40.0 * 60.0 / 2.0, 150.0);
    near(sent(605, 630), 40.0 * 30.0 * 0.75, 150.0);
    assert!(sent(665, 900) <= 0.0);
    assert_eq!(
        ran.summary.bad_by_cause.plan, 0,
        "draining pods still serve"
    );
}

#[test]
fn pods_warm_up() {
    let mut scenario = Scenario::default();
    scenario.canary.warm_up = Some(WarmUp {
        slower: Limit(4_000_000),
        lasts: Millis::from_secs(60),
    });
    let ran = run(scenario, &raise(60, 50), 7);
    let p99: Vec<f32> = ran
        .samples
        .iter()
        .filter_map(|s| s.canary.true_latency_p99)
        .collect();
    assert!(0.6 < p99[0], "{}", p99[0]);
    near(f64::from(p99[90]), 0.256, 0.003);
    assert!(
        p99.windows(2)
            .skip(1)
            .take(60)
            .all(|pair| pair[1] <= pair[0] + 0.001)
    );
    assert_eq!(ran.summary.bad_by_fault, 0, "that is the version itself");
}
