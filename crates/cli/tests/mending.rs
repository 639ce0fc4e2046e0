//! `coalmine lint --fix`: what it mends, what it leaves alone, and what that buys.

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

fn said(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("the command writes text")
}

/// A file of this test alone with this text.
fn file(name: &str, text: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, text).expect("the scratch place takes files");
    path
}

fn path(path: &Path) -> &str {
    path.to_str().expect("the path was text")
}

const SEED: &str = include_str!("../../../examples/canary.fz");

/// A number of `compare`, by the name of its column.
fn number(csv: &str, release: &str, what: &str, column: &str) -> f64 {
    let (heads, rows) = csv.split_once('\n').expect("there are heads");
    let at = heads.split(',').position(|head| head == column);
    let wanted = format!(",{release},{what},");
    let row = rows.lines().find(|row| row.contains(&wanted));
    let cell = row.and_then(|row| row.split(',').nth(at?));
    cell.expect("the table has it").parse().expect("a number")
}

#[test]
fn the_mended_seed_misses_less_on_the_same_rollouts() {
    let plain = file("plain.fz", SEED);
    let mended = file("mended.fz", SEED);
    let output = run(&["lint", "--fix", path(&mended)]);
    assert_eq!(output.status.code(), Some(0));
    assert!(
        said(&output).ends_with("6 findings mended\n"),
        "{}",
        said(&output)
    );
    let csv = said(&run(&[
        "compare",
        path(&plain),
        path(&mended),
        "-n",
        "400",
        "--format",
        "csv",
    ]));
    // The whole interval of the paired difference lies below nothing.
    let upper = number(&csv, "Slight rise of errors", "wrong", "upper");
    assert!(upper < 0.0, "{upper}");
    let upper = number(
        &csv,
        "Slight rise of errors",
        "users_hurt_requests",
        "upper",
    );
    assert!(upper < 0.0, "{upper}");
    let alarms = number(&csv, "as in the project", "wrong", "difference");
    assert!(alarms.abs() < 1e-9, "{alarms}");
    // A second time there is nothing left.
    let before = fs::read_to_string(&mended).expect("it is there");
    assert_eq!(
        said(&run(&["lint", "--fix", path(&mended)])),
        "nothing to mend\n"
    );
    assert_eq!(fs::read_to_string(&mended).expect("it is there"), before);
}

#[test]
fn comments_of_a_project_stay_where_only_the_drawing_is_mended() {
    let text =
        format!("# ours\nschema = 1\nseed = 7 # lucky\nflow = '''\n// drawn by hand\n{SEED}'''\n");
    let project = file("commented.coalmine.toml", &text);
    run(&["lint", "--fix", path(&project)]);
    let mended = fs::read_to_string(&project).expect("it is there");
    for kept in ["# ours\n", "seed = 7 # lucky\n", "// drawn by hand\n"] {
        assert!(mended.contains(kept), "{mended}");
    }
    assert!(mended.contains("Healthy at 50%?"), "{mended}");
}

#[test]
fn repairs_of_the_policy_do_not_fit_into_a_bare_diagram() {
    // Too short for the default scenario's scrapes: the node's window is the policy's affair.
    let text = SEED.replace("Wait observation period", "Wait 5 s");
    let bare = file("hasty.fz", &text);
    let output = run(&["lint", "--fix", path(&bare)]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(fs::read_to_string(&bare).expect("it is there"), text);
}
