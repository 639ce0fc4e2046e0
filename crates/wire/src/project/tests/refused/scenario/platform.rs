//! Pods, the autoscaler, scraping and metrics.

use super::*;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const PLATFORM: &[(&str, &str)] = &[
    (
        r#"[scenario.platform.autoscaler]; target = "70%"; least = 20; most = 10"#,
        r"5: `20` impossible-number: `least` is 20, more than `most`, which is 10 (exchange the two, or change one)",
    ),
    (
        r#"[scenario.platform.autoscaler]; target = "0%"; least = 0; most = 20000; period = "0s"; calm = "2d""#,
        r#"4: `"0%"` impossible-number: `target` is 0%, and cannot be less than 1% (choose from 1% to 1000%) / 5: `0` impossible-number: `least` is 0, and cannot be less than 1 (choose from 1 to 10,000) / 6: `20000` impossible-number: `most` is 20,000, and cannot be more than 10,000 (choose from 1 to 10,000) / 7: `"0s"` impossible-number: `period` is 0s, and cannot be less than 1s (choose from 1s to 1h) / 8: `"2d"` impossible-number: `calm` is 2d, and cannot be more than 1d (choose from 0s to 1d)"#,
    ),
    (
        r#"[scenario.platform.autoscaler]; target = "70%"; least = 2"#,
        r"3: `autoscaler` missing-key: `most` is missing (add `most = 10`)",
    ),
    (
        r#"[scenario.platform]; split = "podratio"; lingering = "101%""#,
        r#"4: `"podratio"` unknown-word: `podratio` is not a word that `split` knows (did you mean `pod-ratio`?) / 5: `"101%"` impossible-number: `lingering` is 101%, and cannot be more than 100% (choose from 0% to 100%)"#,
    ),
    (
        r#"[scenario.measurement]; jitter = "5s""#,
        r#"4: `"5s"` impossible-number: `jitter` is as long as the time between two scrapes, or longer (lower it, or scrape less often)"#,
    ),
    (
        r#"[scenario.measurement]; lag = "2d"; buckets = ["5ms", "5ms"]"#,
        r#"4: `"2d"` impossible-number: `lag` is 2d, and cannot be more than 1d (choose from 0s to 1d) / 5: `["5ms", "5ms"]` impossible-number: `buckets` do not rise: 5ms stands behind 5ms (write them from the smallest to the largest, each once)"#,
    ),
    (
        r#"[scenario.measurement]; buckets = ["50ms", "5ms"]"#,
        r#"4: `["50ms", "5ms"]` impossible-number: `buckets` do not rise: 5ms stands behind 50ms (write them from the smallest to the largest, each once)"#,
    ),
    (
        r#"[scenario.measurement]; buckets = ["0ms", "5ms"]"#,
        r#"4: `["0ms", "5ms"]` impossible-number: `buckets` is 0ms, and cannot be less than 0.001ms (choose from 0.001ms to 3600s)"#,
    ),
    (
        r"[scenario.measurement]; buckets = []",
        r"4: `[]` impossible-number: `buckets` has 0 entries, and needs 1 to 30 (add some, or keep those that matter)",
    ),
    (
        r"[scenario.measurement]; buckets = [5, 10]",
        r#"4: `[5, 10]` wrong-type: `buckets` must be a list of durations, not of anything else (write it as in `buckets = ["5ms", "10ms"]`)"#,
    ),
    (
        r#"[[scenario.metric]]; name = "cpu"; kind = "gauge"; level = 5"#,
        r#"4: `"cpu"` impossible-number: `cpu` is the name of a metric that there is already (rename it)"#,
    ),
    (
        r#"[[scenario.metric]]; name = "custom-3"; kind = "gauge"; level = 5"#,
        r#"4: `"custom-3"` impossible-number: `custom-3` is the name of a metric that there is already (rename it)"#,
    ),
    (
        r#"[[scenario.metric]]; name = "orders"; kind = "per-minit"; level = 5"#,
        r#"5: `"per-minit"` unknown-word: `per-minit` is not a word that `kind` knows (did you mean `per-minute`?)"#,
    ),
    (
        r#"[[scenario.metric]]; name = "orders"; kind = "per-minute"; level = 5"#,
        r#"3: `[[scenario.metric]]` missing-key: `probability` is missing (add `probability = "2%"`) / 6: `level` unknown-key: `level` is not a key of [scenario.metric] (known here: endpoint, kind, name, probability)"#,
    ),
    (
        r#"[[scenario.metric]]; name = "orders"; kind = "per-request"; probability = "101%""#,
        r#"6: `"101%"` impossible-number: `probability` is 101%, and cannot be more than 100% (choose from 0% to 100%)"#,
    ),
    (
        r#"[[scenario.metric]]; name = "orders"; kind = "gauge"; level = -5"#,
        r"6: `-5` impossible-number: `level` must be a number: this cannot be below zero (write it as in `level = 40`)",
    ),
    (
        r#"[[scenario.metric]]; name = "orders"; kind = "gauge"; level = 5; endpoint = "checkout""#,
        r#"7: `"checkout"` unknown-word: there is no endpoint `checkout` (describe it first, in a [[scenario.endpoint]])"#,
    ),
    (
        r#"[[policy.check]]; metric = "order"; above = 5; [[scenario.metric]]; name = "orders"; kind = "gauge"; level = 5"#,
        r#"4: `"order"` unknown-word: `order` is not a word that `metric` knows (did you mean `orders`?)"#,
    ),
    (
        r#"[[policy.check]]; metric = "orders"; above = "5%"; [[scenario.metric]]; name = "orders"; kind = "gauge"; level = 5"#,
        r#"5: `"5%"` impossible-number: `above` must be a number: this is not a plain number (write it as in `above = 100`)"#,
    ),
    (
        r#"[scenario]; objective = "101%""#,
        r#"4: `"101%"` impossible-number: `objective` is 101%, and cannot be more than 100% (choose from 0% to 100%)"#,
    ),
];

#[test]
fn platform_and_measurement_leave_time_to_pass() {
    check_all(PLATFORM);
}
