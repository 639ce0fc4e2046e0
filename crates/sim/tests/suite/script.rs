//! A controller that does what it is told, step after step, and keeps what it measured.

use coalmine_controller::{
    Command, CommandId, Controller, Counted, Input, Metric, Operator, Outcome, Output, Pods,
    Position, Query, Reading, Record, Time, Version, Weight, Window,
};
use coalmine_flow::NodeId;
use coalmine_sim::{
    Event, EventKind, Fault, FaultKind, Onset, PodChange, PodId, Sample, Scenario, Seed,
    Simulation, Summary, Target,
};
use std::{collections::VecDeque, sync::Arc};

pub(crate) use coalmine_controller::{Limit, Millis};

/// What a script does next.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Step {
    /// Ask for it, and wait until it is done.
    Do(Command),
    /// Wait until this second of the run.
    Until(u64),
    /// Measure.
    Ask(Query),
    /// Count.
    Count(Query),
}

#[derive(Clone, Debug)]
pub(crate) struct Script {
    steps: VecDeque<Step>,
    out: VecDeque<Output>,
    commands: u32,
    waits_for: Option<CommandId>,
    until: Option<Time>,
    outcome: Option<Outcome>,
    pub(crate) readings: Vec<Reading>,
    pub(crate) counted: Vec<Counted>,
    pub(crate) acts: Vec<(Time, Operator)>,
}

impl Script {
    pub(crate) fn new(steps: &[Step]) -> Self {
        Self {
            steps: steps.iter().copied().collect(),
            out: VecDeque::new(),
            commands: 0,
            waits_for: None,
            until: Some(Time(0)),
            outcome: None,
            readings: Vec::new(),
            counted: Vec::new(),
            acts: Vec::new(),
        }
    }

    fn ask(&mut self, command: Command) -> CommandId {
        self.commands += 1;
        let id = CommandId(self.commands);
        self.out.push_back(Output::Command(id, command));
        id
    }

    fn go_on(&mut self, now: Time) {
        self.until = None;
        self.waits_for = None;
        match self.steps.pop_front() {
            None => self.end(Outcome::Succeeded),
            Some(Step::Do(command)) => self.waits_for = Some(self.ask(command)),
            Some(Step::Until(secs)) => self.until = Some(Time(secs * 1_000).max(now)),
            Some(Step::Ask(query)) => self.waits_for = Some(self.ask(Command::Measure(query))),
            Some(Step::Count(query)) => self.waits_for = Some(self.ask(Command::Count(query))),
        }
    }

    fn end(&mut self, outcome: Outcome) {
        self.steps.clear();
        self.outcome = Some(outcome);
        self.out.push_back(Output::Record(Record::Ended {
            outcome,
            reason: "the script is over".into(),
        }));
        self.ask(Command::Complete(outcome));
    }
}

impl Controller for Script {
    fn handle(&mut self, now: Time, input: Input) {
        match input {
            Input::Wake => self.go_on(now),
            Input::Measured(_, reading) => {
                self.readings.push(reading);
                self.go_on(now);
            }
            Input::Counted(_, counted) => {
                self.counted.push(counted);
                self.go_on(now);
            }
            Input::Done(id) if self.waits_for == Some(id) => self.go_on(now),
            Input::Failed(id, _) if self.waits_for == Some(id) => self.end(Outcome::Failed),
            Input::Start { .. } | Input::Scraped | Input::Done(_) | Input::Failed(..) => {}
            Input::Operator(act) => {
                self.acts.push((now, act));
                self.out
                    .push_back(Output::Record(Record::Operator { act, heeded: true }));
                if act == Operator::Abort {
                    self.steps = [Step::Do(Command::RollBack)].into();
                    self.go_on(now);
                }
            }
        }
    }

    fn poll(&mut self) -> Option<Output> {
        self.out.pop_front()
    }

    fn next_deadline(&self) -> Option<Time> {
        self.until
    }

