//! The command as scripts see it: statuses, streams, files.

use expect_test::{Expect, expect};
use std::{
    fs,
    io::{Read as _, Write as _},
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

fn repository() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

fn coalmine(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_coalmine"));
    command.current_dir(repository()).args(args);
    command
}

fn run(args: &[&str]) -> Output {
    coalmine(args).output().expect("the command starts")
}

fn run_with(args: &[&str], input: &str) -> Output {
    let mut child = coalmine(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    let mut stdin = child.stdin.take().expect("it was asked for");
    // A command that ends before it has read everything is judged by its status.
    let _ = stdin.write_all(input.as_bytes());
    drop(stdin);
    child.wait_with_output().expect("the command ends")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("the command writes text")
}

/// A file that is gone when the test is over.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str, content: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        fs::write(&path, content).expect("the scratch place takes files");
        Self(path)
    }

    fn path(&self) -> &str {
        self.0.to_str().expect("the path was text")
    }

    fn read(&self) -> String {
        fs::read_to_string(&self.0).expect("the file is there")
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

#[test]
fn every_example_ends_as_its_story_says() {
    for (file, status, verdict) in [
        ("canary.fz", 0, "Succeeded"),
        ("good-release.coalmine.toml", 0, "Succeeded"),
        (
            "errors-from-the-start.coalmine.toml",
            11,
            "Aborted at 5\u{202f}%",
        ),
        ("errors-at-25.coalmine.toml", 11, "Aborted at 25\u{202f}%"),
        (
            "errors-after-100.coalmine.toml",
            10,
            "Rolled back at 100\u{202f}%",
        ),
        ("slow-release.coalmine.toml", 11, "Aborted at 5\u{202f}%"),
        ("memory-leak.coalmine.toml", 11, "Aborted at 5\u{202f}%"),
        ("slow-leak.coalmine.toml", 0, "Succeeded"),
        ("crash-loop.coalmine.toml", 11, "Aborted at 5\u{202f}%"),
        ("build-failure.coalmine.toml", 12, "Failed after"),
        ("bad-day.coalmine.toml", 0, "Succeeded"),
        ("one-endpoint.coalmine.toml", 11, "Aborted at 5\u{202f}%"),
        ("retry-storm.coalmine.toml", 11, "Aborted at 5\u{202f}%"),
        (
            "manual-abort.coalmine.toml",
            11,
            "Aborted 5\u{202f}min into the run: aborted by a person",
        ),
    ] {
        let output = run(&["run", &format!("examples/{file}")]);
        let log = text(&output.stdout);
        let last = log.lines().last().unwrap();
        assert_eq!(output.status.code(), Some(status), "{file}: {last}");
        assert!(last.starts_with(verdict), "{file}: {last}");
        assert_eq!(text(&output.stderr), "");
    }
}

#[test]
fn every_example_is_tested_formatted_and_lints_without_errors() {
    let tested = include_str!("command.rs");
    let files = |folder: &str| {
        let entries = fs::read_dir(repository().join(folder)).unwrap();
        let files = entries.filter(|entry| entry.as_ref().unwrap().path().is_file());
        let named = files.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        named
            .map(|name| (format!("{folder}/{name}"), name))
            .collect::<Vec<_>>()
    };
    let examples = files("examples");
    for (_, name) in &examples {
        assert!(tested.contains(&format!("\"{name}\"")), "{name}");
    }
    // What runs of templates come to is tested where they are.
    for (file, _) in examples.into_iter().chain(files("examples/templates")) {
        assert_eq!(run(&["lint", &file]).status.code(), Some(0), "{file}");
        assert_eq!(
            run(&["fmt", "--check", &file]).status.code(),
            Some(0),
            "{file}"
        );
    }
}

#[test]
fn the_json_trace_is_one_object_a_line_and_the_same_every_time() {
    let args = [
        "run",
        "examples/errors-at-25.coalmine.toml",
        "--format",
        "json",
    ];
    let output = run(&args);
    assert_eq!(output.stdout, run(&args).stdout);
    let trace = text(&output.stdout);
    let lines: Vec<&str> = trace.lines().collect();
    let (first, last) = (lines[0], lines[lines.len() - 1]);
    assert!(
        first.starts_with(r#"{"schema":"coalmine.trace/1","version":"#),
        "{first}"
    );
    assert!(last.starts_with(r#"{"verdict":"aborted","#), "{last}");
    assert!(
        lines
            .iter()
            .all(|line| line.starts_with('{') && line.ends_with('}'))
    );
    let times: Vec<u64> = lines[1..lines.len() - 1]
        .iter()
        .map(|line| {
            let at = line.strip_prefix(r#"{"at_ms":"#).unwrap();
            at.split(',').next().unwrap().parse().unwrap()
        })
        .collect();
    assert!(times.is_sorted());
    assert!(trace.contains(r#""event":"decided","node":"n12","verdict":"fail""#));
}

#[test]
fn another_seed_gives_another_run() {
    let args = ["run", "examples/canary.fz", "--format", "json", "--seed"];
    let hash = |seed: &str| {
        let output = run(&[&args[..], &[seed]].concat());
        let trace = text(&output.stdout);
        trace.split("trace_hash").nth(1).unwrap().to_owned()
    };
    assert_eq!(hash("7"), hash("7"));
    assert_ne!(hash("7"), hash("18446744073709551615"));
    assert_eq!(
        run(&["run", "examples/canary.fz", "--seed", "-1"])
            .status
            .code(),
        Some(2)
    );
}

#[test]
fn a_file_and_standard_input_are_the_same() {
    let file = "examples/manual-abort.coalmine.toml";
    let project = fs::read_to_string(repository().join(file)).unwrap();
    let from_input = run_with(&["run", "-"], &project);
    assert_eq!(from_input.stdout, run(&["run", file]).stdout);
    assert_eq!(from_input.status.code(), Some(11));
}

fn check_lint(input: &str, status: i32, expected: &Expect) {
    let output = run_with(&["lint", "-"], input);
    expected.assert_eq(&text(&output.stdout));
    assert_eq!(output.status.code(), Some(status));
}

#[test]
fn faults_of_a_project_are_shown_at_their_place() {
    check_lint(
        "schema = 1\nflow = ''\n[policy]\nwindwo = \"5m\"\nwindow = \"-5m\"\n[scenario]\nrate = true\n",
        2,
        &expect![[r#"
            error[unknown-key]: `windwo` is not a key of [policy]
             --> stdin:4:1
              |
            4 | windwo = "5m"
              | ^^^^^^
              |
            help: did you mean `window`?
              |
            4 - windwo = "5m"
            4 + window = "5m"
              |

            error[impossible-number]: `window` must be a duration: this cannot be below zero
             --> stdin:5:10
              |
            5 | window = "-5m"
              |          ^^^^^
              |
              = help: write it as in `window = "5m"`

            error[wrong-type]: `rate` must be a rate, not true or false
             --> stdin:7:8
              |
            7 | rate = true
              |        ^^^^
              |
              = help: write it as in `rate = "200/s"`

        "#]],
    );
}

#[test]
fn faults_of_a_flow_are_shown_in_its_project() {
    check_lint(
        "schema = 1\nflow = '''\nA {\nn1: circl label:\"Start\"\n}\n'''\n",
        2,
        &expect![[r#"
            warning[orphan-node]: no edge leads to `n1` or away from it
             --> stdin:4:1
              |
            4 | n1: circl label:"Start"
              | ^^^^^^^^^^^^^^^^^^^^^^^
              |
              = help: connect it, or remove it

            error[dead-end]: n1 (Start) leads nowhere and is not an end
             --> stdin:4:1
              |
            4 | n1: circl label:"Start"
              | ^^^^^^^^^^^^^^^^^^^^^^^
              |
              = help: lead it on, in the end to a circle labelled "End"

            warning[no-end]: no path leads to an end
             --> stdin:4:1
              |
            4 | n1: circl label:"Start"
              | ^^^^^^^^^^^^^^^^^^^^^^^
              |
              = help: lead one to a circle labelled "End"

            error[unknown-shape]: `circl` is no shape: there are circle, rectangle, diamond and taskbox
             --> stdin:4:5
              |
            4 | n1: circl label:"Start"
              |     ^^^^^
              |
            help: write `circle`
              |
            4 | n1: circle label:"Start"
              |          +

        "#]],
    );
}

#[test]
fn wrong_input_of_any_kind_is_told_with_status_2() {
    let not_text = Scratch::new("not-text.fz", "");
    fs::write(&not_text.0, [0xff, 0xfe, 0x00]).unwrap();
    for args in [
        &["run", "no-such-file.fz"][..],
        &["run", not_text.path()],
        &["run", "."],
        &["lint", "no-such-file.fz"],
        &["fmt", "no-such-file.fz"],
        &["render", "examples/canary.fz", "-o", "no/such/place.svg"],
        &["render", "examples/canary.fz"],
        &["run"],
        &["run", "examples/canary.fz", "--format", "xml"],
        &["dance"],
        &[],
    ] {
        let output = run(args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert_ne!(text(&output.stderr), "", "{args:?}");
    }
    for input in [
        "",
        "\u{feff}",
        "schema = 1",
        "nonsense",
        "[[[[[",
        "A {\nn1: circle\n}\n",
    ] {
        for command in ["run", "lint"] {
            let output = run_with(&[command, "-"], input);
            assert_eq!(output.status.code(), Some(2), "{command} {input:?}");
            assert_ne!(text(&output.stdout), "", "{command} {input:?}");
        }
    }
}

#[test]
fn lint_as_json_is_one_object_a_line() {
    let output = run_with(
        &["lint", "-", "--format", "json"],
        "schema = 1\nflow = ''\nsede = 3\n",
    );
    expect![[r#"
        {"file":"stdin","line":3,"column":1,"end_line":3,"end_column":5,"severity":"error","code":"unknown-key","message":"`sede` is not a key of the file","suggestion":"did you mean `seed`?","fix":{"title":"write `seed`","start":21,"end":25,"replacement":"seed"}}
    "#]].assert_eq(&text(&output.stdout));
}

#[test]
fn formatting_touches_nothing_but_the_flow() {
    let untidy = "# mine\nschema   = 1\nflow = '''\nA   { # Lane\nn1:  circle   label:\"Start\"\n}\n''' # keep\nseed=8\n";
    let file = Scratch::new("untidy.coalmine.toml", untidy);
    assert_eq!(run(&["fmt", "--check", file.path()]).status.code(), Some(1));
    assert_eq!(file.read(), untidy);
    assert_eq!(run(&["fmt", file.path()]).status.code(), Some(0));
    expect![[r#"
        # mine
        schema   = 1
        flow = '''
        A { # Lane
        n1: circle label:"Start"
        }
        ''' # keep
        seed=8
    "#]]
    .assert_eq(&file.read());
    assert_eq!(run(&["fmt", "--check", file.path()]).status.code(), Some(0));
    let output = run_with(&["fmt", "-"], untidy);
    assert_eq!(text(&output.stdout), file.read());
}

#[test]
fn a_picture_stands_alone() {
    let file = Scratch::new("canary.svg", "");
    let output = run(&["render", "examples/canary.fz", "-o", file.path()]);
    assert_eq!(output.status.code(), Some(0));
    let svg = file.read();
    assert!(svg.starts_with("<svg "));
    assert!(svg.contains("--ground"));
    assert!(svg.contains("Metrics"));
    let output = run(&["render", "examples/good-release.coalmine.toml", "-o", "-"]);
    // All but what was put away inside: the projects have names of their own.
    let drawn = |svg: &str| {
        let (before, behind) = svg.split_once("<metadata").expect("the project is inside");
        let (_, behind) = behind.split_once("</metadata>").expect("it is whole");
        format!("{before}{behind}")
    };
    assert_eq!(drawn(&text(&output.stdout)), drawn(&svg));
}

#[test]
fn a_reader_that_goes_away_does_no_harm() {
    let mut child = coalmine(&[
        "run",
        "examples/manual-abort.coalmine.toml",
        "--format",
        "json",
    ])
    .stdout(Stdio::piped())
    .stderr(Stdio::piped())
    .spawn()
    .unwrap();
    drop(child.stdout.take());
    let mut complaints = String::new();
    child
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut complaints)
        .unwrap();
    assert_eq!(complaints, "");
    assert_eq!(child.wait().unwrap().code(), Some(11));
}
