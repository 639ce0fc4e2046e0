//! A stage for the controller: a world with fixed delays and a script of what goes wrong and who steps in.
//!
//! A script is a list such as `3m errors 5%; 4m promote`. What a controller says comes out as lines.

use coalmine_controller::{
    Command, CommandId, Controller, Input, Operator, Output, Pods, Reading, Record, Recording,
    Time, Version,
    argo::{ArgoController, Plan, Spec},
};
use coalmine_flow::Diagram;
use std::{fmt::Write, sync::Arc};

/// A plan of a spec that is known to run.
pub(crate) fn plan(spec: Spec) -> Arc<Plan> {
    Arc::new(Plan::new(spec).unwrap_or_else(|faults| panic!("{faults:#?}")))
}

/// Runs a rollout.
pub(crate) fn play(spec: Spec, script: &str) -> String {
    let mut stage = Stage::new(spec, script);
    while stage.step() {}
    stage.told
}

/// A controller, its world and what it told so far.
#[derive(Clone, Debug)]
pub(crate) struct Stage {
    pub(crate) controller: ArgoController,
    pub(crate) told: String,
    pub(crate) records: Vec<Record>,
    diagram: Diagram,
    now: Time,
    script: Vec<(Time, String)>,
    pending: Vec<(Time, Input)>,
    errors: f64,
    has_data: bool,
    answers: bool,
    pods_come: bool,
}

impl Stage {
    pub(crate) fn new(spec: Spec, script: &str) -> Self {
        let entries = script.split(';').map(str::trim).filter(|it| !it.is_empty());
        let mut script: Vec<(Time, String)> = entries
            .map(|entry| {
                let (at, what) = entry.split_once(' ').expect("an instant and what happens");
                (instant(at), what.to_owned())
            })
            .collect();
        script.sort_by_key(|(at, _)| *at);
        let replicas = spec.replicas;
        let plan = plan(spec);
        Self {
            diagram: plan.diagram(),
            controller: ArgoController::new(plan, Recording::Full),
            told: String::new(),
            records: Vec::new(),
            now: Time(0),
            script,
            pending: vec![(Time(0), Input::Start { replicas })],
            errors: 0.0,
            has_data: true,
            answers: true,
            pods_come: true,
        }
    }

    /// Everything that happens before an instant.
    pub(crate) fn run_until(&mut self, end: Time) {
        while self.now < end && self.step() {}
    }

    /// The next thing that happens; `false` once nothing does.
    pub(crate) fn step(&mut self) -> bool {
        let scripted = self.script.first().map(|(at, _)| *at);
        let pending = self.pending.iter().map(|(at, _)| *at).min();
        let deadline = self.controller.next_deadline();
        let Some(next) = [scripted, pending, deadline].into_iter().flatten().min() else {
            return false;
        };
        assert!(
            self.now <= next,
            "a deadline in the past: {next:?}\n{}",
            self.told
        );
        assert!(next < Time(86_400_000), "without end:\n{}", self.told);
        self.now = next;
        if scripted == Some(next) {
            let (_, what) = self.script.remove(0);
            self.happen(&what);
        } else if let Some(at) = self.pending.iter().position(|(at, _)| *at == next) {
            let (_, input) = self.pending.remove(at);
            self.hand_in(input);
        } else {
            self.hand_in(Input::Wake);
        }
        true
    }

    fn happen(&mut self, what: &str) {
        let now = self.now;
        match what.split(' ').collect::<Vec<_>>().as_slice() {
            ["pause"] => self.hand_in(Input::Operator(Operator::Pause)),
            ["resume"] => self.hand_in(Input::Operator(Operator::Resume)),
            ["promote"] => self.hand_in(Input::Operator(Operator::Promote)),
            ["abort"] => self.hand_in(Input::Operator(Operator::Abort)),
            ["retry"] => {
                assert!(self.controller.retry(now), "it was not aborted");
                self.drain();
            }
            ["promote", "full"] => {
                assert!(self.controller.promote_full(now), "it was over");
                self.drain();
            }
            ["errors", share] => {
                let share: f64 = share.trim_end_matches('%').parse().expect("a share");
                self.errors = share / 100.0;
            }
            ["no", "data"] => self.has_data = false,
            ["data"] => self.has_data = true,
            ["no", "answers"] => self.answers = false,
            ["no", "pods"] => self.pods_come = false,
            other => panic!("not in the language of scripts: {other:?}"),
        }
    }

