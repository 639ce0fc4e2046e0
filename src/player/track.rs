//! The track's picture of a run: blocks for weights, bands for faults, marks for decisions, the tail behind the end.
//!
//! Computed when the recording changes, never for a frame.

use crate::playback::Recording;
use coalmine_controller::{Outcome, Record, Time, Verdict, Weight};
use coalmine_sim::EventKind;

/// Marks nearer to each other than this share of the track are drawn as one, so that a long run stays a picture.
const APART: f64 = 0.004;
/// While a run is still being told, the track is at least this long, in milliseconds, and grows by this much.
const STEP_MILLIS: u64 = 30 * 60_000;

/// A stretch of the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Stretch {
    /// Its beginning.
    pub from: Time,
    /// Its end.
    pub to: Time,
}

/// A stretch in which the canary had this share of traffic, and more than none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Block {
    /// When.
    pub stretch: Stretch,
    /// The canary's share.
    pub weight: Weight,
}

/// A stretch in which a fault was active.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Band {
    /// When.
    pub stretch: Stretch,
    /// Its place in the scenario's list.
    pub fault: u32,
}

/// What a mark stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MarkKind {
    /// A gate decided.
    Gate(Verdict),
    /// A trigger, a person or a failure took the token off the drawn path.
    Jump,
    /// The run ended.
    End(Outcome),
}

/// Something that was decided at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Mark {
    /// When.
    pub at: Time,
    /// What.
    pub kind: MarkKind,
}

/// The picture of a run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Track {
    /// The instant at the track's right edge.
    pub end: Time,
    /// Everything up to here has been told.
    pub told: Time,
    /// The canary's shares, in order.
    pub blocks: Vec<Block>,
    /// The faults, in the order in which they began.
    pub bands: Vec<Band>,
    /// The decisions, in order.
    pub marks: Vec<Mark>,
    /// From the end of the run to what has been told behind it.
    pub tail: Option<Stretch>,
}

impl Track {
    /// The place of an instant, 0 at the left edge and 1 at the right.
    pub fn share(&self, at: Time) -> f64 {
        if self.end.0 == 0 {
            return 0.0;
        }
        (at.0 as f64 / self.end.0 as f64).min(1.0)
    }

    /// The instant at a place, 0 at the left edge and 1 at the right.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the share is clamped to 0..=1, so the product lies within the run"
    )]
    pub fn time(&self, share: f64) -> Time {
        Time((share.clamp(0.0, 1.0) * self.end.0 as f64).round() as u64)
    }
}

/// Draws the picture of what has been told of a run.
pub fn track_model(recording: &Recording) -> Track {
    let told = recording.until();
    let end = match recording.summary() {
        Some(summary) => summary.closed.max(told),
        None => Time((told.0 / STEP_MILLIS + 1) * STEP_MILLIS),
    };
    let mut track = Track {
        end,
        told,
        ..Track::default()
    };
    let mut routed = (Time(0), Weight::ZERO);
    let mut open: Vec<(u32, Time)> = Vec::new();
    for event in recording.events().iter() {
        let at = event.at;
        match &event.kind {
            EventKind::Routed(weight) => {
                track.add_block(routed, at);
                routed = (at, *weight);
            }
            EventKind::FaultBegan(fault) => open.push((*fault, at)),
            EventKind::FaultEnded(fault) => {
                if let Some(index) = open.iter().position(|(number, _)| number == fault) {
                    let (fault, from) = open.remove(index);
                    track.add_band(fault, from, at);
                }
            }
            EventKind::Controller(record) => track.add_record(at, record),
            EventKind::Asked(..)
            | EventKind::Done(_)
            | EventKind::CouldNot(..)
            | EventKind::Pod { .. }
            | EventKind::Closed => {}
        }
    }
    track.add_block(routed, told);
    for (fault, from) in open {
        track.add_band(fault, from, told);
    }
    coalmine_flow::order::sort_by_key(&mut track.bands, |band| (band.stretch.from, band.fault));
    track
}

impl Track {
    fn add_block(&mut self, (from, weight): (Time, Weight), to: Time) {
        // After the end, the promoted version is stable: the picture stops where the rollout does.
        let to = self.tail.map_or(to, |tail| to.min(tail.from));
        if from < to && weight != Weight::ZERO {
            let stretch = Stretch { from, to };
            self.blocks.push(Block { stretch, weight });
        }
    }

    fn add_band(&mut self, fault: u32, from: Time, to: Time) {
        let stretch = Stretch { from, to };
        self.bands.push(Band { stretch, fault });
    }

    fn add_record(&mut self, at: Time, record: &Record) {
        let kind = match record {
            Record::Decided(decision) => MarkKind::Gate(decision.verdict),
            Record::Jumped { .. } => MarkKind::Jump,
            Record::Ended { outcome, .. } => {
                self.tail = Some(Stretch {
                    from: at,
                    to: self.told.max(at),
                });
                MarkKind::End(*outcome)
            }
            Record::Entered(_)
            | Record::Travelled(_)
            | Record::Observing { .. }
            | Record::Probed { .. }
            | Record::Looked { .. }
            | Record::Operator { .. } => return,
        };
        let mark = Mark { at, kind };
        // Of marks that would lie upon each other, the later one is what the run made of them.
        match self.marks.last().copied() {
            Some(before) if self.share(at) - self.share(before.at) < APART => {
                if outranks(mark.kind, before.kind) {
                    self.marks.pop();
                    self.marks.push(mark);
                }
            }
            Some(_) | None => self.marks.push(mark),
        }
    }
}

