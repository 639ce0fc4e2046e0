//! What looking again and again costs a test, over ensembles of whole runs without a fault: the published inflation of
//! tests that are made for one look, and none where they are made for more.

use coalmine_controller::{
    Against, Analysis, Bound, Check, FlowController, Healthy, Limit, Method, Metric, Millis,
    NoDataMeans, Outcome, Policy, Recording, Sides, compile,
};
use coalmine_flow::parse;
use coalmine_sim::{Scenario, Seed, Simulation};
use coalmine_stats::proportion::{Count, wilson};
use std::sync::Arc;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// One step, one gate.
const ROLLOUT: &str = r#"Lane { # Lane
n1: circle label:"Start"
n2: rectangle label:"Increase to 50%"
n3: rectangle label:"Wait"
n4: diamond label:"Healthy?"
n5: rectangle label:"Mark success"
n6: rectangle label:"Rollback"
n7: circle label:"End"
n1.handle(right) -> n2.handle(left)
n2.handle(right) -> n3.handle(left)
n3.handle(right) -> n4.handle(left)
n4.handle(right) -> n5.handle(left) [label="Yes"]
n4.handle(bottom) -> n6.handle(top) [label="No"]
n5.handle(right) -> n7.handle(left)
n6.handle(right) -> n7.handle(bottom)
}
"#;

/// Between two looks; the router confirms at 300 s, on a scrape, so that every look has the same data more.
const APART: u64 = 300;
const CONFIRMED: u64 = 300;

/// 100 requests a second on the canary, of which one in a hundred fails: 300 a look.
fn scenario() -> Scenario {
    let mut scenario = Scenario::default();
    scenario.stable.error_rate = Limit(10_000);
    scenario.canary.error_rate = Limit(10_000);
    scenario.platform.build = Millis(0);
    scenario.platform.push = Millis(0);
    scenario.platform.pod_start = Millis(0);
    scenario.platform.router_delay = Millis::from_secs(CONFIRMED);
    scenario.measurement.scrape = Millis::from_secs(APART);
    scenario.tail = Millis(0);
    scenario
}

fn policy(method: Method, looks: u64) -> Policy {
    let analysis = Analysis {
        method,
        alpha: Limit(50_000),
        sides: Sides::Both,
    };
    Policy {
        window: Millis::from_secs(APART * looks),
        checks: vec![Check {
            metric: Metric::ErrorRate,
            bound: Bound {
                healthy: Healthy::Below,
                against: Against::Analysis(analysis),
            },
            window: None,
            min_requests: 500,
            no_data: NoDataMeans::Inconclusive,
        }],
        triggers: Vec::new(),
        look_every: Some(Millis::from_secs(APART)),
        ..Policy::default()
    }
}

/// How many of `runs` good releases were stopped at a look up to each one.
fn stopped(method: Method, looks: u64, runs: u32) -> Vec<u64> {
    let compiled = compile(&parse(ROLLOUT).diagram, &policy(method, looks));
    let plan = compiled.plan.expect("it compiles");
    let controller = FlowController::new(plan, Recording::Outcome);
    let scenario = Arc::new(scenario());
    let mut stopped = vec![0; usize::try_from(looks).expect("few")];
    for rollout in 0..runs {
        let mut run = Simulation::with_recording(
            Arc::clone(&scenario),
            controller.clone(),
            Seed(7),
            rollout,
            Recording::Outcome,
        );
        run.run_to_close();
        let summary = run.summary().expect("it is closed");
        if summary.outcome != Outcome::Succeeded {
            let at = summary.detected.expect("a gate stopped it");
            let look = (at.0 / 1_000 - CONFIRMED) / APART;
            let from = usize::try_from(look).expect("few") - 1;
            stopped[from..].iter_mut().for_each(|count| *count += 1);
        }
    }
    stopped
}

/// The interval of 99 % around a share of runs.
fn interval(successes: u64, runs: u32) -> (f64, f64) {
    let trials = runs.into();
    let found = wilson(Count { successes, trials }, 0.99);
    (found.lower, found.upper)
}

#[test]
fn a_test_for_one_look_raises_its_false_alarms_as_published() {
    let runs = 1_600;
    let stopped = stopped(Method::TwoProportions, 20, runs);
    // P. Armitage, C. K. McPherson and B. C. Rowe (1969).
    for (looks, published) in [(1, 0.05), (2, 0.083), (5, 0.142), (10, 0.193), (20, 0.248)] {
        let (lower, upper) = interval(stopped[looks - 1], runs);
        assert!(
            lower <= published && published <= upper,
            "{looks} looks: {published} is not from {lower} to {upper}"
        );
    }
}

#[test]
fn bounds_that_plan_their_looks_keep_their_level() {
    let runs = 1_600;
    for method in [Method::Pocock, Method::ObrienFleming] {
        let stopped = stopped(method, 5, runs);
        let (lower, upper) = interval(stopped[4], runs);
        assert!(
            lower <= 0.05 && 0.05 <= upper,
            "{method:?}: {lower} to {upper}"
        );
    }
}

#[test]
fn tests_that_hold_at_any_time_stay_below_their_level_at_every_look() {
    let runs = 800;
    for method in [
        Method::AlwaysValid {
            effect: Limit(1_000),
        },
        Method::Multinomial { concentration: 100 },
    ] {
        let stopped = stopped(method, 20, runs);
        for (count, look) in stopped.iter().zip(1..) {
            let share = *count as f64 / f64::from(runs);
            assert!(share < 0.05, "{method:?}, look {look}: {share}");
        }
    }
}
