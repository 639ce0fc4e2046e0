//! The seed's diagram, run by the controller it compiles into, against the world: every end it can come to.

use coalmine_controller::{FlowController, Outcome, Policy, Record, Recording, Time, compile};
use coalmine_controller::{Limit, Millis, Weight};
use coalmine_flow::{NodeId, parse};
use coalmine_sim::{
    Event, EventKind, Fault, FaultKind, Onset, PipelineStage, Sample, Scenario, Seed, Simulation,
    Summary,
};
use std::sync::Arc;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const CANARY: &str = include_str!("../../../examples/canary.fz");

fn controller(recording: Recording) -> FlowController {
    let compiled = compile(&parse(CANARY).diagram, &Policy::default());
    let plan = compiled.plan.expect("the seed's diagram compiles");
    FlowController::new(plan, recording)
}

struct Ran {
    events: Vec<Event>,
    samples: Vec<Sample>,
    summary: Summary,
}

fn run(faults: &[Fault], seed: u64) -> Ran {
    let scenario = Scenario {
        faults: faults.to_vec(),
        ..Scenario::default()
    };
    let controller = controller(Recording::Full);
    let mut run = Simulation::new(Arc::new(scenario), controller, Seed(seed), 0);
    run.run_to_close();
    Ran {
        events: run.take_events(),
        samples: run.take_samples(),
        summary: run.summary().expect("it is closed"),
    }
}

impl Ran {
    /// The nodes that the token was at, in order.
    fn path(&self) -> Vec<u32> {
        let entered = self.events.iter().filter_map(|event| match event.kind {
            EventKind::Controller(Record::Entered(NodeId(node))) => Some(node),
            _ => None,
        });
        entered.collect()
    }
}

fn fault(kind: FaultKind, onset: Onset) -> Fault {
    Fault::new(kind, onset)
}

fn at_share(percent: u16) -> Onset {
    let weight = Weight::from_basis_points(percent * 100);
    Onset::Weight(weight.expect("at most 100 %"))
}

const START: Onset = Onset::At(Time(0));
/// Not enough for the trigger at 10 %, enough for every gate at 1 %.
const ERRORS: FaultKind = FaultKind::ErrorRate(Limit(50_000));

#[test]
fn a_good_release_succeeds_in_about_half_an_hour() {
    let ran = run(&[], 7);
    assert_eq!(
        ran.summary.outcome,
        Outcome::Succeeded,
        "{}",
        ran.summary.reason
    );
    assert_eq!(
        ran.path(),
        [
            1, 2, 3, 6, 7, 8, 9, 10, 12, 13, 14, 15, 16, 17, 18, 19, 4, 5
        ]
    );
    let minutes = ran.summary.closed.0 / 60_000;
    assert!((25..35).contains(&minutes), "{minutes} minutes");
    assert_eq!(ran.summary.detected, None);
    assert_eq!(ran.summary.bad_by_fault, 0);
    assert_eq!(ran.samples.len() as u64, ran.summary.closed.0 / 5_000);
}

#[test]
fn errors_from_the_start_are_stopped_at_the_first_gate() {
    let ran = run(&[fault(ERRORS, START)], 7);
    assert_eq!(ran.summary.outcome, Outcome::Aborted);
    assert_eq!(ran.path(), [1, 2, 3, 6, 7, 8, 9, 11, 4, 5]);
    assert_eq!(
        ran.summary.weight_at_detection.map(Weight::basis_points),
        Some(500)
    );
    assert!(0 < ran.summary.bad_by_fault);
}

#[test]
fn errors_at_a_quarter_of_the_traffic_are_stopped_at_the_second_gate() {
    let ran = run(&[fault(ERRORS, at_share(25))], 7);
    assert_eq!(ran.summary.outcome, Outcome::Aborted);
    assert_eq!(ran.path(), [1, 2, 3, 6, 7, 8, 9, 10, 12, 11, 4, 5]);
    assert_eq!(
        ran.summary.weight_at_detection.map(Weight::basis_points),
        Some(2_500)
    );
}

