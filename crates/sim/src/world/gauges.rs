//! CPU and memory of pods as a scrape sees them: what the load asks for, and noise that lasts.
//!
//! Noise is drawn when somebody reads a gauge, and then for all scrapes up to there. It does not depend on who reads
//! and when: each scrape's deviate has a stream of its own.

use super::{World, fault::Release, ground::Levels};
use crate::draws::Lane;
use alloc::vec::Vec;
use coalmine_controller::{Limit, Millis, Version};

/// What pods tell of themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gauge {
    Cpu = 0,
    Memory = 1,
}

impl Gauge {
    /// Both.
    pub(crate) const ALL: [Self; 2] = [Self::Cpu, Self::Memory];

    /// Names the streams of its noise.
    pub(crate) const fn entity(self, release: Release) -> u64 {
        (self as u64) << 1 | release as u64
    }

    /// Standard deviation of one pod's reading, relative to its level.
    const fn noise(self) -> f64 {
        match self {
            Self::Cpu => 0.06,
            Self::Memory => 0.02,
        }
    }

    /// How long a deviation lasts: after this, a correlation of 1/e is left.
    const fn memory_seconds(self) -> f64 {
        match self {
            Self::Cpu => 30.0,
            Self::Memory => 300.0,
        }
    }
}

/// The noise of one gauge of one release: autoregressive of first order.
///
/// The mean of n pods whose noises are independent and alike is such a noise again with the standard deviation
/// divided by the root of n, so one number stands for all pods. It lives on while there are none, so that two runs
/// that differ in their pods do not drift apart.
#[derive(Clone, Debug)]
pub(crate) struct Noise {
    lane: Lane,
    keep: f64,
    fresh: f64,
    /// By scrape, as far as anybody has asked.
    path: Vec<f64>,
}

impl Noise {
    /// Of scrapes that are this far apart, in memory that is used again.
    pub(crate) fn new(gauge: Gauge, lane: Lane, scrape: Millis, mut memory: Vec<f64>) -> Self {
        let seconds = scrape.0 as f64 / 1e3;
        let keep = libm::exp(-seconds / gauge.memory_seconds());
        memory.clear();
        Self {
            lane,
            keep,
            fresh: libm::sqrt(1.0 - keep * keep),
            path: memory,
        }
    }

    /// The deviation at a scrape, of which the first is number one; nothing before it.
    fn at(&mut self, scrape: usize) -> f64 {
        while self.path.len() < scrape {
            let draw = self.lane.stream(self.path.len() as u64 + 1).normal();
            let next = match self.path.last() {
                None => draw,
                Some(last) => self.keep * last + self.fresh * draw,
            };
            self.path.push(next);
        }
        scrape.checked_sub(1).map_or(0.0, |at| self.path[at])
    }

    /// Its memory, to be used again.
    pub(crate) fn into_memory(self) -> Vec<f64> {
        self.path
    }
}

/// What decides the gauges of a release at a scrape, but for the noise.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mark {
    release: Release,
    /// Its number.
    scrape: usize,
    /// Pods that were read.
    ready: u32,
    /// CPU over limit that the load and faults ask for.
    cpu: f64,
    /// The share of the memory limit that a pod has leaked, on average.
    leaked: f64,
}

impl Mark {
    /// The mean of its pods, over their limit.
    fn value(&self, gauge: Gauge, levels: &Levels, noise: &mut Noise) -> f64 {
        let noise = gauge.noise() * noise.at(self.scrape) / libm::sqrt(f64::from(self.ready));
        match gauge {
            Gauge::Cpu => (self.cpu + levels.cpu * noise).max(0.0),
            Gauge::Memory => (levels.memory * (1.0 + noise) + self.leaked).clamp(0.0, 1.0),
        }
    }
}

impl World {
    /// What decides the gauges of a release now.
    pub(super) fn mark(&self, release: Release) -> Mark {
        Mark {
            release,
            // The next one has its number already.
            scrape: usize::try_from(self.scrapes - 1).unwrap_or(usize::MAX),
            ready: self.fleet.ready(release),
            cpu: self.cpu_level(release) + self.cpu_burnt(release),
            leaked: self.mean_leaked(release),
        }
    }

    /// The mean of a gauge over a release's ready pods at a mark.
    pub(super) fn gauge_at(&mut self, mark: &Mark, gauge: Gauge) -> f64 {
        let levels = &self.ground.levels[mark.release as usize];
        let noise = &mut self.sides[mark.release as usize].noises[gauge as usize];
        mark.value(gauge, levels, noise)
    }

    /// Works out the readings of a version's gauge that nobody has asked for so far.
    pub(super) fn read_up(&mut self, version: Version, gauge: Gauge) {
        let series = self.metrics.of_mut(version);
        let sums = &mut series.sums[gauge as usize];
        for mark in &series.marks[sums.len()..] {
            let last = sums.last().copied().unwrap_or(0.0);
            let more = if mark.ready == 0 {
                0.0
            } else {
                let levels = &self.ground.levels[mark.release as usize];
                let noise = &mut self.sides[mark.release as usize].noises[gauge as usize];
                mark.value(gauge, levels, noise) * f64::from(mark.ready)
            };
            sums.push(last + more);
        }
    }
}

/// A limit of a law as a ratio, not below nothing.
pub(crate) fn ratio(limit: Limit) -> f64 {
    limit.0.max(0) as f64 / 1e6
}
