//! Ensembles: whoever runs them, the answer is the same, and it says what happened.

use crate::setting::{Limit, complete, failing, plan, run, study};
use coalmine_controller::{Metric, Outcome, Policy};
use coalmine_flow::NodeId;
use coalmine_lab::{
    By, Ledger, Measure, PIECE, Precision, Quality, Release, Shard, Stop, Study, StudyError,
    StudyParts, default_releases, seed_of,
};
use coalmine_sim::{Kit, Scenario, Seed};
use std::sync::Arc;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn two_releases() -> Vec<Release> {
    vec![
        Release::new("good", Quality::Good, Scenario::default()),
        Release::new("bad", Quality::Bad, failing(9_000)),
    ]
}

fn bytes(ledger: &Ledger) -> Vec<u8> {
    postcard::to_allocvec(ledger.sums()).expect("sums are of known length")
}

#[test]
fn one_worker_and_many_in_any_order_find_the_same_to_the_byte() {
    let of = || study(vec![plan(&Policy::default())], two_releases(), 120);
    let one = bytes(&complete(of()));
    for workers in [2, 3, 7] {
        let many = run(of(), workers, |turn, open| (turn * 7 + open) % open);
        assert_eq!(bytes(&many), one, "{workers} workers");
    }
}

#[test]
fn a_piece_that_is_lost_or_comes_twice_counts_once() {
    let study = Arc::new(study(vec![plan(&Policy::default())], two_releases(), 100));
    let whole = complete((*study).clone());
    let mut ledger = Ledger::new(Arc::clone(&study));
    let mut kit = Kit::default();
    let mut is_first = true;
    while let Some(piece) = ledger.hand_out() {
        if core::mem::take(&mut is_first) {
            ledger.give_back(piece);
            continue;
        }
        let batch = study.run(piece, &mut kit);
        ledger.take_in(piece, &batch);
        ledger.take_in(piece, &batch);
    }
    assert!(ledger.is_complete());
    assert_eq!(bytes(&ledger), bytes(&whole));
    assert_eq!(ledger.progress().done, ledger.progress().of);
}

#[test]
fn a_run_of_an_ensemble_is_the_run_of_its_seed() {
    let plans = vec![plan(&Policy::default())];
    let releases = default_releases(&failing(9_000));
    let study = study(plans, releases, 10);
    let in_study = &study.runs(1, 3, &mut Kit::default())[0];
    let mut alone = coalmine_sim::Simulation::new(
        Arc::clone(&study.releases()[1].scenario),
        coalmine_controller::FlowController::new(
            Arc::clone(&study.plans()[0]),
            coalmine_controller::Recording::Full,
        ),
        seed_of(Seed(7), 1, 3),
        0,
    );
    alone.run_to_close();
    let mut summary = alone.summary().expect("it ran to its close");
    summary.trace_hash = 0;
    assert_eq!(in_study.summary, summary);
}

#[test]
fn a_release_that_fails_one_request_in_seven_is_stopped_by_the_trigger_or_the_first_gate() {
    let bad = Release::new("bad", Quality::Bad, failing(150_000));
    let ledger = complete(study(vec![plan(&Policy::default())], vec![bad], 100));
    let report = ledger.report(0).expect("there is one plan");
    assert!(report.false_alarms.is_none());
    assert_eq!(report.misses.expect("a bad release").count.successes, 0);
    let release = &report.releases[0];
    let tripped = &release.stops[0];
    assert_eq!(tripped.stop.by, By::Trigger(0, Metric::ErrorRate));
    assert!(90 <= tripped.share.count.successes);
    let (_, weight) = release
        .spreads
        .iter()
        .find(|(measure, _)| *measure == Measure::WeightAtDetection)
        .expect("it was detected");
    assert_eq!((weight.highest, weight.median.value), (500, 500));
}

#[test]
fn what_is_never_passed_is_told_and_what_always_is_has_every_run() {
    let good = Release::new("good", Quality::Good, Scenario::default());
    let ledger = complete(study(vec![plan(&Policy::default())], vec![good], 50));
    let report = ledger.report(0).expect("there is one plan");
    let passed = |id| {
        let mut nodes = report.passages.nodes.iter();
        let found = nodes.find(|(node, _)| *node == NodeId(id));
        found.expect("the plan has the node").1.count.successes
    };
    assert_eq!(passed(1), 50);
    let never: Vec<_> = report
        .passages
        .edges
        .iter()
        .filter(|(_, share)| share.count.successes == 0)
        .collect();
    assert!(!never.is_empty(), "no good release is rolled back");
    let ended = ledger.sums()[0][0].ended(Outcome::Succeeded);
    assert_eq!(ended, 50);
}

