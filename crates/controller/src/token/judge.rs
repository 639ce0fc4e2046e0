//! Judging readings against bounds: pure, so that gates, probes and triggers cannot differ.

mod analysis;

use crate::{
    outbox::Outbox,
    plan::{Ask, Form, Judged, Plan, Slot},
    policy::{Against, Bound, Healthy, NoDataMeans},
    protocol::{Checked, Command, CommandId, Evidence, Look, Meter, Verdict},
    query::{Counted, Query, Reading, Version, Window},
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

#[derive(Clone, Debug, PartialEq)]
enum Place {
    Empty,
    Asked(CommandId),
    Answered(Answer),
}

impl Place {
    fn waits_for(&self, id: CommandId) -> bool {
        matches!(self, Self::Asked(asked) if *asked == id)
    }
}

/// What came in.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Answer {
    Reading(Reading),
    Counted(Counted),
    /// It could not be had.
    Nothing,
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
                let command = match ask.form {
                    Form::Reading => Command::Measure(query),
                    Form::Counted => Command::Count(query),
                };
                *place = Place::Asked(outbox.command(command));
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
                let query = Query {
                    metric: ask.metric,
                    version: ask.version,
                    window: window(ask),
                };
                *place = Place::Answered(match ask.form {
                    Form::Reading => Answer::Reading(meter.read(query)),
                    Form::Counted => Answer::Counted(meter.count(query)),
                });
            }
        }
    }

    /// Whether this answer was asked for.
    pub(super) fn waits_for(&self, id: CommandId) -> bool {
        self.places.iter().any(|place| place.waits_for(id))
    }

    /// Takes an answer.
    pub(super) fn take(&mut self, id: CommandId, answer: Answer) -> Taken {
        match self.places.iter_mut().find(|place| place.waits_for(id)) {
            Some(place) => *place = Place::Answered(answer),
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
        match &self.places[slot.0 as usize] {
            Place::Answered(Answer::Reading(reading)) => *reading,
            Place::Answered(Answer::Counted(_) | Answer::Nothing)
            | Place::Empty
            | Place::Asked(_) => Reading::NoData,
        }
    }

    /// The counts in a slot.
    fn tally(&self, slot: Slot) -> &Counted {
        match &self.places[slot.0 as usize] {
            Place::Answered(Answer::Counted(tally)) => tally,
            Place::Answered(Answer::Reading(_) | Answer::Nothing)
            | Place::Empty
            | Place::Asked(_) => &Counted::NoData,
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

/// Who judges: readings, and how often they were looked at.
#[derive(Clone, Copy)]
pub(super) struct Judge<'a> {
    pub(super) plan: &'a Plan,
    pub(super) readings: &'a Readings,
    pub(super) look: Look,
}

impl Judge<'_> {
    /// One check with its numbers. What has not been measured counts as no data.
    pub(super) fn checked(self, judged: &Judged, window: Window) -> Checked {
        let (verdict, evidence) = self.found(judged);
        Checked {
            query: Query {
                metric: judged.metric,
                version: Version::Canary,
                window,
            },
            canary: self.readings.at(judged.canary),
            stable: judged.stable.map(|slot| self.readings.at(slot)),
            bound: judged.bound,
            min_requests: judged.min_requests,
            verdict,
            evidence,
        }
    }

    /// All checks with their numbers.
    pub(super) fn all(self, checks: &[Judged], span: Span) -> Vec<Checked> {
        let checked = |judged: &Judged| self.checked(judged, span.window(judged.window));
        checks.iter().map(checked).collect()
    }

    /// What all checks come to.
    pub(super) fn verdict(self, checks: &[Judged]) -> Verdict {
        let verdicts = checks.iter().map(|judged| self.found(judged).0);
        verdicts.fold(Verdict::Pass, worse)
    }

    /// What a check finds.
    pub(super) fn found(self, judged: &Judged) -> (Verdict, Option<Evidence>) {
        match (judged.bound.against, judged.counts) {
            (Against::Analysis(analysis), Some(counts)) => self.analyzed(judged, analysis, counts),
            (
                Against::Fixed(_)
                | Against::StablePlus(_)
                | Against::StableTimes(_)
                | Against::Analysis(_),
                _,
            ) => {
                let stable = judged.stable.map(|slot| self.readings.at(slot));
                let canary = self.readings.at(judged.canary);
                (verdict(judged, canary, stable), None)
            }
        }
    }
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
        return without_data(judged);
    };
    if samples.min(references) < judged.min_requests {
        Verdict::Inconclusive
    } else if is_healthy(judged.bound, value, reference) {
        Verdict::Pass
    } else {
        Verdict::Fail
    }
}

fn without_data(judged: &Judged) -> Verdict {
    match judged.no_data {
        NoDataMeans::Inconclusive => Verdict::Inconclusive,
        NoDataMeans::Fail => Verdict::Fail,
        NoDataMeans::Pass => Verdict::Pass,
    }
}

fn is_healthy(bound: Bound, value: f64, reference: f64) -> bool {
    let limit = limit(bound.against, reference);
    match bound.healthy {
        Healthy::Below => bound::is_below(value, limit),
        Healthy::Above => bound::is_above(value, limit),
    }
}

/// The bound as a value of the metric; where a test decides, what the other version has.
pub(super) fn limit(against: Against, reference: f64) -> f64 {
    match against {
        Against::Analysis(_) => reference,
        Against::Fixed(Limit(millionths)) => bound::from_millionths(millionths),
        Against::StablePlus(Limit(millionths)) => bound::plus_millionths(reference, millionths),
        Against::StableTimes(Limit(millionths)) => bound::times_millionths(reference, millionths),
    }
}

/// What several checks come to: one that fails outweighs one that cannot tell.
fn worse(one: Verdict, other: Verdict) -> Verdict {
    match (one, other) {
        (Verdict::Fail, _) | (_, Verdict::Fail) => Verdict::Fail,
        (Verdict::Inconclusive, _) | (_, Verdict::Inconclusive) => Verdict::Inconclusive,
        (Verdict::Pass, Verdict::Pass) => Verdict::Pass,
    }
}
