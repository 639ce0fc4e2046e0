//! The engine: drives a controller through a world, one instant after the other.
//!
//! Within one instant the order is: what the world does (in the order in which it was put on the agenda), the scrape
//! and [`Input::Scraped`], the controller's deadline, what people do, the end. The controller is always told before
//! the next thing happens. People come last, so that an act at the instant that is on screen does the same whether it
//! stood in the scenario or came from outside.

mod refusal;

pub use refusal::InterveneError;

use crate::{
    scenario::{Intervention, Scenario, Seed},
    trace::{Event, EventKind, Sample, Summary},
    world::{Kit, Scraped, World},
};
use alloc::{
    format,
    string::{String, ToString},
    sync::Arc,
    vec::Vec,
};
use coalmine_controller::{
    Command, Controller, Input, Limit, Meter, Outcome, Output, Position, Record, Recording, Time,
};

/// A controller that is told this much at one instant, and still has something to do, is stuck.
const INPUTS_AN_INSTANT: u32 = 10_000;

/// A run in progress: a world and the controller in it.
///
/// However it is stepped, the same scenario, controller, seed and rollout give the same events. A clone is a snapshot:
/// it carries on identically.
#[derive(Clone, Debug)]
pub struct Simulation<C> {
    world: World,
    controller: C,
    stage: Stage,
    /// What the controller said of its end, before it ended.
    reason: String,
    inputs: u32,
}

/// How far a run has got.
#[derive(Clone, Debug)]
enum Stage {
    Running,
    Ended(Ending),
    Closed(Summary),
}

#[derive(Clone, Debug)]
struct Ending {
    outcome: Outcome,
    at: Time,
    canary_requests: u64,
    canary_bad: u64,
}

impl<C: Controller> Simulation<C> {
    /// A run at its beginning, with all events and samples recorded.
    pub fn new(scenario: Arc<Scenario>, controller: C, seed: Seed, rollout: u32) -> Self {
        Self::with_recording(scenario, controller, seed, rollout, Recording::Full)
    }

    /// A run at its beginning. With [`Recording::Outcome`] it leaves only its summary, whose hash is zero.
    pub fn with_recording(
        scenario: Arc<Scenario>,
        controller: C,
        seed: Seed,
        rollout: u32,
        recording: Recording,
    ) -> Self {
        Self::with_kit(
            scenario,
            controller,
            seed,
            rollout,
            recording,
            Kit::default(),
        )
    }

    /// A run at its beginning that uses what another one left. Its results do not depend on the kit.
    pub fn with_kit(
        scenario: Arc<Scenario>,
        controller: C,
        seed: Seed,
        rollout: u32,
        recording: Recording,
        kit: Kit,
    ) -> Self {
        Self {
            world: World::new(scenario, seed, rollout, recording, kit),
            controller,
            stage: Stage::Running,
            reason: String::new(),
            inputs: 0,
        }
    }

    /// What the next run can use of this one.
    pub fn into_kit(self) -> Kit {
        self.world.into_kit()
    }

    /// What the run has got to.
    pub const fn now(&self) -> Time {
        self.world.now()
    }

    /// Where the controller stands.
    pub fn position(&self) -> Position {
        self.controller.position()
    }

    /// The controller, to look at.
    pub const fn controller(&self) -> &C {
        &self.controller
    }

    /// The controller, for whoever runs several on one world; what it has asked for already stands.
    pub const fn controller_mut(&mut self) -> &mut C {
        &mut self.controller
    }

    /// Whether the tail is over and nothing follows.
    pub const fn is_closed(&self) -> bool {
        matches!(self.stage, Stage::Closed(_))
    }

    /// How it went, once it is closed.
    pub fn summary(&self) -> Option<Summary> {
        match &self.stage {
            Stage::Running | Stage::Ended(_) => None,
            Stage::Closed(summary) => Some(summary.clone()),
        }
    }

