//! Every vector holds, natively and in a browser: the checks are those of `cargo xtask conformance`.

#[path = "../../../../xtask/src/conformance/argo_analysis.rs"]
mod argo_analysis;
#[path = "../../../../xtask/src/conformance/argo_rules.rs"]
mod argo_rules;
#[path = "../../../../xtask/src/conformance/argo_runs.rs"]
mod argo_runs;
#[path = "../../../../xtask/src/conformance/argo_scenarios.rs"]
mod argo_scenarios;
#[path = "../../../../xtask/src/conformance/argo_values.rs"]
mod argo_values;
#[path = "../../../../xtask/src/conformance/argo_weights.rs"]
mod argo_weights;
#[path = "../../../../xtask/src/conformance/case.rs"]
#[expect(dead_code, reason = "other suites need the rest")]
mod case;

use case::{Check, Outcome};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn check(vectors: &str, checks: &[(&str, Check)]) -> Outcome {
    let vectors = serde_json::from_str(vectors).expect("the vectors are JSON");
    let outcome = Outcome::of(&vectors, checks);
    let told: Vec<String> = outcome
        .differences
        .iter()
        .map(ToString::to_string)
        .collect();
    assert!(outcome.failed == 0, "{told:#?}");
    assert!(outcome.not_offered.is_empty(), "{:?}", outcome.not_offered);
    outcome
}

#[test]
fn analyses_come_out_as_upstream() {
    let vectors = include_str!("../../../../tests/vectors/argo_analysis.json");
    let outcome = check(vectors, &argo_analysis::CHECKS);
    assert_eq!((outcome.passed, outcome.not_simulated.len()), (291, 9));
}

#[test]
fn pods_and_weights_are_those_of_upstream() {
    let vectors = include_str!("../../../../tests/vectors/argo_weights.json");
    let outcome = check(vectors, &argo_weights::CHECKS);
    assert!(512 < outcome.passed, "{}", outcome.passed);
}
