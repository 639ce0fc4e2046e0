//! Small spaces enumerated: every sequence of a few inputs at every stage of a rollout keeps the controller's promises.

use crate::stage::{SEED, plan};
use coalmine_controller::{
    Against, Analysis, Bound, BurnRate, Check, Command, CommandId, Controller, Counted,
    FlowController, Healthy, Input, Limit, Method, Millis, Operator, Output, Pods, Policy, Reading,
    Record, Recording, Sides, Time,
};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// What may happen next. Answers go to the command asked last, or to one that was given up.
#[derive(Clone, Copy, Debug)]
enum Event {
    Done,
    Failed,
    StaleDone,
    Wake,
    Scraped,
    Healthy,
    Unhealthy,
    Nothing,
    Operator(Operator),
}

const EVENTS: [Event; 12] = [
    Event::Done,
    Event::Failed,
    Event::StaleDone,
    Event::Wake,
    Event::Scraped,
    Event::Healthy,
    Event::Unhealthy,
    Event::Nothing,
    Event::Operator(Operator::Pause),
    Event::Operator(Operator::Resume),
    Event::Operator(Operator::Promote),
    Event::Operator(Operator::Abort),
];

/// Those that change the course of a run.
const TURNS: [Event; 8] = [
    Event::Done,
    Event::Wake,
    Event::Scraped,
    Event::Unhealthy,
    Event::Operator(Operator::Pause),
    Event::Operator(Operator::Resume),
    Event::Operator(Operator::Promote),
    Event::Operator(Operator::Abort),
];

/// A controller with what one must remember to check its promises.
#[derive(Clone)]
struct Run {
    controller: FlowController,
    now: Time,
    /// The last command that is not a measurement, and all measurements not answered.
    asked: Option<CommandId>,
    questions: Vec<CommandId>,
    counts: Vec<CommandId>,
    rolled_back: bool,
    ended: bool,
    outputs: Vec<Output>,
}

impl Run {
    fn new(policy: &Policy) -> Self {
        Self {
            controller: FlowController::new(plan(SEED, policy), Recording::Full),
            now: Time(0),
            asked: None,
            questions: Vec::new(),
            counts: Vec::new(),
            rolled_back: false,
            ended: false,
            outputs: Vec::new(),
        }
    }

    fn hand_in(&mut self, input: Input) {
        let before = self.controller.position();
        self.controller.handle(self.now, input);
        let after = self.controller.position();
        if before.paused && after.paused {
            assert_eq!(before.node, after.node, "the token moves while paused");
        }
        while let Some(output) = self.controller.poll() {
            self.keep(&output);
            self.outputs.push(output);
        }
        if self.ended {
            assert_eq!(self.controller.next_deadline(), None);
        }
    }

    fn keep(&mut self, output: &Output) {
        match output {
            Output::Command(id, Command::Measure(_)) => self.questions.push(*id),
            Output::Command(id, Command::Count(_)) => self.counts.push(*id),
            Output::Command(id, command) => {
                assert!(!self.ended || matches!(command, Command::Complete(_)));
                match command {
                    Command::RollBack => self.rolled_back = true,
                    Command::ScaleCanary(_) | Command::SetWeight(_) | Command::Promote => {
                        assert!(!self.rolled_back, "the canary serves after its rollback");
                    }
                    Command::BuildImage
                    | Command::PushImage
                    | Command::Measure(_)
                    | Command::Count(_)
                    | Command::ScaleStable(_)
                    | Command::Complete(_) => {}
                }
                self.asked = Some(*id);
            }
            Output::Record(Record::Ended { .. }) => {
                assert!(!self.ended, "ended twice");
                self.ended = true;
            }
            Output::Record(_) => {}
        }
    }

    fn answer(&mut self, value: f64) {
        let reading = Reading::Value {
            value,
            samples: 9_000,
        };
        for id in core::mem::take(&mut self.questions) {
            self.hand_in(Input::Measured(id, reading));
        }
        // Canary and stable in turn: one of them as told, the other healthy.
        for (id, events) in core::mem::take(&mut self.counts)
            .into_iter()
            .zip([if value < 0.5 { 18 } else { 900 }, 18].into_iter().cycle())
        {
            let requests = 9_000;
            self.hand_in(Input::Counted(id, Counted::Share { events, requests }));
        }
    }

