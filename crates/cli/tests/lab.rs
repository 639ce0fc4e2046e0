//! The lab on the command line: the same bytes however many threads, and an answer for whatever was asked.

use std::{
    path::Path,
    process::{Command, Output},
};

fn coalmine(args: &[&str]) -> Output {
    let repository = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    let mut command = Command::new(env!("CARGO_BIN_EXE_coalmine"));
    command.current_dir(repository).args(args);
    command.output().expect("the command starts")
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("the command writes text")
}

fn complained(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("the command writes text")
}

const SMALL: [&str; 4] = [
    "ensemble",
    "examples/errors-at-25.coalmine.toml",
    "-n",
    "60",
];

#[test]
fn an_ensemble_says_the_same_with_one_thread_and_with_many() {
    for format in ["text", "json", "csv"] {
        let with = |threads| {
            let more = ["--format", format, "--threads", threads];
            let output = coalmine(&[SMALL.as_slice(), &more].concat());
            assert_eq!(output.status.code(), Some(0));
            assert_eq!(complained(&output), "", "no bar where nobody looks");
            said(&output)
        };
        let one = with("1");
        assert_eq!(with("3"), one);
        assert!(one.contains("without its faults"), "{one}");
    }
}

#[test]
fn an_ensemble_tells_false_alarms_misses_and_what_stopped_them() {
    let told = said(&coalmine(&SMALL));
    let told = told.replace('\u{202f}', " ");
    for part in [
        "120 rollouts of 2 releases, seed 7",
        "False alarms  0 of 60  0.0 %  0.0 % to 6.0 %",
        "Misses        0 of 60",
        "n12 error rate (100.0 %)",
        "time to detect",
        "No run went this way:",
    ] {
        assert!(told.contains(part), "{part} is missing in\n{told}");
    }
}

#[test]
fn what_cannot_be_is_refused_with_its_reason() {
    for (more, says) in [
        (
            ["-n", "0"],
            "error: --rollouts: no rollouts say nothing: ask for at least 1\n",
        ),
        (
            ["--precision", "0%"],
            "error: --precision: no number of rollouts makes an interval ±0 wide: ask for more than 0, as in 0.01\n",
        ),
        (
            ["--precision", "NaN%"],
            "error: --precision: `NaN%`: this is not a plain number\n",
        ),
    ] {
        let output = coalmine(&[&["ensemble", "examples/canary.fz"], more.as_slice()].concat());
        assert_eq!(output.status.code(), Some(2));
        assert_eq!(complained(&output), says);
        assert_eq!(said(&output), "");
    }
    let missing = coalmine(&["ensemble", "no-such-file.fz"]);
    assert_eq!(missing.status.code(), Some(2));
}

/// A path in the scratch place, gone when the test is over.
struct Scratch(String);

