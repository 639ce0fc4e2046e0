//! Traffic: how it is split, what is wrong with whom, and the requests of an interval.

use super::{
    Service, Side, World,
    cells::BUCKETS,
    fault::Release,
    gauges::ratio,
    harm::{Blow, Effect, Outcome, Segment, Tally},
};
use crate::{draws::Concern, scenario::FaultKind};
use coalmine_controller::{Millis, Version};

impl World {
    pub(super) const fn side(&self, release: Release) -> &Side {
        &self.sides[release as usize]
    }

    /// The share of all traffic that a release gets.
    pub(super) fn share(&self, release: Release) -> f64 {
        let canary = f64::from(self.router.canary.basis_points()) / 1e4;
        match (self.router.service, release) {
            (Service::Old, Release::Old) => 1.0 - canary,
            (Service::Old, Release::New) => canary,
            (Service::New, Release::Old) => 0.0,
            (Service::New, Release::New) => 1.0,
        }
    }

    /// As which version a release is known.
    pub(super) const fn version(&self, release: Release) -> Version {
        match (self.router.service, release) {
            (Service::New, _) | (Service::Old, Release::Old) => Version::Stable,
            (Service::Old, Release::New) => Version::Canary,
        }
    }

    /// Which release is known as a version; there is no canary after the promotion.
    pub(super) const fn release(&self, version: Version) -> Option<Release> {
        match (self.router.service, version) {
            (Service::Old, Version::Stable) => Some(Release::Old),
            (Service::Old, Version::Canary) | (Service::New, Version::Stable) => Some(Release::New),
            (Service::New, Version::Canary) => None,
        }
    }

    /// Notes what has been wrong until now. To be called before anything goes wrong or right.
    pub(super) fn note(&mut self) {
        let millis = self.now.since(self.noted_to).0;
        if millis == 0 {
            return;
        }
        for release in Release::ALL {
            let effect = self.effect(release);
            let segments = &mut self.sides[release as usize].segments;
            match segments.last_mut() {
                Some(last) if last.effect == effect => last.millis += millis,
                Some(_) | None => segments.push(Segment { millis, effect }),
            }
        }
        self.noted_to = self.now;
    }

    /// What has been wrong with a release since the last note, on average: so errors of a ramp are exact, and
    /// latencies climb in treads from scrape to scrape.
    fn effect(&self, release: Release) -> Effect {
        let mut effect = Effect::NONE;
        for course in self.faults.iter().filter(|course| course.strikes(release)) {
            let strength = course.strength(self.noted_to, self.now);
            match course.fault.kind {
                FaultKind::ErrorRate(more) => {
                    let fails = (ratio(more) * strength).min(1.0);
                    effect.error += (1.0 - effect.error) * fails;
                }
                FaultKind::Latency(more) => {
                    let factor = 1.0 + more.0 as f64 / 1e6 * strength;
                    // Nothing gets faster than a hundredth.
                    effect.stretch *= factor.max(0.01);
                }
                _ => {}
            }
        }
        (effect.lost, effect.blame) = self.fleet.lost(release);
        effect
    }

    /// Draws the requests since the last draw. To be called before the split of traffic changes.
    pub(super) fn draw(&mut self) {
        self.note();
        let millis = self.now.since(self.drawn_to);
        if millis == Millis(0) {
            return;
        }
        for release in Release::ALL {
            let share = self.share(release);
            if 0.0 < share {
                let expected = self
                    .scenario
                    .traffic
                    .profile
                    .as_constant()
                    .map_or(0, |rate| rate.0) as f64
                    * share
                    * millis.0 as f64
                    / 1e6;
                self.draw_side(release, expected, millis);
            }
            self.sides[release as usize].segments.clear();
        }
        self.drawn_to = self.now;
    }

    fn draw_side(&mut self, release: Release, expected: f64, millis: Millis) {
        let version = self.version(release);
        let has_series = self.fleet.exists(release);
        let regular = usize::from(millis != self.scenario.scrape_interval());
        let [counts, part] = &mut self.scratch;
        let side = &mut self.sides[release as usize];
        let cells = &mut side.cells[regular];
        cells.expect(expected, &side.healthy);
        counts.clear(self.classes.len());
        let stream = |concern| self.draws.stream(concern, release as u64, self.drawn_to.0);
        cells.draw(&mut stream(Concern::Arrivals), counts);

        let mut unseen = [0; BUCKETS];
        let totals = &mut self.metrics.of_mut(version).totals;
        let mut outcome = Outcome {
            buckets: if has_series {
                &mut totals.buckets
            } else {
                &mut unseen
            },
            tally: Tally::default(),
        };
        if side
            .segments
            .iter()
            .all(|segment| segment.effect == Effect::NONE)
        {
            outcome.serve(counts, &self.classes);
        } else {
            let mut blow = Blow {
                healthy: &side.healthy,
                classes: &self.classes,
                shift: &mut side.shift,
                stream: &mut stream(Concern::Harm),
            };
            let mut left = millis.0;
            for segment in &side.segments {
                counts.take(segment.millis, left, part, blow.stream);
                left -= segment.millis;
                outcome.strike(part, segment.effect, &mut blow);
            }
        }
        if has_series {
            totals.failed += outcome.tally.failed;
        }
        side.tally.add(outcome.tally);
    }
}
