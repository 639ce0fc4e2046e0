//! The page: served while one works on it, or built for a static host.

use crate::{install, offline, say};
use anyhow::{Context, Result};
use xshell::{Shell, cmd};

/// Builds the page, serves it, and builds it again when a file changes.
pub(crate) fn serve(sh: &Shell, dev: bool, port: u16) -> Result<()> {
    tools(sh)?;
    say(&format!("Serving Coalmine at http://127.0.0.1:{port}"));
    let release = (!dev).then_some("--release");
    let port = port.to_string();
    cmd!(
        sh,
        "trunk serve --offline {release...} --address 127.0.0.1 --port {port}"
    )
    .run()
    .context("is the port taken? try: cargo xtask serve --port 8081")
}

/// Builds the page into `dist/`, to be served from any folder of any static host, and kept for visits without a network.
pub(crate) fn build(sh: &Shell) -> Result<()> {
    tools(sh)?;
    say("Building the page into dist/");
    cmd!(sh, "trunk build --offline --release")
        .run()
        .context("see the compiler's message above")?;
    offline::run(sh, &sh.current_dir().join("dist"))
}

fn tools(sh: &Shell) -> Result<()> {
    install::wasm_target(sh)?;
    install::trunk(sh)?;
    install::wasm_bindgen(sh)?;
    install::npm_packages(sh)
}
