//! Every vector about Flagger holds, natively and in a browser: the checks are those of `cargo xtask conformance`.

#[path = "../../../../xtask/src/conformance/case.rs"]
#[expect(dead_code, reason = "other suites need the rest")]
mod case;
#[path = "../../../../xtask/src/conformance/flagger.rs"]
mod flagger;

use case::Outcome;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn ticks_and_rules_come_out_as_upstream() {
    check(include_str!("../../../../tests/vectors/flagger.json"), 88);
}

#[test]
fn corners_come_out_as_upstream_reads() {
    check(include_str!("corners.json"), 5);
}

fn check(vectors: &str, count: usize) {
    let vectors = serde_json::from_str(vectors).expect("the vectors are JSON");
    let outcome = Outcome::of(&vectors, &flagger::CHECKS);
    let told: Vec<String> = outcome
        .differences
        .iter()
        .map(ToString::to_string)
        .collect();
    assert!(outcome.failed == 0, "{told:#?}");
    assert_eq!(outcome.passed, count);
}