    /// The events since they were last taken.
    pub fn take_events(&mut self) -> Vec<Event> {
        core::mem::take(&mut self.world.writer.events)
    }

    /// The samples since they were last taken.
    pub fn take_samples(&mut self) -> Vec<Sample> {
        core::mem::take(&mut self.world.writer.samples)
    }

    /// Lets a person step in, now or later.
    ///
    /// # Errors
    /// If that instant is past, or the run is over.
    pub fn intervene(&mut self, intervention: Intervention) -> Result<(), InterveneError> {
        match self.stage {
            Stage::Ended(_) | Stage::Closed(_) => Err(InterveneError::Ended),
            Stage::Running if intervention.at < self.now() => {
                Err(InterveneError::Past { now: self.now() })
            }
            Stage::Running => {
                self.world.plan(intervention.at, intervention.act);
                Ok(())
            }
        }
    }

    /// When something happens next; nothing once it is closed.
    pub fn next_instant(&self) -> Option<Time> {
        let scenario = self.world.scenario();
        let own = match &self.stage {
            Stage::Running => {
                let limit = Time::default() + scenario.limit;
                let deadline = self.controller.next_deadline();
                deadline.map_or(limit, |at| at.min(limit))
            }
            Stage::Ended(ending) => ending.at + scenario.tail,
            Stage::Closed(_) => return None,
        };
        Some(own.min(self.world.next_at()).max(self.now()))
    }

    /// Goes on to the next instant at which something happens, and through all of it. Returns that instant; nothing
    /// once the run is closed.
    pub fn step(&mut self) -> Option<Time> {
        let now = self.next_instant()?;
        self.world.go_to(now);
        self.inputs = 0;
        while self.advance() {}
        Some(now)
    }

    /// Goes through everything up to an instant, that instant included, and stays there.
    pub fn advance_to(&mut self, until: Time) {
        while self.next_instant().is_some_and(|at| at <= until) {
            self.step();
        }
        if !self.is_closed() {
            self.world.go_to(until);
        }
    }

    /// Goes on until nothing follows.
    pub fn run_to_close(&mut self) {
        while self.step().is_some() {}
    }

    /// Does the next thing of this instant; tells whether there was one.
    fn advance(&mut self) -> bool {
        if let Some(input) = self.world.inbox.pop_front() {
            self.hand_in(input);
            return true;
        }
        if self.world.change() {
            return true;
        }
        if self.world.is_scrape_due() {
            match self.world.scrape() {
                Scraped::Something => self.hand_in_scrape(),
                Scraped::Nothing => {}
            }
            return true;
        }
        let now = self.now();
        match &self.stage {
            Stage::Running => {
                if self.controller.next_deadline().is_some_and(|at| at <= now) {
                    self.hand_in(Input::Wake);
                } else if let Some(act) = self.world.take_act() {
                    self.hand_in(Input::Operator(act));
                } else if Time::default() + self.world.scenario().limit <= now {
                    let minutes = self.world.scenario().limit.0.div_ceil(60_000);
                    self.stop(format!("the run had not ended after {minutes} minutes"));
                } else {
                    return false;
                }
                true
            }
            Stage::Ended(ending) => {
                if self.world.take_act().is_some() {
                    return true;
                }
                if now < ending.at + self.world.scenario().tail {
                    return false;
                }
                self.close(&ending.clone());
                false
            }
            Stage::Closed(_) => false,
        }
    }

    /// One input, then everything that the controller puts out.
    fn hand_in(&mut self, input: Input) {
        if self.may_hand_in() {
            self.controller.handle(self.now(), input);
            self.follow();
        }
    }

    /// The same for what a scrape brought.
    fn hand_in_scrape(&mut self) {
        if self.may_hand_in() {
            self.controller.scraped(self.now(), &mut self.world);
            self.follow();
        }
    }

