//! `coalmine run`: one rollout, told as it happens.

use crate::{
    args::{Format, RunArgs},
    exit::{Exit, Failure},
    input::Input,
    library,
    output::Terminal,
    report::{Source, in_code, report},
    truth::Truth,
};
use coalmine_controller::{FlowController, Recording, Time};
use coalmine_flow::Diagram;
use coalmine_sim::{Event, Profile, Sample, Scenario, Seed, Simulation, Summary};
use coalmine_wire::{Project, event_line, parse_recording, plan_of, trace_json, verdict_sentence};
use std::{fs, sync::Arc};

/// Instants between two writings, so that a long run is told while it goes on.
const STRETCH: u32 = 1_000;

pub(crate) fn run(args: &RunArgs, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let input = Input::read(&args.file)?;
    // Diagnostics go where the log would, in the form that was asked for.
    let mut loaded = match input.load() {
        Ok(loaded) => loaded,
        Err(diagnostics) => {
            report(Source::of(&input), &diagnostics, args.format, terminal);
            return Ok(Exit::WrongInput);
        }
    };
    if let Some(seed) = args.seed {
        loaded.project.seed = Seed(seed);
    }
    library::apply(
        &mut loaded.project.scenario,
        args.story.as_deref(),
        &args.failure,
    )?;
    if let Some(file) = &args.traffic {
        let recording = Input::read(file)?;
        match parse_recording(&recording.text) {
            Ok(points) => loaded.project.scenario.traffic.profile = Profile::Recorded(points),
            Err(diagnostics) => {
                report(Source::of(&recording), &diagnostics, args.format, terminal);
                return Ok(Exit::WrongInput);
            }
        }
    }
    let (diagram, plan) = match plan_of(&loaded.project) {
        Ok(found) => found,
        Err(diagnostics) => {
            let (source, diagnostics) = in_code(&input, &loaded, diagnostics);
            report(source, &diagnostics, args.format, terminal);
            return Ok(Exit::WrongInput);
        }
    };
    let project = &loaded.project;
    if let Some(path) = &args.write {
        fs::write(path, project.to_toml()).map_err(|error| Failure::Write(path.clone(), error))?;
    }
    let controller = FlowController::new(plan, Recording::Full);
    let scenario = Arc::new(project.scenario.clone());
    let simulation = Simulation::new(scenario, controller, project.seed, 0);
    let teller = Teller {
        format: args.format,
        project,
        diagram: &diagram,
        terminal,
        truth: Truth::default(),
    };
    Ok(Exit::Ended(teller.tell(simulation).outcome))
}

/// Writes a run down.
struct Teller<'r> {
    format: Format,
    project: &'r Project,
    diagram: &'r Diagram,
    terminal: &'r mut Terminal,
    truth: Truth,
}

impl Teller<'_> {
    fn tell(mut self, mut simulation: Simulation<FlowController>) -> Summary {
        match self.format {
            Format::Json => self.terminal.say(&trace_json::header(self.project)),
            Format::Text => {
                let (name, seed) = (&self.project.name, self.project.seed.0);
                self.terminal.say(&format!("{name}, seed {seed}"));
            }
        }
        loop {
            for _ in 0..STRETCH {
                simulation.step();
            }
            let mut samples = simulation.take_samples().into_iter().peekable();
            for event in simulation.take_events() {
                while let Some(sample) = samples.next_if(|sample| sample.at <= event.at) {
                    self.sample(&sample);
                }
                self.event(&event, &self.project.scenario);
            }
            samples.for_each(|sample| self.sample(&sample));
            if let Some(summary) = simulation.summary() {
                self.verdict(&summary);
                return summary;
            }
        }
    }

    fn sample(&mut self, sample: &Sample) {
        match self.format {
            Format::Json => self.terminal.say(&trace_json::sample(sample)),
            Format::Text => self.truth.add(sample),
        }
    }

    fn event(&mut self, event: &Event, scenario: &Scenario) {
        match self.format {
            Format::Json => {
                let line = trace_json::event(event, self.diagram, scenario);
                self.terminal.say(&line);
            }
            Format::Text => {
                if let Some(line) = event_line(event, self.diagram, scenario) {
                    self.terminal.say(&format!("{}  {line}", clock(event.at)));
                }
            }
        }
    }

    fn verdict(&mut self, summary: &Summary) {
        match self.format {
            Format::Json => self.terminal.say(&trace_json::verdict(summary)),
            Format::Text => {
                let truth = self.truth.told(summary, &self.project.scenario);
                self.terminal.say(&format!("\n{truth}"));
                let sentence = verdict_sentence(summary);
                self.terminal.say(&format!("{sentence}."));
            }
        }
    }
}

/// `  12:30.250`, in columns.
fn clock(Time(millis): Time) -> String {
    let (hours, minutes) = (millis / 3_600_000, millis / 60_000 % 60);
    let (secs, millis) = (millis / 1_000 % 60, millis % 1_000);
    format!("{hours:>2}:{minutes:02}:{secs:02}.{millis:03}")
}
