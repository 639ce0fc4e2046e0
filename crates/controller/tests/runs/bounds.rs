//! Decisions hold their numbers: value, bound, samples, window, and which edge was taken.

use crate::stage::{SEED, Stage, plan};
use coalmine_controller::{
    Against, Bound, Checked, Decision, FlowController, Healthy, Limit, Metric, Next, Policy, Query,
    Reading, Record, Recording, Time, Verdict, Version, Window,
};
use coalmine_flow::{EdgeId, NodeId};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn a_decision_records_value_bound_samples_window_and_edge() {
    let controller = FlowController::new(plan(SEED, &Policy::default()), Recording::Full);
    let mut stage = Stage::new(controller, "3m canary errors 2.1%");
    while stage.step() {}
    let decision = stage.records.iter().find_map(|record| match record {
        Record::Decided(decision) => Some(decision),
        _ => None,
    });
    let Some(Decision {
        node,
        verdict,
        checks,
        next,
    }) = decision
    else {
        panic!("no decision")
    };
    assert_eq!(
        (*node, *verdict, checks.len()),
        (NodeId(9), Verdict::Fail, 4)
    );
    // The edge from n9 labelled "No" is the ninth of the text.
    assert_eq!(*next, Next::Took(EdgeId(8)));
    let expected = Checked {
        query: Query {
            metric: Metric::ErrorRate,
            version: Version::Canary,
            window: Window {
                from: Time(142_000),
                to: Time(442_000),
            },
        },
        canary: Reading::Value {
            value: 0.021,
            samples: 3_000,
        },
        stable: None,
        bound: Bound {
            healthy: Healthy::Below,
            against: Against::Fixed(Limit(10_000)),
        },
        min_requests: 500,
        verdict: Verdict::Fail,
        evidence: None,
    };
    assert_eq!(checks[0], expected);
}

#[test]
fn with_outcomes_only_the_commands_are_the_same_and_the_end_is_told() {
    for script in [
        "",
        "3m canary errors 2%",
        "14m canary p99 800ms",
        "3m canary samples 1",
    ] {
        let run = |recording| {
            let controller = FlowController::new(plan(SEED, &Policy::default()), recording);
            let mut stage = Stage::new(controller, script);
            while stage.step() {}
            (stage.commands, stage.records)
        };
        let ((commands, full), (same, ended)) = (run(Recording::Full), run(Recording::Outcome));
        assert_eq!(commands, same);
        assert_eq!(ended.as_slice(), &full[full.len() - 1..]);
    }
}
