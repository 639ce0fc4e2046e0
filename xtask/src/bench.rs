//! Speed and size: the engine natively, the page in Chromium, and the bytes a visitor loads.

use crate::{page, say, test};
use anyhow::{Context, Result, bail};
use std::path::Path;
use xshell::{Shell, cmd};

/// What a visitor may have to load, compressed.
const BUDGETS: [(&str, usize); 2] = [("coalmine-app", 250_000), ("worker", 80_000)];

pub(crate) fn run(sh: &Shell, no_browser: bool) -> Result<()> {
    say("The engine, natively");
    cmd!(sh, "cargo bench --package coalmine-sim --benches").run()?;
    cmd!(sh, "cargo bench --package coalmine-flow --benches").run()?;
    if no_browser {
        return Ok(());
    }
    page::build(sh)?;
    say("What a visitor loads");
    sizes(sh)?;
    test::browser(sh, "bench")
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

/// Prints the size of each Wasm module and fails over its budget.
fn sizes(sh: &Shell) -> Result<()> {
    let mut over = Vec::new();
    for file in sh.read_dir("dist")? {
        if file.extension().is_none_or(|extension| extension != "wasm") {
            continue;
        }
        let name = file_name(&file)?;
        let raw = sh.read_binary_file(&file)?;
        let packed = brotli_len(&raw)?;
        let budget = BUDGETS
            .iter()
            .find(|(prefix, _)| name.starts_with(prefix))
            .map(|(_, budget)| *budget);
        println!(
            "{name:48} {:>8} bytes, {packed:>7} with Brotli, budget {}",
            raw.len(),
            budget.map_or_else(|| "none".to_owned(), |bytes| bytes.to_string()),
        );
        if budget.is_some_and(|budget| budget < packed) {
            over.push(name);
        }
    }
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
