//! What a histogram may look like without changing what Prometheus reads from it. Its own vectors are in `vectors.rs`.

use coalmine_stats::{DEFAULT_BUCKETS_SECONDS, histogram_quantile};
use serde_json::Value;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const VECTORS: &str = include_str!("../../../tests/vectors/prometheus_quantile.json");

fn vectors() -> Value {
    serde_json::from_str(VECTORS).expect("the vectors are JSON")
}

/// JSON has no infinities and no NaN: the vectors spell them.
fn number(value: &Value) -> f64 {
    match value.as_str() {
        Some("+Inf") => f64::INFINITY,
        Some("-Inf") => f64::NEG_INFINITY,
        Some("NaN") => f64::NAN,
        Some(other) => panic!("no number: {other}"),
        None => value.as_f64().expect("a number"),
    }
}

fn numbers(value: &Value) -> Vec<f64> {
    let list = value.as_array().expect("a list");
    list.iter().map(number).collect()
}

fn is_close(found: f64, expected: f64, tolerance: f64) -> bool {
    (found.is_nan() && expected.is_nan())
        || found.to_bits() == expected.to_bits()
        || (found - expected).abs() <= tolerance * expected.abs()
}

#[test]
fn the_order_of_the_buckets_does_not_matter() {
    let vectors = vectors();
    for case in vectors["quantile"].as_array().expect("a list") {
        let (mut le, mut cumulative) = (numbers(&case["le"]), numbers(&case["cumulative"]));
        le.reverse();
        cumulative.reverse();
        let found = histogram_quantile(number(&case["q"]), &le, &cumulative);
        let expected = number(&case["expected"]);
        let tolerance = number(&case["relative_tolerance"]);
        assert!(is_close(found, expected, tolerance), "{case}: {found}");
    }
}

#[test]
fn the_default_buckets_are_those_of_the_client_libraries() {
    let published = numbers(&vectors()["default_buckets_seconds"]);
    assert_eq!(published, DEFAULT_BUCKETS_SECONDS);
}

#[test]
fn a_malformed_histogram_has_no_quantile() {
    for (le, cumulative) in [
        (vec![], vec![]),
        (vec![f64::INFINITY], vec![3.0]),
        (vec![0.1, 0.2], vec![1.0, 2.0]),
        (vec![0.1, f64::INFINITY], vec![0.0, 0.0]),
        (vec![0.1, f64::NAN], vec![1.0, 2.0]),
    ] {
        assert!(histogram_quantile(0.5, &le, &cumulative).is_nan(), "{le:?}");
    }
}
