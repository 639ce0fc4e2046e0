//! What is refused, at which place, and with which suggestion.

mod scenario;

use super::said;
use crate::Project;
use expect_test::{Expect, expect};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn check_refused(text: &str, expected: &Expect) {
    let text = text.trim_start();
    let text = format!("schema = 1\nflow = ''\n{text}");
    let diagnostics = Project::parse(&text).expect_err("refused");
    expected.assert_eq(&said(&text, &diagnostics));
}

#[test]
fn unknown_keys_are_refused_with_what_was_meant() {
    check_refused(
        "nme = \"x\"\n[policy]\nwindwo = \"5m\"\n[[policy.check]]\nmetric = \"cpu\"\nbelow = \"80%\"\ncolour = 3\n[scenaro]\n",
        &expect![[r"
            3: `nme` unknown-key: `nme` is not a key of the file (did you mean `name`?)
            5: `windwo` unknown-key: `windwo` is not a key of [policy] (did you mean `window`?)
            9: `colour` unknown-key: `colour` is not a key of [policy.check] (known here: above, above_stable_plus, above_stable_times, below, below_stable_plus, below_stable_times, metric, min_requests, no_data, window)
            10: `scenaro` unknown-key: `scenaro` is not a key of the file (did you mean `scenario`?)
        "]],
    );
}

#[test]
fn unknown_words_are_refused_with_what_was_meant() {
    check_refused(
        "[policy]\ninconclusive = \"nope\"\n[[policy.check]]\nmetric = \"eror-rate\"\nbelow = \"1%\"\n[[scenario.fault]]\nkind = \"latencyy\"\nsize = \"5%\"\n[policy.node.gate]\n",
        &expect![[r#"
            4: `"nope"` unknown-word: `nope` is not a word that `inconclusive` knows (one of: no, yes)
            6: `"eror-rate"` unknown-word: `eror-rate` is not a word that `metric` knows (did you mean `error-rate`?)
            9: `"latencyy"` unknown-word: `latencyy` is not a word that `kind` knows (did you mean `latency`?)
            11: `gate` not-a-node: `gate` is not the id of a node (write it as in `[policy.node.n12]`)
        "#]],
    );
}

#[test]
fn wrong_types_are_refused_with_an_example() {
    check_refused(
        "seed = true\nname = 3\n[policy]\nwindow = 5\nextensions = \"1\"\ncheck = 3\nnode = []\n[scenario]\nstable = \"x\"\nrate = []\n[[scenario.fault]]\nkind = \"error-rate\"\nsize = 0.05\n",
        &expect![[r#"
            3: `true` wrong-type: `seed` must be a whole number, not true or false (write it as in `seed = 7`)
            4: `3` wrong-type: `name` must be a string, not an integer (write it as in `name = "checkout-api"`)
            6: `5` wrong-type: `window` must be a duration, not an integer (write it as in `window = "5m"`)
            7: `"1"` wrong-type: `extensions` must be a whole number, not a string (write it as in `extensions = 1`)
            8: `3` wrong-type: `check` must be a list of tables, not an integer (write it as in `[[policy.check]]`)
            9: `[]` wrong-type: `node` must be a table, not a list (write it as in `[policy.node]`)
            11: `"x"` wrong-type: `stable` must be a table, not a string (write it as in `[scenario.stable]`)
            12: `[]` wrong-type: `rate` must be a rate, not a list (write it as in `rate = "200/s"`)
            15: `0.05` wrong-type: `size` must be a percentage, not a number with a point (write it as in `size = "5%"`)
        "#]],
    );
}

#[test]
fn impossible_numbers_are_refused_with_what_is_possible() {
    check_refused(
        "[policy]\nwindow = \"-5m\"\nextensions = 300\n[[policy.check]]\nmetric = \"error-rate\"\nbelow = \"150%\"\n[scenario]\nrate = nan\nlimit = \"400d\"\n[scenario.platform]\nreplicas = 0\nscrape = \"0s\"\n[scenario.stable]\nerror_rate = \"101%\"\nlatency_sigma = inf\n[[scenario.fault]]\nkind = \"latency\"\nsize = \"100%\"\nstart = \"at 120%\"\n",
        &expect![[r#"
            4: `"-5m"` impossible-number: `window` must be a duration: this cannot be below zero (write it as in `window = "5m"`)
            5: `300` impossible-number: `extensions` must be a whole number: this is more than 255 (write it as in `extensions = 1`)
            8: `"150%"` impossible-number: `below` is 150%, and cannot be more than 100% (choose from 0% to 100%)
            10: `nan` impossible-number: `rate` must be a rate: this is not a plain number (write it as in `rate = "200/s"`)
            11: `"400d"` impossible-number: `limit` is 400d, and cannot be more than 366d (choose from 1m to 366d)
            13: `0` impossible-number: `replicas` is 0, and cannot be less than 1 (choose from 1 to 10,000)
            14: `"0s"` impossible-number: `scrape` is 0s, and cannot be less than 1s (choose from 1s to 5m)
            16: `"101%"` impossible-number: `error_rate` is 101%, and cannot be more than 100% (choose from 0% to 100%)
            17: `inf` impossible-number: `latency_sigma` must be a number: this is not a plain number (write it as in `latency_sigma = 0.5`)
            21: `"at 120%"` impossible-number: `start` must be an instant or a share of traffic: this is more than 100% (write it as in `start = "at 25%"`)
        "#]],
    );
}

#[test]
fn a_year_of_close_scrapes_is_refused_with_what_limits_it() {
    check_refused(
        "[scenario]\nlimit = \"365d\"\n[scenario.platform]\nscrape = \"1s\"\n",
        &expect![[r#"
            6: `"1s"` impossible-number: a run as long as `limit` and `tail` allow would have 31,536,600 scrapes, more than 10,000,000 (scrape less often, or lower `limit`)
        "#]],
    );
}

#[test]
fn a_check_has_exactly_one_bound() {
    check_refused(
        "[[policy.check]]\nmetric = \"cpu\"\n[[policy.check]]\nmetric = \"cpu\"\nbelow = \"80%\"\nabove = \"1%\"\n[[policy.check]]\nbelow = \"1%\"\n[[policy.trigger]]\nmetric = \"error-rate\"\nbelow = \"1s\"\n",
        &expect![[r#"
            3: `[[policy.check]]` missing-key: the bound is missing: what is healthy? (add `below = "80%"`)
            8: `above` two-bounds: `above` stands beside `below`, and there can be only one bound (keep one of the two, or write a second [[policy.check]])
            9: `[[policy.check]]` missing-key: `metric` is missing (add `metric = "error-rate"`)
            11: `[[policy.trigger]]` missing-key: `window` is missing (add `window = "30s"`)
            13: `"1s"` impossible-number: `below` must be a percentage: the unit is missing: one of % (write it as in `below = "1%"`)
        "#]],
    );
}

#[test]
fn a_failing_build_has_no_size() {
    check_refused(
        "[[scenario.fault]]\nkind = \"build-failure\"\nsize = \"5%\"\ntarget = \"canary\"\n",
        &expect![[r"
            5: `size` meaningless-key: `size` says nothing about a failure of the pipeline (leave the line out)
            6: `target` meaningless-key: `target` says nothing about a failure of the pipeline (leave the line out)
        "]],
    );
}

#[test]
fn broken_toml_is_told_with_its_place() {
    check_refused(
        "[policy\nwindow = \"5m\"\nextensions = = 3\nwindwo = 5\nwindow = \"6m\"\n",
        &expect![[r"
            3: `` toml-syntax: unclosed table, expected `]` (-)
            5: `=` toml-syntax: extra `=`, expected nothing (-)
            5: `` toml-syntax: unexpected key or value, expected newline, `#` (-)
        "]],
    );
}

#[test]
fn a_file_without_schema_or_flow_says_so_at_once() {
    let diagnostics = Project::parse("seed = 1\n").unwrap_err();
    expect![[r"
        1: `` missing-key: `schema` is missing (add `schema = 1`)
        1: `` missing-key: `flow` is missing (add `flow = '''…'''`)
    "]]
    .assert_eq(&said("seed = 1\n", &diagnostics));
}

#[test]
fn a_newer_schema_is_refused_before_its_keys_are_judged() {
    let text = "schema = 2\nflow = ''\nwarp = 9\n";
    expect![[r"
        1: `2` unknown-schema: this file is not of schema 1, the one that this version reads (open it with a newer version)
    "]]
    .assert_eq(&said(text, &Project::parse(text).unwrap_err()));
}
