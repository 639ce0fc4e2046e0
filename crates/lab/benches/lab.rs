//! What the lab takes: an ensemble of the default scenario, and heat maps of 20 by 20 cells, on one worker and on two.

use coalmine_controller::{Metric, Policy, compile};
use coalmine_flow::parse;
use coalmine_lab::{
    Axis, Design, Extent, Ledger, Parameter, Quality, Release, Scale, Shard, Study, StudyParts,
    Sweep,
};
use coalmine_sim::{Fault, FaultKind, Kit, Onset, Scenario, Seed};
use std::sync::{Arc, Mutex};

fn design(more_errors: i64) -> Design {
    let mut scenario = Scenario::default();
    if 0 < more_errors {
        let kind = FaultKind::ErrorRate(coalmine_controller::Limit(more_errors));
        let start = Onset::At(coalmine_controller::Time(0));
        scenario.faults.push(Fault::new(kind, start));
    }
    Design {
        diagram: parse(include_str!("../../../examples/canary.fz")).diagram,
        policy: Policy::default(),
        releases: vec![Release::new("it", Quality::Bad, scenario)],
    }
}

/// Seconds that workers take for a study.
#[expect(clippy::disallowed_methods, reason = "a bench measures time")]
fn seconds(studies: &[Study], workers: usize) -> f64 {
    let begin = std::time::Instant::now();
    for study in studies {
        let ledger = Mutex::new(Ledger::new(Arc::new(study.clone())));
        std::thread::scope(|scope| {
            for _ in 0..workers {
                scope.spawn(|| work(study, &ledger));
            }
        });
    }
    begin.elapsed().as_secs_f64()
}

fn work(study: &Study, ledger: &Mutex<Ledger>) {
    let mut kit = Kit::default();
    let next = || ledger.lock().expect("no worker panics").hand_out();
    while let Some(piece) = next() {
        let batch = study.run(piece, &mut kit);
        ledger
            .lock()
            .expect("no worker panics")
            .take_in(piece, &batch);
    }
}

fn ensemble() -> Vec<Study> {
    let good = design(0);
    let parts = StudyParts {
        plans: vec![
            compile(&good.diagram, &good.policy)
                .plan
                .expect("the example compiles"),
        ],
        releases: good.releases,
        seed: Seed(7),
        rollouts: 10_000,
        precision: None,
        shard: Shard::WHOLE,
    };
    vec![Study::new(parts).expect("it can be run")]
}

fn map(parameter: Parameter, ends: (i64, i64)) -> Vec<Study> {
    let over = |parameter, ends| {
        Axis::over(parameter, ends, 20, Scale::Linear).expect("the range holds values")
    };
    let bound = Parameter::Bound(Metric::ErrorRate, None);
    let axes = vec![over(bound, (3_000, 30_000)), over(parameter, ends)];
    let extent = Extent {
        seed: Seed(7),
        rollouts: 1_000,
        shard: Shard::WHOLE,
    };
    let sweep = Sweep::new(&design(8_000), axes, extent).expect("it can be run");
    sweep.studies().to_vec()
}

#[expect(clippy::print_stdout, reason = "a bench tells what it measured")]
fn main() {
    println!("| what | one worker | two workers |");
    println!("|---|---|---|");
    for (name, studies) in [
        ("10,000 rollouts of the default scenario", ensemble()),
        (
            "20 x 20 cells over bound and look-back, 1,000 rollouts each",
            map(Parameter::LookBack(Metric::ErrorRate), (15_000, 300_000)),
        ),
        (
            "20 x 20 cells over bound and window, 1,000 rollouts each",
            map(Parameter::Window(None), (60_000, 600_000)),
        ),
        (
            "20 x 20 cells over bound and traffic, 1,000 rollouts each",
            map(Parameter::Traffic, (50_000, 400_000)),
        ),
    ] {
        let (one, two) = (seconds(&studies, 1), seconds(&studies, 2));
        println!("| {name} | {one:.2} s | {two:.2} s |");
    }
}
