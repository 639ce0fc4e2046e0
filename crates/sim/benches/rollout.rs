//! How many rollouts a second one core runs: the default scenario, with a controller that steps through 5, 25, 50 and
//! 100 % and asks for four metrics at each scrape.

use coalmine_controller::{
    Command, CommandId, Controller, Input, Metric, Millis, Outcome, Output, Pods, Position,
    Quantile, Query, Recording, Time, Version, Weight, Window,
};
use coalmine_flow::NodeId;
use coalmine_sim::{Kit, Rate, Scenario, Seed, Simulation, Traffic};
use std::{collections::VecDeque, sync::Arc};

/// Goes through its steps whatever it measures.
#[derive(Clone)]
struct Steady {
    steps: VecDeque<(Time, Command)>,
    out: VecDeque<Output>,
    commands: u32,
}

impl Steady {
    fn new() -> Self {
        let mut steps = VecDeque::new();
        for (step, percent) in (0_u64..).zip([5_u16, 25, 50, 100]) {
            let weight = Weight::from_basis_points(percent * 100).expect("at most 100 %");
            let at = Time(120_000 + step * 300_000);
            steps.push_back((at, Command::ScaleCanary(weight.of_pods(Pods(20)))));
            steps.push_back((at + Millis(60_000), Command::SetWeight(weight)));
        }
        steps.push_back((Time(1_200_000), Command::Complete(Outcome::Succeeded)));
        Self {
            steps,
            out: VecDeque::new(),
            commands: 0,
        }
    }

    fn ask(&mut self, command: Command) {
        self.commands += 1;
        self.out
            .push_back(Output::Command(CommandId(self.commands), command));
    }
}

impl Controller for Steady {
    fn handle(&mut self, now: Time, input: Input) {
        match input {
            Input::Scraped => {
                for metric in [
                    Metric::ErrorRate,
                    Metric::Latency(Quantile(9_900)),
                    Metric::Cpu,
                    Metric::Memory,
                ] {
                    let window = Window {
                        from: Time(now.0.saturating_sub(60_000)),
                        to: now,
                    };
                    self.ask(Command::Measure(Query {
                        metric,
                        version: Version::Canary,
                        window,
                    }));
                }
            }
            Input::Wake => {
                if let Some((_, command)) = self.steps.pop_front() {
                    self.ask(command);
                }
            }
            Input::Start { .. }
            | Input::Measured(..)
            | Input::Done(_)
            | Input::Failed(..)
            | Input::Operator(_) => {}
        }
    }

    fn poll(&mut self) -> Option<Output> {
        self.out.pop_front()
    }

    fn next_deadline(&self) -> Option<Time> {
        self.steps.front().map(|(at, _)| *at)
    }

    fn position(&self) -> Position {
        Position {
            node: NodeId(0),
            paused: false,
            outcome: None,
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "a bench measures time")]
#[expect(clippy::print_stdout, reason = "a bench tells what it measured")]
fn main() {
    let rollouts: u32 = 2_000;
    for (name, recording) in [("lean", Recording::Outcome), ("recorded", Recording::Full)] {
        for rate in [200_000, 20_000_000] {
            let scenario = Arc::new(Scenario {
                traffic: Traffic::constant(Rate(rate)),
                ..Scenario::default()
            });
            let begin = std::time::Instant::now();
            let mut requests = 0;
            let mut kit = Kit::default();
            for rollout in 0..rollouts {
                let mut run = Simulation::with_kit(
                    Arc::clone(&scenario),
                    Steady::new(),
                    Seed(7),
                    rollout,
                    recording,
                    kit,
                );
                run.run_to_close();
                requests += run.summary().map_or(0, |summary| summary.requests);
                kit = run.into_kit();
            }
            let seconds = begin.elapsed().as_secs_f64();
            let per_second = f64::from(rollouts) / seconds;
            println!(
                "{name}, {} requests/s: {per_second:.0} rollouts/s ({requests} requests)",
                rate / 1_000
            );
        }
    }
}
