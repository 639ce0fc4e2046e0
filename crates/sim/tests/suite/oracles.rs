//! How often disjoint windows trip a threshold is known exactly; ensembles of the engine find it.
//!
//! Each share found must lie within the 99.9 % interval of its number of trials. With these seeds all do; with others a
//! test would fail by chance once in a thousand shares.

use crate::script::{Limit, Millis, Script, Step, ask, raise};
use coalmine_controller::{Metric, Reading, Recording, Version};
use coalmine_sim::{Kit, Rate, Scenario, Seed, Simulation, Traffic};
use serde_json::Value;
use std::sync::Arc;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const VECTORS: &str = include_str!("../../../../tests/vectors/statistics.json");
/// The standard normal deviate that 99.9 % lie within.
const WITHIN: f64 = 3.2905;
/// The canary's first window begins.
const FIRST: u64 = 120;

/// One setting: requests expected in a window of the canary, the share of them that fail, and what is too much.
struct Case {
    requests: f64,
    errors: f64,
    threshold: f64,
    windows: u64,
}

impl Case {
    /// The readings of each rollout's windows.
    fn rollouts(&self, rollouts: u32) -> Vec<Vec<Reading>> {
        let mut scenario = Scenario {
            // A twentieth of it goes to the canary for a minute.
            traffic: Traffic::constant(Rate(whole(self.requests * 20.0 / 60.0 * 1e3))),
            tail: Millis(0),
            ..Scenario::default()
        };
        scenario.canary.error_rate =
            Limit(i64::try_from(whole(self.errors * 1e6)).expect("a share"));
        scenario.platform.pod_start = Millis(0);
        scenario.platform.router_delay = Millis(0);
        let mut steps = raise(60, 5).to_vec();
        for window in 0..self.windows {
            let from = FIRST + window * 60;
            steps.push(Step::Until(from + 60));
            steps.push(ask(Metric::ErrorRate, Version::Canary, from, from + 60));
        }
        let (scenario, script) = (Arc::new(scenario), Script::new(&steps));
        let mut kit = Kit::default();
        let readings = (0..rollouts).map(|rollout| {
            let mut run = Simulation::with_kit(
                Arc::clone(&scenario),
                script.clone(),
                Seed(7),
                rollout,
                Recording::Outcome,
                core::mem::take(&mut kit),
            );
            run.run_to_close();
            let readings = run.controller().readings.clone();
            kit = run.into_kit();
            readings
        });
        readings.collect()
    }

    fn trips(&self, reading: &Reading) -> bool {
        matches!(reading, Reading::Value { value, .. } if self.threshold < *value)
    }
}

fn whole(value: f64) -> u64 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a number of the vectors: not negative and small"
    )]
    let whole = value.round() as u64;
    whole
}

/// A share of so many trials is the exact one, as far as chance lets it be.
fn is_share(what: &str, hits: usize, trials: usize, exact: f64) {
    let trials_f64 = trials as f64;
    let spread = (exact * (1.0 - exact) / trials_f64).sqrt();
    let found = hits as f64 / trials_f64;
    // One hit more or less where hardly any are expected.
    let within = WITHIN * spread + 0.5 / trials_f64;
    assert!(
        (found - exact).abs() <= within,
        "{what}: {found} of {trials} is not {exact} within {within}"
    );
}

fn cases(oracle: &str) -> Vec<Value> {
    let vectors: Value = serde_json::from_str(VECTORS).expect("the vectors are JSON");
    let cases = vectors[oracle]["cases"].as_array().expect("a list").clone();
    assert_eq!(cases.len(), 3, "{oracle}");
    cases
}

fn number(of: &Value, name: &str) -> f64 {
    of[name]
        .as_f64()
        .unwrap_or_else(|| panic!("{name} is a number"))
}

#[test]
fn windows_trip_as_often_as_the_exact_law_of_poisson_traffic_says() {
    for vector in cases("canary_poisson_oracle") {
        let case = Case {
            requests: number(&vector, "mean_n_per_window"),
            errors: number(&vector, "p"),
            threshold: number(&vector, "threshold"),
            windows: vector["windows"].as_u64().expect("a count"),
        };
        let rollouts = case.rollouts(2_500);
        let windows: Vec<&Reading> = rollouts.iter().flatten().collect();
        assert_eq!(windows.len() as u64, 2_500 * case.windows);
        let name = vector.to_string();
        let tripped = windows.iter().filter(|reading| case.trips(reading)).count();
        let exact = number(&vector, "p_trip_per_window");
        is_share(&name, tripped, windows.len(), exact);
        let any = |readings: &&Vec<Reading>| readings.iter().any(|reading| case.trips(reading));
        let tripped = rollouts.iter().filter(any).count();
        is_share(
            &name,
            tripped,
            rollouts.len(),
            number(&vector, "p_trip_any"),
        );
    }
}

/// The oracle is of windows with a fixed number of requests. Ours have a random one; given that it is the fixed one, the
/// law is the oracle's, and so is that of several windows, which have nothing in common.
#[test]
fn windows_of_a_given_size_trip_as_often_as_the_exact_law_of_fixed_sizes_says() {
    for vector in cases("canary_nonoverlapping_oracle") {
        let step = &vector["steps"][0];
        let case = Case {
            requests: number(step, "n_per_window"),
            errors: number(step, "p"),
            threshold: number(step, "threshold"),
            windows: 100,
        };
        let size = whole(case.requests);
        let rollouts = case.rollouts(400);
        let is_of_size = |reading: &&Reading| matches!(reading, Reading::Value { samples, .. } if *samples == size);
        let windows: Vec<&Reading> = rollouts.iter().flatten().filter(is_of_size).collect();
        assert!(500 < windows.len(), "{}", windows.len());
        let name = vector["name"].as_str().expect("a name");
        let exact = vector["p_trip_per_window"][0].as_f64().expect("a share");
        let tripped = windows.iter().filter(|reading| case.trips(reading)).count();
        is_share(name, tripped, windows.len(), exact);
        // So many of them in a row, from first to last.
        let looks = step["windows"]
            .as_u64()
            .and_then(|it| usize::try_from(it).ok());
        let rows = windows.chunks_exact(looks.expect("a count"));
        let trials = rows.len();
        let any = |row: &&[&Reading]| row.iter().any(|reading| case.trips(reading));
        let tripped = rows.filter(any).count();
        is_share(name, tripped, trials, number(&vector, "p_trip_any"));
    }
}

#[test]
fn errors_that_are_a_tenth_too_frequent_would_be_found() {
    let case = Case {
        requests: 600.0,
        errors: 0.011,
        threshold: 0.02,
        windows: 7,
    };
    let rollouts = case.rollouts(4_000);
    let tripped = rollouts
        .iter()
        .flatten()
        .filter(|it| case.trips(it))
        .count();
    let found = tripped as f64 / 28_000.0;
    let exact: f64 = 0.013_322_672_515;
    let spread = (exact * (1.0 - exact) / 28_000.0).sqrt();
    assert!(WITHIN * spread < found - exact, "{found}");
}
