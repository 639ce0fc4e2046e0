//! What a scenario may not say: one line a refusal, with the place, the reason and the suggestion.

use super::super::said;
use crate::Project;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// `lines` below the head of a file are refused: at a line, with a mark on it, a reason and a suggestion.
fn check(lines: &str, expected: &str) {
    let text = format!("schema = 1\nflow = ''\n{}\n", lines.replace("; ", "\n"));
    let diagnostics = Project::parse(&text).expect_err(&text);
    let found = said(&text, &diagnostics);
    assert_eq!(found.trim_end().replace('\n', " / "), expected, "{text}");
}

/// Lines of a file (`; ` for their ends), and what is said of them (` / ` for its line ends).
fn check_all(cases: &[(&str, &str)]) {
    for (lines, expected) in cases {
        check(lines, expected);
    }
}

const TRAFFIC: &[(&str, &str)] = &[
    (
        r#"[scenario]; rate = "-1/s""#,
        r#"4: `"-1/s"` impossible-number: `rate` must be a rate: this cannot be below zero (write it as in `rate = "200/s"`)"#,
    ),
    (
        r"[scenario]; rate = 2000000",
        r"4: `2000000` impossible-number: `rate` is 2000000/s, and cannot be more than 1000000/s (choose from 0/s to 1000000/s)",
    ),
    (
        r#"[scenario]; rate = 5; traffic = { profile = "ramp", from = 1, to = 2, at = "1m", takes = "1m" }"#,
        r"5: `profile` two-rates: `profile` stands beside the `rate` of [scenario], and there can be only one course of the rate (keep one of the two)",
    ),
    (
        r#"[scenario.traffic]; profile = "constant""#,
        r#"3: `traffic` missing-key: `rate` is missing (add `rate = "200/s"`)"#,
    ),
    (
        r#"[scenario.traffic]; profile = "constant"; rate = 2000000"#,
        r"5: `2000000` impossible-number: `rate` is 2000000/s, and cannot be more than 1000000/s (choose from 0/s to 1000000/s)",
    ),
    (
        r#"[scenario.traffic]; profile = "diurnel""#,
        r#"4: `"diurnel"` unknown-word: `diurnel` is not a word that `profile` knows (did you mean `diurnal`?)"#,
    ),
    (
        r#"[scenario.traffic]; profile = "diurnal"; mean = 5; swing = "150%"; peak = "30h""#,
        r#"6: `"150%"` impossible-number: `swing` is 150%, and cannot be more than 100% (choose from 0% to 100%) / 7: `"30h"` impossible-number: `peak` is 1d6h, and cannot be more than 1d (choose from 0s to 1d)"#,
    ),
    (
        r#"[scenario.traffic]; profile = "diurnal"; mean = 5; swing = "50%"; peak = "9h"; weekend = "5%""#,
        r"8: `weekend` unknown-key: `weekend` is not a key of [scenario.traffic] (known here: begins, dispersion, mean, peak, profile, swing)",
    ),
    (
        r#"[scenario.traffic]; profile = "weekly"; mean = 5; swing = "50%"; peak = "9h"; begins = "8d"; weekend = "1001%""#,
        r#"8: `"8d"` impossible-number: `begins` is 8d, and cannot be more than 7d (choose from 0s to 7d) / 9: `"1001%"` impossible-number: `weekend` is 1001%, and cannot be more than 1000% (choose from 0% to 1000%)"#,
    ),
    (
        r#"[scenario.traffic]; profile = "ramp"; from = 5; to = nan; at = "1m"; takes = "1m""#,
        r#"6: `nan` impossible-number: `to` must be a rate: this is not a plain number (write it as in `to = "200/s"`)"#,
    ),
    (
        r#"[scenario.traffic]; profile = "step"; from = 5; to = 6; at = "400d""#,
        r#"7: `"400d"` impossible-number: `at` is 400d, and cannot be more than 366d (choose from 0s to 366d)"#,
    ),
    (
        r#"[scenario.traffic]; profile = "burst"; base = 5; peak = 6; at = "1m"; lasts = "5m"; every = "2m""#,
        r#"9: `"2m"` impossible-number: `every` is shorter than `lasts`: bursts would overlap (raise it, or shorten `lasts`)"#,
    ),
    (
        r#"[scenario.traffic]; profile = "burst"; base = 5; peak = 6; at = "1m"; lasts = "0s"; every = "0s""#,
        r#"8: `"0s"` impossible-number: `lasts` is 0s, and cannot be less than 1ms (choose from 1ms to 366d) / 9: `"0s"` impossible-number: `every` is 0s, and cannot be less than 1s (choose from 1s to 366d)"#,
    ),
    (
        r"[scenario.traffic]; dispersion = 11",
        r"4: `11` impossible-number: `dispersion` is 11, and cannot be more than 10 (choose from 0 to 10)",
    ),
    (
        r#"[scenario.traffic]; profile = "recorded""#,
        r"3: `traffic` missing-key: `csv` is missing (add `csv = '''…'''`)",
    ),
    (
        r#"[scenario.traffic]; profile = "recorded"; csv = """#,
        r#"5: `""` wrong-recording: line 1 of `csv`: there is no line with a time and a rate (write lines such as `5m,200/s`, in the order of time)"#,
    ),
    (
        r#"[scenario.traffic]; profile = "recorded"; csv = '''; time,rate; 0,200; 60,; 120,210'''"#,
        r"5: `'''\ntime,rate\n0,200\n60,\n120,210'''` wrong-recording: line 3 of `csv`: there is a gap: the rate is missing (write lines such as `5m,200/s`, in the order of time)",
    ),
    (
        r#"[scenario.traffic]; profile = "recorded"; csv = '''; 0,200; 60,many; 30,nan'''"#,
        r"5: `'''\n0,200\n60,many\n30,nan'''` wrong-recording: line 2 of `csv`: the rate `many`: this is not a plain number (write lines such as `5m,200/s`, in the order of time) / 5: `'''\n0,200\n60,many\n30,nan'''` wrong-recording: line 3 of `csv`: the rate `nan`: this is not a plain number (write lines such as `5m,200/s`, in the order of time)",
    ),
    (
        r#"[scenario.traffic]; profile = "recorded"; csv = '''; 0,200; 60,1; 60,2'''"#,
        r"5: `'''\n0,200\n60,1\n60,2'''` wrong-recording: line 3 of `csv`: the time 1m is not after 1m, the one before (write lines such as `5m,200/s`, in the order of time)",
    ),
];

