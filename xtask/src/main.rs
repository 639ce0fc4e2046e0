//! Everything a developer does: serve, build, test, lint, bench. Each command installs what it lacks and says so.

#![expect(
    clippy::print_stdout,
    reason = "a command-line tool talks on standard output"
)]

mod bench;
mod conformance;
mod install;
mod lint;
mod offline;
mod page;
mod seal;
mod split;
mod test;
mod tidy;

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};
use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};
use xshell::Shell;

#[derive(Parser)]
#[command(
    name = "cargo xtask",
    about = "Everything a developer of Coalmine does"
)]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Install what is missing, build the page and serve it on port 8080 of this machine
    Serve {
        /// Build without optimisation: quicker to build, slower to run
        #[arg(long)]
        dev: bool,
        /// The port to listen on
        #[arg(long, default_value_t = 8080)]
        port: u16,
    },
    /// Install what is missing and build the page into dist/, ready for any static host
    Build,
    /// Install what is missing and run every test: native, Wasm, browser
    Test {
        /// Leave out the browser
        #[arg(long)]
        no_browser: bool,
    },
    /// Formatting, clippy, docs, dependencies, and the rules of this repository
    Lint,
    /// Measure speed and size
    Bench {
        /// Leave out the browser
        #[arg(long)]
        no_browser: bool,
        /// Only compare the reference engine with its peer in Python, which is installed into target/peers
        #[arg(long)]
        peers: bool,
    },
    /// Hold what we compute against a file of vectors, of the form of those in tests/vectors/
    Conformance {
        /// What the vectors are about
        suite: conformance::Suite,
        /// The file, relative to where you are
        file: PathBuf,
    },
    /// Finish a built page: shrink its Wasm, write its Content-Security-Policy (called by trunk)
    #[command(hide = true)]
    Seal,
}

fn main() -> Result<ExitCode> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .context("xtask lies in the workspace")?;
    let sh = Shell::new()?;
    sh.change_dir(root);
    match Arguments::parse().task {
        Task::Conformance { suite, file } => return conformance::run(suite, &file),
        Task::Serve { dev, port } => page::serve(&sh, dev, port),
        Task::Build => page::build(&sh),
        Task::Test { no_browser } => test::run(&sh, no_browser),
        Task::Lint => lint::run(&sh),
        Task::Bench { peers: true, .. } => bench::peers(&sh),
        Task::Bench { no_browser, .. } => bench::run(&sh, no_browser),
        Task::Seal => seal::run(&sh),
    }?;
    Ok(ExitCode::SUCCESS)
}

/// Says what happens next.
fn say(what: &str) {
    println!("\x1b[1;36m==>\x1b[0m {what}");
}
