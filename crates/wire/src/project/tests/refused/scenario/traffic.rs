//! Courses of the rate, and who asks for what.

use super::*;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

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

#[test]
fn too_many_kinds_of_requests_are_told_with_what_limits_them() {
    assert_eq!(
        first(&(parts("endpoint", 26) + &parts("cohort", 40))),
        "26 endpoints with 40 cohorts make 1040 kinds of requests, more than 1000"
    );
    assert_eq!(
        first(&parts("cohort", 256)),
        "there are more than 255 of these"
    );
    let kinds = parts("endpoint", 25) + &parts("cohort", 40);
    let text = format!("schema = 1\nflow = ''\n{kinds}");
    assert_eq!(Project::parse(&text).map(|_| ()), Ok(()));
}
