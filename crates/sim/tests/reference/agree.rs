//! The two engines against each other: the same scenario and the same script, told to both.

use crate::check::{FALSE_ALARM, kolmogorov_smirnov, mean, near, share, traffic, variance};
use coalmine_controller::{
    Command, CommandId, Controller, Input, Limit, Metric, Millis, Output, Pods, Position, Quantile,
    Query, Reading, Time, Version, Window,
};
use coalmine_flow::NodeId;
use coalmine_sim::{
    Capacity, Cohort, Endpoint, Event, EventKind, Fault, FaultKind, Latency, Onset, PodChange,
    Profile, Rate, Sample, Scenario, Seed, Simulation, Target,
    reference::{Act, CountedAt, Counts, Script, Service},
};
use coalmine_stats::special::gamma_q;
use std::{collections::VecDeque, sync::Arc};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// Does what it is told when it is told to, and keeps what it measures.
#[derive(Clone, Debug)]
pub(crate) struct Director {
    steps: VecDeque<(Time, Command)>,
    out: VecDeque<Output>,
    asked: u32,
    readings: Vec<Reading>,
}

impl Controller for Director {
    fn handle(&mut self, _: Time, input: Input) {
        match input {
            Input::Wake => {
                if let Some((_, command)) = self.steps.pop_front() {
                    self.asked += 1;
                    let id = CommandId(self.asked);
                    self.out.push_back(Output::Command(id, command));
                }
            }
            Input::Measured(_, reading) => self.readings.push(reading),
            Input::Start { .. }
            | Input::Scraped
            | Input::Counted(..)
            | Input::Done(_)
            | Input::Failed(..)
            | Input::Operator(_) => {}
        }
    }

    fn poll(&mut self) -> Option<Output> {
        self.out.pop_front()
    }

    fn next_deadline(&self) -> Option<Time> {
        self.steps.front().map(|(at, _)| *at)
    }

    fn position(&self) -> Position {
        Position {
            node: NodeId(0),
            paused: false,
            outcome: None,
        }
    }
}

/// What a run of the aggregated engine showed.
pub(crate) struct Aggregated {
    pub(crate) samples: Vec<Sample>,
    readings: Vec<Reading>,
    /// What its control plane did, for the reference.
    pub(crate) script: Script,
}

/// Twenty canary pods at once, and a share of traffic from five seconds on, without any delay.
pub(crate) fn raise(percent: u16) -> Vec<(Time, Command)> {
    vec![
        (Time(5_000), Command::ScaleCanary(Pods(20))),
        (Time(5_000), Command::SetWeight(share(percent))),
    ]
}

pub(crate) fn aggregated(
    scenario: &Scenario,
    steps: Vec<(Time, Command)>,
    until: Time,
    rollout: u32,
) -> Aggregated {
    let mut scenario = scenario.clone();
    scenario.platform.pod_start = Millis(0);
    scenario.platform.router_delay = Millis(0);
    let director = Director {
        steps: steps.into(),
        out: VecDeque::new(),
        asked: 0,
        readings: Vec::new(),
    };
    let pods = scenario.replica_count();
    let mut run = Simulation::new(Arc::new(scenario), director, Seed(101), rollout);
    run.advance_to(until);
    Aggregated {
        samples: run.take_samples(),
        readings: run.controller().readings.clone(),
        script: script(&run.take_events(), pods),
    }
}

/// What the control plane of a run did.
fn script(events: &[Event], stable: Pods) -> Script {
    let mut script = Script::new(stable, Pods(0));
    let mut canary = 0;
    for event in events {
        match event.kind {
            EventKind::Routed(weight) => script = script.with(event.at, Act::Route(weight)),
            EventKind::Pod {
                version: Version::Canary,
                change: PodChange::Ready,
                ..
            } => {
                canary += 1;
                script = script.with(event.at, Act::Ready(Version::Canary, Pods(canary)));
            }
            _ => {}
        }
    }
    script
}

/// The reference under a script, interval by interval.
pub(crate) fn reference(
    scenario: &Scenario,
    script: &Script,
    until: Time,
    rollout: u32,
) -> Vec<[Counts; 2]> {
    let mut service = Service::new(scenario, script, Seed(202), rollout, CountedAt::Arrival);
    let mut intervals = Vec::new();
    while service.now() < until {
        intervals.push(service.step().versions);
    }
    intervals
}

