//! Grids: every cell is what its own study would find, and a grid that makes no sense is refused.

use crate::setting::{complete, diagram, failing, study};
use coalmine_controller::{Metric, Policy};
use coalmine_flow::NodeId;
use coalmine_lab::{
    Axis, Design, Extent, Parameter, ParameterError, Quality, Release, Scale, Shard, Sweep,
    SweepError,
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
            Release::new("bad", Quality::Bad, failing(8_000)),
        ],
    }
}

const EXTENT: Extent = Extent {
    seed: Seed(7),
    rollouts: 60,
    shard: Shard::WHOLE,
};

const BOUND: Parameter = Parameter::Bound(Metric::ErrorRate, None);

fn over(parameter: Parameter, from: i64, to: i64, steps: u32) -> Axis {
    Axis::over(parameter, (from, to), steps, Scale::Linear).expect("the range holds values")
}

fn misses(sweep: &Sweep) -> Vec<u64> {
    let ledgers: Vec<_> = sweep.studies().iter().cloned().map(complete).collect();
    let cells = sweep.cells().iter();
    let misses = cells.map(|cell| {
        let report = ledgers[cell.study]
            .report(cell.plan)
            .expect("the plan is there");
        report.misses.expect("a bad release").count.successes
    });
    misses.collect()
}

#[test]
fn the_higher_the_bound_the_more_is_missed_and_each_cell_is_its_own_study() {
    let axes = vec![over(BOUND, 6_000, 14_000, 5)];
    let sweep = Sweep::new(&design(), axes, EXTENT).expect("it can be run");
    assert_eq!(sweep.studies().len(), 1);
    let found = misses(&sweep);
    assert!(
        found.is_sorted() && found[0] == 0 && 50 < found[4],
        "{found:?}"
    );
    for (cell, found) in sweep.cells().iter().zip(&found) {
        let turned = design()
            .with(BOUND, cell.values[0])
            .expect("it can be turned");
        let alone = study(vec![turned.plan().expect("it runs")], turned.releases, 60);
        let report = complete(alone).report(0).expect("one plan");
        assert_eq!(
            report.misses.expect("a bad release").count.successes,
            *found
        );
    }
}

#[test]
fn a_world_that_is_turned_makes_a_study_of_its_own_with_all_plans() {
    let axes = vec![
        over(Parameter::Traffic, 50_000, 200_000, 3),
        over(BOUND, 8_000, 12_000, 2),
    ];
    let sweep = Sweep::new(&design(), axes, EXTENT).expect("it can be run");
    assert_eq!(sweep.studies().len(), 3);
    assert_eq!(sweep.cells().len(), 6);
    assert_eq!(sweep.cells()[3].values, [125_000, 12_000]);
    assert_eq!(
        (sweep.cost().rollouts, sweep.cost().worlds),
        (6 * 120, 3 * 120)
    );
    for (parameter, from, to) in [
        (Parameter::Errors, 2_000, 14_000),
        (Parameter::Regression, 250_000, 1_750_000),
    ] {
        let sweep = Sweep::new(&design(), vec![over(parameter, from, to, 3)], EXTENT);
        let found = misses(&sweep.expect("it can be run"));
        assert!(
            found.is_sorted_by(|a, b| b <= a) && found[2] == 0,
            "{found:?}"
        );
    }
}

#[test]
fn steps_and_windows_are_turned_where_the_drawing_says_them() {
    let step = Parameter::Step(NodeId(6));
    let turned = design().with(step, 1_000).expect("n6 raises the canary");
    let compiled = coalmine_controller::compile(&turned.diagram, &turned.policy);
    assert_eq!(compiled.steps()[0].weight.basis_points(), 1_000);
    let turned = design()
        .with(Parameter::Window(None), 120_000)
        .expect("windows");
    let compiled = coalmine_controller::compile(&turned.diagram, &turned.policy);
    assert!(
        compiled
            .observations()
            .iter()
            .all(|it| it.window.0 == 120_000)
    );
    for (parameter, value, error) in [
        (
            Parameter::Step(NodeId(1)),
            500,
            ParameterError::NoStep(NodeId(1)),
        ),
        (
            Parameter::Window(Some(NodeId(1))),
            5_000,
            ParameterError::NoObservation(NodeId(1)),
        ),
        (Parameter::Trigger(4), 5_000, ParameterError::NoTrigger(1)),
        (
            Parameter::Bound(Metric::Custom(0), None),
            1,
            ParameterError::NotJudged(Metric::Custom(0)),
        ),
        (
            Parameter::Extensions,
            256,
            ParameterError::Range(Parameter::Extensions, 0, 255),
        ),
    ] {
        assert_eq!(design().with(parameter, value), Err(error));
    }
}

#[test]
fn ranges_hold_their_ends_and_what_is_no_grid_is_refused() {
    assert_eq!(over(BOUND, 1, 4, 4).values, [1, 2, 3, 4]);
    assert_eq!(over(BOUND, 1, 3, 20).values, [1, 2, 3]);
    assert_eq!(over(BOUND, 5, 9, 1).values, [5]);
    let ratios = Axis::over(BOUND, (100, 10_000), 3, Scale::Geometric);
    assert_eq!(
        ratios.expect("it holds values").values,
        [100, 1_000, 10_000]
    );
    let empty = Err(SweepError::EmptyRange(BOUND));
    assert_eq!(Axis::over(BOUND, (2, 1), 3, Scale::Linear), empty);
    assert_eq!(Axis::over(BOUND, (1, 2), 0, Scale::Linear), empty);
    assert_eq!(Axis::over(BOUND, (0, 2), 3, Scale::Geometric), empty);
    let refused = |axes| Sweep::new(&design(), axes, EXTENT).expect_err("no grid");
    let axis = || over(BOUND, 1, 1_000, 60);
    let other = over(Parameter::Window(None), 60_000, 600_000, 60);
    assert_eq!(refused(vec![]), SweepError::Axes(0));
    assert_eq!(refused(vec![axis(), axis()]), SweepError::Twice(BOUND));
    assert_eq!(
        refused(vec![axis(), other]),
        SweepError::TooManyCells(3_600)
    );
}