    /// Whether the controller is there to be told something. Being told too much at one instant ends it.
    fn may_hand_in(&mut self) -> bool {
        if !matches!(self.stage, Stage::Running) {
            return false;
        }
        self.inputs += 1;
        if INPUTS_AN_INSTANT < self.inputs {
            self.stop("the controller went round in circles without time passing".to_string());
            return false;
        }
        true
    }

    /// Does everything that the controller puts out.
    fn follow(&mut self) {
        while let Some(output) = self.controller.poll() {
            match output {
                Output::Record(record) => self.write_down(record),
                Output::Command(id, Command::Measure(query)) => {
                    let reading = self.world.read(query);
                    self.world.inbox.push_back(Input::Measured(id, reading));
                }
                Output::Command(id, Command::Count(query)) => {
                    let tally = self.world.count(query);
                    self.world.inbox.push_back(Input::Counted(id, tally));
                }
                Output::Command(id, Command::Complete(outcome)) => {
                    let complete = Command::Complete(outcome);
                    self.world.tell(EventKind::Asked(id, complete));
                    self.end(outcome);
                }
                Output::Command(id, command) => {
                    self.world.tell(EventKind::Asked(id, command));
                    self.world.carry_out(id, command);
                }
            }
        }
    }

    fn write_down(&mut self, record: Record) {
        if let Record::Ended { reason, .. } = &record {
            self.reason.clone_from(reason);
        }
        self.world.tell(EventKind::Controller(record));
    }

    /// Ends the run from outside: whatever is there stays as it is, and nobody looks after it.
    fn stop(&mut self, reason: String) {
        let outcome = Outcome::Failed;
        self.write_down(Record::Ended { outcome, reason });
        self.end(outcome);
    }

    /// The controller is told nothing more; the world runs on.
    fn end(&mut self, outcome: Outcome) {
        if !matches!(self.stage, Stage::Running) {
            return;
        }
        self.world.inbox.clear();
        let canary = self.world.canary_tally();
        self.stage = Stage::Ended(Ending {
            outcome,
            at: self.now(),
            canary_requests: canary.requests,
            canary_bad: canary.bad,
        });
    }

    fn close(&mut self, ending: &Ending) {
        let all = self.world.tally();
        let bad_by_cause = self.world.causes();
        self.world.tell(EventKind::Closed);
        let detected = self.world.detected();
        self.stage = Stage::Closed(Summary {
            outcome: ending.outcome,
            reason: self.reason.clone(),
            ended: ending.at,
            closed: self.now(),
            onset: self.world.onset(),
            detected: detected.map(|(at, _)| at),
            weight_at_detection: detected.map(|(_, weight)| weight),
            canary_requests: ending.canary_requests,
            canary_bad: ending.canary_bad,
            bad_by_fault: all.bad_by_fault,
            requests: all.requests,
            bad: all.bad,
            bad_by_cause,
            fault_onsets: self.world.fault_onsets(),
            budget_burned: burned(self.world.scenario().objective, all.bad, all.requests),
            trace_hash: self.world.writer.hash(),
        });
    }
}

/// Bad requests over those that an objective forgives, in millionths.
fn burned(objective: Limit, bad: u64, requests: u64) -> u64 {
    let forgiven_millionths =
        u128::from(1_000_000 - objective.0.clamp(0, 1_000_000).unsigned_abs());
    let forgiven = u128::from(requests) * forgiven_millionths;
    let burned = match (bad, forgiven) {
        (0, _) => 0,
        (_, 0) => u128::MAX,
        (bad, forgiven) => u128::from(bad) * 1_000_000_000_000 / forgiven,
    };
    u64::try_from(burned).unwrap_or(u64::MAX)
}

/// A run moves to another thread as it is: this does not compile otherwise.
const _: () = {
    const fn is_send<T: Send>() {}
    #[expect(dead_code, reason = "it is checked, not called")]
    const fn every_run_is<C: Controller>() {
        is_send::<Simulation<C>>();
    }
};
