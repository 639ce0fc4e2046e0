//! Splits the page's Wasm at the points that `src/chunks` marks, so that a visitor waits for the first file only.
//!
//! Trunk knows nothing of this: it has run wasm-bindgen over the whole, and put names of its own into the page. So
//! what the compiler wrote is split here, wasm-bindgen runs again over the first part, and its files take the place
//! of trunk's under the same names. The other parts, and the script that loads them, stand beside it.
//!
//! The names carry trunk's hash, which is one of the whole; and a part that is loaded into a page of another build
//! does not link.

use anyhow::{Context, Result, bail, ensure};
use std::path::{Path, PathBuf};
use wasm_split_cli_support::Options;
use xshell::{Shell, cmd};

/// The page's binary, and how the names of its files begin.
const APP: &str = "coalmine-app";

/// What the script does with a part; only servers that name Wasm's type right could serve it.
const STREAMING: &str = "WebAssembly.instantiateStreaming(src, imports)";

/// What it does instead: it also works where a server says nothing, or something else.
const BUFFERED: &str = "WebAssembly.instantiate(await (await src).arrayBuffer(), imports)";

/// Splits the page in `staging`.
pub(crate) fn run(sh: &Shell, staging: &Path, profile: &str) -> Result<()> {
    let stem = stem(sh, staging)?;
    let compiled = target(sh)?
        .join("wasm32-unknown-unknown")
        .join(profile)
        .join(format!("{APP}.wasm"));
    let wasm = sh.read_binary_file(&compiled)?;
    let work = sh.create_temp_dir()?;
    let first = work.path().join("first.wasm");
    let loader = format!("./{stem}_parts.js");
    let page = format!("./{stem}.js");
    let mut options = Options::new(&wasm);
    options.output_dir = work.path();
    options.main_out_path = &first;
    options.link_name = &loader;
    options.main_module = &page;
    let parts = wasm_split_cli_support::transform(options)
        .map_err(|report| anyhow::anyhow!("{report:#}"))
        .context("the page's Wasm does not split")?
        .split_modules;
    cmd!(
        sh,
        "wasm-bindgen --target web --no-typescript --keep-lld-exports --out-dir {staging} --out-name {stem} {first}"
    )
    .quiet()
    .run()?;
    let mut script = sh.read_file(work.path().join(&loader))?;
    ensure!(
        parts.is_empty() || script.contains(STREAMING),
        "the splitter writes another script than it did: look at {loader}"
    );
    script = script.replace(STREAMING, BUFFERED);
    for part in parts {
        let name = part
            .file_name()
            .and_then(|name| name.to_str())
            .context("a part has a readable name")?;
        let hashed = format!("{stem}_{}", name.trim_start_matches("split_"));
        script = script.replace(&format!("\"./{name}\""), &format!("\"./{hashed}\""));
        sh.copy_file(&part, staging.join(hashed))?;
    }
    sh.write_file(staging.join(&loader), script)?;
    Ok(())
}

/// The name that trunk gave the page's files, with its hash.
fn stem(sh: &Shell, staging: &Path) -> Result<String> {
    for file in sh.read_dir(staging)? {
        let name = file.file_name().and_then(|name| name.to_str());
        if let Some(stem) = name.and_then(|name| name.strip_suffix("_bg.wasm"))
            && stem.starts_with(APP)
        {
            return Ok(stem.to_owned());
        }
    }
    bail!("trunk left no Wasm of the page in {}", staging.display())
}

/// Where cargo puts what it compiles.
fn target(sh: &Shell) -> Result<PathBuf> {
    let metadata = cmd!(sh, "cargo metadata --format-version 1 --no-deps --offline")
        .quiet()
        .read()?;
    let metadata: serde_json::Value = serde_json::from_str(&metadata)?;
    let target = metadata["target_directory"].as_str();
    Ok(target
        .context("cargo says where its target folder is")?
        .into())
}
