//! The picture as markup: what a browser, a screen reader and the end-to-end tests find in it.

use super::{example, jump::Jumps, *};
use crate::{
    playback::{Recording, moment_at},
    state::playhead::Playhead,
};
use coalmine_controller::{Decision, Metric, Next, Record, Time, Verdict};
use coalmine_flow::{EdgeId, NodeId, layout};
use coalmine_sim::{Event, EventKind};
use coalmine_wire::Batch;
use leptos::prelude::*;
use std::sync::Arc;

fn scene() -> Arc<Scene> {
    let diagram = example::diagram();
    let words = [(NodeId(10), "25 % of pods, then traffic".to_owned())];
    Arc::new(Scene::new(&diagram, &layout(&diagram), &words))
}

fn drawn(records: Vec<Record>) -> String {
    let mut recording = Recording::default();
    let events = records.into_iter().map(|record| Event {
        at: Time(1_000),
        kind: EventKind::Controller(record),
    });
    recording.append(Batch {
        events: events.collect(),
        samples: Vec::new(),
        until: Time(2_000),
    });
    Owner::new().with(|| {
        let moment = Arc::new(moment_at(&recording, Time(2_000)));
        let recording = Arc::new(recording);
        let reads = Reads {
            recording: Signal::derive(move || Arc::clone(&recording)),
            moment: Signal::derive(move || Arc::clone(&moment)),
            at: Signal::derive(|| Time(2_000)),
            playhead: Signal::derive(Playhead::default),
            is_calm: Signal::derive(|| false),
            selected: Signal::derive(|| Some(NodeId(2))),
        };
        let transform = Signal::derive(String::new);
        let on_signal = Callback::new(|_| ());
        view! { <DiagramPicture scene=scene() reads transform on_signal arrows=Jumps::view /> }
            .to_html()
    })
}

fn failed_at_the_gate() -> Vec<Record> {
    let decision = Decision {
        node: NodeId(9),
        verdict: Verdict::Fail,
        checks: vec![example::checked(
            Metric::ErrorRate,
            Some(0.021),
            10_000,
            Verdict::Fail,
        )],
        next: Next::Took(EdgeId(3)),
    };
    vec![
        Record::Entered(NodeId(1)),
        Record::Travelled(EdgeId(0)),
        Record::Entered(NodeId(2)),
        Record::Travelled(EdgeId(1)),
        Record::Entered(NodeId(9)),
        Record::Decided(decision),
        Record::Travelled(EdgeId(3)),
        Record::Entered(NodeId(11)),
    ]
}

/// The value of an attribute of the element that has `mark` among its attributes.
fn attribute<'h>(html: &'h str, mark: &str, name: &str) -> Option<&'h str> {
    let at = html.find(mark)?;
    let tag = &html[html[..at].rfind('<')?..];
    let tag = &tag[..tag.find('>')?];
    let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    let rest = &tag[start..];
    Some(&rest[..rest.find('"')?])
}

#[test]
fn the_lit_path_is_the_events() {
    let html = drawn(failed_at_the_gate());
    assert_eq!(
        attribute(&html, "data-path", "data-path"),
        Some("n1 n2 n9 n11")
    );
    let status = |mark: &str| attribute(&html, mark, "data-status");
    for (mark, expected) in [
        (r#"data-node="n1""#, "done"),
        (r#"data-node="n9""#, "failed"),
        (r#"data-node="n10""#, "unreachable"),
        (r#"data-node="n11""#, "active"),
        (r#"data-edge="1""#, "travelled"),
        (r#"data-edge="2""#, "unreachable"),
        (r#"data-edge="5""#, "untouched"),
    ] {
        assert_eq!(status(mark), Some(expected), "{mark}");
    }
}

#[test]
fn a_node_says_its_kind_its_lane_its_ways_and_its_verdict_with_numbers() {
    let html = drawn(failed_at_the_gate()).replace(crate::format::THIN, " ");
    let name = |node: &str| attribute(&html, &format!(r#"data-node="{node}""#), "aria-label");
    assert_eq!(
        name("n9"),
        Some(
            "Gate: Metrics healthy?, Canary Controller, 2 ways out, failed: errors 2.1 % &gt; 1 %"
        )
    );
    assert_eq!(
        name("n10"),
        Some(
            "Step: Increase to 25%, Canary Controller, 1 way out, out of reach. 25 % of pods, then traffic"
        )
    );
    assert_eq!(
        attribute(&html, r#"data-node="n2""#, "aria-pressed"),
        Some("true")
    );
}

#[test]
fn the_focus_goes_lane_by_lane_and_with_the_flow() {
    let html = drawn(Vec::new());
    let places: Vec<_> = ["n1", "n2", "n5", "n9", "n10", "n11"]
        .map(|node| html.find(&format!(r#"data-node="{node}""#)).unwrap())
        .into();
    assert!(places.is_sorted(), "{places:?}");
    let scene = scene();
    assert_eq!(scene.neighbour(NodeId(1), 1), Some(NodeId(2)));
    assert_eq!(scene.neighbour(NodeId(1), -1), None);
    assert_eq!(scene.neighbour(NodeId(9), -1), Some(NodeId(5)));
}

#[test]
fn a_jump_is_drawn_and_named() {
    let html = drawn(vec![
        Record::Entered(NodeId(2)),
        Record::Jumped {
            from: NodeId(2),
            to: NodeId(11),
            cause: coalmine_controller::Cause::Operator,
        },
        Record::Entered(NodeId(11)),
    ]);
    assert!(html.contains(r#"data-jump="n2 n11""#), "{html}");
    assert!(html.contains("aborted by hand"), "{html}");
}
