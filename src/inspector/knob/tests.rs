//! What fields show can be typed back, and what cannot be meant is refused in words.

use super::*;
use coalmine_controller::{Limit, Millis, Pods, Time};
use coalmine_sim::{
    Autoscaler, Capacity, CustomKind, CustomMetric, Fault, FaultKind, Flapping, Latency, Onset,
    Profile, Rate, Reach, WarmUp,
};

/// Worlds that have every number between them.
fn worlds() -> Vec<Project> {
    let mut full = Project::default();
    let scenario = &mut full.scenario;
    scenario.traffic.endpoints = vec![mix::endpoint("browse"), mix::endpoint("pay")];
    scenario.traffic.cohorts = vec![mix::cohort("all"), mix::cohort("big")];
    mix::settle(&mut scenario.traffic.endpoints, 0);
    mix::settle(&mut scenario.traffic.cohorts, 0);
    scenario.stable.warm_up = Some(WarmUp {
        slower: Limit(500_000),
        lasts: Millis::from_secs(90),
    });
    scenario.stable.capacity = Some(Capacity {
        in_flight: 8,
        queue: 40,
    });
    scenario.platform.autoscaler = Some(Autoscaler {
        target: Limit(600_000),
        least: Pods(10),
        most: Pods(40),
        period: Millis::from_secs(15),
        calm: Millis::from_mins(5),
    });
    scenario.measurement.metrics = vec![CustomMetric {
        name: "queue".to_owned(),
        kind: CustomKind::Gauge {
            level: Limit(100_000_000),
            noise: Limit(5_000_000),
        },
        endpoint: None,
    }];
    scenario.faults = faults();
    let mut worlds = vec![full.clone()];
    for profile in profiles() {
        worlds.push(full.clone());
        worlds.last_mut().unwrap().scenario.traffic.profile = profile;
    }
    for law in laws() {
        worlds.push(full.clone());
        worlds.last_mut().unwrap().scenario.stable.latency = law;
    }
    worlds
}

fn faults() -> Vec<Fault> {
    let fault = |kind, reach, onset| Fault {
        reach,
        flapping: Some(Flapping {
            on: Millis::from_secs(30),
            off: Millis::from_secs(90),
        }),
        ..Fault::new(kind, onset)
    };
    vec![
        fault(
            FaultKind::TailLatency {
                share: Limit(33_000),
                more: Limit(9_000_000),
            },
            Reach::Pods(Limit(200_000)),
            Onset::Step(2),
        ),
        fault(
            FaultKind::ErrorsAbove {
                load_milli: 12_000,
                more: Limit(300_000),
            },
            Reach::All,
            Onset::Age(Millis::from_mins(25)),
        ),
        fault(
            FaultKind::ColdCache {
                more: Limit(5_000_000),
                lasts: Millis::from_mins(2),
            },
            Reach::All,
            Onset::At(Time(0)),
        ),
    ]
}

fn profiles() -> Vec<Profile> {
    let rate = Rate(200_000);
    let more = Rate(400_000);
    let (at, takes) = (Time(480_000), Millis::from_mins(10));
    vec![
        Profile::Constant(rate),
        Profile::Ramp {
            from: rate,
            to: more,
            at,
            takes,
        },
        Profile::Step {
            from: rate,
            to: more,
            at,
        },
        Profile::Burst {
            base: rate,
            peak: more,
            at,
            lasts: takes,
            every: None,
        },
        Profile::Weekly {
            mean: rate,
            swing: Limit(500_000),
            peak: Millis(14 * 3_600_000),
            weekend: Limit(400_000),
            begins: Millis(DAY + 9 * 3_600_000),
        },
    ]
}

fn laws() -> Vec<Latency> {
    vec![
        Latency::log_normal(80_000, Limit(500_000)),
        Latency::Gamma {
            mean_micros: 80_000,
            shape: Limit(1_500_000),
        },
        Latency::ParetoTail {
            median_micros: 80_000,
            sigma: Limit(500_000),
            tail: Limit(10_000),
            alpha: Limit(2_000_000),
        },
    ]
}

