//! A run is the same however it is stepped, forked and resumed, and always comes to an end.

use crate::script::{Limit, Millis, Ran, Script, Step, fault, finish, half_and_back, raise, run};
use crate::script::{scenario, start};
use coalmine_controller::{
    Command, CommandId, Controller, FlowController, Input, Operator, Outcome, Output, Policy,
    Position, Recording, Time, compile,
};
use coalmine_flow::{NodeId, parse};
use coalmine_sim::{
    EventKind, FaultKind, InterveneError, Intervention, Scenario, Seed, Simulation, Target,
};
use std::sync::Arc;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn eventful() -> Scenario {
    let mut leak = fault(FaultKind::MemoryLeak(Limit(200_000)), Target::Canary, 100);
    leak.ramp = Millis(60_000);
    let crash = fault(FaultKind::CrashLoop(Millis(60_000)), Target::Both, 250);
    let error = fault(FaultKind::ErrorRate(Limit(30_000)), Target::Both, 321);
    scenario(&[leak, crash, error])
}

fn same(a: &Ran, b: &Ran) {
    assert_eq!(a.summary, b.summary);
    assert_eq!(a.events, b.events);
    assert_eq!(a.samples, b.samples);
}

#[test]
fn a_run_is_the_same_however_it_is_stepped() {
    let whole = run(eventful(), &half_and_back(), 7);

    let mut by_step = start(eventful(), &half_and_back(), 7);
    let mut instants = vec![];
    while let Some(at) = by_step.step() {
        instants.push(at);
    }
    assert!(instants.is_sorted());
    same(&whole, &finish(&mut by_step));

    let mut by_time = start(eventful(), &half_and_back(), 7);
    let mut at = 0;
    while !by_time.is_closed() {
        at += 1_337;
        by_time.advance_to(Time(at));
    }
    same(&whole, &finish(&mut by_time));
}

#[test]
fn a_snapshot_carries_on_identically() {
    let whole = run(eventful(), &half_and_back(), 7);
    let mut run = start(eventful(), &half_and_back(), 7);
    for at in [1_000, 61_234, 300_000, 600_000, 700_000] {
        run.advance_to(Time(at));
        let mut snapshot = run.clone();
        snapshot.run_to_close();
        same(&whole, &finish(&mut snapshot));
    }
}

#[test]
fn stepping_in_does_the_same_as_having_it_in_the_scenario() {
    // At instants at which much else happens, too.
    let whole = run(eventful(), &half_and_back(), 7);
    let told = whole.events.iter().map(|event| event.at.0).step_by(5);
    let told = told.filter(|at| *at < whole.summary.ended.0);
    for at in [5_000, 61_234, 599_999].into_iter().chain(told) {
        let abort = Intervention {
            at: Time(at),
            act: Operator::Abort,
        };
        let mut planned = eventful();
        planned.interventions.push(abort);
        let planned = run(planned, &half_and_back(), 7);
        let mut live = start(eventful(), &half_and_back(), 7);
        live.advance_to(Time(at));
        live.intervene(abort).unwrap();
        live.run_to_close();
        same(&planned, &finish(&mut live));
    }
}

#[test]
fn nobody_steps_into_the_past_or_after_the_end() {
    let mut run = start(Scenario::default(), &half_and_back(), 7);
    run.advance_to(Time(100_000));
    let act = |at| Intervention {
        at: Time(at),
        act: Operator::Pause,
    };
    let now = Time(100_000);
    assert_eq!(
        run.intervene(act(99_999)),
        Err(InterveneError::Past { now })
    );
    assert_eq!(run.intervene(act(100_000)), Ok(()));
    run.advance_to(Time(100_000));
    assert_eq!(run.controller().acts, [(now, Operator::Pause)]);
    run.advance_to(Time(640_000));
    assert_eq!(run.intervene(act(650_000)), Err(InterveneError::Ended));
}

#[test]
fn a_run_without_a_record_goes_the_same_way() {
    let recorded = run(eventful(), &half_and_back(), 7);
    let mut lean = Simulation::with_recording(
        Arc::new(eventful()),
        Script::new(&half_and_back()),
        Seed(7),
        0,
        Recording::Outcome,
    );
    lean.run_to_close();
    let lean = finish(&mut lean);
    assert!(lean.events.is_empty() && lean.samples.is_empty());
    let mut expected = recorded.summary;
    expected.trace_hash = 0;
    assert_eq!(lean.summary, expected);
}

