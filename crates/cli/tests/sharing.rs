//! Ways out of the command that are ways in again: pictures, films and links.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

const EXAMPLE: &str = "examples/errors-at-25.coalmine.toml";

fn run(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_coalmine"))
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."))
        .args(args)
        .output()
        .expect("the command starts")
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("the command writes text")
}

fn complained(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("the command writes text")
}

/// A place for a file of this test alone.
fn scratch(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(name)
}

/// What a run of this says.
fn trace(file: &str) -> String {
    let output = run(&["run", file, "--format", "json"]);
    assert_eq!(output.status.code(), Some(11), "{}", complained(&output));
    said(&output)
}

#[test]
fn pictures_films_and_links_run_as_what_is_in_them() {
    let original = trace(EXAMPLE);
    for command in ["render", "film"] {
        let file = scratch(&format!("shared-{command}.svg"));
        let path = file.to_str().expect("the path was text");
        let output = run(&[command, EXAMPLE, "-o", path]);
        assert_eq!(output.status.code(), Some(0), "{}", complained(&output));
        assert_eq!(trace(path), original, "{command}");
        fs::remove_file(file).expect("the file was written");
    }
    let link = said(&run(&[
        "share",
        EXAMPLE,
        "--at",
        "5m",
        "--page",
        "https://a.example/x/#y",
    ]));
    assert!(
        link.starts_with("https://a.example/x/#rollout=1."),
        "{link}"
    );
    assert!(link.ends_with("&at=300000\n"), "{link}");
    assert_eq!(trace(link.trim()), original);
}

#[test]
fn what_holds_no_rollout_is_refused_in_words() {
    let empty = scratch("empty.svg");
    fs::write(&empty, "<svg></svg>").expect("the scratch place takes files");
    let path = empty.to_str().expect("the path was text");
    for (file, reason) in [
        (path, "holds no rollout"),
        ("https://a.example/#rollout=1.AAAA", "is not whole"),
        ("https://a.example/#rollout=2.AAAA", "version 2"),
    ] {
        let output = run(&["run", file]);
        assert_eq!(output.status.code(), Some(2), "{file}");
        assert!(
            complained(&output).contains(reason),
            "{}",
            complained(&output)
        );
    }
    fs::remove_file(empty).expect("the file was written");
}

#[test]
fn the_sheet_tells_the_policy() {
    let output = run(&["sheet", EXAMPLE, "--picture", "errors at 25.svg"]);
    let sheet = said(&output);
    assert!(sheet.contains("(errors%20at%2025.svg)"), "{sheet}");
    assert!(
        sheet.contains("| n9 Metrics healthy? | error rate | below"),
        "{sheet}"
    );
}
