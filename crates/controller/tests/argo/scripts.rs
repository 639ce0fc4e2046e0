//! Every script of three acts, with and without a router.

use crate::{
    runs::{pause, step_analysis, success_rate, watched, weight},
    stage::Stage,
};
use coalmine_controller::{
    Controller, Outcome, Record, Time,
    argo::{Metric, Spec},
};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// What a person or the world may do in the middle of a run.
const ACTS: [&str; 8] = [
    "promote",
    "abort",
    "pause",
    "resume",
    "errors 20%",
    "no data",
    "no answers",
    "no pods",
];

#[test]
fn no_script_of_three_acts_leaves_a_rollout_astray() {
    let inconclusive = Metric {
        count: Some(2),
        failure_condition: Some("result[0] < 50".to_owned()),
        ..success_rate()
    };
    let routed = watched(
        Metric {
            failure_limit: Some(1),
            ..success_rate()
        },
        vec![
            weight(20),
            pause(90),
            step_analysis(inconclusive),
            weight(50),
        ],
    );
    let basic = Spec {
        routing: None,
        progress_deadline_abort: true,
        ..routed.clone()
    };
    for spec in [routed, basic] {
        for script in (0..512).map(|number| [number / 64, number / 8 % 8, number % 8]) {
            let script = script.map(|act| ACTS[act]);
            let [first, second, third] = script;
            let script = format!("10s {first}; 70s {second}; 130s {third}");
            let mut stage = Stage::new(spec.clone(), &script);
            stage.run_until(Time(2 * 3_600_000));
            let ends = stage
                .records
                .iter()
                .filter(|it| matches!(it, Record::Ended { .. }));
            let outcome = stage.controller.position().outcome;
            assert_eq!(ends.count(), usize::from(outcome.is_some()), "{script}");
            let back = stage.told.contains("Abort: all traffic to stable");
            assert!(
                !back || outcome != Some(Outcome::Succeeded),
                "{script}\n{}",
                stage.told
            );
            assert!(!back || outcome.is_some(), "{script}\n{}", stage.told);
        }
    }
}
