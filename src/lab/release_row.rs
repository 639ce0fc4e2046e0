//! A release in numbers, as its row shows them.

use super::words;
use crate::format;
use coalmine_flow::Diagram;
use coalmine_lab::{Measure, Quality, ReleaseReport, Share, Spread};

/// What a row shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Its place in the study.
    pub place: u32,
    /// The release.
    pub name: String,
    /// What should become of it.
    pub quality: Quality,
    /// How often the opposite did.
    pub wrong: Share,
    /// What stopped it most often, with how often.
    pub stop: Option<(String, String)>,
    /// Middle and far end of the time to detect, or to promote for a good one.
    pub time: Option<(String, String)>,
    /// Middle and far end of the users hurt.
    pub hurt: Option<(String, String)>,
    /// A run of the middle, and one of the far end.
    pub examples: Option<(u32, u32)>,
}

impl Row {
    /// Of a report.
    pub fn new(report: &ReleaseReport, diagram: &Diagram) -> Self {
        let time = match report.quality {
            Quality::Good => Measure::TimeToPromote,
            Quality::Bad => Measure::TimeToDetect,
        };
        let hurt = spread(report, Measure::UsersHurt);
        let stop = report.stops.first();
        Self {
            place: report.place,
            name: format::sentence_case(&report.name),
            quality: report.quality,
            wrong: report.wrong,
            stop: stop.map(|stop| {
                (
                    words::stop(diagram, stop.stop),
                    format::percent(stop.share.share),
                )
            }),
            time: spread(report, time).map(|spread| told(time, spread)),
            hurt: hurt.map(|spread| told(Measure::UsersHurt, spread)),
            examples: hurt.map(|spread| (spread.typical, spread.extreme)),
        }
    }
}

fn spread(report: &ReleaseReport, measure: Measure) -> Option<&Spread> {
    let mut spreads = report.spreads.iter();
    spreads
        .find(|(other, _)| *other == measure)
        .map(|(_, spread)| spread)
}

fn told(measure: Measure, spread: &Spread) -> (String, String) {
    let value = |value| words::value(measure, value);
    (value(spread.median.value), value(spread.p95.value))
}
