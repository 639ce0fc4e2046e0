//! CPU and memory of pods as a scrape sees them: what the load asks for, and noise that lasts.

use crate::{
    draws::{Concern, Draws},
    scenario::Law,
    world::fault::Release,
};
use coalmine_controller::{Limit, Millis, Time};

/// Standard deviation of one pod's CPU, relative to its level at full scale.
const CPU_NOISE: f64 = 0.06;
/// How long a deviation of CPU lasts: after this, a correlation of 1/e is left.
const CPU_MEMORY_SECONDS: f64 = 30.0;

/// Standard deviation of one pod's memory, relative to its level.
const MEMORY_NOISE: f64 = 0.02;
/// How long a deviation of memory lasts.
const MEMORY_MEMORY_SECONDS: f64 = 300.0;

/// The noise of one version: autoregressive of first order.
///
/// The mean of n pods whose noises are independent and alike is such a noise again with the standard deviation
/// divided by the root of n, so one number stands for all pods. It lives on while there are none, so that two runs
/// that differ in their pods do not drift apart.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Noise {
    keep: [f64; 2],
    fresh: [f64; 2],
    deviation: [f64; 2],
    has_begun: HasBegun,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum HasBegun {
    No,
    Yes,
}

impl Noise {
    pub(crate) fn new(scrape: Millis) -> Self {
        let seconds = scrape.0 as f64 / 1e3;
        let keep =
            [CPU_MEMORY_SECONDS, MEMORY_MEMORY_SECONDS].map(|lasts| libm::exp(-seconds / lasts));
        Self {
            keep,
            fresh: keep.map(|keep| libm::sqrt(1.0 - keep * keep)),
            deviation: [0.0; 2],
            has_begun: HasBegun::No,
        }
    }

    /// Goes on to the next scrape.
    pub(crate) fn advance(&mut self, draws: Draws, release: Release, now: Time) {
        let mut stream = draws.stream(Concern::Noise, release as u64, now.0);
        for at in 0..2 {
            let draw = stream.normal();
            self.deviation[at] = match self.has_begun {
                HasBegun::No => draw,
                HasBegun::Yes => self.keep[at] * self.deviation[at] + self.fresh[at] * draw,
            };
        }
        self.has_begun = HasBegun::Yes;
    }

    /// Mean CPU over limit of `ready` pods whose level without noise is `level`.
    pub(crate) fn cpu(&self, law: &Law, ready: u32, level: f64) -> f64 {
        let noise = CPU_NOISE * self.deviation[0] / libm::sqrt(f64::from(ready));
        (level + ratio(law.cpu) * noise).max(0.0)
    }

    /// Mean memory over limit of `ready` pods that have leaked `leaked` each, on average.
    pub(crate) fn memory(&self, law: &Law, ready: u32, leaked: f64) -> f64 {
        let noise = MEMORY_NOISE * self.deviation[1] / libm::sqrt(f64::from(ready));
        (ratio(law.memory) * (1.0 + noise) + leaked).clamp(0.0, 1.0)
    }
}

/// A limit of a law as a ratio, not below nothing.
pub(crate) fn ratio(limit: Limit) -> f64 {
    limit.0.max(0) as f64 / 1e6
}