    fn position(&self) -> Position {
        Position {
            node: NodeId(0),
            paused: false,
            outcome: self.outcome,
        }
    }
}

pub(crate) const fn share(percent: u16) -> Weight {
    Weight::from_basis_points(percent * 100).expect("at most 100 %")
}

/// Pods and then traffic, at this second.
pub(crate) fn raise(at: u64, percent: u16) -> [Step; 3] {
    let weight = share(percent);
    [
        Step::Until(at),
        Step::Do(Command::ScaleCanary(weight.of_pods(Pods(20)))),
        Step::Do(Command::SetWeight(weight)),
    ]
}

fn query(metric: Metric, version: Version, from: u64, to: u64) -> Query {
    Query {
        metric,
        version,
        window: Window {
            from: Time(from * 1_000),
            to: Time(to * 1_000),
        },
    }
}

pub(crate) fn ask(metric: Metric, version: Version, from: u64, to: u64) -> Step {
    Step::Ask(query(metric, version, from, to))
}

pub(crate) fn count(metric: Metric, version: Version, from: u64, to: u64) -> Step {
    Step::Count(query(metric, version, from, to))
}

/// Half the traffic from 60 s to 600 s, then back.
pub(crate) fn half_and_back() -> Vec<Step> {
    let mut steps = raise(60, 50).to_vec();
    steps.extend([Step::Until(600), Step::Do(Command::RollBack)]);
    steps
}

pub(crate) fn fault(kind: FaultKind, target: Target, at: u64) -> Fault {
    Fault {
        target,
        ..Fault::new(kind, Onset::At(Time(at * 1_000)))
    }
}

pub(crate) fn scenario(faults: &[Fault]) -> Scenario {
    Scenario {
        faults: faults.to_vec(),
        ..Scenario::default()
    }
}

/// All that a run left.
#[derive(Clone, Debug)]
pub(crate) struct Ran {
    pub(crate) events: Vec<Event>,
    pub(crate) samples: Vec<Sample>,
    pub(crate) summary: Summary,
    pub(crate) readings: Vec<Reading>,
    pub(crate) counted: Vec<Counted>,
}

pub(crate) fn start(scenario: Scenario, steps: &[Step], seed: u64) -> Simulation<Script> {
    Simulation::new(Arc::new(scenario), Script::new(steps), Seed(seed), 0)
}

pub(crate) fn run(scenario: Scenario, steps: &[Step], seed: u64) -> Ran {
    let mut run = start(scenario, steps, seed);
    run.run_to_close();
    finish(&mut run)
}

pub(crate) fn finish(run: &mut Simulation<Script>) -> Ran {
    Ran {
        events: run.take_events(),
        samples: run.take_samples(),
        summary: run.summary().expect("it is closed"),
        readings: run.controller().readings.clone(),
        counted: run.controller().counted.clone(),
    }
}

impl Ran {
    /// When what happened to a pod, in whole milliseconds.
    pub(crate) fn pod(&self, pod: u32) -> Vec<(u64, PodChange)> {
        let of = |event: &Event| match event.kind {
            EventKind::Pod {
                pod: id, change, ..
            } if id == PodId(pod) => Some((event.at.0, change)),
            _ => None,
        };
        self.events.iter().filter_map(of).collect()
    }

    /// When something happened to how many pods.
    pub(crate) fn changes(&self, change: PodChange) -> Vec<u64> {
        let of = |event: &Event| match event.kind {
            EventKind::Pod { change: found, .. } if found == change => Some(event.at.0),
            _ => None,
        };
        self.events.iter().filter_map(of).collect()
    }

    pub(crate) fn values(&self) -> Vec<f64> {
        let value = |reading: &Reading| match reading {
            Reading::NoData => f64::NAN,
            Reading::Value { value, .. } => *value,
        };
        self.readings.iter().map(value).collect()
    }
}
