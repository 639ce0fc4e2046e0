//! `coalmine fmt`: the diagram in canonical spacing, alone or inside its project.

use crate::{
    args::{FmtArgs, Format},
    exit::{Exit, Failure},
    input::{Input, Kind, Loaded},
    output::Terminal,
    report::{Source, report},
};
use coalmine_wire::encode_flow;
use std::fs;

pub(crate) fn run(args: &FmtArgs, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let input = Input::read(&args.file)?;
    let loaded = match input.load() {
        Ok(loaded) => loaded,
        Err(diagnostics) => {
            report(Source::of(&input), &diagnostics, Format::Text, terminal);
            return Ok(Exit::WrongInput);
        }
    };
    let formatted = formatted(&input, &loaded);
    let is_formatted = formatted == input.text;
    if args.check {
        if is_formatted {
            return Ok(Exit::Fine);
        }
        terminal.say(&format!("{} is not formatted", input.path));
        return Ok(Exit::NotFormatted);
    }
    if args.file == "-" {
        terminal.write(&formatted);
    } else if !is_formatted {
        fs::write(&args.file, formatted)
            .map_err(|error| Failure::Write(args.file.clone(), error))?;
    }
    Ok(Exit::Fine)
}

/// The whole text with its diagram formatted; not a byte changes where that is so already.
fn formatted(input: &Input, loaded: &Loaded) -> String {
    let code = coalmine_flow::format(&loaded.project.code);
    match input.kind {
        Kind::Flow => code,
        Kind::Project if code == loaded.project.code => input.text.clone(),
        Kind::Project => {
            let (start, end) = (loaded.code_span.start, loaded.code_span.end);
            let mut text = input.text.clone();
            text.replace_range(start as usize..end as usize, &encode_flow(&code));
            text
        }
    }
}
