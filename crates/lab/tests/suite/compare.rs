//! Two plans on the same seeds: differences are exact, tell more than separate averages, and have a first moment.

use crate::setting::{Limit, Millis, complete, failing, plan, run, study};
use coalmine_controller::{Against, Policy, Record};
use coalmine_lab::{Measure, Part, Quality, Release};
use coalmine_sim::{EventKind, Scenario};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn part(first: &Policy, second: &Policy, rollouts: u32) -> Part {
    let releases = vec![
        Release::new("good", Quality::Good, Scenario::default()),
        Release::new("bad", Quality::Bad, failing(9_000)),
    ];
    let plans = vec![plan(first), plan(second)];
    Part::of(&complete(study(plans, releases, rollouts).paired()))
}

fn longer() -> Policy {
    Policy {
        window: Millis::from_mins(7),
        ..Policy::default()
    }
}

#[test]
fn a_plan_does_not_differ_from_itself() {
    let part = part(&Policy::default(), &Policy::default(), 60);
    for pair in &part.pairs()[0] {
        assert_eq!(
            (pair.runs, pair.only_first, pair.only_second, pair.apart),
            (60, 0, 0, 0)
        );
        let difference = pair
            .difference(Measure::CanaryRequests, 0.95)
            .expect("runs");
        assert!(difference.mean.abs() < 1e-12 && difference.gain.is_none());
    }
    assert_eq!(part.study().parting(1, 1, 3), None);
}

#[test]
fn common_seeds_make_differences_vary_less() {
    let part = part(&Policy::default(), &longer(), 200);
    let good = &part.pairs()[0][0];
    let time = good
        .difference(Measure::TimeToPromote, 0.95)
        .expect("promoted");
    // Three windows, each two minutes longer, whatever the seed: nothing is left to vary.
    assert!(
        (time.mean - 360_000.0).abs() < 1e-6 && time.gain.is_none(),
        "{time:?}"
    );
    let sums = &part.sums()[0][0];
    let mean = |plan: usize| part.sums()[plan][0].sketch(Measure::TimeToPromote).mean();
    let apart = mean(1).expect("promoted") - mean(0).expect("promoted");
    assert!((time.mean - apart).abs() < 1e-6);
    assert_eq!(sums.runs, 200);
    let requests = good
        .difference(Measure::CanaryRequests, 0.95)
        .expect("runs");
    assert!(1.0 < requests.gain.expect("they vary"), "{requests:?}");
    assert!(requests.interval.lower < requests.mean && requests.mean < requests.interval.upper);
}

#[test]
fn who_alone_was_wrong_is_counted_and_the_first_moment_found() {
    let mut lenient = Policy::default();
    lenient.checks[0].bound.against = Against::Fixed(Limit(12_000));
    let part = part(&Policy::default(), &lenient, 200);
    let bad = &part.pairs()[0][1];
    let missed = |plan: usize| part.sums()[plan][1].wrong(Quality::Bad);
    let more = missed(1) - missed(0);
    assert_eq!(bad.only_second - bad.only_first, more);
    assert!(0 < more);
    let wrong = bad.wrong(0.95).expect("runs");
    assert!((wrong.mean - more as f64 / 200.0).abs() < 1e-12);
    assert!(wrong.interval.lower <= wrong.mean && wrong.mean <= wrong.interval.upper);
    let run = bad.example.expect("some differ");
    let parting = part.study().parting(1, 1, run).expect("they part");
    for event in [parting.first, parting.second] {
        let kind = event.expect("neither run is over").kind;
        assert!(
            matches!(kind, EventKind::Controller(Record::Decided(_))),
            "{kind:?}"
        );
    }
}

#[test]
fn pairs_do_not_depend_on_workers_either() {
    let of = || {
        let releases = vec![Release::new("bad", Quality::Bad, failing(9_000))];
        study(
            vec![plan(&Policy::default()), plan(&longer())],
            releases,
            130,
        )
        .paired()
    };
    let one = complete(of());
    let three = run(of(), 3, |turn, open| turn + open);
    assert_eq!(one.pairs(), three.pairs());
}
