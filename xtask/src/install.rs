//! What the other commands need, installed where its own installer puts it, so that a fresh clone finds it again.

use crate::say;
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use xshell::{Shell, cmd};

const TRUNK: &str = "0.21.14";
const WASM_TARGET: &str = "wasm32-unknown-unknown";
const BROWSER_TESTS: &str = "tests/browser";

/// The standard library for Wasm.
pub(crate) fn wasm_target(sh: &Shell) -> Result<()> {
    let sysroot = cmd!(sh, "rustc --print sysroot").quiet().read()?;
    if sh.path_exists(
        Path::new(&sysroot)
            .join("lib/rustlib")
            .join(WASM_TARGET)
            .join("lib"),
    ) {
        return Ok(());
    }
    say("Installing Rust's standard library for Wasm");
    cmd!(sh, "rustup target add {WASM_TARGET}")
        .run()
        .with_context(|| format!("try it by hand: rustup target add {WASM_TARGET}"))
}

/// The bundler of the page.
pub(crate) fn trunk(sh: &Shell) -> Result<()> {
    cargo_tool(sh, "trunk", "trunk", TRUNK, true)
}

/// The generator of the glue between Wasm and JavaScript; its version is that of the crate in the lock file.
pub(crate) fn wasm_bindgen(sh: &Shell) -> Result<()> {
    let version = locked_version(sh, "wasm-bindgen")?;
    cargo_tool(sh, "wasm-bindgen", "wasm-bindgen-cli", &version, false)
}

/// The checker of dependencies and their licences.
pub(crate) fn cargo_deny(sh: &Shell) -> Result<()> {
    if cmd!(sh, "cargo deny --version")
        .quiet()
        .ignore_stderr()
        .read()
        .is_ok()
    {
        return Ok(());
    }
    say("Installing cargo-deny (a few minutes, once)");
    cmd!(sh, "cargo install --locked cargo-deny")
        .run()
        .context("try it by hand: cargo install --locked cargo-deny")
}

/// The packages of the browser tests, `wasm-opt` among them.
pub(crate) fn npm_packages(sh: &Shell) -> Result<()> {
    if cmd!(sh, "npm --version")
        .quiet()
        .ignore_stderr()
        .read()
        .is_err()
    {
        bail!("npm is not on the PATH: install Node.js 20 or newer, then try again");
    }
    let wanted = sh.read_file(Path::new(BROWSER_TESTS).join("package-lock.json"))?;
    let stamp = Path::new(BROWSER_TESTS).join("node_modules/.installed-from");
    if sh
        .read_file(&stamp)
        .is_ok_and(|installed| installed == wanted)
    {
        return Ok(());
    }
    say("Installing the packages of the browser tests");
    let _dir = sh.push_dir(BROWSER_TESTS);
    cmd!(sh, "npm ci --no-audit --no-fund")
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
        .run()
        .context("try it by hand: (cd tests/browser && npm ci)")?;
    sh.write_file("node_modules/.installed-from", wanted)?;
    Ok(())
}

/// `wasm-opt`, where the packages of the browser tests are installed.
pub(crate) fn wasm_opt(sh: &Shell) -> Option<PathBuf> {
    let path = sh
        .current_dir()
        .join(BROWSER_TESTS)
        .join("node_modules/.bin/wasm-opt");
    sh.path_exists(&path).then_some(path)
}

/// A Chromium for the browser tests: the system's where there is one, or apt's, or Playwright's own. Its path, where
/// it is not Playwright's own.
pub(crate) fn chromium(sh: &Shell) -> Result<Option<PathBuf>> {
    let system = || {
        std::env::var_os("CHROMIUM")
            .map(PathBuf::from)
            .into_iter()
            .chain(["/usr/bin/chromium", "/usr/bin/chromium-browser"].map(PathBuf::from))
            .find(|path| path.exists())
    };
    if let Some(path) = system() {
        return Ok(Some(path));
    }
    if apt_as_root(sh) {
        say("Installing Chromium through apt");
        cmd!(sh, "apt-get update").quiet().ignore_stdout().run()?;
        cmd!(sh, "apt-get install -y --no-install-recommends chromium")
            .env("DEBIAN_FRONTEND", "noninteractive")
            .ignore_stdout()
            .run()
            .context("try it by hand: apt-get install chromium")?;
        return Ok(system());
    }
    say("Installing Playwright's Chromium");
    let _dir = sh.push_dir(BROWSER_TESTS);
    cmd!(sh, "npx playwright install chromium")
        .run()
        .context("install Chromium by hand and name it in the variable CHROMIUM")?;
    Ok(None)
}

fn apt_as_root(sh: &Shell) -> bool {
    let root = cmd!(sh, "id -u").quiet().read().is_ok_and(|id| id == "0");
    root && sh.path_exists("/usr/bin/apt-get")
}

/// A tool from crates.io in exactly this version.
fn cargo_tool(sh: &Shell, command: &str, package: &str, version: &str, locked: bool) -> Result<()> {
    let has = cmd!(sh, "{command} --version")
        .quiet()
        .ignore_stderr()
        .read()
        .is_ok_and(|said| said.split_whitespace().nth(1) == Some(version));
    if has {
        return Ok(());
    }
    say(&format!(
        "Installing {package} {version} (a few minutes, once)"
    ));
    let locked = locked.then_some("--locked");
    cmd!(
        sh,
        "cargo install {locked...} {package} --version {version}"
    )
    .run()
    .with_context(|| format!("try it by hand: cargo install {package} --version {version}"))
}

/// The version of a package in the lock file.
fn locked_version(sh: &Shell, package: &str) -> Result<String> {
    let lock: toml::Table = sh.read_file("Cargo.lock")?.parse()?;
    lock.get("package")
        .and_then(toml::Value::as_array)
        .into_iter()
        .flatten()
        .find(|entry| entry.get("name").and_then(toml::Value::as_str) == Some(package))
        .and_then(|entry| entry.get("version")?.as_str())
        .map(str::to_owned)
        .with_context(|| format!("Cargo.lock names no {package}"))
}
