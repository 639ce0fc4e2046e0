//! Argo Rollouts' controller in the world: the same trait, the same engine.

use crate::script::{Limit, Millis, fault, scenario};
use coalmine_controller::{
    Metric as Measured, Outcome, Pods, Recording, Weight,
    argo::{
        Analysis, ArgoController, Background, Metric, Pause, Plan, Provider, Routing, Spec, Step,
    },
    binding::{Binding, Sense},
};
use coalmine_sim::{Event, EventKind, Fault, FaultKind, Seed, Simulation, Target};
use std::sync::Arc;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// A canary with a router: 10 % and half, three minutes each, watched by its success rate once there is traffic.
fn plan() -> Arc<Plan> {
    let binding = Binding {
        sense: Sense::Complement,
        ..Binding::of(Measured::ErrorRate, Millis(60_000))
    };
    let metric = Metric {
        interval: Some(Millis(30_000)),
        success_condition: Some("result[0] >= 0.95".to_owned()),
        failure_limit: Some(1),
        ..Metric::new("success-rate".to_owned(), Provider::Bound(binding))
    };
    let weight = |weight| Step {
        set_weight: Some(weight),
        ..Step::default()
    };
    let pause = || Step {
        pause: Some(Pause::For(Millis(180_000))),
        ..Step::default()
    };
    let spec = Spec {
        replicas: Pods(20),
        steps: vec![weight(10), pause(), weight(50), pause()],
        background: Some(Background {
            analysis: Analysis {
                name: "success-rate".to_owned(),
                metrics: vec![metric],
                ..Analysis::default()
            },
            starting_step: 1,
        }),
        routing: Some(Routing::default()),
        ..Spec::default()
    };
    Arc::new(Plan::new(spec).expect("it is valid"))
}

fn run(faults: &[Fault], seed: u64) -> (Option<Outcome>, Vec<Event>) {
    let controller = ArgoController::new(plan(), Recording::Full);
    let mut run = Simulation::new(Arc::new(scenario(faults)), controller, Seed(seed), 0);
    run.run_to_close();
    (run.position().outcome, run.take_events())
}

#[test]
fn a_good_release_is_promoted_and_a_bad_one_goes_back() {
    let (outcome, events) = run(&[], 7);
    assert_eq!(outcome, Some(Outcome::Succeeded));
    let half = Weight::from_basis_points(5_000).expect("half");
    assert!(
        events
            .iter()
            .any(|event| event.kind == EventKind::Routed(half))
    );

    let broken = fault(FaultKind::ErrorRate(Limit(200_000)), Target::Canary, 0);
    let (outcome, events) = run(&[broken], 7);
    assert_eq!(outcome, Some(Outcome::Aborted));
    assert!(
        !events
            .iter()
            .any(|event| event.kind == EventKind::Routed(half))
    );
}