/// Scenarios in which no request has an effect on another.
fn open_loops() -> Vec<(&'static str, Scenario)> {
    let plain = traffic(200);
    let mut dispersed = plain.clone();
    dispersed.traffic.dispersion = Limit(10_000);
    let mut mixed = plain.clone();
    let endpoint = |name: &str, share, latency, errors| Endpoint {
        name: name.into(),
        share: Limit(share),
        latency: Limit(latency),
        errors: Limit(errors),
        cpu: Limit(1_000_000),
    };
    mixed.traffic.endpoints = vec![
        endpoint("read", 700_000, 500_000, 0),
        endpoint("write", 300_000, 2_500_000, 30_000),
    ];
    mixed.traffic.cohorts = ["old", "new"]
        .map(|name| Cohort {
            name: name.into(),
            share: Limit(500_000),
            errors: Limit(5_000),
        })
        .into();
    let mut struck = plain.clone();
    struck.faults = vec![
        Fault {
            ramp: Millis::from_mins(60),
            ..Fault::new(FaultKind::ErrorRate(Limit(50_000)), Onset::At(Time(0)))
        },
        Fault::new(FaultKind::Latency(Limit(500_000)), Onset::At(Time(0))),
        Fault::new(
            FaultKind::TailLatency {
                share: Limit(30_000),
                more: Limit(5_000_000),
            },
            Onset::At(Time(0)),
        ),
    ];
    let mut tailed = plain.clone();
    tailed.canary.latency = Latency::ParetoTail {
        median_micros: 60_000,
        sigma: Limit(500_000),
        tail: Limit(40_000),
        alpha: Limit(1_300_000),
    };
    let mut waving = plain.clone();
    waving.traffic.profile = Profile::Diurnal {
        mean: Rate(200_000),
        swing: Limit(500_000),
        peak: Millis::from_mins(60),
        begins: Millis(0),
    };
    vec![
        ("plain", plain),
        ("dispersed", dispersed),
        ("endpoints and cohorts", mixed),
        ("faults", struck),
        ("heavy tail", tailed),
        ("wave", waving),
    ]
}

const HOURS: Time = Time(5 * 3_600_000);

#[test]
fn counts_of_intervals_are_of_one_law_in_open_loop() {
    for (name, scenario) in open_loops() {
        let ran = aggregated(&scenario, raise(25), HOURS, 0);
        let other = reference(&scenario, &ran.script, HOURS, 0);
        let samples = ran.samples.iter().filter(|it| Time(5_000) < it.at);
        let mine = other.iter().skip(1);
        let columns: [(Vec<f64>, Vec<f64>); 3] = [
            (
                samples
                    .clone()
                    .map(|it| f64::from(it.canary.requests))
                    .collect(),
                mine.clone().map(|it| it[1].requests() as f64).collect(),
            ),
            (
                samples
                    .clone()
                    .map(|it| f64::from(it.canary.failed))
                    .collect(),
                mine.clone().map(|it| it[1].errors() as f64).collect(),
            ),
            (
                samples.map(|it| f64::from(it.stable.requests)).collect(),
                mine.map(|it| it[0].requests() as f64).collect(),
            ),
        ];
        for (theirs, mine) in columns {
            assert_eq!(theirs.len(), mine.len());
            let p = kolmogorov_smirnov(&theirs, &mine);
            assert!(FALSE_ALARM < p, "{name}: {p}");
            let error = (variance(&theirs) / theirs.len() as f64
                + variance(&mine) / mine.len() as f64)
                .sqrt();
            let apart = (mean(&theirs) - mean(&mine)) / error;
            assert!(apart.abs() < 3.3, "{name}: {apart} standard errors apart");
            let ratio = variance(&theirs) / variance(&mine);
            assert!((0.9..1.11).contains(&ratio), "{name}: variances {ratio}");
        }
    }
}

/// The share of the canary's requests up to a bound in the aggregated engine, of how many, told from a quantile: in a
/// histogram of one finite bucket that is linear in it.
fn share_up_to(scenario: &Scenario, bound_micros: u64, seed: u32) -> (f64, f64, Script) {
    let quantile = 100;
    let mut scenario = scenario.clone();
    scenario.measurement.buckets_micros = vec![bound_micros];
    let query = Query {
        metric: Metric::Latency(Quantile(quantile)),
        version: Version::Canary,
        window: Window {
            from: Time(20_000),
            to: Time(1_800_000),
        },
    };
    let mut steps = raise(50);
    steps.push((Time(1_800_000), Command::Measure(query)));
    let ran = aggregated(&scenario, steps, Time(1_801_000), seed);
    let Some(Reading::Value { value, samples }) = ran.readings.first().copied() else {
        unreachable!("a steady canary has a quantile");
    };
    let share = f64::from(quantile) / 1e4 * bound_micros as f64 / 1e6 / value;
    (share, samples as f64, ran.script)
}

