//! The search for better policies: it finds what a full grid finds, and says so against the policy as it is.

use crate::setting::{complete, diagram, failing};
use coalmine_controller::{Metric, Policy};
use coalmine_lab::{
    Aim, Axis, Constraint, Design, Extent, Parameter, Part, Quality, Release, Scale, Shard,
    SweepError, Tuning,
};
use coalmine_sim::{Scenario, Seed};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn design() -> Design {
    Design {
        diagram: diagram(),
        policy: Policy::default(),
        releases: vec![
            Release::new("good", Quality::Good, Scenario::default()),
            Release::new("bad", Quality::Bad, failing(7_000)),
        ],
    }
}

const BOUND: Parameter = Parameter::Bound(Metric::ErrorRate, None);

fn over(parameter: Parameter, from: i64, to: i64, steps: u32) -> Axis {
    Axis::over(parameter, (from, to), steps, Scale::Linear).expect("the range holds values")
}

const EXTENT: Extent = Extent {
    seed: Seed(7),
    rollouts: 150,
    shard: Shard::WHOLE,
};

fn tuned(axes: &[Axis], constraints: Vec<Constraint>) -> Tuning {
    let mut tuning = Tuning::new(&design(), axes, constraints, EXTENT).expect("it can be tuned");
    while let Some(study) = tuning.round().expect("it can be run") {
        tuning.take_in(&Part::of(&complete(study)));
    }
    tuning
}

#[test]
fn a_lower_bound_catches_more_and_a_shorter_window_is_quicker() {
    let axes = [
        over(BOUND, 4_000, 12_000, 9),
        over(Parameter::Window(None), 120_000, 480_000, 4),
    ];
    let few = Constraint {
        aim: Aim::Misses,
        most: 0.02,
    };
    let tuning = tuned(
        &axes,
        vec![
            few,
            Constraint {
                aim: Aim::FalseAlarms,
                most: 0.02,
            },
        ],
    );
    let base = tuning.base().expect("it was tried");
    assert!(
        0.3 < base.score.of(Aim::Misses) && !base.is_allowed,
        "{base:?}"
    );
    let front = tuning.front();
    assert!(!front.is_empty());
    for proposal in &front {
        assert!(
            proposal.is_allowed && proposal.score.of(Aim::Misses) <= 0.02,
            "{proposal:?}"
        );
        assert!(
            front
                .iter()
                .all(|other| !other.score.dominates(&proposal.score))
        );
        let (parameter, bound) = proposal.turned[0];
        assert!(parameter == BOUND && bound < 9_000, "{proposal:?}");
    }
    let quickest = front
        .iter()
        .map(|it| it.score.of(Aim::TimeToPromote))
        .fold(f64::MAX, f64::min);
    assert!(
        quickest < base.score.of(Aim::TimeToPromote),
        "some are quicker as well: {front:?}"
    );
}

#[test]
fn where_nothing_meets_the_constraints_the_closest_is_told() {
    let quick = Constraint {
        aim: Aim::TimeToPromote,
        most: 1_000.0,
    };
    let tuning = tuned(
        &[over(Parameter::Window(None), 60_000, 600_000, 3)],
        vec![quick],
    );
    let front = tuning.front();
    assert_eq!(front.len(), 1);
    assert!(!front[0].is_allowed);
    assert_eq!(front[0].turned, [(Parameter::Window(None), 60_000)]);
}

#[test]
fn what_is_not_the_policys_cannot_be_tuned() {
    let refused = |axes: &[Axis]| Tuning::new(&design(), axes, Vec::new(), EXTENT).expect_err("no");
    assert_eq!(refused(&[]), SweepError::Axes(0));
    let traffic = over(Parameter::Traffic, 1_000, 9_000, 2);
    assert_eq!(refused(&[traffic]), SweepError::World(Parameter::Traffic));
    let many = [
        over(BOUND, 1, 90_000, 100),
        over(Parameter::Window(None), 60_000, 600_000, 100),
    ];
    assert_eq!(refused(&many), SweepError::TooManyCells(10_000));
}