fn all() -> Vec<Knob> {
    let mut all = PROFILE.to_vec();
    all.extend([
        Knob::Dispersion,
        Knob::Timeout,
        Knob::Retries,
        Knob::BackOff,
        Knob::Session,
        Knob::ScalerTarget,
        Knob::ScalerLeast,
        Knob::ScalerMost,
        Knob::ScalerPeriod,
        Knob::ScalerCalm,
        Knob::Lingering,
        Knob::Jitter,
        Knob::Lag,
        Knob::Buckets,
        Knob::MetricName(0),
        Knob::MetricLevel(0),
        Knob::MetricNoise(0),
        Knob::Objective,
        Knob::FaultPods(0),
        Knob::FaultStep(0),
        Knob::FaultAge(1),
        Knob::FaultOn(0),
        Knob::FaultOff(2),
        Knob::FaultTail(0),
        Knob::FaultLoad(1),
        Knob::FaultSettles(2),
    ]);
    for index in 0..2 {
        all.extend([
            Knob::EndpointName(index),
            Knob::EndpointShare(index),
            Knob::EndpointLatency(index),
            Knob::EndpointErrors(index),
            Knob::EndpointCpu(index),
            Knob::CohortName(index),
            Knob::CohortShare(index),
            Knob::CohortErrors(index),
        ]);
    }
    for version in [Version::Stable, Version::Canary] {
        all.extend([
            Knob::Median(version),
            Knob::Mean(version),
            Knob::Sigma(version),
            Knob::Shape(version),
            Knob::Tail(version),
            Knob::Alpha(version),
            Knob::Errors(version),
            Knob::Cpu(version),
            Knob::Rest(version),
            Knob::Memory(version),
            Knob::WarmSlower(version),
            Knob::WarmLasts(version),
            Knob::InFlight(version),
            Knob::Queue(version),
        ]);
    }
    all
}

#[test]
fn what_a_field_shows_can_be_typed_back_and_changes_nothing() {
    let worlds = worlds();
    for knob in all() {
        let mut is_there = false;
        for before in &worlds {
            let Some(text) = knob.show(&before.scenario) else {
                continue;
            };
            is_there = true;
            let after = knob.read(before, &text);
            assert_eq!(after.as_ref(), Ok(&before.scenario), "{knob:?} {text:?}");
        }
        let is_of_canary = format!("{knob:?}").contains("Canary");
        assert!(is_there || is_of_canary, "{knob:?} stands nowhere");
    }
}

#[test]
fn every_number_refuses_what_cannot_be_meant() {
    for project in worlds() {
        for knob in all() {
            let is_name = matches!(
                knob,
                Knob::EndpointName(_) | Knob::CohortName(_) | Knob::MetricName(_)
            );
            if knob.show(&project.scenario).is_none() || is_name {
                continue;
            }
            for wrong in ["soon", "-3"] {
                let error = knob.read(&project, wrong).unwrap_err();
                assert!(
                    !error.is_empty() && !error.ends_with('.'),
                    "{knob:?}: {error}"
                );
            }
        }
    }
}

#[test]
fn a_share_that_is_typed_makes_the_others_give_way() {
    let project = &worlds()[0];
    let after = Knob::EndpointShare(1).read(project, "30 %").unwrap();
    let shares: Vec<i64> = after
        .traffic
        .endpoints
        .iter()
        .map(|it| it.share.0)
        .collect();
    assert_eq!(shares, [700_000, 300_000]);
}

#[test]
fn a_healthy_canary_follows_stable_until_it_is_told_apart() {
    let mut project = Project::default();
    project.scenario = Knob::Errors(Version::Stable).read(&project, "1 %").unwrap();
    assert_eq!(project.scenario.canary, project.scenario.stable);
    project.scenario = Knob::Errors(Version::Canary).read(&project, "2 %").unwrap();
    assert_eq!(project.scenario.stable.error_rate, Limit(10_000));
    project.scenario = Knob::Errors(Version::Stable).read(&project, "3 %").unwrap();
    assert_eq!(project.scenario.canary.error_rate, Limit(20_000));
}
