//! Pods queue and shed as Erlang, Pollaczek and Khinchine say.
//!
//! Waits of neighbouring requests depend on each other, so intervals here are between means of independent runs: each
//! holds with 99.9 %, by Student's law with 19 degrees of freedom.

use crate::check::{mean, minutes, near, queueing, variance};
use coalmine_controller::{Limit, Pods};
use coalmine_sim::{
    Latency, Scenario, Seed,
    reference::{CountedAt, Counts, Script, Service},
};
use coalmine_stats::queue::{MG1, MMc, mmck_blocking};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const RUNS: u32 = 20;
/// The 99.95th percentile of Student's law with 19 degrees of freedom.
const STUDENT: f64 = 3.883;

/// Counts of so many runs of half an hour, after ten minutes of settling, with this many pods.
fn runs(scenario: &Scenario, pods: u32) -> Vec<Counts> {
    let script = Script::new(Pods(pods), Pods(0));
    let run = |rollout| {
        let mut service = Service::new(scenario, &script, Seed(43), rollout, CountedAt::Arrival);
        let mut sum = Counts::default();
        while service.now() < minutes(40) {
            let is_settled = minutes(10) <= service.now();
            let interval = service.step();
            if is_settled {
                sum.add(&interval.versions[0]);
            }
        }
        sum
    };
    (0..RUNS).map(run).collect()
}

fn agrees(runs: &[Counts], quantity: impl Fn(&Counts) -> f64, expected: f64) {
    let values: Vec<f64> = runs.iter().map(quantity).collect();
    let error = (variance(&values) / values.len() as f64).sqrt();
    assert!(error < 0.05 * expected, "too coarse: {error} of {expected}");
    near(mean(&values), expected, STUDENT * error);
}

#[test]
fn waiting_agrees_with_erlang_c() {
    // Servers, pods, requests a second at each pod; service takes 100 ms on average.
    for (slots, pods, arrival) in [(1_u16, 1_u64, 7), (2, 4, 16), (10, 2, 80)] {
        let scenario = queueing(arrival * pods, 100_000, slots, 1_000_000);
        let runs = runs(&scenario, u32::try_from(pods).unwrap());
        let law = MMc {
            servers: u32::from(slots),
            arrival: arrival as f64,
            service: 10.0,
        };
        let each = |total: f64, counts: &Counts| total / counts.requests() as f64;
        agrees(&runs, |it| each(it.waited as f64, it), law.p_wait());
        agrees(&runs, |it| each(it.wait_seconds, it), law.mean_wait());
        assert!(runs.iter().all(|counts| counts.shed == 0));
    }
}

#[test]
fn a_service_that_is_a_fiftieth_too_slow_is_found() {
    let runs = runs(&queueing(320, 102_000, 10, 1_000_000), 4);
    let law = MMc {
        servers: 10,
        arrival: 80.0,
        service: 10.0,
    };
    let share = |it: &Counts| it.waited as f64 / it.requests() as f64;
    let values: Vec<f64> = runs.iter().map(share).collect();
    let error = (variance(&values) / values.len() as f64).sqrt();
    assert!(STUDENT * error < mean(&values) - law.p_wait());
}

#[test]
fn waiting_agrees_with_pollaczek_and_khinchine() {
    let mut scenario = queueing(7, 100_000, 1, 1_000_000);
    scenario.stable.latency = Latency::log_normal(60_000, Limit(1_000_000));
    let service = coalmine_stats::LogNormal {
        median: 0.06,
        sigma: 1.0,
    };
    let law = MG1 {
        arrival: 7.0,
        service_mean: service.mean(),
        service_cv2: service.cv2(),
    };
    let runs = runs(&scenario, 1);
    agrees(
        &runs,
        |it| it.wait_seconds / it.requests() as f64,
        law.mean_wait(),
    );
}

#[test]
fn shedding_agrees_with_a_queue_of_limited_room() {
    for (slots, places, arrival) in [(1_u16, 0_u32, 8_u32), (4, 6, 38), (8, 4, 120)] {
        let pods = 5;
        let scenario = queueing(u64::from(arrival * pods), 100_000, slots, places);
        let runs = runs(&scenario, pods);
        let servers = u32::from(slots);
        let expected = mmck_blocking(servers, servers + places, f64::from(arrival) * 0.1);
        agrees(&runs, |it| it.shed as f64 / it.requests() as f64, expected);
        assert!(runs.iter().all(|counts| counts.shed == counts.errors()));
    }
}

#[test]
fn an_unlimited_pod_never_waits() {
    let mut scenario = queueing(100, 100_000, 1, 0);
    scenario.stable.capacity = None;
    let runs = runs(&scenario, 1);
    assert!(runs.iter().all(|counts| counts.waited + counts.shed == 0));
}
