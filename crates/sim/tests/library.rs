//! Each failure of the library, injected into the seed's rollout, shows its telling picture; each story runs.

use coalmine_controller::{FlowController, Outcome, Policy, Recording, Time, compile};
use coalmine_flow::parse;
use coalmine_sim::{
    Event, EventKind, PodChange, Sample, Scenario, Seed, Simulation, Summary, VersionSample,
    library::{self, Failure, STORIES, Story},
};
use std::{collections::BTreeSet, sync::Arc};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const CANARY: &str = include_str!("../../../examples/canary.fz");

struct Ran {
    events: Vec<Event>,
    samples: Vec<Sample>,
    summary: Summary,
}

fn run(scenario: Scenario) -> Ran {
    let compiled = compile(&parse(CANARY).diagram, &Policy::default());
    let plan = compiled.plan.expect("the seed's diagram compiles");
    let controller = FlowController::new(plan, Recording::Full);
    let mut run = Simulation::new(Arc::new(scenario), controller, Seed(7), 0);
    run.run_to_close();
    Ran {
        events: run.take_events(),
        samples: run.take_samples(),
        summary: run.summary().expect("it is closed"),
    }
}

fn injected(id: &str) -> Ran {
    let mut scenario = Scenario::default();
    let failure: &Failure = library::failure(id).expect("the library has it");
    failure.inject(&mut scenario);
    run(scenario)
}

fn calm() -> Ran {
    run(Scenario::default())
}

impl Ran {
    fn stopped(self, why: &str) -> Self {
        let summary = &self.summary;
        assert_eq!(summary.outcome, Outcome::Aborted, "{summary:?}");
        assert!(summary.reason.contains(why), "{}", summary.reason);
        self
    }

    fn succeeded(self) -> Self {
        let summary = &self.summary;
        assert_eq!(summary.outcome, Outcome::Succeeded, "{summary:?}");
        self
    }

    /// The mean of something over the samples of some seconds.
    fn mean(&self, from: u64, to: u64, of: impl Fn(&Sample) -> Option<f64>) -> f64 {
        let span = Time(from * 1_000)..Time(to * 1_000);
        let values = self.samples.iter().filter(|s| span.contains(&s.at));
        let values: Vec<f64> = values.filter_map(of).collect();
        assert!(!values.is_empty(), "no data from {from} s to {to} s");
        values.iter().sum::<f64>() / values.len() as f64
    }

    fn changes(&self, wanted: PodChange) -> usize {
        let is_it = |event: &&Event| matches!(event.kind, EventKind::Pod { change, .. } if change == wanted);
        self.events.iter().filter(is_it).count()
    }
}

/// Errors that were measured in an interval.
fn errors(version: &VersionSample) -> Option<f64> {
    (0 < version.requests).then(|| f64::from(version.failed) / f64::from(version.requests))
}

fn canary_errors(sample: &Sample) -> Option<f64> {
    errors(&sample.canary)
}

fn stable_errors(sample: &Sample) -> Option<f64> {
    errors(&sample.stable)
}

fn is_near(found: f64, expected: f64, tolerance: f64) -> bool {
    (found - expected).abs() <= tolerance
}

#[test]
fn every_failure_and_every_story_has_its_own_name_and_says_a_sentence() {
    let texts = library::FAILURES.iter().map(|it| (it.id, it.name, it.says));
    let texts: Vec<_> = texts
        .chain(STORIES.iter().map(|it| (it.id, it.name, it.says)))
        .collect();
    for (id, name, says) in &texts {
        assert!(
            id.bytes().all(|c| c.is_ascii_lowercase() || c == b'-'),
            "{id}"
        );
        assert!(!name.is_empty() && says.ends_with('.'), "{id}");
    }
    let ids: BTreeSet<&str> = texts.iter().map(|it| it.0).collect();
    let names: BTreeSet<&str> = texts.iter().map(|it| it.1).collect();
    assert_eq!((ids.len(), names.len()), (texts.len(), texts.len()));
    assert_eq!(
        Story::find("bad-day").map(|story| story.id),
        Some("bad-day")
    );
    assert_eq!(library::failure("unheard-of"), None);
}

#[test]
fn errors_rise_on_the_canary_alone() {
    let ran = injected("error-rate").stopped("error rate");
    assert!(is_near(ran.mean(140, 430, canary_errors), 0.052, 0.01));
    assert!(ran.mean(140, 430, stable_errors) < 0.004);
}

#[test]
fn a_latency_shift_moves_the_true_quantile_by_its_factor() {
    let ran = injected("latency").stopped("latency p99");
    let p99 = |s: &Sample| s.canary.true_latency_p99.map(f64::from);
    assert!(is_near(ran.mean(140, 430, p99), 0.256 * 2.5, 0.01));
}

