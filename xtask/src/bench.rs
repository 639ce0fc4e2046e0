//! Speed and size: the engine natively, the page in Chromium, and the bytes a visitor loads.

use crate::{install, page, say, test};
use anyhow::{Context, Result, bail};
use std::path::Path;
use xshell::{Shell, cmd};

/// What a visitor waits for before the page can be used: how the names begin and end, and how much it may be, compressed.
const BUDGETS: [(&str, &str, usize); 2] = [
    ("coalmine-app", "_bg.wasm", 250_000),
    ("worker", "_bg.wasm", 80_000),
];

pub(crate) fn run(sh: &Shell, no_browser: bool) -> Result<()> {
    say("The engines, natively and as Wasm in Node");
    engines(sh)?;
    say("The lab, natively");
    cmd!(sh, "cargo bench --package coalmine-lab --benches").run()?;
    cmd!(sh, "cargo bench --package coalmine-flow --benches").run()?;
    if no_browser {
        return Ok(());
    }
    page::build(sh)?;
    say("What a visitor loads");
    sizes(sh)?;
    test::browser(sh, "bench")
}

/// Rollouts and requests a second: each row natively, and beside it as Wasm where Node measures it.
fn engines(sh: &Shell) -> Result<()> {
    install::wasm_target(sh)?;
    install::wasm_bindgen(sh)?;
    let benches = ["--bench", "rollout", "--bench", "reference"];
    let package = ["--package", "coalmine-sim"];
    let native = cmd!(sh, "cargo bench --quiet {package...} {benches...}").read()?;
    let target = ["--target", "wasm32-unknown-unknown"];
    let wasm = cmd!(
        sh,
        "cargo test --quiet --release {package...} {benches...} {target...} -- --nocapture"
    )
    .read()?;
    println!("| | natively | ratio | as Wasm | ratio |\n|---|---:|---:|---:|---:|");
    for line in native.lines() {
        match row(line) {
            Some((name, [value, ratio])) if value.parse::<f64>().is_ok() => {
                let beside = wasm
                    .lines()
                    .filter_map(row)
                    .find(|(other, _)| *other == name);
                let [there, ratio_there] = beside.map_or(["", ""], |(_, values)| values);
                println!("| {name} | {value} | {ratio} | {there} | {ratio_there} |");
            }
            // The heads of the tables.
            Some(_) => {}
            None => println!("{line}"),
        }
    }
    Ok(())
}

/// A row of a table: its name and two values.
fn row(line: &str) -> Option<(&str, [&str; 2])> {
    let mut cells = line
        .strip_prefix('|')?
        .strip_suffix('|')?
        .split('|')
        .map(str::trim);
    let row = (cells.next()?, [cells.next()?, cells.next()?]);
    cells.next().is_none().then_some(row)
}

/// Compares the reference engine with `SimPy` on the same model, one after the other.
pub(crate) fn peers(sh: &Shell) -> Result<()> {
    say("The open loop in SimPy");
    let python = "target/peers/bin/python";
    if !sh.path_exists(python) {
        cmd!(sh, "python3 -m venv target/peers").run()?;
    }
    cmd!(sh, "{python} -m pip install --quiet simpy==4.1.2").run()?;
    let theirs = cmd!(sh, "{python} tests/peers/open_loop.py").read()?;
    let theirs: f64 = theirs.trim().parse().context("the script prints a rate")?;
    say("The open loop in the reference engine");
    let ours = cmd!(
        sh,
        "cargo bench --package coalmine-sim --bench reference -- peers"
    )
    .read()?;
    let ours: f64 = ours.trim().parse().context("the bench prints a rate")?;
    println!(
        "SimPy {theirs:.0}, reference {ours:.0} requests a second: {:.0} times as many",
        ours / theirs
    );
    Ok(())
}

/// Prints the size of each Wasm module, those that load later among them, and fails over a budget.
fn sizes(sh: &Shell) -> Result<()> {
    let mut over = Vec::new();
    let mut sum = 0;
    for file in sh.read_dir("dist")? {
        if file.extension().is_none_or(|extension| extension != "wasm") {
            continue;
        }
        let name = file_name(&file)?;
        let raw = sh.read_binary_file(&file)?;
        let packed = brotli_len(&raw)?;
        let budget = BUDGETS
            .iter()
            .find(|(prefix, suffix, _)| name.starts_with(prefix) && name.ends_with(suffix))
            .map(|(_, _, budget)| *budget);
        println!(
            "{name:48} {:>8} bytes, {packed:>7} with Brotli, {}",
            raw.len(),
            budget.map_or_else(
                || "loaded later".to_owned(),
                |bytes| format!("budget {bytes}")
            ),
        );
        sum += packed;
        if budget.is_some_and(|budget| budget < packed) {
            over.push(name);
        }
    }
    println!("{:48} {:>14}  {sum:>7} with Brotli", "all of them", "");
    if !over.is_empty() {
        bail!("over its budget: {}", over.join(", "));
    }
    Ok(())
}

fn file_name(path: &Path) -> Result<String> {
    Ok(path
        .file_name()
        .and_then(|name| name.to_str())
        .context("a built file has a readable name")?
        .to_owned())
}

fn brotli_len(raw: &[u8]) -> Result<usize> {
    let mut packed = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        ..Default::default()
    };
    brotli::BrotliCompress(&mut &*raw, &mut packed, &parameters)?;
    Ok(packed.len())
}

#[test]
fn a_row_has_a_name_and_two_values() {
    let found = row("| default, lean | 4762 | 1.11 |");
    assert_eq!(found, Some(("default, lean", ["4762", "1.11"])));
    for line in ["", "test rollouts ... ok", "| a | b |", "| a | b | c | d |"] {
        assert_eq!(row(line), None, "{line}");
    }
}
