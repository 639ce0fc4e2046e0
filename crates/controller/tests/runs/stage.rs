//! A stage for the controller: a world with fixed delays and a script of what goes wrong and who steps in.
//!
//! A script is a list such as `3m canary errors 5%; 4m pause`. What a controller says comes out as lines.

use coalmine_controller::{
    Command, CommandId, Controller, Counted, FlowController, Input, Metric, Millis, Operator,
    Output, Plan, Pods, Policy, Quantile, Query, Reading, Record, Recording, Time, Version,
    compile,
};
use coalmine_flow::parse;
use std::{fmt::Write, sync::Arc};

/// The rollout that the product starts from.
pub(crate) const SEED: &str = include_str!("../../../../examples/canary.fz");

/// The plan of a diagram that is known to run.
pub(crate) fn plan(code: &str, policy: &Policy) -> Arc<Plan> {
    let compiled = compile(&parse(code).diagram, policy);
    compiled
        .plan
        .unwrap_or_else(|| panic!("{:#?}", compiled.diagnostics))
}

/// Runs the seed under the default policy.
pub(crate) fn play(script: &str) -> String {
    play_with(SEED, &Policy::default(), script)
}

/// Runs a diagram under a policy.
pub(crate) fn play_with(code: &str, policy: &Policy, script: &str) -> String {
    let controller = FlowController::new(plan(code, policy), Recording::Full);
    let mut stage = Stage::new(controller, script);
    while stage.step() {}
    stage.told
}

/// What the metrics show of a version.
#[derive(Clone, Copy, Debug)]
struct Symptoms {
    errors: f64,
    p99: f64,
    cpu: f64,
    memory: f64,
    samples: u64,
}

const HEALTHY: Symptoms = Symptoms {
    errors: 0.002,
    p99: 0.3,
    cpu: 0.5,
    memory: 0.5,
    samples: 3_000,
};

/// A controller, its world and what it told so far.
#[derive(Clone, Debug)]
pub(crate) struct Stage {
    pub(crate) controller: FlowController,
    pub(crate) told: String,
    pub(crate) records: Vec<Record>,
    pub(crate) commands: Vec<(Time, Command)>,
    now: Time,
    script: Vec<(Time, String)>,
    pending: Vec<(Time, Input)>,
    canary: Symptoms,
    stable: Symptoms,
    broken: Vec<String>,
}

impl Stage {
    pub(crate) fn new(controller: FlowController, script: &str) -> Self {
        let entries = script
            .split(';')
            .map(str::trim)
            .filter(|entry| !entry.is_empty());
        let mut script: Vec<(Time, String)> = entries
            .map(|entry| {
                let (at, what) = entry.split_once(' ').expect("an instant and what happens");
                (instant(at), what.to_owned())
            })
            .collect();
        script.sort_by_key(|(at, _)| *at);
        let start = Input::Start { replicas: Pods(20) };
        Self {
            controller,
            told: String::new(),
            records: Vec::new(),
            commands: Vec::new(),
            now: Time(0),
            script,
            pending: vec![(Time(0), start)],
            canary: HEALTHY,
            stable: HEALTHY,
            broken: Vec::new(),
        }
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
        self.now = next;
        if scripted == Some(next) {
            let (_, what) = self.script.remove(0);
            self.happen(&what);
        } else if pending == Some(next) {
            let at = self
                .pending
                .iter()
                .position(|(at, _)| *at == next)
                .expect("it was just found");
            let (_, input) = self.pending.remove(at);
            self.hand_in(input);
        } else {
            self.hand_in(Input::Wake);
        }
        true
    }

