//! The reference's own streams of chance, one for each concern.
//!
//! It shares no draw and no sampler with the aggregated engine: an oracle that shares them would share their faults.

use crate::scenario::Seed;
use rand_xoshiro::{
    Xoshiro256PlusPlus,
    rand_core::{Rng, SeedableRng},
};

/// What a stream is for. The numbers are part of what a seed means: they never change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Concern {
    /// When first attempts come.
    Arrivals = 1,
    /// Of which endpoint and cohort they are, and whose.
    Users = 2,
    /// Which version they are sent to.
    Routing = 3,
    /// Which of its pods.
    Pods = 4,
    /// How long they take.
    Latency = 5,
    /// Whether they fail.
    Errors = 6,
    /// What faults make of them.
    Harm = 7,
    /// How long clients wait before they try again.
    BackOff = 8,
    /// How many come in an interval.
    Dispersion = 9,
}

/// A stream of independent draws.
#[derive(Clone, Debug)]
pub(super) struct Stream(Xoshiro256PlusPlus);

/// 2^53: shares are multiples of one over it.
const STEPS: f64 = (1_u64 << 53) as f64;

impl Stream {
    /// The stream of a concern of one rollout.
    pub(super) fn new(seed: Seed, rollout: u32, concern: Concern) -> Self {
        let mut name = 0x7265_6665_7265_6e63;
        for word in [seed.0, u64::from(rollout), concern as u64] {
            name = mix(name ^ mix(word.wrapping_add(0x9e37_79b9_7f4a_7c15)));
        }
        Self(Xoshiro256PlusPlus::seed_from_u64(name))
    }

    /// 64 independent bits.
    #[inline]
    pub(super) fn word(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// Uniform from zero (included) to one (excluded).
    #[inline]
    pub(super) fn unit(&mut self) -> f64 {
        (self.word() >> 11) as f64 / STEPS
    }

    /// Uniform between zero and one, both excluded.
    pub(super) fn open_unit(&mut self) -> f64 {
        ((self.word() >> 12) as f64 + 0.5) / (STEPS / 2.0)
    }

    /// Whether something of this chance happens.
    #[inline]
    pub(super) fn happens(&mut self, chance: Chance) -> bool {
        self.word() >> 11 < chance.0
    }

    /// One of so many, all alike; zero of none.
    pub(super) fn one_of(&mut self, many: u32) -> u32 {
        (((self.word() >> 32) * u64::from(many)) >> 32) as u32
    }
}

/// A probability in multiples of 2^-53, so that a certain thing always happens and an impossible one never does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Chance(u64);

impl Chance {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between nothing and 2^53"
    )]
    pub(super) fn new(probability: f64) -> Self {
        Self((probability.clamp(0.0, 1.0) * STEPS) as u64)
    }
}

/// The finalizer of `MurmurHash3`.
const fn mix(mut x: u64) -> u64 {
    x = (x ^ (x >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    x = (x ^ (x >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    x ^ (x >> 33)
}