/// Whether a mark says more than one at nearly the same place.
fn outranks(new: MarkKind, old: MarkKind) -> bool {
    let rank = |kind| match kind {
        MarkKind::Gate(Verdict::Pass) => 0,
        MarkKind::Gate(Verdict::Inconclusive) => 1,
        MarkKind::End(_) => 2,
        MarkKind::Gate(Verdict::Fail) => 3,
        MarkKind::Jump => 4,
    };
    rank(old) <= rank(new)
}

#[cfg(test)]
mod tests {
    use super::*;
    use coalmine_controller::{Decision, Next};
    use coalmine_flow::{EdgeId, NodeId};
    use coalmine_sim::Event;
    use coalmine_wire::Batch;

    fn minute(minute: u64) -> Time {
        Time(minute * 60_000)
    }

    fn decided(verdict: Verdict) -> EventKind {
        EventKind::Controller(Record::Decided(Decision {
            node: NodeId(9),
            verdict,
            checks: Vec::new(),
            next: Next::Took(EdgeId(0)),
        }))
    }

    fn recorded(events: Vec<(u64, EventKind)>, until: u64) -> Recording {
        let mut recording = Recording::default();
        recording.append(Batch {
            events: events
                .into_iter()
                .map(|(at, kind)| Event {
                    at: minute(at),
                    kind,
                })
                .collect(),
            samples: Vec::new(),
            until: minute(until),
        });
        recording
    }

    fn drawn(track: &Track) -> String {
        let mut lines = Vec::new();
        let stretch =
            |stretch: Stretch| format!("{}-{}", stretch.from.0 / 60_000, stretch.to.0 / 60_000);
        for block in &track.blocks {
            lines.push(format!(
                "block {} {}",
                stretch(block.stretch),
                block.weight.basis_points()
            ));
        }
        for band in &track.bands {
            lines.push(format!("band {} #{}", stretch(band.stretch), band.fault));
        }
        for mark in &track.marks {
            lines.push(format!("mark {} {:?}", mark.at.0 / 60_000, mark.kind));
        }
        if let Some(tail) = track.tail {
            lines.push(format!("tail {}", stretch(tail)));
        }
        lines.join("\n")
    }

    fn weight(percent: u16) -> EventKind {
        EventKind::Routed(Weight::from_basis_points(percent * 100).unwrap())
    }

    #[test]
    fn a_run_that_is_rolled_back_shows_its_steps_its_fault_and_its_verdicts() {
        let ended = Record::Ended {
            outcome: Outcome::Aborted,
            reason: "a gate failed".to_owned(),
        };
        let recording = recorded(
            vec![
                (2, weight(5)),
                (4, EventKind::FaultBegan(1)),
                (5, EventKind::FaultBegan(0)),
                (7, decided(Verdict::Pass)),
                (8, weight(25)),
                (9, EventKind::FaultEnded(1)),
                (13, decided(Verdict::Fail)),
                (13, weight(0)),
                (14, EventKind::Controller(ended)),
            ],
            24,
        );
        let expected = "block 2-8 500\nblock 8-13 2500\nband 4-9 #1\nband 5-24 #0\n\
            mark 7 Gate(Pass)\nmark 13 Gate(Fail)\nmark 14 End(Aborted)\ntail 14-24";
        assert_eq!(drawn(&track_model(&recording)), expected);
    }

    #[test]
    fn while_a_run_is_told_the_track_does_not_creep() {
        assert_eq!(track_model(&recorded(Vec::new(), 0)).end, minute(30));
        assert_eq!(track_model(&recorded(Vec::new(), 29)).end, minute(30));
        assert_eq!(track_model(&recorded(Vec::new(), 31)).end, minute(60));
    }

    #[test]
    fn of_marks_upon_each_other_the_graver_stays() {
        let jump = EventKind::Controller(Record::Jumped {
            from: NodeId(8),
            to: NodeId(11),
            cause: coalmine_controller::Cause::Operator,
        });
        let recording = recorded(vec![(5, decided(Verdict::Pass)), (5, jump)], 20);
        assert_eq!(drawn(&track_model(&recording)), "mark 5 Jump");
    }

    #[test]
    fn places_and_instants_correspond() {
        let track = track_model(&recorded(Vec::new(), 10));
        for (share, at) in [(0.0, minute(0)), (0.5, minute(15)), (1.0, minute(30))] {
            assert_eq!(track.time(share), at);
            assert!((track.share(at) - share).abs() < 1e-9);
        }
        assert_eq!(track.time(7.0), minute(30));
        assert!(Track::default().share(minute(1)).abs() < 1e-9);
    }
}