/// The p-value of both engines having one law of latency at six bounds, each from runs of its own.
fn latencies_agree(scenario: &Scenario, judged: &Scenario) -> f64 {
    let bounds = [50_000, 100_000, 150_000, 250_000, 500_000, 1_000_000];
    let (mut chi2, mut degrees) = (0.0, 0.0);
    for (seed, bound) in (0..).zip(bounds) {
        let (theirs, n, script) = share_up_to(judged, bound, seed);
        let mut scenario = scenario.clone();
        scenario.measurement.buckets_micros = vec![bound];
        let (mut below, mut m) = (0.0, 0.0);
        for [_, canary] in &reference(&scenario, &script, Time(1_800_000), seed)[4..] {
            below += canary.buckets()[0] as f64;
            m += canary.requests() as f64;
        }
        let pooled = (theirs * n + below) / (n + m);
        let apart = theirs - below / m;
        let rarer = pooled.min(1.0 - pooled);
        if rarer < 0.015 {
            // A share that the quantile does not tell, or that few requests decide.
            continue;
        }
        chi2 += apart * apart / (pooled * (1.0 - pooled) * (1.0 / n + 1.0 / m));
        degrees += 1.0;
    }
    gamma_q(degrees / 2.0, chi2 / 2.0)
}

#[test]
fn latencies_are_of_one_law_in_open_loop() {
    for (name, mut scenario) in open_loops() {
        if scenario.traffic.dispersion == Limit(0) {
            scenario.faults.retain(|fault| fault.ramp == Millis(0));
            let p = latencies_agree(&scenario, &scenario);
            assert!(FALSE_ALARM < p, "{name}: {p}");
        }
    }
}

#[test]
fn a_law_that_is_biased_by_a_fiftieth_is_told_from_the_true_one() {
    let plain = traffic(1_000);
    let mut biased = plain.clone();
    biased.canary.latency = Latency::log_normal(81_600, Limit(500_000));
    let p = latencies_agree(&plain, &biased);
    assert!(p < 1e-6, "{p}");

    let mut biased = plain.clone();
    biased.traffic.profile = Profile::Constant(Rate(1_020_000));
    let counts =
        |of: &[[Counts; 2]]| -> Vec<f64> { of.iter().map(|it| it[0].requests() as f64).collect() };
    let ran = aggregated(&biased, Vec::new(), Time(3_600_000), 0);
    let theirs: Vec<f64> = ran
        .samples
        .iter()
        .filter(|it| Time(0) < it.at)
        .map(|it| f64::from(it.stable.requests))
        .collect();
    let mine = counts(&reference(&plain, &ran.script, Time(3_600_000), 0));
    let p = kolmogorov_smirnov(&theirs, &mine);
    assert!(p < 1e-6, "{p}");
}

#[test]
fn a_fault_of_both_strikes_both_alike() {
    let mut scenario = traffic(400);
    scenario.faults = vec![Fault {
        target: Target::Dependency,
        lasts: Some(Millis::from_mins(2)),
        ..Fault::new(
            FaultKind::ErrorRate(Limit(200_000)),
            Onset::At(Time(62_500)),
        )
    }];
    let ran = aggregated(&scenario, raise(50), Time(300_000), 1);
    let other = reference(&scenario, &ran.script, Time(300_000), 1);
    let theirs: Vec<f64> = ran
        .samples
        .iter()
        .filter(|it| Time(0) < it.at)
        .map(|it| f64::from(it.stable.failed))
        .collect();
    let mine: Vec<f64> = other.iter().map(|it| it[0].errors() as f64).collect();
    for (theirs, mine) in theirs.iter().zip(&mine) {
        let tolerance = 5.0 * f64::sqrt(theirs + mine + 4.0);
        assert!((theirs - mine).abs() < tolerance, "{theirs} and {mine}");
    }
}

/// Quasi-steady, not exact: four slots a pod, eight tenths busy, exponential service.
#[test]
fn waits_put_requests_into_the_right_buckets_but_for_a_point() {
    let mut scenario = traffic(0);
    // Both versions have half the traffic and twenty pods; 80 % of four slots over 90.65 ms each.
    scenario.traffic.profile = Profile::Constant(Rate(2 * 20 * 4 * 80 * 10_000_000 / 90_650));
    for law in [&mut scenario.stable, &mut scenario.canary] {
        law.latency = Latency::Gamma {
            mean_micros: 90_650,
            shape: Limit(1_000_000),
        };
        law.capacity = Some(Capacity {
            in_flight: 4,
            queue: 1_000,
        });
    }
    for bound in [100_000, 300_000, 500_000, 800_000] {
        let (theirs, _, script) = share_up_to(&scenario, bound, 0);
        let mut scenario = scenario.clone();
        scenario.measurement.buckets_micros = vec![bound];
        let (mut below, mut all) = (0.0, 0.0);
        for [_, canary] in &reference(&scenario, &script, Time(1_800_000), 0)[4..] {
            below += canary.buckets()[0] as f64;
            all += canary.requests() as f64;
        }
        near(theirs, below / all, 0.01);
    }
}
