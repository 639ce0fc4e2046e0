//! `coalmine render`: the diagram as a picture that stands alone, and opens again as the project.

use crate::{
    args::{Format, RenderArgs},
    exit::{Exit, Failure},
    input::Input,
    output::Terminal,
    report::{Source, in_code, report},
};
use coalmine_flow::{layout, parse, render_svg};
use coalmine_wire::picture;
use std::fs;

/// The page's colours.
const TOKENS: &str = include_str!("../../../public/tokens.css");

pub(crate) fn run(args: &RenderArgs, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let input = Input::read(&args.file)?;
    let loaded = match input.load() {
        Ok(loaded) => loaded,
        Err(diagnostics) => {
            report(Source::of(&input), &diagnostics, Format::Text, terminal);
            return Ok(Exit::WrongInput);
        }
    };
    let parsed = parse(&loaded.project.code);
    if !parsed.is_sound() {
        // A picture that leaves a statement out would lie.
        let (source, diagnostics) = in_code(&input, &loaded, parsed.diagnostics);
        report(source, &diagnostics, Format::Text, terminal);
        return Ok(Exit::WrongInput);
    }
    let svg = render_svg(&parsed.diagram, &layout(&parsed.diagram), TOKENS);
    let svg = picture::into_svg(&svg, &loaded.project);
    if args.output == "-" {
        terminal.write(&svg);
    } else {
        fs::write(&args.output, svg).map_err(|error| Failure::Write(args.output.clone(), error))?;
    }
    Ok(Exit::Fine)
}