#[test]
fn a_course_of_the_rate_is_one_that_can_be() {
    check_all(TRAFFIC);
}

const MIX: &[(&str, &str)] = &[
    (
        r#"[[scenario.endpoint]]; name = "a"; share = "70%"; [[scenario.endpoint]]; name = "b"; share = "50%""#,
        r#"8: `"50%"` impossible-number: the shares add up to 120%, not to 100% (write `share = "30%"` here, or change another)"#,
    ),
    (
        r#"[[scenario.endpoint]]; name = "a"; share = "120%""#,
        r#"5: `"120%"` impossible-number: the shares add up to 120%, not to 100% (write `share = "100%"` here, or change another) / 5: `"120%"` impossible-number: `share` is 120%, and cannot be more than 100% (choose from 0% to 100%)"#,
    ),
    (
        r#"[[scenario.cohort]]; name = "a"; share = "70%"; [[scenario.cohort]]; name = "b"; share = "20%""#,
        r#"8: `"20%"` impossible-number: the shares add up to 90%, not to 100% (write `share = "30%"` here, or change another)"#,
    ),
    (
        r#"[[scenario.cohort]]; name = "a"; share = "50%"; [[scenario.cohort]]; name = "a"; share = "50%""#,
        r#"7: `"a"` impossible-number: there are two of the name `a` (rename one)"#,
    ),
    (
        r#"[[scenario.cohort]]; name = ""; share = "100%""#,
        r#"4: `""` impossible-number: `name` must have 1 to 120 characters on one line (shorten it)"#,
    ),
    (
        r#"[[scenario.cohort]]; share = "100%""#,
        r#"3: `[[scenario.cohort]]` missing-key: `name` is missing (add `name = "beta"`)"#,
    ),
    (
        r#"[[scenario.endpoint]]; name = "a"; share = "100%"; latency = 0; errors = "101%"; cpu = -1"#,
        r"8: `-1` impossible-number: `cpu` must be a number: this cannot be below zero (write it as in `cpu = 1.5`)",
    ),
    (
        r#"[[scenario.endpoint]]; name = "a"; share = "100%"; latensy = 2"#,
        r"6: `latensy` unknown-key: `latensy` is not a key of [scenario.endpoint] (did you mean `latency`?)",
    ),
    (
        r#"[scenario.clients]; timeout = "0s"; retries = 256; back_off = "2h"; session = "0s""#,
        r#"4: `"0s"` impossible-number: `timeout` is 0ms, and cannot be less than 0.001ms (choose from 0.001ms to 3600s) / 5: `256` impossible-number: `retries` must be a whole number: this is more than 255 (write it as in `retries = 2`) / 6: `"2h"` impossible-number: `back_off` is 2h, and cannot be more than 1h (choose from 0s to 1h) / 7: `"0s"` impossible-number: `session` is 0s, and cannot be less than 1s (choose from 1s to 30d)"#,
    ),
];

#[test]
fn endpoints_cohorts_and_clients_add_up() {
    check_all(MIX);
}

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
