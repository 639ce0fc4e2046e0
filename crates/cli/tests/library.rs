//! Failures, stories and recorded traffic as scripts put them into a run, and the truth that it tells afterwards.

use expect_test::{Expect, expect};
use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

fn run(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_coalmine"))
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."))
        .args(args)
        .output()
        .expect("the command starts")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("the command writes text")
}

/// A place for a file of this test alone.
fn scratch(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(name)
}

fn path(path: &Path) -> &str {
    path.to_str().expect("the path was text")
}

fn hash(output: &Output) -> String {
    let trace = text(&output.stdout);
    let (_, hash) = trace.rsplit_once("trace_hash").expect("there is a verdict");
    hash.to_owned()
}

#[test]
fn failures_and_stories_are_listed_for_people_and_for_programs() {
    let first = |args: &[&str], count: usize, expected: &Expect| {
        let output = run(args);
        assert_eq!(output.status.code(), Some(0), "{args:?}");
        let list = text(&output.stdout);
        assert_eq!(list.lines().count(), count, "{list}");
        expected.assert_eq(list.lines().next().unwrap());
    };
    first(
        &["failures"],
        23,
        &expect![
            "error-rate         canary                 One request in twenty fails on the canary, at once and for good."
        ],
    );
    first(
        &["failures", "--format", "json"],
        23,
        &expect![[
            r#"{"id":"error-rate","name":"Error-rate rise","says":"One request in twenty fails on the canary, at once and for good.","kind":"error-rate","target":"canary","reach":"all"}"#
        ]],
    );
    first(
        &["stories"],
        8,
        &expect![
            "bad-day          Good release on a bad day: Nothing is wrong with the release, but while it rolls out a dependency fails and traffic surges."
        ],
    );
    first(
        &["stories", "--format", "json"],
        8,
        &expect![[
            r#"{"id":"bad-day","name":"Good release on a bad day","says":"Nothing is wrong with the release, but while it rolls out a dependency fails and traffic surges."}"#
        ]],
    );
}

#[test]
fn the_description_lists_the_same_failures_and_stories() {
    let described = include_str!("../../../docs/failures.md");
    let mut rows = 0;
    for list in ["failures", "stories"] {
        for line in text(&run(&[list, "--format", "json"]).stdout).lines() {
            let of = |key: &str| {
                let (_, value) = line.split_once(&format!("\"{key}\":\"")).expect(key);
                value.split('"').next().expect(key)
            };
            let (id, name, says) = (of("id"), of("name"), of("says"));
            let row = format!("| `{id}` | {name} | ");
            assert!(
                described
                    .lines()
                    .any(|it| it.starts_with(&row) && it.contains(says)),
                "{row}{says}"
            );
            rows += 1;
        }
    }
    assert_eq!(described.matches("\n| `").count(), rows);
}

#[test]
fn what_is_injected_can_be_saved_and_is_the_same_run_then() {
    for (name, args) in [
        (
            "failures",
            &["--failure", "one-endpoint", "noisy-neighbour"][..],
        ),
        ("story", &["--story", "avalanche", "--seed", "8"]),
        ("both", &["--failure", "scrape-gap", "--story", "morning"]),
    ] {
        let file = scratch(&format!("saved-{name}.coalmine.toml"));
        let common = ["run", "examples/canary.fz", "--format", "json"];
        let all = [&common[..], args, &["--write", path(&file)]].concat();
        let injected = run(&all);
        assert_eq!(text(&injected.stderr), "", "{name}");
        let saved = run(&["run", path(&file), "--format", "json"]);
        assert_eq!(hash(&injected), hash(&saved), "{name}");
        assert_ne!(hash(&injected), hash(&run(&common)), "{name}");
    }
}

#[test]
fn the_file_may_stand_before_or_behind_the_failures() {
    const FILE: &str = "examples/canary.fz";
    let json = ["--format", "json"];
    let before = run(&[&["run", FILE, "--failure", "surge", "latency"], &json[..]].concat());
    for args in [
        &["--failure", "surge", "latency", FILE][..],
        &["--failure", "surge", "--failure", "latency", FILE],
        &["--failure", "surge", "latency", "--", FILE],
    ] {
        let behind = run(&[&["run"], &json[..], args].concat());
        assert_eq!(hash(&behind), hash(&before), "{args:?}");
    }
}

#[test]
fn a_name_that_nothing_has_is_told_with_what_was_meant() {
    for (args, said) in [
        (
            &["--failure", "latencyy"][..],
            "error: there is no failure `latencyy`: did you mean `latency`?\n",
        ),
        (
            &["--story", "godzilla"],
            "error: there is no story `godzilla`: `coalmine stories` lists them\n",
        ),
    ] {
        let output = run(&[&["run", "examples/canary.fz"], args].concat());
        assert_eq!(output.status.code(), Some(2));
        assert_eq!(text(&output.stderr), said);
        assert_eq!(text(&output.stdout), "");
    }
}

