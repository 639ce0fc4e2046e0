//! The last step of every build, called by trunk before a page leaves its staging folder: Wasm is split and shrunk, and
//! the Content-Security-Policy is written, with the hashes of exactly the scripts that are in the page.

use crate::{install, say, split};
use anyhow::{Context, Result};
use base64::{Engine, prelude::BASE64_STANDARD};
use sha2::{Digest, Sha256};
use std::path::PathBuf;
use xshell::{Shell, cmd};

/// What rustc emits and every current browser reads; more would let `wasm-opt` write what some refuse to load.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Small once compressed: a function that is inlined is smaller, and what it is compressed to is larger.
const SMALL: [&str; 4] = [
    "-Oz",
    "--always-inline-max-function-size=0",
    "--flexible-inline-max-function-size=0",
    "--one-caller-inline-max-function-size=0",
];

/// Where `index.html` wants the policy.
const PLACEHOLDER: &str = "default-src 'self'";

pub(crate) fn run(sh: &Shell) -> Result<()> {
    let staging = std::env::var_os("TRUNK_STAGING_DIR")
        .map(PathBuf::from)
        .context("trunk calls this; you want: cargo xtask build")?;
    let is_release = std::env::var("TRUNK_PROFILE").is_ok_and(|profile| profile == "release");
    // `index.html` names the profile of the page's release.
    split::run(sh, &staging, if is_release { "page" } else { "debug" })?;
    if is_release {
        shrink(sh, &staging)?;
    }
    let page = staging.join("index.html");
    let html = sh.read_file(&page)?;
    sh.write_file(page, html.replace(PLACEHOLDER, &policy(&html)))?;
    Ok(())
}

/// Small for the page and the engine beside it, fast for the lab.
fn shrink(sh: &Shell, staging: &PathBuf) -> Result<()> {
    let Some(wasm_opt) = install::wasm_opt(sh) else {
        say("wasm-opt is not installed: the Wasm stays as large as it is");
        return Ok(());
    };
    for file in sh.read_dir(staging)? {
        if file.extension().is_none_or(|extension| extension != "wasm") {
            continue;
        }
        // One rollout is fast enough in any case; thousands are not.
        let is_lab = file
            .file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with("lab_"));
        let level: &[&str] = if is_lab { &["-O3"] } else { &SMALL };
        cmd!(
            sh,
            "{wasm_opt} {level...} {FEATURES...} --strip-debug --strip-producers {file} -o {file}"
        )
        .quiet()
        .run()?;
    }
    Ok(())
}

/// Nothing but this page's own files, and the inline scripts that trunk wrote, by their hashes.
fn policy(html: &str) -> String {
    let hashes = inline_scripts(html).fold(String::new(), |hashes, script| {
        let hash = BASE64_STANDARD.encode(Sha256::digest(script.as_bytes()));
        hashes + " 'sha256-" + &hash + "'"
    });
    // `trunk serve` reloads the page over a socket.
    let socket = if html.contains("WebSocket") {
        " ws:"
    } else {
        ""
    };
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{hashes}; style-src 'self'; \
         img-src 'self' data: blob:; font-src 'self'; connect-src 'self'{socket}; worker-src 'self'; \
         manifest-src 'self'; base-uri 'none'; form-action 'none'"
    )
}

/// The text of each script that is written into the page.
fn inline_scripts(html: &str) -> impl Iterator<Item = &str> {
    html.split("<script").skip(1).filter_map(|rest| {
        let (attributes, rest) = rest.split_once('>')?;
        let (script, _) = rest.split_once("</script>")?;
        (!attributes.contains("src=") && !script.is_empty()).then_some(script)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_names_inline_scripts_by_their_hash_and_no_others() {
        let html = r#"<script src="a.js"></script><script type="module">init()</script>"#;
        assert_eq!(inline_scripts(html).collect::<Vec<_>>(), ["init()"]);
        assert!(policy(html).contains("'wasm-unsafe-eval' 'sha256-"));
        assert!(!policy(html).contains("ws:"));
    }
}
