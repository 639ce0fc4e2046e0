//! What fields show can be typed back, and what cannot be meant is refused in words.

use super::Param;
use crate::state::edit::apply;
use coalmine_controller::{Limit, Millis, Time, Weight};
use coalmine_flow::NodeId;
use coalmine_sim::{Fault, FaultKind, Onset};
use coalmine_wire::Project;

fn project() -> Project {
    let mut project = Project::default();
    let fault = |kind, onset| Fault {
        ramp: Millis::from_secs(30),
        lasts: Some(Millis::from_mins(3)),
        ..Fault::new(kind, onset)
    };
    project.scenario.faults = vec![
        fault(FaultKind::ErrorRate(Limit(50_000)), Onset::At(Time(90_000))),
        fault(
            FaultKind::CrashLoop(Millis::from_secs(40)),
            Onset::Weight(Weight::FULL),
        ),
    ];
    project
}

const ALL: [Param; 26] = [
    Param::Replicas,
    Param::ErrorRate,
    Param::Cpu,
    Param::Memory,
    Param::Slow,
    Param::Build,
    Param::Push,
    Param::PodStart,
    Param::RouterDelay,
    Param::Drain,
    Param::Scrape,
    Param::Tail,
    Param::Window,
    Param::NodeWindow(NodeId(8)),
    Param::Extensions,
    Param::ReadyDeadline,
    Param::CheckBound(0),
    Param::CheckRequests(1),
    Param::CheckWindow(2),
    Param::TriggerBound(0),
    Param::TriggerRequests(0),
    Param::TriggerWindow(0),
    Param::FaultSize(0),
    Param::FaultRamp(0),
    Param::FaultLasts(1),
    Param::FaultStart(0),
];

#[test]
fn what_a_field_shows_can_be_typed_back_and_changes_nothing() {
    let before = project();
    for param in ALL {
        let text = param.show(&before);
        let edit = param.read(&before, &text);
        let mut after = before.clone();
        apply(
            &mut after,
            edit.unwrap_or_else(|error| panic!("{param:?} {text:?}: {error}")),
        );
        assert_eq!(after, before, "{param:?} {text:?}");
    }
}

#[test]
fn a_number_without_a_unit_is_taken_in_the_unit_of_the_field() {
    for (param, bare, spelled) in [
        (Param::Window, "3", "3 min"),
        (Param::Scrape, "10", "10 s"),
        (Param::ErrorRate, "0.4", "0.4 %"),
        (Param::CheckBound(0), "2", "2 %"),
        (Param::CheckBound(1), "300", "300 ms"),
        (Param::Replicas, "1,000", "1000"),
    ] {
        let project = project();
        assert_eq!(
            param.read(&project, bare),
            param.read(&project, spelled),
            "{param:?}"
        );
        assert!(param.read(&project, bare).is_ok(), "{param:?}");
    }
}

#[test]
fn what_cannot_be_meant_is_refused_with_a_text_that_would_do() {
    let project = project();
    for (param, text) in [
        (Param::Window, "soon"),
        (Param::Window, "-5 min"),
        (Param::Window, "0"),
        (Param::ErrorRate, "120 %"),
        (Param::Replicas, "0"),
        (Param::Replicas, "many"),
        (Param::Extensions, "1000"),
        (Param::CheckBound(0), "1 s"),
        (Param::CheckBound(77), "1 %"),
        (Param::Scrape, "10 ms"),
    ] {
        let error = param.read(&project, text).unwrap_err();
        assert!(
            !error.is_empty() && !error.ends_with('.'),
            "{param:?} {text:?}: {error}"
        );
    }
}

#[test]
fn an_empty_field_goes_back_to_what_holds_otherwise() {
    let project = project();
    for param in ALL {
        let is_optional = param.when_empty().is_some();
        assert_eq!(param.read(&project, " ").is_ok(), is_optional, "{param:?}");
    }
}

#[test]
fn the_size_of_every_failure_can_be_typed_back() {
    for failure in coalmine_sim::library::FAILURES {
        let mut before = Project::default();
        failure.inject(&mut before.scenario);
        for place in 0..before.scenario.faults.len() {
            let param = Param::FaultSize(place);
            let text = param.show(&before);
            let mut after = before.clone();
            apply(&mut after, param.read(&before, &text).unwrap());
            assert_eq!(after, before, "{} {text:?}", failure.id);
        }
    }
}
