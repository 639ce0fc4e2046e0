//! `coalmine share` and `coalmine sheet`: a rollout as a link, and its policy as a page of text.

use crate::{
    args::{Format, ShareArgs, SheetArgs},
    exit::{Exit, Failure},
    input::{Input, Loaded},
    output::Terminal,
    report::{Source, report},
};
use coalmine_controller::Time;
use coalmine_wire::{quantity::parse_duration, share, sheet};
use std::fs;

/// Writes the link.
pub(crate) fn link(args: &ShareArgs, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let Some(loaded) = load(&args.file, terminal)? else {
        return Ok(Exit::WrongInput);
    };
    let at = match &args.at {
        Some(at) => {
            Some(parse_duration(at).map_err(|why| Failure::Argument("--at", why.to_string()))?)
        }
        None => None,
    };
    let fragment = share(&loaded.project, at.map(|at| Time(at.0)));
    let page = args.page.split('#').next().unwrap_or_default();
    terminal.say(&format!("{page}{fragment}"));
    Ok(Exit::Fine)
}

/// Writes the page of text.
pub(crate) fn page(args: &SheetArgs, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let Some(loaded) = load(&args.file, terminal)? else {
        return Ok(Exit::WrongInput);
    };
    let text = sheet(&loaded.project, args.picture.as_deref());
    if args.output == "-" {
        terminal.write(&text);
    } else {
        fs::write(&args.output, text)
            .map_err(|error| Failure::Write(args.output.clone(), error))?;
    }
    Ok(Exit::Fine)
}

/// What a file holds; nothing where that was told to be wrong.
fn load(file: &str, terminal: &mut Terminal) -> Result<Option<Loaded>, Failure> {
    let input = Input::read(file)?;
    match input.load() {
        Ok(loaded) => Ok(Some(loaded)),
        Err(diagnostics) => {
            report(Source::of(&input), &diagnostics, Format::Text, terminal);
            Ok(None)
        }
    }
}
