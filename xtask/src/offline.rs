//! Makes a built page open without a network, from the second visit on.
//!
//! A service worker keeps every file of one build under the build's name, which is a hash of them all. Only what
//! `cargo xtask build` leaves has it: a page that is being worked on is never answered from what was kept.

use anyhow::{Result, ensure};
use sha2::{Digest, Sha256};
use std::{fmt::Write as _, path::Path};
use xshell::Shell;

/// The service worker, with places for the build's name and its files.
const WORKER: &str = include_str!("offline/sw.js");

/// What asks for it.
const REGISTER: &str = include_str!("offline/register.js");

/// The page, as it is kept: by its folder, since many hosts send those who ask for the file elsewhere.
const PAGE: &str = "./";

/// Where the page names what asks for it.
const HEAD_END: &str = "</head>";

/// Writes the worker into `dist`, and lets the page ask for it.
pub(crate) fn run(sh: &Shell, dist: &Path) -> Result<()> {
    sh.write_file(dist.join("offline.js"), REGISTER)?;
    let page = dist.join("index.html");
    let html = sh.read_file(&page)?;
    ensure!(html.contains(HEAD_END), "index.html has no end of its head");
    let asks = format!("<script src=\"offline.js\" defer></script>\n{HEAD_END}");
    sh.write_file(&page, html.replacen(HEAD_END, &asks, 1))?;
    let files = files(sh, dist)?;
    let build = build(sh, dist, &files)?;
    sh.write_file(dist.join("sw.js"), worker(&build, &files)?)?;
    Ok(())
}

/// Every file of the page but the worker itself, relative to `dist`, in order.
fn files(sh: &Shell, dist: &Path) -> Result<Vec<String>> {
    let mut found = Vec::new();
    let mut folders = vec![dist.to_owned()];
    while let Some(folder) = folders.pop() {
        for path in sh.read_dir(&folder)? {
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(address(dist, &path)?);
            }
        }
    }
    found.retain(|file| file != "sw.js");
    found.sort();
    Ok(found)
}

/// The address of a file, as the page would name it.
fn address(dist: &Path, path: &Path) -> Result<String> {
    let parts: Vec<_> = path
        .strip_prefix(dist)?
        .components()
        .map(|part| part.as_os_str().to_string_lossy().into_owned())
        .collect();
    Ok(parts.join("/"))
}

/// The name of a build: any file that differs makes it another one.
fn build(sh: &Shell, dist: &Path, files: &[String]) -> Result<String> {
    let mut all = Sha256::new();
    for file in files {
        all.update(file.as_bytes());
        all.update(Sha256::digest(sh.read_binary_file(dist.join(file))?));
    }
    let mut name = String::new();
    for byte in all.finalize().iter().take(8) {
        write!(name, "{byte:02x}")?;
    }
    Ok(name)
}

/// The worker that keeps these files under this name.
fn worker(build: &str, files: &[String]) -> Result<String> {
    let addresses = files.iter().map(|file| match file.as_str() {
        "index.html" => PAGE,
        other => other,
    });
    let addresses = serde_json::to_string(&addresses.collect::<Vec<_>>())?;
    Ok(WORKER
        .replace("{{BUILD}}", build)
        .replace("{{FILES}}", &addresses))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Result<(Shell, xshell::TempDir)> {
        let sh = Shell::new()?;
        let dist = sh.create_temp_dir()?;
        sh.write_file(dist.path().join("index.html"), "<head></head>")?;
        sh.write_file(dist.path().join("fonts/one.woff2"), "font")?;
        sh.write_file(dist.path().join("sw.js"), "what lets go of everything")?;
        Ok((sh, dist))
    }

    #[test]
    fn the_worker_keeps_every_file_but_itself_and_the_page_asks_for_it() -> Result<()> {
        let (sh, dist) = sample()?;
        run(&sh, dist.path())?;
        let worker = sh.read_file(dist.path().join("sw.js"))?;
        assert!(worker.contains(r#"["fonts/one.woff2","./","offline.js"]"#));
        assert!(!worker.contains("{{"));
        let page = sh.read_file(dist.path().join("index.html"))?;
        assert_eq!(page.matches("offline.js").count(), 1);
        Ok(())
    }

    #[test]
    fn a_build_is_named_after_all_that_is_in_it() -> Result<()> {
        let (sh, dist) = sample()?;
        let name = |sh: &Shell| build(sh, dist.path(), &files(sh, dist.path())?);
        let before = name(&sh)?;
        assert_eq!(before, name(&sh)?);
        sh.write_file(dist.path().join("fonts/one.woff2"), "another font")?;
        assert_ne!(before, name(&sh)?);
        Ok(())
    }
}
