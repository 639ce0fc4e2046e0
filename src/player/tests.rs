//! The player as markup.

use super::*;
use crate::{
    format,
    playback::{Moment, Recording},
    state::playhead::Playhead,
};
use coalmine_controller::{Time, Weight};
use coalmine_sim::{Event, EventKind};
use coalmine_wire::Batch;
use leptos::prelude::*;
use std::sync::Arc;

fn player() -> String {
    let minute = |minute: u64| Time(minute * 60_000);
    let quarter = Weight::from_basis_points(2_500).unwrap();
    let mut recording = Recording::default();
    recording.append(Batch {
        events: vec![
            Event {
                at: minute(3),
                kind: EventKind::Routed(quarter),
            },
            Event {
                at: minute(6),
                kind: EventKind::FaultBegan(0),
            },
        ],
        samples: Vec::new(),
        until: minute(15),
    });
    Owner::new().with(|| {
        let recording = Arc::new(recording);
        let mut moment = Moment::default();
        moment.traffic.routed = quarter;
        let moment = Arc::new(moment);
        view! {
            <Player
                recording=Signal::derive(move || Arc::clone(&recording))
                moment=Signal::derive(move || Arc::clone(&moment))
                at=Signal::derive(|| Time(750_000))
                playhead=Signal::derive(Playhead::default)
                fault_names=Signal::derive(|| vec!["Error rate".to_owned()])
                on_intent=Callback::new(|_| ())
            />
        }
        .to_html()
        .replace(format::THIN, " ")
    })
}

#[test]
fn the_track_is_a_slider_that_speaks_in_words() {
    let html = player();
    for part in [
        r#"role="slider""#,
        r#"aria-valuemax="900""#,
        r#"aria-valuenow="750""#,
        r#"aria-valuetext="12 min 30 s, 25 % canary""#,
    ] {
        assert!(html.contains(part), "{part} in {html}");
    }
}

#[test]
fn the_track_shows_weights_and_faults_and_what_is_not_told_yet() {
    let html = player();
    // Until the run is complete, the track is half an hour long.
    for part in [
        "left:10.000%;width:40.000%",
        r#"title="Error rate""#,
        "left:50.000%;width:50.000%",
        "translateX(41.667%)",
    ] {
        assert!(html.contains(part), "{part} in {html}");
    }
}

#[test]
fn time_and_its_compression_are_always_in_sight() {
    let html = player();
    assert!(html.contains("12:30") && html.contains("15:00"), "{html}");
    assert!(html.contains("1 s = 1 min"), "{html}");
    assert!(html.contains("Play"), "{html}");
}