#[test]
fn a_tail_moves_the_99th_percentile_and_not_the_median() {
    let ran = injected("tail-latency").stopped("latency p99");
    // One in thirty at ten times: the upper 30 % of these are the slowest hundredth, so at 10 * q(0.70).
    let p99 = |s: &Sample| s.canary.true_latency_p99.map(f64::from);
    let found = ran.mean(140, 430, p99);
    assert!((0.9..1.2).contains(&found), "{found}");
    let median = |id: &str| {
        let mut scenario = Scenario {
            slow_micros: 80_000,
            ..Scenario::default()
        };
        library::failure(id).expect("known").inject(&mut scenario);
        let summary = run(scenario).summary;
        summary.canary_bad as f64 / summary.canary_requests as f64
    };
    // Half the requests take longer than the median.
    assert!(is_near(median("tail-latency"), 0.52, 0.03));
    assert!(0.9 < median("latency"));
}

#[test]
fn a_leak_climbs_until_pods_are_killed() {
    let ran = injected("memory-leak").stopped("error rate");
    let memory = |s: &Sample| s.canary.memory.map(f64::from);
    assert!(ran.mean(140, 160, memory) + 0.3 < ran.mean(320, 340, memory));
    assert!(0 < ran.changes(PodChange::OutOfMemory));
}

#[test]
fn a_burn_shows_in_cpu_and_in_nothing_else() {
    let ran = injected("cpu-burn").stopped("CPU");
    assert_eq!(ran.summary.bad_by_fault, 0);
    let cpu = |s: &Sample| s.canary.cpu.map(f64::from);
    // One pod's noise lasts for half a minute, so that its mean has a standard deviation of 0.015.
    assert!(is_near(ran.mean(200, 430, cpu), 0.9, 0.07));
}

#[test]
fn a_crash_loop_crashes_again_and_again() {
    let ran = injected("crash-loop").stopped("error rate");
    assert!(0 < ran.changes(PodChange::Crashed));
}

#[test]
fn cold_caches_fill() {
    let ran = injected("cold-cache").stopped("latency p99");
    let p99 = |s: &Sample| s.canary.true_latency_p99.map(f64::from);
    assert!(1.0 < ran.mean(136, 160, p99));
    assert!(ran.mean(420, 435, p99) < 0.45);
}

#[test]
fn an_overload_shows_only_above_its_load() {
    let ran = injected("overload").stopped("error rate");
    assert!(ran.mean(140, 535, canary_errors) < 0.006);
    assert!(0.2 < ran.mean(546, 555, canary_errors));
    assert!(ran.mean(546, 555, stable_errors) < 0.006);
}

#[test]
fn one_endpoint_or_one_cohort_is_diluted_by_the_others() {
    for (id, expected) in [("one-endpoint", 0.032), ("one-cohort", 0.022)] {
        let ran = injected(id).stopped("error rate");
        let found = ran.mean(140, 430, canary_errors);
        assert!(is_near(found, expected, 0.008), "{id}: {found}");
        assert!(ran.mean(140, 430, stable_errors) < 0.004);
    }
}

#[test]
fn an_outage_of_the_dependency_strikes_both_and_blames_no_release() {
    let ran = injected("dependency-outage").stopped("error rate");
    assert!(0.15 < ran.mean(370, 650, stable_errors));
    assert!(ran.mean(680, 900, stable_errors) < 0.004, "it is over");
    assert_eq!(ran.summary.onset, None);
    assert_eq!(ran.summary.bad_by_cause.faults, [ran.summary.bad_by_fault]);
}

#[test]
fn a_surge_multiplies_the_traffic_and_the_cpu_and_leaves_the_rest_alone() {
    let (calm, ran) = (calm(), injected("surge"));
    let sent = |s: &Sample| Some(f64::from(s.stable.sent) + f64::from(s.canary.sent));
    assert!(is_near(ran.mean(365, 655, sent), 2_500.0, 30.0));
    let cpu = |s: &Sample| s.stable.cpu.map(f64::from);
    assert!(0.9 < ran.mean(400, 600, cpu));
    let before = |ran: &Ran| ran.samples.iter().take(72).copied().collect::<Vec<_>>();
    assert_eq!(before(&calm), before(&ran));
}

#[test]
fn a_retry_storm_feeds_traffic_with_failures() {
    let ran = injected("retry-storm").stopped("error rate");
    let sent = |s: &Sample| Some(f64::from(s.stable.sent) + f64::from(s.canary.sent));
    // 1 + 0.4 + 0.4^2 + 0.4^3 + 0.4^4 attempts for each first one.
    let expected = 1_000.0 * (1.0 + 0.4 + 0.16 + 0.064 + 0.0256);
    assert!(is_near(ran.mean(375, 655, sent), expected, 40.0));
    assert!(is_near(ran.mean(690, 900, sent), 1_000.0, 20.0));
}

#[test]
fn a_noisy_neighbour_slows_the_pods_of_both_versions() {
    let ran = injected("noisy-neighbour").stopped("latency p99");
    let p99 = |s: &Sample| s.stable.true_latency_p99.map(f64::from);
    assert!(ran.mean(200, 235, p99) < 0.26);
    assert!(0.6 < ran.mean(250, 400, p99));
}

