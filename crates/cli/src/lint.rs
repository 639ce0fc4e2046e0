//! `coalmine lint`: everything that is wrong with a file, or likely not meant.

use crate::{
    args::LintArgs,
    exit::{Exit, Failure},
    input::Input,
    output::Terminal,
    report::{Source, in_code, report},
};
use coalmine_wire::findings;

pub(crate) fn run(args: &LintArgs, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let input = Input::read(&args.file)?;
    let has_errors = match input.load() {
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
