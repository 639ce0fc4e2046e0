//! Every test: native, then the core suites as Wasm, then the page in a browser.

use crate::{install, page, say};
use anyhow::{Context, Result};
use xshell::{Shell, cmd};

/// The crates whose suites must say the same as Wasm.
const CORE: [&str; 6] = [
    "coalmine-flow",
    "coalmine-stats",
    "coalmine-controller",
    "coalmine-sim",
    "coalmine-lab",
    "coalmine-wire",
];

pub(crate) fn run(sh: &Shell, no_browser: bool) -> Result<()> {
    say("Native tests");
    cmd!(sh, "cargo test")
        .run()
        .context("to see one alone: cargo test NAME")?;

    install::wasm_target(sh)?;
    install::wasm_bindgen(sh)?;
    say("Core tests as Wasm");
    let packages: Vec<&str> = CORE.iter().flat_map(|name| ["--package", name]).collect();
    cmd!(
        sh,
        "cargo test --target wasm32-unknown-unknown --tests {packages...}"
    )
    .run()
    .context("these pass natively: what differs in the browser is a bug")?;

    if no_browser {
        return Ok(());
    }
    page::build(sh)?;
    browser(sh, "test")
}

/// Runs one of the npm scripts of the browser tests against `dist/`.
pub(crate) fn browser(sh: &Shell, script: &str) -> Result<()> {
    install::npm_packages(sh)?;
    let chromium = install::chromium(sh)?;
    // The tests hold the page against the command line.
    say("Building the command line");
    cmd!(sh, "cargo build --quiet --package coalmine-cli").run()?;
    say("The page in a browser");
    let _dir = sh.push_dir("tests/browser");
    let mut playwright = cmd!(sh, "npm run --silent {script}");
    if let Some(path) = chromium {
        playwright = playwright.env("CHROMIUM", path);
    }
    playwright
        .run()
        .context("pictures and traces of what failed lie in tests/browser/test-results")
}
