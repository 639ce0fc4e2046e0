//! What must hold before a change lands: formatting, clippy for both targets, docs, licences, and our own rules.

use crate::{install, say, tidy};
use anyhow::{Context, Result};
use xshell::{Shell, cmd};

pub(crate) fn run(sh: &Shell) -> Result<()> {
    say("Formatting");
    cmd!(sh, "cargo fmt --all --check")
        .run()
        .context("mend it with: cargo fmt --all")?;

    say("The rules of this repository");
    tidy::run(sh)?;

    say("Clippy, natively");
    cmd!(
        sh,
        "cargo clippy --workspace --all-targets -- --deny warnings"
    )
    .run()?;

    install::wasm_target(sh)?;
    say("Clippy, for the browser");
    cmd!(
        sh,
        "cargo clippy --package coalmine-app --package coalmine-worker --target wasm32-unknown-unknown -- --deny warnings"
    )
    .run()?;

    say("Docs");
    cmd!(
        sh,
        "cargo doc --workspace --no-deps --document-private-items"
    )
    .env("RUSTDOCFLAGS", "--deny warnings")
    .run()?;

    install::cargo_deny(sh)?;
    say("Dependencies: bans, licences, sources");
    cmd!(sh, "cargo deny --offline check bans licenses sources")
        .run()
        .context("every dependency is maintained, from crates.io, and under a licence that deny.toml lists")
}
