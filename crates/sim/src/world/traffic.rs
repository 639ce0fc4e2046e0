//! The requests of an interval: drawn as they would be on a plain day, then struck by what is wrong.

use super::{
    World,
    cells::{Cells, Counts, Packs, Recurrence},
    classes::MOST_BOUNDS,
    effect::{Effect, Segment},
    fault::Release,
    harm::{Blow, Outcome, Tally},
    metrics::{Metrics, probability},
    pods::Fleet,
    shift::Shift,
    split::Router,
};
use crate::draws::{Concern, Draws, Lane, binomial};
use alloc::vec::Vec;
use coalmine_controller::Millis;

/// What one stratum of one release keeps from interval to interval.
#[derive(Clone, Debug)]
pub(crate) struct Unit {
    /// For intervals from one scrape to the next, for all others, and for what surges and retries add.
    cells: [Cells; 3],
    packs: Packs,
    arrivals: Lane,
    pub(super) shift: Shift,
    /// Since the last draw nothing was wrong for this many milliseconds, until something was.
    quiet: u64,
    /// What was wrong since the last draw, in order; empty where nothing was.
    segments: Vec<Segment>,
}

impl Unit {
    /// Of one among so many strata, with so many classes of latency.
    pub(super) fn new(strata: usize, classes: usize) -> Self {
        Self {
            cells: [Cells::new(), Cells::new(), Cells::new()],
            packs: Packs::new(2 * strata),
            arrivals: Lane::default(),
            shift: Shift::none(classes),
            quiet: 0,
            segments: Vec::new(),
        }
    }

    /// As new, but for its memory and what follows from the scenario.
    pub(super) fn reset(&mut self, draws: Draws, release: Release, stratum: usize) {
        self.forget();
        self.cells.iter_mut().for_each(Cells::reset);
        let entity = Place { release, stratum }.entity();
        self.arrivals = draws.lane(Concern::Arrivals, entity);
    }

    /// Notes that nothing was wrong for so many milliseconds.
    pub(super) fn note_calm(&mut self, millis: u64) {
        if self.segments.is_empty() {
            self.quiet += millis;
        } else {
            self.note(millis, None);
        }
    }

    /// Notes what was wrong for so many milliseconds.
    pub(super) fn note(&mut self, millis: u64, effect: Option<&Effect>) {
        match (self.segments.last_mut(), effect) {
            (None, None) => self.quiet += millis,
            (Some(last), effect) if last.effect.as_ref() == effect => last.millis += millis,
            (last, effect) => {
                if last.is_none() && 0 < self.quiet {
                    self.segments.push(Segment {
                        millis: self.quiet,
                        effect: None,
                    });
                }
                self.segments.push(Segment {
                    millis,
                    effect: effect.copied(),
                });
            }
        }
    }

    fn forget(&mut self) {
        self.quiet = 0;
        self.segments.clear();
    }
}

/// A stratum of a release.
#[derive(Clone, Copy, Debug)]
struct Place {
    release: Release,
    stratum: usize,
}

impl Place {
    /// Names its streams.
    const fn entity(self) -> u64 {
        (self.stratum as u64) << 1 | self.release as u64
    }
}

impl World {
    /// Draws the requests since the last draw. To be called before the split of traffic changes.
    pub(super) fn draw(&mut self) {
        self.note();
        let (from, to) = (self.drawn_to, self.now);
        let millis = to.since(from);
        if millis == Millis(0) {
            return;
        }
        let first = self.first_attempts(from, to);
        for release in Release::ALL {
            let share = self.share_over(release, from, to);
            for stratum in 0..self.ground.strata.len() {
                let place = Place { release, stratum };
                let expected = first * share * self.ground.strata[stratum].share;
                if 0.0 < expected {
                    let extra = if self.ground.feeds_back {
                        expected * self.extra(stratum, from, to)
                    } else {
                        0.0
                    };
                    self.draw_stratum(place, expected, extra, millis);
                }
                self.sides[release as usize].units[stratum].forget();
            }
        }
        self.drawn_to = self.now;
    }

