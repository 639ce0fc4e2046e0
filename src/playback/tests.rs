//! The fold against events made by hand, and against whole runs of the engine.

use super::*;
use coalmine_controller::{
    Cause, Command, CommandId, Operator, Outcome, Record, Time, Version, Weight,
};
use coalmine_flow::{EdgeId, NodeId};
use coalmine_sim::{
    Event, EventKind, Fault, FaultKind, Intervention, Onset, PodChange, PodId, Target,
};
use coalmine_wire::{Batch, Job, LaunchFlow, Project};

const N8: NodeId = NodeId(8);
const N11: NodeId = NodeId(11);

fn told(events: Vec<(u64, EventKind)>) -> Recording {
    let mut recording = Recording::default();
    let event = |(at, kind)| Event { at: Time(at), kind };
    recording.append(Batch {
        events: events.into_iter().map(event).collect(),
        samples: Vec::new(),
        until: Time(1_000_000),
    });
    recording
}

fn record(record: Record) -> EventKind {
    EventKind::Controller(record)
}

/// A run of the seed's project under faults and acts, told in batches of ten seconds.
fn run(faults: Vec<Fault>, acts: Vec<Intervention>) -> Recording {
    let mut project = Project::default();
    project.scenario.faults = faults;
    project.scenario.interventions = acts;
    let mut simulation = Job::new(&project).unwrap().simulation(&LaunchFlow);
    let mut recording = Recording::default();
    while !simulation.is_closed() {
        let until = Time(recording.until().0 + 10_000);
        simulation.advance_to(until);
        recording.append(Batch {
            events: simulation.take_events(),
            samples: simulation.take_samples(),
            until,
        });
    }
    recording.finish(simulation.summary().unwrap());
    recording
}

fn errors() -> Fault {
    Fault::new(
        FaultKind::ErrorRate(coalmine_controller::Limit(50_000)),
        Onset::Weight(Weight::from_basis_points(2_500).unwrap()),
    )
}

#[test]
fn a_node_is_active_until_the_token_leaves_it() {
    let recording = told(vec![
        (1, record(Record::Entered(N8))),
        (5, record(Record::Travelled(EdgeId(7)))),
        (5, record(Record::Entered(NodeId(9)))),
    ]);
    let status = |at| moment_at(&recording, Time(at)).node(N8).status;
    assert_eq!(status(0), NodeStatus::Untouched);
    assert_eq!(status(4), NodeStatus::Active);
    assert_eq!(status(5), NodeStatus::Done);
    let travels = moment_at(&recording, Time(9)).edges[&EdgeId(7)];
    assert_eq!((travels.count, travels.last), (1, Time(5)));
}

#[test]
fn a_jump_marks_the_node_it_left_and_ends_its_observation() {
    let observing = Record::Observing {
        node: N8,
        until: Time(300),
    };
    let jumped = Record::Jumped {
        from: N8,
        to: N11,
        cause: Cause::Operator,
    };
    let recording = told(vec![
        (1, record(Record::Entered(N8))),
        (1, record(observing)),
        (100, record(jumped)),
        (100, record(Record::Entered(N11))),
    ]);
    let before = moment_at(&recording, Time(99)).observing.unwrap();
    assert!((before.progress(Time(150)) - 149.0 / 299.0).abs() < 1e-9);
    let after = moment_at(&recording, Time(100));
    assert_eq!(after.observing, None);
    assert_eq!(after.node(N8).status, NodeStatus::Failed);
    assert_eq!(after.token, Some(N11));
    let move_ = departure(&recording, after.events).unwrap();
    assert_eq!(move_.hops, [Hop::Jump { from: N8, to: N11 }]);
}

#[test]
fn an_extended_observation_goes_on_from_its_first_look() {
    let observing = |until| {
        record(Record::Observing {
            node: N8,
            until: Time(until),
        })
    };
    let recording = told(vec![
        (1, record(Record::Entered(N8))),
        (1, observing(101)),
        (101, observing(201)),
    ]);
    let observed = moment_at(&recording, Time(101)).observing.unwrap();
    assert_eq!((observed.from, observed.until), (Time(1), Time(201)));
}

#[test]
fn a_command_is_in_flight_until_it_is_answered() {
    let (first, second) = (CommandId(1), CommandId(2));
    let weight = Weight::from_basis_points(500).unwrap();
    let recording = told(vec![
        (1, EventKind::Asked(first, Command::SetWeight(weight))),
        (3, EventKind::Routed(weight)),
        (3, EventKind::Done(first)),
        (4, EventKind::Asked(second, Command::RollBack)),
        // A late answer to something else changes nothing.
        (5, EventKind::Done(first)),
    ]);
    let moment = |at| moment_at(&recording, Time(at));
    assert_eq!(moment(2).command.unwrap().id, first);
    assert_eq!(moment(2).traffic.target, weight);
    assert_eq!(moment(2).traffic.routed, Weight::ZERO);
    assert_eq!(moment(3).command, None);
    assert_eq!(moment(5).command.unwrap().since, Time(4));
    assert_eq!(moment(5).traffic.target, Weight::ZERO);
}

#[test]
fn pods_are_counted_by_what_they_are_now() {
    let pod = |number, version, change| EventKind::Pod {
        pod: PodId(number),
        version,
        change,
    };
    let recording = told(vec![
        (1, pod(0, Version::Stable, PodChange::Ready)),
        (2, pod(1, Version::Canary, PodChange::Starting)),
        (3, pod(1, Version::Canary, PodChange::Ready)),
        (4, pod(1, Version::Canary, PodChange::OutOfMemory)),
        (5, pod(1, Version::Canary, PodChange::Ready)),
        (6, pod(1, Version::Canary, PodChange::Promoted)),
        (7, pod(0, Version::Stable, PodChange::Gone)),
    ]);
    let counts = |at, version| moment_at(&recording, Time(at)).pod_counts(version);
    assert_eq!(counts(2, Version::Canary).starting, 1);
    assert_eq!(counts(4, Version::Canary).down, 1);
    assert_eq!(counts(6, Version::Canary), PodCounts::default());
    assert_eq!(counts(6, Version::Stable).ready, 2);
    assert_eq!(counts(7, Version::Stable).ready, 1);
}

