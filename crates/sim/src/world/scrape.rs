//! A scrape: counters and gauges are read, the controller is told, and the charts get their sample.

use super::{
    World,
    fault::Release,
    gauges::{Gauge, ratio},
    metrics::Series,
};
use crate::{
    draws::Concern,
    scenario::{CustomKind, FaultKind},
    trace::{Sample, VersionSample},
};
use coalmine_controller::{Metric, Millis, Quantile, Reading, Time, Version, Window};

/// Charts show rates and quantiles over this long.
const CHARTED: Millis = Millis::from_mins(1);

/// Whether a scrape brought anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scraped {
    /// There is new data.
    Something,
    /// A fault keeps the scrapes away.
    Nothing,
}

impl World {
    /// Whether a scrape is due.
    pub(crate) fn is_scrape_due(&self) -> bool {
        self.next_scrape <= self.now
    }

    /// Reads all counters and gauges.
    pub(crate) fn scrape(&mut self) -> Scraped {
        self.draw();
        self.turn_demand();
        self.next_scrape = self.next_scrape_after();
        for release in Release::ALL {
            self.measure_work(release);
        }
        let mut scraped = Scraped::Nothing;
        for version in [Version::Stable, Version::Canary] {
            // Without a canary release there is no canary to be in the dark.
            let release = self.release(version);
            if release.is_some_and(|release| self.is_in_the_dark(release)) {
                continue;
            }
            scraped = Scraped::Something;
            if let Some(release) = release.filter(|release| self.fleet.exists(*release)) {
                let mark = self.mark(release);
                if 0 < self.fleet.ready(release) {
                    if self.writer.is_on() {
                        let [cpu, memory] = Gauge::ALL.map(|gauge| self.gauge_at(&mark, gauge));
                        self.sides[release as usize].gauges = (cpu, memory);
                    }
                    self.read_own_gauges(release, version);
                }
                let known = self.now + self.lag_of(release);
                let ready = self.fleet.ready(release);
                let series = self.metrics.of_mut(version);
                series.scrape(self.now, known, mark, ready);
            }
        }
        if self.writer.is_on() {
            self.chart_all();
        }
        scraped
    }

    /// The load of a release over the scrape interval, over that at which the CPU of a law is told.
    fn measure_work(&mut self, release: Release) {
        let seconds = self.now.since(self.worked_to[release as usize]).0 as f64 / 1e3;
        let side = &mut self.sides[release as usize];
        if 0.0 < seconds {
            side.load = side.work / seconds / self.ground.reference.max(f64::MIN_POSITIVE);
        }
        side.work = 0.0;
        self.worked_to[release as usize] = self.now;
    }

    /// CPU over limit that a ready pod of a release wants by its load, without noise and faults.
    pub(super) fn cpu_level(&self, release: Release) -> f64 {
        let levels = &self.ground.levels[release as usize];
        let ready = f64::from(self.fleet.ready(release).max(1));
        let replicas = f64::from(self.scenario.replica_count().0);
        let load = self.sides[release as usize].load * replicas / ready;
        levels.cpu * (levels.rest + (1.0 - levels.rest) * load)
    }

    /// CPU over limit that faults burn in a ready pod of a release, on average.
    pub(super) fn cpu_burnt(&self, release: Release) -> f64 {
        let faults = self.faults.iter().filter(|course| course.strikes(release));
        faults
            .filter_map(|course| match course.fault.kind {
                FaultKind::CpuBurn(share) => {
                    let before = Time(self.now.0.saturating_sub(1));
                    Some(
                        ratio(share)
                            * course.strength(before, self.now)
                            * self.reached(course, release),
                    )
                }
                _ => None,
            })
            .sum()
    }

    /// Mean CPU over limit of a release's ready pods.
    pub(super) fn cpu_of(&mut self, release: Release) -> f64 {
        let mark = self.mark(release);
        self.gauge_at(&mark, Gauge::Cpu)
    }

    /// Adds the team's own gauges of all ready pods of a release to the series.
    fn read_own_gauges(&mut self, release: Release, version: Version) {
        let ready = self.fleet.ready(release);
        let series = self.metrics.of_mut(version);
        for (own, metric) in (0_u64..).zip(&self.scenario.measurement.metrics) {
            if let CustomKind::Gauge { level, noise } = metric.kind {
                let entity = own << 32 | release as u64;
                let mut stream = self.draws.stream(Concern::Custom, entity, self.now.0);
                let value = level.0 as f64 / 1e6 + ratio(noise) * stream.normal();
                if let Ok(own) = usize::try_from(own) {
                    series.gauge_own(own, value, ready);
                }
            }
        }
    }

    fn chart_all(&mut self) {
        let [stable, canary] =
            [Version::Stable, Version::Canary].map(|version| self.chart(version));
        for side in &mut self.sides {
            side.truth.clear();
        }
        self.writer.sample(Sample {
            at: self.now,
            weight: self.router.canary,
            stable,
            canary,
        });
    }

    fn chart(&self, version: Version) -> VersionSample {
        let release = self.release(version);
        let mut sample = VersionSample::default();
        if let Some(release) = release {
            let truth = &self.side(release).truth;
            let read = truth.read(release, &self.ground);
            sample.sent = saturated(truth.sent);
            sample.true_error_rate = read.map(|(errors, _)| short(errors));
            sample.true_latency_p99 = read.map(|(_, p99)| short(p99));
        }
        let series: &Series = self.metrics.of(version);
        let Some((requests, failed)) = series.latest(self.now) else {
            return sample;
        };
        let window = Window {
            from: Time(self.now.0.saturating_sub(CHARTED.0)),
            to: self.now,
        };
        // Charts show what was scraped when it was scraped, whenever queries learn of it.
        let read = |metric| match series.read(metric, window, Time(u64::MAX)) {
            Reading::NoData => None,
            Reading::Value { value, .. } => Some(short(value)),
        };
        let ready = release.map_or(0, |release| self.fleet.ready(release));
        let gauges = release
            .filter(|_| 0 < ready)
            .map(|release| self.side(release).gauges);
        VersionSample {
            requests: saturated(requests),
            failed: saturated(failed),
            error_rate: read(Metric::ErrorRate),
            latency_p99: read(Metric::Latency(Quantile(9_900))),
            cpu: gauges.map(|(cpu, _)| short(cpu)),
            memory: gauges.map(|(_, memory)| short(memory)),
            ready,
            ..sample
        }
    }
}

fn saturated(count: u64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "seven digits are more than a chart shows"
)]
const fn short(value: f64) -> f32 {
    value as f32
}