    fn draw_stratum(&mut self, place: Place, expected: f64, extra: f64, millis: Millis) {
        let ground = &*self.ground;
        let stratum = &ground.strata[place.stratum];
        let healthy = &stratum.healthy[place.release as usize];
        let is_regular = millis == self.scenario.scrape_interval();
        let recurrence = if is_regular && ground.is_steady && !self.router.is_drifting() {
            Recurrence::Sure
        } else {
            Recurrence::Unknown
        };
        let side = &mut self.sides[place.release as usize];
        let Unit {
            cells: [regular, irregular, more],
            packs,
            arrivals,
            segments,
            ..
        } = &mut side.units[place.stratum];
        let cells = if is_regular { regular } else { irregular };
        cells.expect(expected, recurrence, healthy, &ground.classes, packs);
        let mut stream = arrivals.stream(self.drawn_to.0);
        self.demand.attempts += expected + extra;
        side.work += (expected + extra) * stratum.cpu;
        if segments.is_empty()
            && extra <= 0.0
            && let Some(pack) = cells.pack()
        {
            let buckets = counted(&mut self.metrics, &self.fleet, &self.router, place);
            let tally = pack.serve(&mut stream, buckets);
            self.book(place, tally, expected, millis);
            return;
        }
        let mut counts = Counts::NONE;
        cells.draw(&mut stream, &mut counts);
        if 0.0 < extra {
            more.expect(extra, Recurrence::Unknown, healthy, &ground.classes, packs);
            let entity = place.entity();
            let mut stream = self.draws.stream(Concern::Extra, entity, self.drawn_to.0);
            more.draw(&mut stream, &mut counts);
        }
        let tally = self.settle_fates(place, &mut counts, millis);
        self.book(place, tally, expected + extra, millis);
    }

    /// What becomes of the requests that were drawn.
    fn settle_fates(&mut self, place: Place, counts: &mut Counts, millis: Millis) -> Tally {
        let ground = &*self.ground;
        let buckets = counted(&mut self.metrics, &self.fleet, &self.router, place);
        let unit = &mut self.sides[place.release as usize].units[place.stratum];
        let mut outcome = Outcome {
            buckets,
            causes: &mut self.causes,
            tally: Tally::default(),
        };
        if unit.segments.is_empty() {
            outcome.serve(counts, &ground.classes);
            return outcome.tally;
        }
        let harm = &mut self
            .draws
            .stream(Concern::Harm, place.entity(), self.drawn_to.0);
        let mut left = millis.0;
        for segment in &unit.segments {
            let part = if segment.millis == left {
                core::mem::replace(counts, Counts::NONE)
            } else {
                counts.take(segment.millis, left, harm)
            };
            left -= segment.millis;
            match &segment.effect {
                None => outcome.serve(&part, &ground.classes),
                Some(effect) => {
                    let mut blow = Blow {
                        healthy: &ground.strata[place.stratum].healthy[place.release as usize],
                        classes: &ground.classes,
                        shift: &mut unit.shift,
                        stream: harm,
                    };
                    outcome.strike(&part, effect, &mut blow);
                }
            }
        }
        outcome.tally
    }

    /// Writes down what became of a stratum's requests.
    fn book(&mut self, place: Place, tally: Tally, weight: f64, millis: Millis) {
        let version = self.version(place.release);
        let has_series = self.fleet.exists(place.release);
        let side = &mut self.sides[place.release as usize];
        if self.writer.is_on() {
            let segments = &side.units[place.stratum].segments;
            if segments.is_empty() {
                side.truth.add(weight, place.stratum, None);
            }
            for segment in segments {
                let share = weight * segment.millis as f64 / millis.0 as f64;
                side.truth
                    .add(share, place.stratum, segment.effect.as_ref());
            }
            side.truth.sent += tally.requests;
        }
        side.tally.add(tally);
        if self.ground.feeds_back {
            let fates = &mut self.demand.fates[place.stratum];
            fates.requests += tally.requests;
            fates.unserved += tally.unserved;
        }
        if has_series {
            self.metrics.of_mut(version).counters.failed += tally.failed;
            if !self.scenario.measurement.metrics.is_empty() {
                self.count_own(place, tally);
            }
        }
    }

    /// Events of the team's own metrics: each right answer of the endpoint is one with the metric's probability.
    fn count_own(&mut self, place: Place, tally: Tally) {
        let version = self.version(place.release);
        let endpoint = self.ground.strata[place.stratum].endpoint;
        for (own, metric) in (0_u64..).zip(&self.scenario.measurement.metrics) {
            let Some(share) = probability(metric.kind) else {
                continue;
            };
            if metric.endpoint.is_some() && metric.endpoint != endpoint {
                continue;
            }
            let entity = own << 32 | place.entity();
            let mut stream = self.draws.stream(Concern::Custom, entity, self.drawn_to.0);
            let events = binomial(&mut stream, tally.right, share);
            let counters = &mut self.metrics.of_mut(version).counters;
            if let Some([all, requests]) = usize::try_from(own)
                .ok()
                .and_then(|own| counters.own.get_mut(own))
            {
                *all += events;
                *requests += tally.requests;
            }
        }
    }
}

/// The buckets that count a release's requests: those of its version, if there are pods to be scraped.
fn counted<'a>(
    metrics: &'a mut Metrics,
    fleet: &Fleet,
    router: &Router,
    place: Place,
) -> &'a mut [u64; MOST_BOUNDS + 1] {
    if fleet.exists(place.release) {
        &mut metrics
            .of_mut(router.version(place.release))
            .counters
            .buckets
    } else {
        &mut metrics.unseen
    }
}
