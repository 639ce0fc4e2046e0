//! All chance of a run, one stream for each concern, entity and interval, so that two runs of the same seed that
//! differ in one thing agree draw by draw in everything else.
//!
//! A stream is named, not continued: its seed is a hash of (seed, rollout, concern, entity, interval). So a draw that
//! one run makes and the other does not, or a rejection that costs one more number, shifts nothing that comes later.

mod binomial;
mod gamma;
mod poisson;
mod table;
#[cfg(test)]
mod tests;

pub(crate) use binomial::binomial;
pub(crate) use gamma::gamma_of_mean_one;
pub(crate) use poisson::Poisson;
pub(crate) use table::Table;

use crate::scenario::Seed;
use coalmine_stats::normal_quantile;
use rand_xoshiro::{
    Xoshiro256PlusPlus,
    rand_core::{Rng, SeedableRng},
};

/// What a stream is for. The numbers are part of what a seed means: they never change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Concern {
    /// Requests as they would be without faults; by version and beginning of the interval.
    Arrivals = 1,
    /// What faults make of these requests; by version and beginning of the interval.
    Harm = 2,
    /// Noise of the gauges; by gauge, version and the number of the scrape.
    Noise = 3,
    /// How long a pod takes to start; by pod and how often it started.
    PodStart = 4,
    /// How long a pod lives in a crash loop; by pod and how often it started.
    Crash = 5,
    /// How fast a pod leaks; by pod and how often it started.
    Leak = 6,
    /// Requests beyond the first attempts of a plain day: surges and retries; by stratum, version and beginning of the
    /// interval.
    Extra = 7,
    /// How much more or less than expected comes; by scrape.
    Dispersion = 8,
    /// How late a scrape comes; by scrape.
    Jitter = 9,
    /// Metrics of the team's own; by metric, stratum, version and beginning of the interval.
    Custom = 10,
}

/// Where all streams of one rollout come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Draws {
    root: u64,
}

impl Draws {
    /// The streams of one rollout of an ensemble.
    pub(crate) fn new(seed: Seed, rollout: u32) -> Self {
        Self {
            root: absorb(absorb(0, seed.0), u64::from(rollout)),
        }
    }

    /// The streams of a concern for one entity.
    pub(crate) fn lane(self, concern: Concern, entity: u64) -> Lane {
        Lane(absorb(absorb(self.root, concern as u64), entity))
    }

    /// The stream of a concern for one entity and one interval.
    pub(crate) fn stream(self, concern: Concern, entity: u64, interval: u64) -> Stream {
        self.lane(concern, entity).stream(interval)
    }
}

/// The streams of one concern and entity, named but for the interval: who asks for each of them saves half of the hash.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Lane(u64);

impl Lane {
    /// The stream of one interval.
    #[inline]
    pub(crate) fn stream(self, interval: u64) -> Stream {
        Stream(Xoshiro256PlusPlus::seed_from_u64(absorb(self.0, interval)))
    }
}

/// Mixes one more word into a hash: the finalizer of `SplitMix64` over an odd multiple of the golden ratio, so that
/// neighbouring seeds, rollouts and intervals have nothing in common.
fn absorb(hash: u64, word: u64) -> u64 {
    let mut x = hash
        .rotate_left(23)
        .wrapping_add(word)
        .wrapping_add(0x9e37_79b9_7f4a_7c15);
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

/// A stream of independent draws.
#[derive(Clone, Debug)]
pub(crate) struct Stream(Xoshiro256PlusPlus);

impl Stream {
    /// 64 bits.
    pub(crate) fn word(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// 32 bits, of a word of their own.
    #[inline]
    pub(crate) fn half(&mut self) -> u32 {
        (self.0.next_u64() >> 32) as u32
    }

    /// Uniform over the multiples of 2^-53 from zero (included) to one (excluded).
    pub(crate) fn unit(&mut self) -> f64 {
        const STEP: f64 = 1.0 / (1_u64 << 53) as f64;
        (self.0.next_u64() >> 11) as f64 * STEP
    }

    /// Uniform between zero and one, both excluded.
    pub(crate) fn open_unit(&mut self) -> f64 {
        const STEP: f64 = 1.0 / (1_u64 << 52) as f64;
        ((self.0.next_u64() >> 12) as f64 + 0.5) * STEP
    }

    /// Exponential with mean one.
    pub(crate) fn exponential(&mut self) -> f64 {
        -libm::log1p(-self.unit())
    }

    /// Standard normal, by the inverse of its law: one uniform each, so that paired runs move together.
    pub(crate) fn normal(&mut self) -> f64 {
        normal_quantile(self.open_unit())
    }
}
