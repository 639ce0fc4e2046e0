//! A scrape: counters and gauges are read, the controller is told, and the charts get their sample.

use super::{World, fault::Release};
use crate::trace::{Sample, VersionSample};
use coalmine_controller::{Metric, Millis, Quantile, Reading, Time, Version, Window};

/// Charts show rates and quantiles over this long.
const CHARTED: Millis = Millis::from_mins(1);

impl World {
    /// Whether a scrape is due.
    pub(crate) fn is_scrape_due(&self) -> bool {
        self.next_scrape <= self.now
    }

    /// Reads all counters and gauges.
    pub(crate) fn scrape(&mut self) {
        self.draw();
        self.next_scrape = self.now + self.scenario.scrape_interval();
        for release in Release::ALL {
            let side = &mut self.sides[release as usize];
            side.noise.advance(self.draws, release, self.now);
        }
        let [stable, canary] = [Version::Stable, Version::Canary].map(|version| {
            let gauges = self.release(version).and_then(|release| {
                let gauges = self.read_gauges(release, version);
                let exists = self.fleet.exists(release);
                exists.then(|| self.metrics.of_mut(version).scrape(self.now));
                gauges
            });
            if self.writer.is_on() {
                self.chart(version, gauges)
            } else {
                VersionSample::default()
            }
        });
        self.writer.sample(Sample {
            at: self.now,
            weight: self.router.canary,
            stable,
            canary,
        });
    }

    /// Mean CPU and memory of a release's ready pods, after adding all of them to the series.
    fn read_gauges(&mut self, release: Release, version: Version) -> Option<(f64, f64)> {
        let ready = self.fleet.ready(release);
        if ready == 0 {
            return None;
        }
        let law = match release {
            Release::Old => &self.scenario.stable,
            Release::New => &self.scenario.canary,
        };
        let load = match self
            .scenario
            .traffic
            .profile
            .as_constant()
            .map_or(0, |rate| rate.0)
        {
            0 => 0.0,
            _ => {
                self.share(release) * f64::from(self.scenario.replica_count().0) / f64::from(ready)
            }
        };
        let noise = self.side(release).noise;
        let cpu = noise.cpu(law, ready, load);
        let memory = noise.memory(law, ready, self.mean_leaked(release));
        let totals = &mut self.metrics.of_mut(version).totals;
        totals.cpu += cpu * f64::from(ready);
        totals.memory += memory * f64::from(ready);
        totals.gauges += u64::from(ready);
        Some((cpu, memory))
    }

    fn chart(&self, version: Version, gauges: Option<(f64, f64)>) -> VersionSample {
        let series = self.metrics.of(version);
        let Some((last, before)) = series.latest(self.now) else {
            return VersionSample::default();
        };
        let (requests, failed) = before.map_or((0, 0), |row| (row.requests(), row.failed));
        let window = Window {
            from: Time(self.now.0.saturating_sub(CHARTED.0)),
            to: self.now,
        };
        let read = |metric| match series.read(metric, window) {
            Reading::NoData => None,
            Reading::Value { value, .. } => Some(short(value)),
        };
        VersionSample {
            requests: saturated(last.requests() - requests),
            failed: saturated(last.failed - failed),
            error_rate: read(Metric::ErrorRate),
            latency_p99: read(Metric::Latency(Quantile(9_900))),
            cpu: gauges.map(|(cpu, _)| short(cpu)),
            memory: gauges.map(|(_, memory)| short(memory)),
            ready: self
                .release(version)
                .map_or(0, |release| self.fleet.ready(release)),
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
