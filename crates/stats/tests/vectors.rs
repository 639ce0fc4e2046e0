//! Every vector that others computed holds, natively and in a browser: the checks are those of `cargo xtask
//! conformance`.

#[path = "../../../xtask/src/conformance/case.rs"]
#[expect(dead_code, reason = "other suites need the rest")]
mod case;
#[path = "../../../xtask/src/conformance/confidence.rs"]
mod confidence;
#[path = "../../../xtask/src/conformance/prometheus.rs"]
mod prometheus;
#[path = "../../../xtask/src/conformance/statistics.rs"]
mod statistics;

use case::{Check, Outcome};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn check(vectors: &str, checks: &[(&str, Check)], not_offered: &[&str]) {
    let vectors = serde_json::from_str(vectors).expect("the vectors are JSON");
    let outcome = Outcome::of(&vectors, checks);
    let told: Vec<String> = outcome
        .differences
        .iter()
        .map(ToString::to_string)
        .collect();
    assert!(outcome.failed == 0 && 50 < outcome.passed, "{told:#?}");
    assert_eq!(outcome.not_offered, not_offered);
}

#[test]
fn quantiles_and_shares_are_those_of_prometheus() {
    let vectors = include_str!("../../../tests/vectors/prometheus_quantile.json");
    check(vectors, &prometheus::CHECKS, &[]);
}

#[test]
fn statistics_are_those_of_their_sources() {
    let vectors = include_str!("../../../tests/vectors/statistics.json");
    // A share of simulations that others ran: nothing to compute.
    check(vectors, &statistics::CHECKS, &["netflix_facts"]);
}
