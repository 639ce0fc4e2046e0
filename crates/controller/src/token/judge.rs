//! Judging readings against bounds: pure, so that gates, probes and triggers cannot differ.

use super::outbox::Outbox;
use crate::{
    plan::{Ask, Judged, Slot},
    policy::{Against, Bound, Healthy, NoDataMeans},
    protocol::{Checked, Command, CommandId, Meter, Verdict},
    query::{Query, Reading, Version, Window},
    units::{Limit, Millis, Time},
};
use alloc::{vec, vec::Vec};
use coalmine_stats::bound;

/// Readings that were asked for or came in, by slot. Never grows after its making.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Readings {
    places: Vec<Place>,
    /// How many of them wait for an answer.
    waiting: usize,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Place {
    Empty,
    Asked(CommandId),
    Read(Reading),
}

/// Whether an answer was waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Taken {
    /// It was, and nothing is missing now.
    Last,
    /// It was, and others are missing.
    OneOf,
    /// It was not: it is late, or somebody else's.
    No,
}

impl Readings {
    pub(super) fn with_slots(slots: usize) -> Self {
        Self {
            places: vec![Place::Empty; slots],
            waiting: 0,
        }
    }

    /// Forgets everything, and stops waiting for what is on its way.
    pub(super) fn clear(&mut self) {
        self.places.fill(Place::Empty);
        self.waiting = 0;
    }

    /// The same for what these ask.
    pub(super) fn forget(&mut self, asks: &[Ask]) {
        for ask in asks {
            let place = &mut self.places[ask.slot.0 as usize];
            self.waiting -= usize::from(matches!(place, Place::Asked(_)));
            *place = Place::Empty;
        }
    }

    /// Asks for what is not there yet.
    pub(super) fn ask(
        &mut self,
        asks: &[Ask],
        outbox: &mut Outbox,
        window: impl Fn(&Ask) -> Window,
    ) {
        for ask in asks {
            let place = &mut self.places[ask.slot.0 as usize];
            if let Place::Empty = place {
                let query = Query {
                    metric: ask.metric,
                    version: ask.version,
                    window: window(ask),
                };
                *place = Place::Asked(outbox.command(Command::Measure(query)));
                self.waiting += 1;
            }
        }
    }

    /// Has those answered at once that are not there yet.
    pub(super) fn read(
        &mut self,
        asks: &[Ask],
        outbox: &mut Outbox,
        meter: &mut impl Meter,
        window: impl Fn(&Ask) -> Window,
    ) {
        for ask in asks {
            let place = &mut self.places[ask.slot.0 as usize];
            if let Place::Empty = place {
                // Whether questions are commands or not, the commands after them have the same names.
                outbox.name();
                *place = Place::Read(meter.read(Query {
                    metric: ask.metric,
                    version: ask.version,
                    window: window(ask),
                }));
            }
        }
    }

    /// Takes an answer.
    pub(super) fn take(&mut self, id: CommandId, reading: Reading) -> Taken {
        let asked = |place: &&mut Place| matches!(place, Place::Asked(asked) if *asked == id);
        match self.places.iter_mut().find(asked) {
            Some(place) => *place = Place::Read(reading),
            None => return Taken::No,
        }
        self.waiting -= 1;
        if self.is_complete() {
            Taken::Last
        } else {
            Taken::OneOf
        }
    }

    /// Whether all that was asked for is there.
    pub(super) fn is_complete(&self) -> bool {
        self.waiting == 0
    }

    /// The reading in a slot. What was not measured is no data.
    fn at(&self, slot: Slot) -> Reading {
        match self.places[slot.0 as usize] {
            Place::Read(reading) => reading,
            Place::Empty | Place::Asked(_) => Reading::NoData,
        }
    }
}

/// Where a query looks that has no window of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    /// The last change of weight.
    pub(super) since: Time,
    /// The end of the observation.
    pub(super) to: Time,
}

impl Span {
    pub(super) fn window(self, length: Option<Millis>) -> Window {
        Window {
            from: length.map_or(self.since, |length| self.to.before(length)),
            to: self.to,
        }
    }
}

/// One check with its numbers. What has not been measured counts as no data.
pub(super) fn checked(judged: &Judged, readings: &Readings, window: Window) -> Checked {
    let canary = readings.at(judged.canary);
    let stable = judged.stable.map(|slot| readings.at(slot));
    Checked {
        query: Query {
            metric: judged.metric,
            version: Version::Canary,
            window,
        },
        canary,
        stable,
        bound: judged.bound,
        min_requests: judged.min_requests,
        verdict: verdict(judged, canary, stable),
    }
}

/// What a check finds, without its numbers.
pub(super) fn found(judged: &Judged, readings: &Readings) -> Verdict {
    let stable = judged.stable.map(|slot| readings.at(slot));
    verdict(judged, readings.at(judged.canary), stable)
}

fn verdict(judged: &Judged, canary: Reading, stable: Option<Reading>) -> Verdict {
    let stable = stable.unwrap_or(Reading::Value {
        value: 0.0,
        samples: u64::MAX,
    });
    let (
        Reading::Value { value, samples },
        Reading::Value {
            value: reference,
            samples: references,
        },
    ) = (canary, stable)
    else {
        return match judged.no_data {
            NoDataMeans::Inconclusive => Verdict::Inconclusive,
            NoDataMeans::Fail => Verdict::Fail,
            NoDataMeans::Pass => Verdict::Pass,
        };
    };
    if samples.min(references) < judged.min_requests {
        Verdict::Inconclusive
    } else if is_healthy(judged.bound, value, reference) {
        Verdict::Pass
    } else {
        Verdict::Fail
    }
}

fn is_healthy(bound: Bound, value: f64, reference: f64) -> bool {
    let limit = limit(bound.against, reference);
    match bound.healthy {
        Healthy::Below => bound::is_below(value, limit),
        Healthy::Above => bound::is_above(value, limit),
    }
}

/// The bound as a value of the metric.
pub(super) fn limit(against: Against, reference: f64) -> f64 {
    match against {
        Against::Fixed(Limit(millionths)) => bound::from_millionths(millionths),
        Against::StablePlus(Limit(millionths)) => bound::plus_millionths(reference, millionths),
        Against::StableTimes(Limit(millionths)) => bound::times_millionths(reference, millionths),
    }
}

/// What several checks come to: one that fails outweighs one that cannot tell.
pub(super) fn worse(one: Verdict, other: Verdict) -> Verdict {
    match (one, other) {
        (Verdict::Fail, _) | (_, Verdict::Fail) => Verdict::Fail,
        (Verdict::Inconclusive, _) | (_, Verdict::Inconclusive) => Verdict::Inconclusive,
        (Verdict::Pass, Verdict::Pass) => Verdict::Pass,
    }
}