#[test]
fn errors_at_full_traffic_are_rolled_back_after_monitoring() {
    let ran = run(&[fault(ERRORS, at_share(100))], 7);
    assert_eq!(ran.summary.outcome, Outcome::RolledBack);
    assert_eq!(
        ran.path(),
        [
            1, 2, 3, 6, 7, 8, 9, 10, 12, 13, 14, 15, 16, 17, 18, 20, 4, 5
        ]
    );
    assert_eq!(
        ran.summary.weight_at_detection.map(Weight::basis_points),
        Some(10_000)
    );
}

#[test]
fn a_burst_of_errors_trips_the_trigger_between_the_gates() {
    let ran = run(&[fault(FaultKind::ErrorRate(Limit(500_000)), START)], 7);
    assert_eq!(ran.summary.outcome, Outcome::Aborted);
    let jumped = ran
        .events
        .iter()
        .any(|event| matches!(event.kind, EventKind::Controller(Record::Jumped { .. })));
    assert!(jumped);
    let took = ran.summary.detected.zip(ran.summary.onset);
    let (detected, onset) = took.expect("struck and detected");
    assert!(detected.since(onset) < Millis(60_000), "{took:?}");
}

#[test]
fn every_first_fault_stops_the_seeds_rollout() {
    for kind in [
        FaultKind::Latency(Limit(2_000_000)),
        FaultKind::MemoryLeak(Limit(100_000)),
        FaultKind::CrashLoop(Millis(30_000)),
    ] {
        let ran = run(&[fault(kind, START)], 7);
        assert_eq!(
            ran.summary.outcome,
            Outcome::Aborted,
            "{kind:?}: {}",
            ran.summary.reason
        );
        assert!(0 < ran.summary.bad_by_fault, "{kind:?}");
    }
    for stage in [PipelineStage::Build, PipelineStage::Push] {
        let ran = run(&[fault(FaultKind::Pipeline(stage), START)], 7);
        assert_eq!(ran.summary.outcome, Outcome::Failed, "{stage:?}");
        assert_eq!(ran.summary.canary_requests, 0, "{stage:?}");
    }
}

#[test]
fn pods_that_never_get_ready_together_fail_the_rollout_at_the_deadline() {
    // Five pods that live for a second are never up at once.
    let crash = fault(FaultKind::CrashLoop(Millis(1_000)), at_share(5));
    let ran = run(&[crash], 7);
    assert_ne!(ran.summary.outcome, Outcome::Succeeded);
    assert!(ran.summary.ended < Time(1_800_000), "{:?}", ran.summary);
}

#[test]
fn the_seeds_trace_has_a_fixed_hash() {
    // Natively and in a browser alike. A change of this number changes what every seed means: say so in the log.
    let ran = run(&[], 7);
    assert_eq!(
        format!("{:016x}", ran.summary.trace_hash),
        "dabee5239bffa784"
    );
}

#[test]
fn good_releases_go_through_and_bad_ones_do_not() {
    let controller = controller(Recording::Outcome);
    let count = |faults: &[Fault], wanted: Outcome| -> usize {
        let scenario = Arc::new(Scenario {
            faults: faults.to_vec(),
            ..Scenario::default()
        });
        let ends_so = |rollout: &u32| {
            let mut run = Simulation::with_recording(
                Arc::clone(&scenario),
                controller.clone(),
                Seed(7),
                *rollout,
                Recording::Outcome,
            );
            run.run_to_close();
            run.summary().expect("it is closed").outcome == wanted
        };
        (0..200).filter(ends_so).count()
    };
    assert_eq!(count(&[], Outcome::Succeeded), 200);
    assert_eq!(count(&[fault(ERRORS, START)], Outcome::Aborted), 200);
}