#[test]
fn a_person_pauses_and_resumes_only_where_heeded() {
    let act = |act, heeded| record(Record::Operator { act, heeded });
    let recording = told(vec![
        (1, act(Operator::Pause, true)),
        (2, act(Operator::Resume, false)),
        (3, act(Operator::Resume, true)),
    ]);
    let paused = |at| moment_at(&recording, Time(at)).paused;
    assert_eq!((paused(1), paused(2), paused(3)), (true, true, false));
}

#[test]
fn a_moment_from_a_checkpoint_equals_one_folded_from_the_start() {
    let crashes = Fault {
        kind: FaultKind::CrashLoop(coalmine_controller::Millis(20_000)),
        target: Target::Stable,
        ..errors()
    };
    let recording = run(vec![errors(), crashes], Vec::new());
    let mut folded = Moment::default();
    assert!(256 < recording.events().len(), "there are checkpoints");
    for (place, event) in (1..).zip(recording.events().iter()) {
        folded.apply(event);
        assert_eq!(recording.after(place), folded, "after {place} events");
    }
    assert_eq!(moment_at(&recording, recording.until()), folded);
}

#[test]
fn the_seed_succeeds_and_the_path_is_what_was_entered() {
    let recording = run(Vec::new(), Vec::new());
    let all = recording.events().len();
    assert_eq!(
        path_words(&recording, all),
        "n1 n2 n3 n6 n7 n8 n9 n10 n12 n13 n14 n15 n16 n17 n18 n19 n4 n5"
    );
    let end = moment_at(&recording, recording.until());
    assert_eq!(end.ended.as_ref().unwrap().outcome, Outcome::Succeeded);
    assert!(end.closed);
    assert_eq!(end.pod_counts(Version::Canary), PodCounts::default());
    assert_eq!(end.pod_counts(Version::Stable).ready, 20);
    let entered = path(&recording, all);
    assert!(
        entered
            .iter()
            .all(|node| end.node(*node).status == NodeStatus::Done)
    );
}

#[test]
fn a_regression_at_25_percent_fails_the_second_gate() {
    let recording = run(vec![errors()], Vec::new());
    let end = moment_at(&recording, recording.until());
    assert_eq!(end.node(NodeId(9)).status, NodeStatus::Done);
    assert_eq!(end.node(NodeId(12)).status, NodeStatus::Failed);
    assert_eq!(end.ended.as_ref().unwrap().outcome, Outcome::Aborted);
    assert_eq!(end.traffic, Traffic::default());
    assert_eq!(end.node(NodeId(13)).status, NodeStatus::Untouched);
}

#[test]
fn a_fork_keeps_the_past_and_replaces_the_future() {
    let at = Time(250_000);
    let abort = Intervention {
        at,
        act: Operator::Abort,
    };
    let straight = run(Vec::new(), vec![abort]);
    let mut forked = run(Vec::new(), Vec::new());
    forked.truncate(at);
    assert_eq!(forked.until(), at);
    assert!(forked.summary().is_none());
    let known = forked.events().len();
    forked.append(Batch {
        events: straight
            .events()
            .range(known, straight.events().len())
            .cloned()
            .collect(),
        samples: straight
            .samples()
            .range(forked.samples().len(), straight.samples().len())
            .copied()
            .collect(),
        until: straight.until(),
    });
    assert!(forked.events().iter().eq(straight.events().iter()));
    let end = straight.until();
    assert_eq!(moment_at(&forked, end), moment_at(&straight, end));
}

#[test]
fn steps_lead_from_one_end_to_the_other_and_back() {
    let recording = run(vec![errors()], Vec::new());
    let mut forth = vec![Time(0)];
    while let Some(next) = next_event(&recording, *forth.last().unwrap()) {
        forth.push(next);
    }
    let mut back = vec![*forth.last().unwrap()];
    while let Some(before) = previous_event(&recording, *back.last().unwrap()) {
        back.push(before);
    }
    back.reverse();
    assert_eq!(forth, back);
    let mut decisions = Vec::new();
    let mut at = Time(0);
    while let Some(next) = next_decision(&recording, at) {
        decisions.push(next);
        at = next;
    }
    assert_eq!(decisions.len(), 2, "n9 and n12");
    assert_eq!(
        previous_decision(&recording, decisions[1]),
        Some(decisions[0])
    );
}

#[test]
fn sharing_a_recording_copies_no_series() {
    let events = (0..600).map(|at| (at, EventKind::Closed)).collect();
    let mut shared = std::sync::Arc::new(told(events));
    let held = std::sync::Arc::clone(&shared);
    let before = held.events().len();
    std::sync::Arc::make_mut(&mut shared).append(Batch {
        events: vec![Event {
            at: held.until(),
            kind: EventKind::Closed,
        }],
        samples: Vec::new(),
        until: held.until(),
    });
    assert_eq!(
        (held.events().len(), shared.events().len()),
        (before, before + 1)
    );
    let same = held.events().get(0).zip(shared.events().get(0));
    assert!(
        same.is_some_and(|(a, b)| std::ptr::eq(a, b)),
        "chunks are shared"
    );
}