    fn hand_in(&mut self, input: Input) {
        self.controller.handle(self.now, input);
        self.drain();
    }

    fn drain(&mut self) {
        while let Some(output) = self.controller.poll() {
            match output {
                Output::Command(id, command) => self.carry_out(id, command),
                Output::Record(record) => {
                    self.tell(&record);
                    self.records.push(record);
                }
            }
        }
    }

    fn carry_out(&mut self, id: CommandId, command: Command) {
        let (words, takes) = match command {
            Command::ScaleCanary(Pods(pods)) => (format!("canary {pods}"), 20),
            Command::ScaleStable(Pods(pods)) => (format!("stable {pods}"), 20),
            Command::SetWeight(weight) => (format!("route {weight}"), 2),
            Command::RollBack => ("roll back".to_owned(), 5),
            Command::Promote => ("promote".to_owned(), 5),
            Command::Measure(query) => {
                let value = match query.version {
                    Version::Canary => self.errors,
                    Version::Stable => 0.001,
                };
                let reading = if self.has_data {
                    Reading::Value {
                        value,
                        samples: 1_000,
                    }
                } else {
                    Reading::NoData
                };
                let answer = if self.answers {
                    Input::Measured(id, reading)
                } else {
                    Input::Failed(id, "unreachable".to_owned())
                };
                self.pending.push((self.now, answer));
                return;
            }
            Command::Complete(outcome) => {
                self.line(&format!("complete {outcome:?}"));
                return;
            }
            Command::BuildImage | Command::PushImage | Command::Count(_) => {
                panic!("Argo asks for no such thing: {command:?}")
            }
        };
        self.line(&words.replace('\u{2009}', ""));
        let waits = matches!(command, Command::ScaleCanary(_)) && !self.pods_come;
        if !waits {
            let at = Time(self.now.0 + takes * 1_000);
            self.pending.push((at, Input::Done(id)));
        }
    }

    fn tell(&mut self, record: &Record) {
        let label = |node| {
            self.diagram
                .node(node)
                .map_or("", |node| node.label.as_str())
                .to_owned()
        };
        match record {
            Record::Entered(node) => self.line(&format!("at {}", label(*node))),
            Record::Jumped { to, .. } => self.line(&format!("jump to {}", label(*to))),
            Record::Decided(decision) => {
                self.line(&format!("{} {:?}", label(decision.node), decision.verdict));
            }
            Record::Looked { node, verdict, .. } => {
                self.line(&format!("{} {verdict:?}", label(*node)));
            }
            Record::Ended { outcome, reason } => self.line(&format!("{outcome:?}: {reason}")),
            Record::Operator { heeded: false, .. } => self.line("not heeded"),
            Record::Operator { .. }
            | Record::Travelled(_)
            | Record::Observing { .. }
            | Record::Probed { .. } => {}
        }
    }

    fn line(&mut self, text: &str) {
        let seconds = self.now.0 / 1_000;
        let (minutes, seconds) = (seconds / 60, seconds % 60);
        writeln!(self.told, "{minutes}:{seconds:02} {text}").expect("a string takes everything");
    }
}

fn instant(text: &str) -> Time {
    let (number, unit) = text.split_at(text.len() - 1);
    let number: u64 = number.parse().expect("a number");
    Time(match unit {
        "s" => number * 1_000,
        "m" => number * 60_000,
        other => panic!("no unit {other}"),
    })
}
