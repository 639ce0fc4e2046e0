//! `coalmine lint`: everything that is wrong with a file, or likely not meant, or will hurt although it runs.

use crate::{
    args::LintArgs,
    exit::{Exit, Failure},
    input::{Input, Kind, Loaded},
    output::Terminal,
    report::{Source, in_code, report},
};
use coalmine_wire::{encode_flow, findings};
use std::fs;

pub(crate) fn run(args: &LintArgs, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let input = Input::read(&args.file)?;
    let has_errors = match input.load() {
        Ok(loaded) if args.fix => return fix(args, &input, &loaded, terminal),
        Ok(loaded) => {
            let (source, diagnostics) = in_code(&input, &loaded, findings(&loaded.project));
            report(source, &diagnostics, args.format, terminal)
        }
        Err(diagnostics) => report(Source::of(&input), &diagnostics, args.format, terminal),
    };
    Ok(if has_errors {
        Exit::WrongInput
    } else {
        Exit::Fine
    })
}

/// Mends the file, or writes it mended to standard output where it came from standard input.
fn fix(
    args: &LintArgs,
    input: &Input,
    loaded: &Loaded,
    terminal: &mut Terminal,
) -> Result<Exit, Failure> {
    let (mended, made) = loaded.project.mended();
    let has_policy = mended.policy != loaded.project.policy;
    let text = match input.kind {
        Kind::Flow if has_policy => {
            let why = "some repairs are of the policy, which a bare diagram cannot hold: save it as a project with `coalmine run                        --write` and mend that";
            return Err(Failure::Argument("--fix", why.to_owned()));
        }
        Kind::Flow => mended.code.clone(),
        Kind::Project if has_policy => mended.to_toml(),
        Kind::Project if mended.code == loaded.project.code => input.text.clone(),
        Kind::Project => {
            let (start, end) = (loaded.code_span.start, loaded.code_span.end);
            let mut text = input.text.clone();
            text.replace_range(start as usize..end as usize, &encode_flow(&mended.code));
            text
        }
    };
    if args.file == "-" {
        terminal.write(&text);
        return Ok(Exit::Fine);
    }
    if text != input.text {
        fs::write(&args.file, text).map_err(|error| Failure::Write(args.file.clone(), error))?;
    }
    for title in &made {
        terminal.say(&format!("mended: {title}"));
    }
    match made.len() {
        0 => terminal.say("nothing to mend"),
        1 => terminal.say("1 finding mended"),
        count => terminal.say(&format!("{count} findings mended")),
    }
    Ok(Exit::Fine)
}
