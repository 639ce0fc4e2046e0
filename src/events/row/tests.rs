//! Events in sentences.

use super::*;
use coalmine_controller::{
    Against, Bound, Healthy, Limit, Metric, Pods, Query, Reading, Version, Weight, Window,
};
use coalmine_flow::EdgeId;
use coalmine_sim::{Fault, FaultKind, Onset, PodId};
use coalmine_wire::Batch;

const CODE: &str = r#"Controller { # Canary Controller
n11: rectangle label:"Rollback canary"
n12: diamond label:"Still healthy?"
n12.handle(bottom) -> n11.handle(top) [label="No"]
}
"#;

fn diagram() -> Diagram {
    coalmine_flow::parse(CODE).diagram
}

fn checked(value: f64, verdict: Verdict) -> coalmine_controller::Checked {
    coalmine_controller::Checked {
        query: Query {
            metric: Metric::ErrorRate,
            version: Version::Canary,
            window: Window {
                from: Time(0),
                to: Time(300_000),
            },
        },
        canary: Reading::Value {
            value,
            samples: 312,
        },
        stable: None,
        bound: Bound {
            healthy: Healthy::Below,
            against: Against::Fixed(Limit(10_000)),
        },
        min_requests: 500,
        verdict,
        evidence: None,
    }
}

fn scenario() -> Scenario {
    let mut scenario = coalmine_wire::Project::default().scenario;
    scenario.faults = vec![Fault::new(
        FaultKind::ErrorRate(Limit(50_000)),
        Onset::At(Time(0)),
    )];
    scenario
}

fn told(kinds: Vec<EventKind>) -> Vec<Row> {
    let mut recording = Recording::default();
    let count = kinds.len();
    let at = Time(750_000);
    recording.append(Batch {
        events: kinds.into_iter().map(|kind| Event { at, kind }).collect(),
        samples: Vec::new(),
        until: at,
    });
    let (diagram, scenario) = (diagram(), scenario());
    (0..count)
        .filter_map(|index| event_row(&recording, index, &diagram, &scenario))
        .collect()
}

fn check(kind: EventKind, text: &str, severity: Severity) {
    let rows = told(vec![kind]);
    let row = rows.first().unwrap();
    assert_eq!(row.text.replace(format::THIN, " "), text);
    assert_eq!(row.severity, severity, "{text}");
    assert_eq!(row.time, "12:30");
}

fn decided(checked: coalmine_controller::Checked, next: Next) -> EventKind {
    EventKind::Controller(Record::Decided(Decision {
        node: NodeId(12),
        verdict: checked.verdict,
        checks: vec![checked],
        next,
    }))
}

#[test]
fn a_decision_says_what_decided_it_and_what_follows() {
    check(
        decided(checked(0.021, Verdict::Fail), Next::Took(EdgeId(0))),
        "Still healthy? No, to Rollback canary: error rate 2.1 % is not < 1 %",
        Severity::Bad,
    );
    check(
        decided(checked(0.002, Verdict::Pass), Next::Took(EdgeId(0))),
        "Still healthy? No, to Rollback canary: 1 check healthy",
        Severity::Good,
    );
    check(
        decided(
            checked(0.0, Verdict::Inconclusive),
            Next::ExtendedTo(Time(1_050_000)),
        ),
        "Still healthy? Not enough to decide, looks again at 17:30: error rate: 312 of 500 requests needed to decide",
        Severity::Unsure,
    );
}

#[test]
fn what_the_charts_mark_has_a_row() {
    let weight = Weight::from_basis_points(2_500).unwrap();
    check(
        EventKind::Routed(weight),
        "25 % of the traffic goes to the canary",
        Severity::Normal,
    );
    check(
        EventKind::FaultBegan(0),
        "Fault begins: 5 % more errors on the canary",
        Severity::Bad,
    );
    check(
        EventKind::FaultEnded(3),
        "Fault ends: fault 4",
        Severity::Normal,
    );
}

#[test]
fn the_way_off_the_path_says_why() {
    let jumped = |to, cause| {
        EventKind::Controller(Record::Jumped {
            from: NodeId(12),
            to: NodeId(to),
            cause,
        })
    };
    check(
        jumped(11, Cause::Trigger(0, checked(0.12, Verdict::Fail))),
        "Hard limit: error rate 12 % is not < 1 %. Goes to Rollback canary",
        Severity::Bad,
    );
    check(
        jumped(12, Cause::Failure("the build failed".to_owned())),
        "The build failed. Rolls back in place",
        Severity::Bad,
    );
}

#[test]
fn an_answer_names_the_command_it_belongs_to() {
    let rows = told(vec![
        EventKind::Asked(CommandId(4), Command::ScaleCanary(Pods(5))),
        EventKind::Pod {
            pod: PodId(21),
            version: Version::Canary,
            change: PodChange::OutOfMemory,
        },
        EventKind::Done(CommandId(4)),
        EventKind::Done(CommandId(9)),
    ]);
    let texts: Vec<_> = rows.iter().map(|row| row.text.as_str()).collect();
    assert_eq!(
        texts,
        [
            "Asks to have 5 canary pods ready",
            "Pod 21 (canary) was killed: out of memory",
            "Done: have 5 canary pods ready",
            "Done",
        ]
    );
}

#[test]
fn a_filter_lets_through_what_it_says() {
    use crate::events::matches::{Filter, Level, Scope, matches};
    let mut recording = Recording::default();
    let weight = Weight::from_basis_points(500).unwrap();
    let kinds = [
        EventKind::Asked(CommandId(0), Command::SetWeight(weight)),
        EventKind::Routed(weight),
        decided(checked(0.021, Verdict::Fail), Next::Took(EdgeId(0))),
        EventKind::FaultBegan(0),
    ];
    recording.append(Batch {
        events: kinds
            .into_iter()
            .map(|kind| Event { at: Time(1), kind })
            .collect(),
        samples: Vec::new(),
        until: Time(1),
    });
    let found = |scope, level, search: &str| {
        let filter = Filter {
            scope,
            level,
            search: search.to_owned(),
        };
        matches(&filter, &recording, &diagram(), &scenario())
    };
    assert_eq!(found(Scope::All, Level::Main, ""), [1, 2, 3]);
    assert_eq!(found(Scope::All, Level::Everything, ""), [0, 1, 2, 3]);
    assert_eq!(found(Scope::All, Level::Problems, ""), [2, 3]);
    assert_eq!(
        found(Scope::Kind(Kind::Platform), Level::Everything, ""),
        [0, 1]
    );
    assert_eq!(found(Scope::Lane(LaneIx(0)), Level::Main, ""), [2]);
    assert_eq!(found(Scope::All, Level::Main, "ROLLBACK"), [2]);
}