#[test]
fn rollouts_of_one_seed_differ() {
    let hash = |rollout| {
        let script = Script::new(&half_and_back());
        let mut run = Simulation::new(Arc::new(eventful()), script, Seed(7), rollout);
        run.run_to_close();
        run.summary().expect("it is closed").trace_hash
    };
    assert_ne!(hash(0), hash(1));
}

#[test]
fn a_run_that_does_not_end_is_stopped_at_its_limit() {
    let short = Scenario {
        limit: Millis::from_mins(3),
        ..Scenario::default()
    };
    let mut steps = raise(60, 5).to_vec();
    steps.push(Step::Until(1_000_000));
    let ran = run(short, &steps, 7);
    assert_eq!(ran.summary.outcome, Outcome::Failed);
    assert_eq!(ran.summary.reason, "the run had not ended after 3 minutes");
    assert_eq!(ran.summary.ended, Time(180_000));
    assert_eq!(ran.summary.closed, Time(780_000));
    assert_eq!(ran.events.last().map(|e| &e.kind), Some(&EventKind::Closed));
}

/// Always has something to do at once.
#[derive(Clone)]
struct Restless(u32);

impl Controller for Restless {
    fn handle(&mut self, _now: Time, _input: Input) {
        self.0 += 1;
    }

    fn poll(&mut self) -> Option<Output> {
        None
    }

    fn next_deadline(&self) -> Option<Time> {
        Some(Time(0))
    }

    fn position(&self) -> Position {
        Position {
            node: NodeId(0),
            paused: false,
            outcome: None,
        }
    }
}

#[test]
fn a_controller_that_goes_round_in_circles_is_stopped() {
    let mut run = Simulation::new(Arc::new(Scenario::default()), Restless(0), Seed(7), 0);
    run.run_to_close();
    let summary = run.summary().expect("it is closed");
    assert_eq!(summary.outcome, Outcome::Failed);
    assert_eq!(summary.ended, Time(0));
    assert!(summary.reason.contains("circles"), "{}", summary.reason);
}

/// Has its questions answered by way of commands, as any controller that does not say how else.
#[derive(Clone)]
struct ByCommand(FlowController);

impl Controller for ByCommand {
    fn handle(&mut self, now: Time, input: Input) {
        self.0.handle(now, input);
    }

    fn poll(&mut self) -> Option<Output> {
        self.0.poll()
    }

    fn next_deadline(&self) -> Option<Time> {
        self.0.next_deadline()
    }

    fn position(&self) -> Position {
        self.0.position()
    }
}

#[test]
fn a_run_is_the_same_whether_triggers_ask_by_commands_or_are_answered_at_once() {
    let seed = include_str!("../../../../examples/canary.fz");
    let compiled = compile(&parse(seed).diagram, &Policy::default());
    let plan = compiled.plan.expect("the seed's diagram compiles");
    let controller = FlowController::new(plan, Recording::Full);
    let burst = fault(FaultKind::ErrorRate(Limit(500_000)), Target::Canary, 600);
    for faults in [&[][..], &[burst]] {
        let scenario = Arc::new(scenario(faults));
        let (seed, at_once) = (Seed(7), controller.clone());
        let mut at_once = Simulation::new(Arc::clone(&scenario), at_once, seed, 0);
        let mut by_command = Simulation::new(scenario, ByCommand(controller.clone()), seed, 0);
        at_once.run_to_close();
        by_command.run_to_close();
        assert_eq!(at_once.take_events(), by_command.take_events());
        assert_eq!(at_once.summary(), by_command.summary());
        let jumped = at_once.summary().is_some_and(|it| it.detected.is_some());
        assert_eq!(jumped, !faults.is_empty());
    }
}

#[test]
fn measurements_are_not_written_down_but_every_other_command_is() {
    let ran = run(Scenario::default(), &half_and_back(), 7);
    let asked = ran.events.iter().filter_map(|event| match event.kind {
        EventKind::Asked(CommandId(id), command) => Some((id, command)),
        _ => None,
    });
    let asked: Vec<u32> = asked
        .filter(|(_, command)| !matches!(command, Command::Measure(_)))
        .map(|(id, _)| id)
        .collect();
    assert_eq!(asked, [1, 2, 3, 4]);
}

#[test]
fn the_trace_of_a_fixed_run_has_a_fixed_hash() {
    // Natively and in a browser alike. A change of this number changes what every seed means: say so in the log.
    let ran = run(eventful(), &half_and_back(), 7);
    assert_eq!(
        format!("{:016x}", ran.summary.trace_hash),
        "a9cf05a01c2e1df5"
    );
}