    pub(crate) fn hand_in(&mut self, input: Input) {
        self.controller.handle(self.now, input);
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

    fn happen(&mut self, what: &str) {
        let words: Vec<&str> = what.split(' ').collect();
        match words.as_slice() {
            ["pause"] => self.hand_in(Input::Operator(Operator::Pause)),
            ["resume"] => self.hand_in(Input::Operator(Operator::Resume)),
            ["promote"] => self.hand_in(Input::Operator(Operator::Promote)),
            ["abort"] => self.hand_in(Input::Operator(Operator::Abort)),
            ["scrape"] => self.hand_in(Input::Scraped),
            ["break", what] => self.broken.push((*what).to_owned()),
            [version, metric, value] => {
                let symptoms = match *version {
                    "canary" => &mut self.canary,
                    "stable" => &mut self.stable,
                    other => panic!("no version {other}"),
                };
                match *metric {
                    "errors" => symptoms.errors = number(value),
                    "p99" => symptoms.p99 = number(value),
                    "cpu" => symptoms.cpu = number(value),
                    "memory" => symptoms.memory = number(value),
                    "samples" => symptoms.samples = value.parse().expect("a number"),
                    other => panic!("no metric {other}"),
                }
            }
            other => panic!("not in the language of scripts: {other:?}"),
        }
    }

    fn carry_out(&mut self, id: CommandId, command: Command) {
        self.commands.push((self.now, command));
        let (name, words, takes) = match command {
            Command::ScaleStable(_) => panic!("a flow never asks for pods of stable"),
            Command::BuildImage => ("build", "build".to_owned(), 90),
            Command::PushImage => ("push", "push".to_owned(), 30),
            Command::ScaleCanary(Pods(pods)) => ("pods", format!("{pods} pods"), 20),
            Command::SetWeight(weight) => ("router", format!("route {weight}"), 2),
            Command::RollBack => ("rollback", "roll back".to_owned(), 30),
            Command::Promote => ("promotion", "promote".to_owned(), 30),
            Command::Measure(query) => {
                let reading = self.measure(&query);
                self.pending.push((self.now, Input::Measured(id, reading)));
                let (metric, version) = (query.metric, query.version);
                let (from, to) = (clock(query.window.from), clock(query.window.to));
                self.line(&format!("ask {metric} of {version:?} {from}..{to}"));
                return;
            }
            Command::Count(query) => {
                let counted = self.count(&query);
                self.pending.push((self.now, Input::Counted(id, counted)));
                let (metric, version) = (query.metric, query.version);
                let (from, to) = (clock(query.window.from), clock(query.window.to));
                self.line(&format!("count {metric} of {version:?} {from}..{to}"));
                return;
            }
            Command::Complete(outcome) => {
                self.line(&format!("complete {outcome:?}"));
                return;
            }
        };
        self.line(&words.replace('\u{2009}', ""));
        let broken = self.broken.iter().any(|broken| broken == name);
        let stuck = self
            .broken
            .iter()
            .any(|broken| *broken == format!("{name}-forever"));
        let at = self.now + Millis::from_secs(takes);
        if broken {
            self.pending
                .push((at, Input::Failed(id, "disk full".into())));
        } else if !stuck {
            self.pending.push((at, Input::Done(id)));
        }
    }

    fn measure(&self, query: &Query) -> Reading {
        let symptoms = match query.version {
            Version::Stable => &self.stable,
            Version::Canary => &self.canary,
        };
        let value = match query.metric {
            Metric::ErrorRate => symptoms.errors,
            Metric::Latency(Quantile(_)) => symptoms.p99,
            Metric::Cpu => symptoms.cpu,
            Metric::Memory | Metric::Custom(_) => symptoms.memory,
        };
        match symptoms.samples {
            0 => Reading::NoData,
            samples => Reading::Value { value, samples },
        }
    }

    /// As many events as the share says, rounded; latencies in two buckets, one above and one below 500 ms.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "shares of small counts"
    )]
    fn count(&self, query: &Query) -> Counted {
        let symptoms = match query.version {
            Version::Stable => &self.stable,
            Version::Canary => &self.canary,
        };
        let requests = symptoms.samples;
        let part = |share: f64| (share * requests as f64).round() as u64;
        match query.metric {
            _ if requests == 0 => Counted::NoData,
            Metric::ErrorRate => Counted::Share {
                events: part(symptoms.errors),
                requests,
            },
            Metric::Latency(_) => {
                let slow = part(symptoms.p99 / 10.0);
                Counted::Buckets([requests - slow, slow].into())
            }
            Metric::Cpu | Metric::Memory | Metric::Custom(_) => Counted::NoData,
        }
    }

    fn tell(&mut self, record: &Record) {
        let text = match record {
            Record::Entered(node) => format!("at {node}"),
            Record::Travelled(edge) => format!("by edge {}", edge.0 + 1),
            Record::Jumped { from, to, cause } => {
                let cause = match cause {
                    coalmine_controller::Cause::Trigger(number, _) => format!("trigger {number}"),
                    coalmine_controller::Cause::BurnRate(burned) => {
                        format!("budget {}", burned.place)
                    }
                    coalmine_controller::Cause::Operator => "person".to_owned(),
                    coalmine_controller::Cause::Failure(why) => format!("failure: {why}"),
                };
                format!("jump {from} to {to}, {cause}")
            }
            Record::Observing { node, until } => format!("{node} observes to {}", clock(*until)),
            Record::Probed { node, checked } => {
                let (metric, verdict) = (checked.query.metric, checked.verdict);
                format!("{node} probed {metric} {verdict:?}")
            }
            Record::Decided(decision) => {
                let mut text = format!("{} judged {:?}", decision.node, decision.verdict);
                for checked in &decision.checks {
                    let (metric, verdict) = (checked.query.metric, checked.verdict);
                    let _ = write!(text, ", {metric} {verdict:?}");
                }
                text
            }
            Record::Looked {
                node,
                look,
                verdict,
                checks,
            } => {
                let mut text = format!("{node} look {} of {}: {verdict:?}", look.number, look.of);
                for checked in checks {
                    let (metric, verdict) = (checked.query.metric, checked.verdict);
                    let _ = write!(text, ", {metric} {verdict:?}");
                }
                text
            }
            Record::Operator { act, heeded } => {
                let heeded = if *heeded { "" } else { ", not heeded" };
                format!("person: {act:?}{heeded}")
            }
            Record::Ended { outcome, reason } => format!("{outcome:?}: {reason}"),
        };
        self.line(&text.replace('\u{2009}', ""));
    }

    fn line(&mut self, text: &str) {
        let _ = writeln!(self.told, "{} {text}", clock(self.now));
    }
}

/// Minutes and seconds since the start.
fn clock(time: Time) -> String {
    let seconds = time.0 / 1_000;
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

/// As in `3m`, `90s` or `6:52`.
fn instant(text: &str) -> Time {
    let parse = |text: &str| text.parse::<u64>().expect("a number");
    let seconds = match (
        text.strip_suffix('m'),
        text.strip_suffix('s'),
        text.split_once(':'),
    ) {
        (Some(minutes), _, _) => parse(minutes) * 60,
        (_, Some(seconds), _) => parse(seconds),
        (_, _, Some((minutes, seconds))) => parse(minutes) * 60 + parse(seconds),
        (None, None, None) => panic!("not an instant: {text}"),
    };
    Time(seconds * 1_000)
}

/// As in `5%`, `600ms` or `0.25`.
fn number(text: &str) -> f64 {
    match (text.strip_suffix('%'), text.strip_suffix("ms")) {
        (Some(percent), _) => percent.parse::<f64>().expect("a number") / 100.0,
        (_, Some(millis)) => millis.parse::<f64>().expect("a number") / 1_000.0,
        (None, None) => text.parse().expect("a number"),
    }
}