#[test]
fn an_error_rate_on_the_limit_is_blamed_on_that_check() {
    let bad = Release::new("on the limit", Quality::Bad, failing(8_000));
    let ledger = complete(study(vec![plan(&Policy::default())], vec![bad], 100));
    let report = ledger.report(0).expect("there is one plan");
    let by = By::Check(Metric::ErrorRate);
    let stops = &report.releases[0].stops;
    assert!(stops.iter().all(|found| found.stop.by == by), "{stops:?}");
    assert!(stops.iter().any(|found| found.stop
        == Stop {
            node: NodeId(9),
            by
        }));
    let misses = report.misses.expect("a bad release");
    assert!(misses.interval.lower < misses.share && misses.share < misses.interval.upper);
    assert!((0.1..0.6).contains(&misses.share), "{misses:?}");
}

#[test]
fn a_study_stops_when_it_is_precise_and_only_after_fixed_numbers() {
    let precise = |half_width| {
        let parts = StudyParts {
            plans: vec![plan(&Policy::default())],
            releases: vec![Release::new("bad", Quality::Bad, failing(8_000))],
            seed: Seed(7),
            rollouts: 900,
            precision: Some(Precision {
                half_width: Limit(half_width),
            }),
            shard: Shard::WHOLE,
        };
        Study::new(parts).expect("the study can be run")
    };
    for (half_width, runs) in [(100_000, 250), (40_000, 500), (10_000, 900)] {
        let one = complete(precise(half_width));
        assert_eq!(one.progress().done, runs, "{half_width}");
        let three = run(precise(half_width), 3, |turn, _| turn);
        assert_eq!(bytes(&three), bytes(&one));
    }
}

#[test]
fn a_study_that_cannot_be_run_is_refused_with_its_reason() {
    let good = StudyParts {
        plans: vec![plan(&Policy::default())],
        releases: two_releases(),
        seed: Seed(7),
        rollouts: 1,
        precision: None,
        shard: Shard::WHOLE,
    };
    let refused = |change: fn(&mut StudyParts)| {
        let mut parts = good.clone();
        change(&mut parts);
        Study::new(parts).expect_err("it cannot be run")
    };
    assert_eq!(refused(|it| it.plans.clear()), StudyError::NoPlan);
    assert_eq!(refused(|it| it.releases.clear()), StudyError::NoRelease);
    assert_eq!(refused(|it| it.rollouts = 0), StudyError::NoRollouts);
    let too_many = StudyError::TooManyRollouts(u32::MAX);
    assert_eq!(refused(|it| it.rollouts = u32::MAX), too_many);
    let none = Precision {
        half_width: Limit(0),
    };
    let error = StudyError::Precision(Limit(0));
    assert_eq!(
        refused(|it| it.precision = Some(Precision {
            half_width: Limit(0)
        })),
        error
    );
    assert_eq!(none.half_width, Limit(0));
    assert_eq!(
        refused(|it| {
            it.precision = Some(Precision {
                half_width: Limit(10_000),
            });
            it.shard = Shard::new(1, 2).expect("a shard");
        }),
        StudyError::PreciseShard
    );
}

#[test]
fn shards_share_the_pieces_out() {
    let parts = |shard| StudyParts {
        plans: vec![plan(&Policy::default())],
        releases: two_releases(),
        seed: Seed(7),
        rollouts: 10 * PIECE + 3,
        precision: None,
        shard,
    };
    let of = |shard| Study::new(parts(shard)).expect("it can be run");
    let whole: Vec<_> = of(Shard::WHOLE).pieces(0, u32::MAX).collect();
    let mut joined: Vec<_> = (1..=4)
        .flat_map(|number| {
            let shard = of(Shard::new(number, 4).expect("a shard"));
            shard.pieces(0, u32::MAX).collect::<Vec<_>>()
        })
        .collect();
    joined.sort_by_key(|piece| (piece.from, piece.release));
    assert_eq!(joined, whole);
    assert_eq!(
        whole.iter().map(|piece| piece.to - piece.from).sum::<u32>(),
        2 * 503
    );
    assert_eq!(
        (Shard::new(0, 1), Shard::new(3, 2), Shard::new(1, 0)),
        (None, None, None)
    );
}
