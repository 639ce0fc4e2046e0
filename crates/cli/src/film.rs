//! `coalmine film`: a run as a picture that moves, for a slide.

use crate::{
    args::{FilmArgs, Format},
    exit::{Exit, Failure},
    input::Input,
    output::Terminal,
    report::{Source, in_code, report},
};
use coalmine_controller::{FlowController, Recording};
use coalmine_sim::{Seed, Simulation};
use coalmine_wire::{Take, film, picture, plan_of, verdict_sentence};
use std::{fs, sync::Arc};

/// The page's colours.
const TOKENS: &str = include_str!("../../../public/tokens.css");

pub(crate) fn run(args: &FilmArgs, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let input = Input::read(&args.file)?;
    let loaded = match input.load() {
        Ok(loaded) => loaded,
        Err(diagnostics) => {
            report(Source::of(&input), &diagnostics, Format::Text, terminal);
            return Ok(Exit::WrongInput);
        }
    };
    let (diagram, plan) = match plan_of(&loaded.project) {
        Ok(found) => found,
        Err(diagnostics) => {
            let (source, diagnostics) = in_code(&input, &loaded, diagnostics);
            report(source, &diagnostics, Format::Text, terminal);
            return Ok(Exit::WrongInput);
        }
    };
    let project = &loaded.project;
    let controller = FlowController::new(plan, Recording::Full);
    let scenario = Arc::new(project.scenario.clone());
    let seed = args.seed.map_or(project.seed, Seed);
    let mut simulation = Simulation::new(scenario, controller, seed, 0);
    let mut events = Vec::new();
    let summary = loop {
        simulation.step();
        // What each scrape showed is not in the film.
        simulation.take_samples();
        events.append(&mut simulation.take_events());
        if let Some(summary) = simulation.summary() {
            break summary;
        }
    };
    let take = Take {
        name: &project.name,
        diagram: &diagram,
        scenario: &project.scenario,
        events: &events,
        summary: &summary,
    };
    let svg = picture::into_svg(&film(&take, TOKENS), project);
    if args.output == "-" {
        terminal.write(&svg);
    } else {
        fs::write(&args.output, svg).map_err(|error| Failure::Write(args.output.clone(), error))?;
        terminal.say(&format!("{}: {}.", args.output, verdict_sentence(&summary)));
    }
    Ok(Exit::Fine)
}
