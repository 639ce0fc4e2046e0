//! The command `coalmine`: rollouts on the command line.
//!
//! Reads files, writes text; every rule of a rollout lives in the crates below.

mod args;
mod axis;
mod compare;
mod ensemble;
mod exit;
mod film;
mod fmt;
mod input;
mod lab;
mod library;
mod lint;
mod output;
mod parts;
mod pool;
mod power;
mod render;
mod report;
mod run;
mod share;
mod sweep;
mod table;
mod templates;
mod truth;
mod tune;

use args::{Args, Command};
use clap::Parser as _;
use exit::Exit;
use output::Terminal;
use std::process::ExitCode;

fn main() -> ExitCode {
    // Wrong arguments end here, with the status of wrong input.
    let args = Args::parse();
    let mut terminal = Terminal::default();
    let exit = match &args.command {
        Command::Run(args) => run::run(args, &mut terminal),
        Command::Lint(args) => lint::run(args, &mut terminal),
        Command::Fmt(args) => fmt::run(args, &mut terminal),
        Command::Render(args) => render::run(args, &mut terminal),
        Command::Film(args) => film::run(args, &mut terminal),
        Command::Share(args) => share::link(args, &mut terminal),
        Command::Sheet(args) => share::page(args, &mut terminal),
        Command::Templates(args) => Ok(templates::list(args.format, &mut terminal)),
        Command::New(args) => templates::write(args, &mut terminal),
        Command::Failures(args) => Ok(library::failures(args.format, &mut terminal)),
        Command::Stories(args) => Ok(library::stories(args.format, &mut terminal)),
        Command::Ensemble(args) => ensemble::run(args, &mut terminal),
        Command::Sweep(args) => sweep::run(args, &mut terminal),
        Command::Compare(args) => compare::run(args, &mut terminal),
        Command::Power(args) => power::run(args, &mut terminal),
        Command::Tune(args) => tune::run(args, &mut terminal),
        Command::Merge(args) => parts::merge(args, &mut terminal),
    };
    exit.unwrap_or_else(|failure| {
        terminal.complain(&failure.to_string());
        Exit::WrongInput
    })
    .into()
}