    fn happen(&mut self, event: Event) {
        match event {
            Event::Done => {
                if let Some(id) = self.asked {
                    self.hand_in(Input::Done(id));
                }
            }
            Event::Failed => {
                if let Some(id) = self.asked {
                    self.hand_in(Input::Failed(id, "broken".into()));
                }
            }
            Event::StaleDone => self.hand_in(Input::Done(CommandId(0))),
            Event::Wake => {
                if let Some(deadline) = self.controller.next_deadline() {
                    self.now = self.now.max(deadline);
                }
                self.hand_in(Input::Wake);
                let still = self.controller.next_deadline();
                assert!(
                    still.is_none_or(|still| self.now < still),
                    "a deadline stays in the past"
                );
            }
            Event::Scraped => {
                self.now = self.now + Millis(5);
                self.hand_in(Input::Scraped);
            }
            Event::Healthy => self.answer(0.0),
            Event::Unhealthy => self.answer(0.9),
            Event::Nothing => {
                for id in core::mem::take(&mut self.questions) {
                    self.hand_in(Input::Measured(id, Reading::NoData));
                }
                for id in core::mem::take(&mut self.counts) {
                    self.hand_in(Input::Counted(id, Counted::NoData));
                }
            }
            Event::Operator(act) => self.hand_in(Input::Operator(act)),
        }
    }

    /// Does what a healthy world would do next: carry out a command, answer, or let time pass.
    fn go_on(&mut self) {
        for event in [Event::Done, Event::Healthy, Event::Wake] {
            let waiting = |run: &Self| {
                (
                    run.outputs.len(),
                    run.questions.len(),
                    run.counts.len(),
                    run.controller.next_deadline(),
                )
            };
            let before = waiting(self);
            self.happen(event);
            if before != waiting(self) || self.ended {
                return;
            }
        }
    }

    /// Goes on as a healthy world would, to the end.
    fn finish(&mut self) {
        self.happen(Event::Operator(Operator::Resume));
        // Longer than any path of the seed, looks included.
        for _ in 0..120 {
            if self.ended {
                break;
            }
            self.go_on();
        }
        assert!(
            self.ended,
            "the run does not end: {:?}",
            self.controller.position()
        );
    }
}

/// Every sequence of `length` events from here.
fn enumerate(run: &Run, events: &[Event], length: usize, visit: &mut impl FnMut(Run)) {
    if length == 0 {
        return visit(run.clone());
    }
    for &event in events {
        let mut next = run.clone();
        next.happen(event);
        enumerate(&next, events, length - 1, visit);
    }
}

/// Gates that are looked at three times, by a test and a bound, and a budget beside the trigger.
fn tested() -> Policy {
    let policy = Policy::default();
    let [errors, latency, ..] = policy.checks[..] else {
        panic!("there are four checks")
    };
    let analysis = Analysis {
        method: Method::ObrienFleming,
        alpha: Limit(50_000),
        sides: Sides::Worse,
    };
    let bound = Bound {
        healthy: Healthy::Below,
        against: Against::Analysis(analysis),
    };
    Policy {
        checks: vec![Check { bound, ..errors }, latency],
        burn_rates: vec![BurnRate {
            objective: Limit(999_000),
            factor: Limit(14_400_000),
            long: Millis::from_mins(60),
            short: Millis::from_mins(5),
            min_requests: 100,
        }],
        look_every: Some(Millis::from_secs(100)),
        ..policy
    }
}

/// The rollout, healthy up to each of its moments.
fn moments(policy: &Policy) -> Vec<Run> {
    let mut run = Run::new(policy);
    run.hand_in(Input::Start { replicas: Pods(20) });
    let mut moments = vec![run.clone()];
    while !run.ended {
        run.go_on();
        moments.push(run.clone());
    }
    moments
}

#[test]
fn every_sequence_of_inputs_at_every_moment_keeps_the_promises() {
    for mut moment in moments(&Policy::default()) {
        moment.outputs.clear();
        enumerate(&moment, &EVENTS, 3, &mut |mut run| run.finish());
    }
}

#[test]
fn every_sequence_of_inputs_keeps_the_promises_where_tests_look_early() {
    for mut moment in moments(&tested()) {
        moment.outputs.clear();
        enumerate(&moment, &EVENTS, 2, &mut |mut run| run.finish());
    }
}

#[test]
fn every_longer_sequence_of_turns_from_the_first_observation_keeps_the_promises() {
    let observing = |run: &&Run| run.controller.position().node.0 == 8;
    let moments = moments(&Policy::default());
    let mut first = moments.iter().find(observing).unwrap().clone();
    first.outputs.clear();
    enumerate(&first, &TURNS, 5, &mut |mut run| run.finish());
}

#[test]
fn a_snapshot_carries_on_identically_from_every_moment() {
    for moment in moments(&Policy::default())
        .into_iter()
        .chain(moments(&tested()))
    {
        for event in EVENTS {
            let (mut one, mut other) = (moment.clone(), moment.clone());
            one.happen(event);
            let mut snapshot = one.clone();
            other.happen(event);
            one.finish();
            snapshot.finish();
            other.finish();
            assert_eq!(one.outputs, snapshot.outputs);
            assert_eq!(one.outputs, other.outputs);
            assert_eq!(one.controller, other.controller);
        }
    }
}