#[test]
fn a_failure_of_a_part_that_the_project_lacks_is_refused() {
    let file = scratch("one-endpoint-only.coalmine.toml");
    let text_of =
        "schema = 1\nflow = ''\n[[scenario.endpoint]]\nname = \"all\"\nshare = \"100%\"\n";
    fs::write(&file, text_of).expect("the scratch place takes files");
    let output = run(&["run", path(&file), "--failure", "one-endpoint"]);
    assert_eq!(output.status.code(), Some(2));
    let said = text(&output.stdout);
    assert!(said.contains("there is no endpoint 2, only 1"), "{said}");
}

#[test]
fn recorded_traffic_is_replayed_and_saved() {
    let csv = scratch("recorded.csv");
    let file = scratch("recorded.coalmine.toml");
    fs::write(&csv, "time,rate\n0,50\n600,400\n1200,80\n").expect("the scratch place takes files");
    let args = ["run", "examples/canary.fz", "--format", "json"];
    let replayed = run(&[
        &args[..],
        &["--traffic", path(&csv), "--write", path(&file)],
    ]
    .concat());
    assert_eq!(text(&replayed.stderr), "");
    let saved = fs::read_to_string(&file).expect("it was written");
    let csv_in_file = "csv = '''\ntime,rate\n0s,50/s\n10m,400/s\n20m,80/s\n'''\n";
    assert!(saved.contains(csv_in_file), "{saved}");
    let again = run(&["run", path(&file), "--format", "json"]);
    assert_eq!(hash(&replayed), hash(&again));
    // About as many requests a second as were recorded.
    let trace = text(&replayed.stdout);
    let sent = |at: &str| -> f64 {
        let line = trace.lines().find(|it| it.contains(at)).expect(at);
        let sent = line.split("\"sent\":").skip(1);
        sent.map(|it| it.split(',').next().unwrap().parse::<f64>().unwrap())
            .sum::<f64>()
            / 5.0
    };
    for (at, rate) in [
        ("\"at_ms\":5000,\"event\":\"sample\"", 50.0),
        ("\"at_ms\":600000,\"event\":\"sample\"", 399.0),
    ] {
        assert!((sent(at) / rate - 1.0).abs() < 0.2, "{at}: {}", sent(at));
    }
}

#[test]
fn a_recording_with_a_gap_or_letters_is_refused_at_its_place() {
    let csv = scratch("gap.csv");
    fs::write(&csv, "time,rate\n0,50\n60,\n120,many\n").expect("the scratch place takes files");
    let output = run(&[
        "run",
        "examples/canary.fz",
        "--format",
        "json",
        "--traffic",
        path(&csv),
    ]);
    assert_eq!(output.status.code(), Some(2));
    let said = text(&output.stdout).replace(path(&csv), "gap.csv");
    expect![[r#"
        {"file":"gap.csv","line":3,"column":1,"end_line":3,"end_column":4,"severity":"error","code":"wrong-recording","message":"there is a gap: the rate is missing","suggestion":"write lines such as `5m,200/s`, in the order of time","fix":null}
        {"file":"gap.csv","line":4,"column":1,"end_line":4,"end_column":9,"severity":"error","code":"wrong-recording","message":"the rate `many`: this is not a plain number","suggestion":"write lines such as `5m,200/s`, in the order of time","fix":null}
    "#]].assert_eq(&said);
    let missing = run(&["run", "examples/canary.fz", "--traffic", "no-such.csv"]);
    assert_eq!(missing.status.code(), Some(2));
    assert!(text(&missing.stderr).contains("cannot read no-such.csv"));
}

#[test]
fn the_truth_stands_above_the_verdict_and_in_the_trace() {
    let log = text(&run(&["run", "examples/one-endpoint.coalmine.toml"]).stdout);
    let (_, truth) = log.split_once("the tail is over\n\n").expect("it ended");
    expect![[r"
              stable  true error rate 0.2 % on average, true p99 up to 341 ms
              canary  true error rate 0.86 % on average, true p99 up to 341 ms
            exposure  14,922, of these bad 143 (0.96 %)
            requests  1,065,170, of these bad 3,916 (0.37 %)
        error budget  73.53 % of it burned, for 99.5 % good requests
                  86  bad: 22 % more errors on canary, endpoint checkout, from 0 s on
               3,830  bad: as on a plain day
        Aborted at 5 % after 5 min; 86 requests went bad that would have been fine.
    "]]
    .assert_eq(truth);
    let trace = text(
        &run(&[
            "run",
            "examples/one-endpoint.coalmine.toml",
            "--format",
            "json",
        ])
        .stdout,
    );
    for part in [
        "\"event\":\"sample\"",
        "\"true_error_rate\":0.0",
        "\"true_latency_p99\":0.",
        "\"metric\":\"orders\"",
        "\"bad_by_cause\":{\"faults\":[",
        "\"fault_onsets_ms\":[0]",
        "\"budget_burned\":0.",
    ] {
        assert!(trace.contains(part), "{part}");
    }
    let times: Vec<u64> = trace
        .lines()
        .filter_map(|line| line.strip_prefix("{\"at_ms\":"))
        .map(|line| line.split(',').next().unwrap().parse().unwrap())
        .collect();
    assert!(times.is_sorted());
}
