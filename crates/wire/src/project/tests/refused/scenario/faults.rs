//! What breaks, where, and when.

use super::*;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const FAULTS: &[(&str, &str)] = &[
    (
        r#"[[scenario.fault]]; kind = "error-rate"; size = "5%"; endpoint = "checkout""#,
        r#"6: `"checkout"` unknown-word: there is no endpoint `checkout` (describe it first, in a [[scenario.endpoint]])"#,
    ),
    (
        r#"[[scenario.endpoint]]; name = "checkout"; share = "100%"; [[scenario.fault]]; kind = "error-rate"; size = "5%"; endpoint = "chekout""#,
        r#"9: `"chekout"` unknown-word: there is no endpoint `chekout` (did you mean `checkout`?)"#,
    ),
    (
        r#"[[scenario.cohort]]; name = "beta"; share = "100%"; [[scenario.fault]]; kind = "error-rate"; size = "5%"; cohort = "alpha""#,
        r#"9: `"alpha"` unknown-word: there is no cohort `alpha` (one of: beta)"#,
    ),
    (
        r#"[[scenario.fault]]; kind = "error-rate"; size = "5%"; pods = "120%""#,
        r#"6: `"120%"` impossible-number: `pods` is 120%, and cannot be more than 100% (choose from 0.0001% to 100%)"#,
    ),
    (
        r#"[[scenario.fault]]; kind = "error-rate"; size = "5%"; pods = "0%""#,
        r#"6: `"0%"` impossible-number: `pods` is 0%, and cannot be less than 0.0001% (choose from 0.0001% to 100%)"#,
    ),
    (
        r#"[[scenario.fault]]; kind = "surge"; size = "50%"; pods = "20%""#,
        r#"6: `"20%"` impossible-number: `pods` says nothing about a fault of the kind `surge` (leave the line out)"#,
    ),
    (
        r#"[[scenario.cohort]]; name = "beta"; share = "100%"; [[scenario.fault]]; kind = "memory-leak"; size = "5%/min"; cohort = "beta""#,
        r#"9: `"beta"` impossible-number: `cohort` says nothing about a fault of the kind `memory-leak` (leave the line out)"#,
    ),
    (
        r#"[[scenario.cohort]]; name = "beta"; share = "100%"; [[scenario.fault]]; kind = "latency"; size = "5%"; cohort = "beta"; pods = "5%""#,
        r"6: `[[scenario.fault]]` two-reaches: `cohort` stands beside `pods`, and a fault reaches one part (keep one of the two, or write a second [[scenario.fault]])",
    ),
    (
        r#"[[scenario.fault]]; kind = "error-rate"; size = "120%""#,
        r#"5: `"120%"` impossible-number: `size` is 120%, and cannot be more than 100% (choose from 0% to 100%)"#,
    ),
    (
        r#"[[scenario.fault]]; kind = "error-rate""#,
        r#"3: `[[scenario.fault]]` missing-key: `size` is missing (add `size = "5%"`)"#,
    ),
    (
        r#"[[scenario.fault]]; kind = "error-rate"; size = "5%"; load = "5/s""#,
        r"6: `load` meaningless-key: `load` says nothing about a fault of the kind `error-rate` (leave the line out)",
    ),
    (
        r#"[[scenario.fault]]; kind = "memory-leak"; size = "5%""#,
        r#"5: `"5%"` impossible-number: `size` must be a percentage a minute: the unit is missing: one of %/min (write it as in `size = "4%/min"`)"#,
    ),
    (
        r#"[[scenario.fault]]; kind = "tail-latency"; size = "900%""#,
        r#"3: `[[scenario.fault]]` missing-key: `share` is missing (add `share = "2%"`)"#,
    ),
    (
        r#"[[scenario.fault]]; kind = "cold-cache"; size = "900%"; fades = "0s""#,
        r#"6: `"0s"` impossible-number: `fades` is 0s, and cannot be less than 1ms (choose from 1ms to 1d)"#,
    ),
    (
        r#"[[scenario.fault]]; kind = "errors-above"; size = "15%""#,
        r#"3: `[[scenario.fault]]` missing-key: `load` is missing (add `load = "200/s"`)"#,
    ),
    (
        r#"[[scenario.fault]]; kind = "retry-storm"; size = 300"#,
        r"5: `300` impossible-number: `size` must be a whole number: this is more than 255 (write it as in `size = 3`)",
    ),
    (
        r#"[[scenario.fault]]; kind = "scrape-gap"; size = "5%""#,
        r"5: `size` meaningless-key: `size` says nothing about a fault of the kind `scrape-gap` (leave the line out)",
    ),
    (
        r#"[[scenario.fault]]; kind = "metric-lag"; size = "2d""#,
        r#"5: `"2d"` impossible-number: `size` is 2d, and cannot be more than 1d (choose from 0s to 1d)"#,
    ),
    (
        r#"[[scenario.fault]]; kind = "node-loss"; size = "101%""#,
        r#"5: `"101%"` impossible-number: `size` is 101%, and cannot be more than 100% (choose from 0% to 100%)"#,
    ),
    (
        r#"[[scenario.fault]]; kind = "error-rate"; size = "5%"; start = "at step 0""#,
        r#"6: `"at step 0"` impossible-number: `start` is 0, and cannot be less than 1 (choose from 1 to 255)"#,
    ),
    (
        r#"[[scenario.fault]]; kind = "error-rate"; size = "5%"; start = "at step 300""#,
        r#"6: `"at step 300"` impossible-number: `start` must be an instant or a share of traffic: this is more than 255 steps (write it as in `start = "at 25%"`)"#,
    ),
    (
        r#"[[scenario.fault]]; kind = "error-rate"; size = "5%"; start = "at age 5m"; target = "stable""#,
        r#"6: `"at age 5m"` impossible-number: stable has no age in a rollout, so this fault would never begin (give an instant such as "12m", or strike the canary)"#,
    ),
    (
        r#"[[scenario.fault]]; kind = "error-rate"; size = "5%"; start = "at age soon""#,
        r#"6: `"at age soon"` impossible-number: `start` must be an instant or a share of traffic: this is not a plain number (write it as in `start = "at 25%"`)"#,
    ),
    (
        r#"[[scenario.fault]]; kind = "error-rate"; size = "5%"; lasts = "0s""#,
        r#"6: `"0s"` impossible-number: `lasts` is 0s, and cannot be less than 1ms (choose from 1ms to 366d)"#,
    ),
    (
        r#"[[scenario.fault]]; kind = "error-rate"; size = "5%"; flapping = { on = "0s", off = "1m" }"#,
        r#"6: `"0s"` impossible-number: `on` is 0s, and cannot be less than 1ms (choose from 1ms to 366d)"#,
    ),
    (
        r#"[[scenario.fault]]; kind = "error-rate"; size = "5%"; flapping = { on = "30s" }"#,
        r#"6: `flapping` missing-key: `off` is missing (add `off = "1m"`)"#,
    ),
    (
        r#"[[scenario.fault]]; kind = "error-rate"; size = "5%"; target = "canari""#,
        r#"6: `"canari"` unknown-word: `canari` is not a word that `target` knows (did you mean `canary`?)"#,
    ),
    (
        r#"[[scenario.fault]]; kind = "push-failure"; pods = "5%""#,
        r"5: `pods` meaningless-key: `pods` says nothing about a failure of the pipeline (leave the line out)",
    ),
];

#[test]
fn a_fault_strikes_what_there_is() {
    check_all(FAULTS);
}
