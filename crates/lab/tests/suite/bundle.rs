//! Simulate once, judge many: plans that share a world do exactly what each of them does alone.

use crate::setting::{Limit, Millis, Time, failing, plan, study};
use coalmine_controller::{Against, Fallback, NodePolicy, Operator, Plan, Policy};
use coalmine_flow::NodeId;
use coalmine_lab::{Quality, Release};
use coalmine_sim::{Intervention, Kit, Scenario, library};
use std::sync::Arc;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// Runs all plans at once and each alone, on some seeds, and compares everything that is kept of a run.
fn check(policies: &[Policy], scenario: &Scenario, seeds: u32) {
    let plans: Vec<Arc<Plan>> = policies.iter().map(plan).collect();
    let of = |plans| {
        study(
            plans,
            vec![Release::new("it", Quality::Bad, scenario.clone())],
            seeds,
        )
    };
    let together = of(plans.clone());
    let alone: Vec<_> = plans
        .iter()
        .map(|plan| of(vec![Arc::clone(plan)]))
        .collect();
    let mut kit = Kit::default();
    for number in 0..seeds {
        let all = together.runs(0, number, &mut kit);
        assert_eq!(all.len(), plans.len());
        for (place, (one, alone)) in all.iter().zip(&alone).enumerate() {
            let expected = &alone.runs(0, number, &mut kit)[0];
            assert_eq!(one, expected, "plan {place} of run {number}");
        }
    }
}

fn with(change: impl Fn(&mut Policy)) -> Policy {
    let mut policy = Policy::default();
    change(&mut policy);
    policy
}

fn thresholds() -> Vec<Policy> {
    let at = |millionths: i64| {
        with(|policy| policy.checks[0].bound.against = Against::Fixed(Limit(millionths)))
    };
    (1..=12).map(|step| at(step * 1_200)).collect()
}

#[test]
fn every_threshold_is_judged_as_if_it_were_alone() {
    check(&thresholds(), &failing(6_000), 12);
}

#[test]
fn every_threshold_over_every_look_back_too() {
    let looks = [30, 60, 120, 300].map(|secs| {
        thresholds().into_iter().step_by(2).map(move |mut policy| {
            policy.checks[0].window = Some(Millis::from_secs(secs));
            policy.checks[0].min_requests = secs * 8;
            policy
        })
    });
    check(
        &looks.into_iter().flatten().collect::<Vec<_>>(),
        &failing(6_000),
        6,
    );
}

#[test]
fn windows_triggers_extensions_and_fallbacks_may_differ_as_well() {
    let policies = [
        with(|_| {}),
        with(|policy| policy.window = Millis::from_mins(2)),
        with(|policy| policy.window = Millis::from_mins(8)),
        with(|policy| policy.triggers.clear()),
        with(|policy| policy.triggers[0].bound.against = Against::Fixed(Limit(20_000))),
        with(|policy| policy.checks[0].min_requests = 5_000),
        with(|policy| {
            policy.checks[0].min_requests = 5_000;
            policy.extensions = 3;
        }),
        with(|policy| {
            policy.checks[0].min_requests = 1_000_000;
            policy.fallback = Fallback::Yes;
        }),
        with(|policy| policy.checks.truncate(1)),
        with(|policy| {
            let window = Some(Millis::from_mins(7));
            let own = NodePolicy {
                window,
                ..NodePolicy::default()
            };
            policy.nodes.insert(NodeId(12), own);
        }),
    ];
    for scenario in [Scenario::default(), failing(9_000), failing(40_000)] {
        check(&policies, &scenario, 4);
    }
}

#[test]
fn faults_of_every_kind_and_people_who_step_in_change_nothing() {
    let mut policies = thresholds();
    policies.push(with(|policy| policy.window = Millis::from_mins(3)));
    for id in [
        "crash-loop",
        "scrape-gap",
        "flapping",
        "build-failure",
        "metric-lag",
        "node-loss",
    ] {
        let mut scenario = Scenario::default();
        library::failure(id)
            .expect("it is in the library")
            .inject(&mut scenario);
        check(&policies, &scenario, 2);
    }
    for act in [Operator::Pause, Operator::Promote, Operator::Abort] {
        let mut scenario = failing(9_000);
        let (at, later) = (Time(5 * 60_000), Time(9 * 60_000));
        scenario.interventions = vec![
            Intervention { at, act },
            Intervention {
                at: later,
                act: Operator::Resume,
            },
        ];
        check(&policies, &scenario, 2);
    }
}