impl Scratch {
    fn new(name: &str) -> Self {
        Self(format!("{}/{name}", env!("CARGO_TARGET_TMPDIR")))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

#[test]
fn merged_shards_say_exactly_what_one_machine_says() {
    let files = ["one.part", "two.part", "three.part"].map(Scratch::new);
    for (file, shard) in files.iter().zip(["1/3", "2/3", "3/3"]) {
        let output = coalmine(&[&SMALL, ["--shard", shard, "-o", &file.0].as_slice()].concat());
        assert_eq!(output.status.code(), Some(0), "{}", complained(&output));
        assert_eq!(said(&output), "");
    }
    let paths: Vec<&str> = files.iter().rev().map(|file| &*file.0).collect();
    for format in ["text", "json", "csv"] {
        let whole = coalmine(&[SMALL.as_slice(), &["--format", format]].concat());
        let merged = coalmine(&[&["merge", "--format", format], paths.as_slice()].concat());
        assert_eq!(said(&merged), said(&whole));
    }
    for (parts, says) in [
        (
            &paths[..2],
            "error: not all shards are here: run the missing ones, 1/3\n",
        ),
        (
            &[paths[0], paths[0]],
            "error: parts 1 and 2 are the same shard, which would count twice: leave one out\n",
        ),
        (
            &["Cargo.toml"],
            "error: Cargo.toml is not a part that this build wrote: run its shard again with this `coalmine`\n",
        ),
    ] {
        let output = coalmine(&[&["merge"], parts].concat());
        assert_eq!(output.status.code(), Some(2));
        assert_eq!(complained(&output), says);
    }
    let wrong = coalmine(&[SMALL.as_slice(), &["--shard", "4/3", "-o", "x"]].concat());
    assert_eq!(
        complained(&wrong),
        "error: --shard: `4/3` is no part of a whole: write K/N with K from 1 to N, as in 1/4\n"
    );
}

const SWEEP: [&str; 8] = [
    "sweep",
    "examples/errors-at-25.coalmine.toml",
    "-n",
    "50",
    "--turn",
    "error-rate=0.5%..10%/4log",
    "--turn",
    "errors=0.5%,1%,5%",
];

#[test]
fn a_sweep_is_a_heat_map_with_its_target_marked_whole_or_in_shards() {
    let told = said(&coalmine(&SWEEP));
    let told = told.replace('\u{202f}', " ");
    for part in [
        "1,200 rollouts in 12 cells, seed 7",
        "Misses, by bound of error rate (down) and errors of the bad release (across)",
        "0.5 %",
        "* false alarms and misses are both at most 5.0 %",
    ] {
        assert!(told.contains(part), "{part} is missing in\n{told}");
    }
    let files = ["sweep-one.part", "sweep-two.part"].map(Scratch::new);
    for (file, shard) in files.iter().zip(["1/2", "2/2"]) {
        let output = coalmine(&[&SWEEP, ["--shard", shard, "-o", &file.0].as_slice()].concat());
        assert_eq!(output.status.code(), Some(0), "{}", complained(&output));
    }
    for format in ["text", "json", "csv"] {
        let whole = coalmine(&[&SWEEP, ["--format", format].as_slice()].concat());
        let merged = coalmine(&["merge", "--format", format, &files[1].0, &files[0].0]);
        assert_eq!(said(&merged), said(&whole));
    }
}

#[test]
fn a_grid_that_takes_too_long_is_asked_about_and_one_that_is_none_refused() {
    for (turn, more, says) in [
        (
            "error-rate=0.1%..10%/40",
            ["--turn", "traffic=10/s..400/s/40"].as_slice(),
            "1,600 cells are 11,200,000,000 rollouts in 280,000,000 worlds, which take about ",
        ),
        ("error-rate=0.1%..10%/3000", &[], "3000 cells are too many"),
        ("window@n1=5m", &[], "n1 does not observe"),
        (
            "step@n6=5%",
            &["--turn", "step@n6=6%"],
            "step at n6 is turned twice",
        ),
        ("traffic=", &[], "this is not a plain number"),
    ] {
        let args = [
            "sweep",
            "examples/canary.fz",
            "-n",
            "1000000",
            "--turn",
            turn,
        ];
        let output = coalmine(&[&args, more].concat());
        assert_eq!(output.status.code(), Some(2));
        assert!(
            complained(&output).contains(says),
            "{}",
            complained(&output)
        );
    }
}

#[test]
fn a_comparison_tells_differences_and_the_moment_at_which_runs_part() {
    let args = [
        "compare",
        "examples/errors-at-25.coalmine.toml",
        "-n",
        "50",
        "--with",
        "window=7m",
    ];
    let told = said(&coalmine(&args)).replace('\u{202f}', " ");
    for part in [
        "200 rollouts of 2 policies on the same seeds, seed 7",
        "window=7m against examples/errors-at-25.coalmine.toml",
        "time to promote",
        "50 of 50 runs differ. With seed 7, first at ",
    ] {
        assert!(told.contains(part), "{part} is missing in\n{told}");
    }
    for (more, says) in [
        ([].as_slice(), "1 cannot be compared"),
        (&["--with", "traffic=10/s"], "this turns the world"),
        (&["--with", "window=1m,2m"], "write a number and its values"),
        (
            &[
                "examples/canary.fz",
                "examples/canary.fz",
                "examples/canary.fz",
                "--with",
                "window=1m",
            ],
            "5 cannot be compared",
        ),
    ] {
        let output = coalmine(&[&["compare", "examples/canary.fz", "-n", "10"], more].concat());
        assert_eq!(output.status.code(), Some(2), "{}", said(&output));
        assert!(
            complained(&output).contains(says),
            "{}",
            complained(&output)
        );
    }
}