#[test]
fn flapping_errors_come_and_go() {
    let ran = injected("flapping").stopped("error rate");
    let truth = |s: &Sample| s.canary.true_error_rate.map(f64::from);
    // It began with the run: on from 240 s to 270 s, off until 360 s.
    assert!(is_near(ran.mean(246, 271, truth), 0.0519, 0.001));
    assert!(is_near(ran.mean(276, 361, truth), 0.002, 0.000_01));
}

#[test]
fn a_late_bomb_goes_off_when_nobody_looks() {
    let ran = injected("late-bomb").succeeded();
    let onset = ran.summary.fault_onsets[0].expect("it went off in the tail");
    assert!(ran.summary.ended < onset);
    assert!(1_000 < ran.summary.bad_by_fault);
}

#[test]
fn stale_data_is_seen_by_no_default_metric() {
    let (calm, ran) = (calm(), injected("stale-data").succeeded());
    assert!(40_000 < ran.summary.bad_by_fault);
    for (calm, stale) in calm.samples.iter().zip(&ran.samples) {
        assert_eq!((calm.stable, calm.canary), (stale.stable, stale.canary));
    }
}

#[test]
fn a_scrape_gap_leaves_a_hole_and_gates_wait() {
    let (calm, ran) = (calm(), injected("scrape-gap"));
    let measured = ran.samples.iter().filter(|s| s.stable.error_rate.is_some());
    let in_the_gap = Time(301_000)..Time(780_000);
    assert_eq!(measured.filter(|s| in_the_gap.contains(&s.at)).count(), 0);
    assert!(calm.summary.ended < ran.summary.ended);
    assert!(
        ran.samples
            .iter()
            .all(|s| 0 < s.stable.sent + s.canary.sent)
    );
}

#[test]
fn a_metric_lag_hides_errors_for_as_long() {
    let detected = |lag: bool| {
        let mut scenario = Scenario::default();
        let mut bad = library::failure("error-rate").expect("known").fault;
        bad.kind = coalmine_sim::FaultKind::ErrorRate(coalmine_controller::Limit(400_000));
        bad.onset = coalmine_sim::Onset::At(Time(200_000));
        scenario.faults.push(bad);
        if lag {
            library::failure("metric-lag")
                .expect("known")
                .inject(&mut scenario);
        }
        run(scenario).summary.detected.expect("the trigger trips").0
    };
    let late = detected(true) - detected(false);
    // The window of the trigger is shorter than the lag: only a gate can see it.
    assert!(180_000 <= late, "{late}");
}

#[test]
fn a_reset_of_the_counters_does_not_show_in_rates() {
    let (calm, ran) = (calm(), injected("metric-reset").succeeded());
    let reset = Time(360_000);
    for (calm, ran) in calm.samples.iter().zip(&ran.samples) {
        assert_eq!(calm.stable, ran.stable);
        let differs = reset < ran.at && ran.at <= Time(reset.0 + 60_000);
        // What was counted between the last scrape and the reset is lost, and nothing else.
        assert!(ran.canary.requests <= calm.canary.requests);
        assert!(
            differs || calm.canary == ran.canary || ran.at.0 % 60_000 == 0,
            "{ran:?}"
        );
        assert!(ran.canary.error_rate.is_none_or(|rate| rate < 0.02));
    }
}

#[test]
fn a_broken_pipeline_touches_no_pod() {
    for (id, ended) in [("build-failure", 45_000), ("push-failure", 105_000)] {
        let ran = injected(id);
        assert_eq!(ran.summary.outcome, Outcome::Failed);
        assert_eq!(ran.summary.ended, Time(ended));
        assert_eq!(ran.changes(PodChange::Starting), 0);
    }
}

#[test]
fn a_lost_node_takes_pods_of_both_versions_which_come_back() {
    let ran = injected("node-loss");
    // Three in ten of twenty, and of the one canary pod.
    assert_eq!(ran.changes(PodChange::NodeLost), 7);
    assert!(0 < ran.summary.bad_by_fault);
    let ready = |s: &Sample| Some(f64::from(s.stable.ready));
    assert!(is_near(ran.mean(361, 366, ready), 14.0, 0.1));
    assert!(is_near(ran.mean(500, 600, ready), 20.0, 0.1));
}

#[test]
fn every_story_ends_as_it_is_told() {
    for (id, outcome) in [
        ("bad-day", Outcome::Aborted),
        ("slow-burner", Outcome::Succeeded),
        ("big-customers", Outcome::Succeeded),
        ("blind-dashboard", Outcome::Aborted),
        ("avalanche", Outcome::Aborted),
        ("cold-start", Outcome::Aborted),
        ("morning", Outcome::RolledBack),
        ("all-green", Outcome::Succeeded),
    ] {
        let mut scenario = Scenario::default();
        let story = Story::find(id).expect("the library has it");
        (story.tell)(&mut scenario);
        let summary = run(scenario).summary;
        assert_eq!(summary.outcome, outcome, "{id}: {}", summary.reason);
        let causes = &summary.bad_by_cause;
        let charged: u64 = causes.faults.iter().sum();
        let all = charged + causes.load + causes.plan + causes.background;
        assert_eq!(all, summary.bad, "{id}");
        assert_eq!(charged, summary.bad_by_fault, "{id}");
    }
}
