//! Laws of latency.

use super::*;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const LAWS: &[(&str, &str)] = &[
    (
        r"[scenario.stable]; latency_sigma = 6",
        r"4: `6` impossible-number: `latency_sigma` is 6, and cannot be more than 5 (choose from 0 to 5)",
    ),
    (
        r#"[scenario.stable]; latency = { law = "lognormal", median = "80ms", sigma = 6 }"#,
        r"4: `6` impossible-number: `latency_sigma` is 6, and cannot be more than 5 (choose from 0 to 5)",
    ),
    (
        r#"[scenario.stable]; latency = { law = "gama", mean = "80ms" }"#,
        r#"4: `"gama"` unknown-word: `gama` is not a word that `law` knows (did you mean `gamma`?)"#,
    ),
    (
        r#"[scenario.stable]; latency = { law = "gamma", mean = "80ms" }"#,
        r"4: `latency` missing-key: `shape` is missing (add `shape = 2.0`)",
    ),
    (
        r#"[scenario.stable]; latency = { law = "weibull", median = "0s", shape = 0.01 }"#,
        r#"4: `"0s"` impossible-number: `median` is 0ms, and cannot be less than 0.001ms (choose from 0.001ms to 3600s) / 4: `0.01` impossible-number: `shape` is 0.01, and cannot be less than 0.05 (choose from 0.05 to 1000)"#,
    ),
    (
        r#"[scenario.stable]; latency = { law = "pareto-tail", median = "80ms", sigma = 0.5, tail = "100%", alpha = 0 }"#,
        r#"4: `"100%"` impossible-number: `tail` is 100%, and cannot be more than 99.9999% (choose from 0% to 99.9999%) / 4: `0` impossible-number: `alpha` is 0, and cannot be less than 0.1 (choose from 0.1 to 1000)"#,
    ),
    (
        r#"[scenario.stable]; latency = { law = "quantiles", points = [["-5%", "80ms"], ["100%", "90ms"]] }"#,
        r#"4: `[["-5%", "80ms"], ["100%", "90ms"]]` impossible-number: `points` must be a list of shares and durations: this cannot be below zero (write it as in `points = [["50%", "80ms"], …]`)"#,
    ),
    (
        r#"[scenario.stable]; latency = { law = "quantiles", points = [["0%", "-80ms"], ["100%", "90ms"]] }"#,
        r#"4: `[["0%", "-80ms"], ["100%", "90ms"]]` impossible-number: `points` must be a list of shares and durations: this cannot be below zero (write it as in `points = [["50%", "80ms"], …]`)"#,
    ),
    (
        r#"[scenario.stable]; latency = { law = "quantiles", points = [["50%", "80ms"], ["100%", "90ms"]] }"#,
        r#"4: `[["50%", "80ms"], ["100%", "90ms"]]` impossible-number: the quantiles go from 50% to 100%, not from 0% to 100% (add the fastest ("0%") and the slowest answer ("100%"))"#,
    ),
    (
        r#"[scenario.stable]; latency = { law = "quantiles", points = [["0%", "80ms"], ["50%", "70ms"], ["100%", "90ms"]] }"#,
        r#"4: `[["0%", "80ms"], ["50%", "70ms"], ["100%", "90ms"]]` impossible-number: the quantiles do not rise: [50%, 70ms] stands behind [0%, 80ms] (write them from the fastest to the slowest)"#,
    ),
    (
        r#"[scenario.stable]; latency = { law = "quantiles", points = [["0%", "80ms"]] }"#,
        r#"4: `[["0%", "80ms"]]` impossible-number: `points` has 1 entries, and needs 2 to 1000 (add some, or keep those that matter) / 4: `[["0%", "80ms"]]` impossible-number: the quantiles go from 0% to 0%, not from 0% to 100% (add the fastest ("0%") and the slowest answer ("100%"))"#,
    ),
    (
        r#"[scenario.stable]; latency = { law = "quantiles", points = ["0%", "80ms"] }"#,
        r#"4: `["0%", "80ms"]` wrong-type: `points` must be a list of shares and durations, not of anything else (write it as in `points = [["50%", "80ms"], …]`)"#,
    ),
    (
        r#"[scenario.stable]; latency = { law = "mixture", parts = [] }"#,
        r"4: `[]` impossible-number: `parts` has 0 entries, and needs 1 to 20 (add some, or keep those that matter)",
    ),
    (
        r#"[scenario.stable]; latency = { law = "mixture" }"#,
        r#"4: `latency` missing-key: `parts` is missing (add `parts = [{ weight = "70%", law = "gamma", mean = "20ms", shape = 2 }, …]`)"#,
    ),
    (
        r#"[scenario.stable]; latency = { law = "mixture", parts = [{ weight = "70%", law = "gamma", mean = "9ms", shape = 2 }] }"#,
        r#"4: `"70%"` impossible-number: the shares add up to 70%, not to 100% (write `weight = "100%"` here, or change another)"#,
    ),
    (
        r#"[scenario.stable]; latency = { law = "mixture", parts = [{ law = "gamma", mean = "9ms", shape = 2 }] }"#,
        r#"4: `{ law = "gamma", mean = "9ms", shape = 2 }` missing-key: `weight` is missing (add `weight = "70%"`)"#,
    ),
    (
        r#"[scenario.stable]; latency_median = "80ms"; latency = { law = "gamma", mean = "80ms", shape = 2 }"#,
        r"5: `latency` two-laws: `latency` stands beside `latency_median`, and there can be only one law (keep one of the two)",
    ),
    (
        r#"[scenario.stable]; latency = { law = "gamma", mean = "80ms", shape = 2 }; [scenario.canary]; latency_median = "80ms""#,
        r"5: `canary` missing-key: `latency_sigma` is missing (add `latency_sigma = 0.5`)",
    ),
    (
        r"[scenario.stable]; capacity = { in_flight = 0, queue = 5 }",
        r"4: `0` impossible-number: `in_flight` is 0, and cannot be less than 1 (choose from 1 to 65,535)",
    ),
    (
        r"[scenario.stable]; capacity = { in_flight = 65536, queue = 5 }",
        r"4: `65536` impossible-number: `in_flight` must be a whole number: this is more than 65535 (write it as in `in_flight = 8`)",
    ),
    (
        r#"[scenario.canary]; warm_up = { slower = "100%", lasts = "0s" }; capacity = "nome""#,
        r#"4: `"0s"` impossible-number: `lasts` is 0s, and cannot be less than 1ms (choose from 1ms to 1d) / 5: `"nome"` wrong-type: `capacity` must be a table, not a string (write it as in `[scenario.canary.capacity]`)"#,
    ),
    (
        r#"[scenario.stable]; cpu_at_rest = "101%""#,
        r#"4: `"101%"` impossible-number: `cpu_at_rest` is 101%, and cannot be more than 100% (choose from 0% to 100%)"#,
    ),
];

#[test]
fn a_law_of_latency_rises_and_adds_up() {
    check_all(LAWS);
}

#[test]
fn mixtures_stand_in_each_other_only_so_deep() {
    let mut law = "{ law = \"gamma\", mean = \"9ms\", shape = 2 }".to_owned();
    for _ in 0..4 {
        let part = law.replacen("{ ", "{ weight = \"100%\", ", 1);
        law = format!("{{ law = \"mixture\", parts = [{part}] }}");
    }
    assert_eq!(
        first(&format!("[scenario.stable]\nlatency = {law}")),
        "mixtures stand in each other too deeply"
    );
}
