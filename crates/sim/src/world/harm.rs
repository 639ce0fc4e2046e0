//! What faults make of requests that would have gone well: each one's fate beside the one it would have had, so that
//! the damage of a fault is a count and not a difference of two noisy numbers.

#[cfg(test)]
mod tests;

use super::cells::{BUCKETS, Class, Counts, Healthy};
use crate::draws::{Stream, binomial};
use alloc::vec::Vec;
use coalmine_stats::normal_between;

/// What is wrong with a version, constant over a stretch of time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Effect {
    /// Latencies are multiplied by this.
    pub(crate) stretch: f64,
    /// Of the requests that would have been answered, this share fails.
    pub(crate) error: f64,
    /// This share of the requests finds no living pod, and fails.
    pub(crate) lost: f64,
    /// Whether a fault is to blame for the lost ones, or a plan that routes to no pods.
    pub(crate) blame: Blame,
}

/// Why there is no living pod.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Blame {
    /// Pods have died.
    Fault,
    /// There have never been enough.
    Plan,
}

impl Effect {
    /// Nothing is wrong.
    pub(crate) const NONE: Self = Self {
        stretch: 1.0,
        error: 0.0,
        lost: 0.0,
        blame: Blame::Plan,
    };
}

/// A stretch of time in which the same is wrong.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Segment {
    /// Its length in milliseconds.
    pub(crate) millis: u64,
    /// What is wrong.
    pub(crate) effect: Effect,
}

/// The truth about requests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    /// All.
    pub(crate) requests: u64,
    /// Failed.
    pub(crate) failed: u64,
    /// Failed, or slower than the scenario allows.
    pub(crate) bad: u64,
    /// Bad, and would not have been without faults.
    pub(crate) bad_by_fault: u64,
}

impl Tally {
    /// Adds another one.
    pub(crate) const fn add(&mut self, other: Self) {
        self.requests += other.requests;
        self.failed += other.failed;
        self.bad += other.bad;
        self.bad_by_fault += other.bad_by_fault;
    }
}

/// Where requests of a class end up when latencies are stretched.
#[derive(Clone, Debug)]
pub(crate) struct Shift {
    stretch: f64,
    /// By class: the classes that its requests move to, each with its share of those not yet placed.
    rows: Vec<Vec<(usize, f64)>>,
}

impl Shift {
    /// Everything stays.
    pub(crate) fn none(classes: usize) -> Self {
        Self {
            stretch: 1.0,
            rows: (0..classes).map(|class| [(class, 1.0)].into()).collect(),
        }
    }

    /// Gets ready for this stretch; costs nothing if it is so already.
    fn stretch(&mut self, stretch: f64, healthy: &Healthy, classes: &[Class]) {
        if self.stretch.to_bits() == stretch.to_bits() {
            return;
        }
        self.stretch = stretch;
        for (row, from) in self.rows.iter_mut().zip(classes) {
            row.clear();
            let mut left = 0.0;
            for (at, to) in classes.iter().enumerate().rev() {
                let lo = from.lo.max(to.lo / stretch);
                let hi = from.hi.min(to.hi / stretch);
                if lo < hi {
                    let share = normal_between(healthy.latency.z(lo), healthy.latency.z(hi));
                    left += share;
                    row.push((at, if 0.0 < left { share / left } else { 1.0 }));
                }
            }
            row.reverse();
        }
    }
}

/// What an interval's requests are turned into.
#[derive(Debug)]
pub(crate) struct Outcome<'a> {
    /// By bucket.
    pub(crate) buckets: &'a mut [u64; BUCKETS],
    /// The truth.
    pub(crate) tally: Tally,
}

impl Outcome<'_> {
    /// Requests that nothing is wrong with.
    pub(crate) fn serve(&mut self, counts: &Counts, classes: &[Class]) {
        for ((class, answered), failed) in classes.iter().zip(&counts.answered).zip(&counts.failed)
        {
            self.buckets[class.bucket] += answered + failed;
            self.tally.requests += answered + failed;
            self.tally.failed += failed;
            self.tally.bad += failed + if class.is_slow { *answered } else { 0 };
        }
    }

    /// Requests that something is wrong with. Lost ones count at the latency that they would have had.
    pub(crate) fn strike(&mut self, counts: &Counts, effect: Effect, blow: &mut Blow<'_>) {
        blow.shift
            .stretch(effect.stretch, blow.healthy, blow.classes);
        for (at, class) in blow.classes.iter().enumerate() {
            let (answered, failed) = (counts.answered[at], counts.failed[at]);
            self.tally.requests += answered + failed;

            let lost = binomial(blow.stream, answered, effect.lost);
            self.buckets[class.bucket] += lost;
            self.tally.failed += lost;
            self.tally.bad += lost;
            if effect.blame == Blame::Fault && !class.is_slow {
                self.tally.bad_by_fault += lost;
            }

            self.tally.failed += failed;
            self.tally.bad += failed;
            let (mut served, mut failed) = (answered - lost, failed);
            for &(to, share) in &blow.shift.rows[at] {
                let to = blow.classes[to];
                let moved = binomial(blow.stream, served, share);
                let moved_failed = binomial(blow.stream, failed, share);
                served -= moved;
                failed -= moved_failed;
                let broken = binomial(blow.stream, moved, effect.error);
                let bad = if to.is_slow { moved } else { broken };
                self.buckets[to.bucket] += moved + moved_failed;
                self.tally.failed += broken;
                self.tally.bad += bad;
                if !class.is_slow {
                    self.tally.bad_by_fault += bad;
                }
            }
            // Nothing is left: the last share is one. Should rounding disagree, the rest stays where it was.
            self.buckets[class.bucket] += served + failed;
        }
    }
}

/// What a blow is dealt with.
#[derive(Debug)]
pub(crate) struct Blow<'a> {
    /// The law without faults.
    pub(crate) healthy: &'a Healthy,
    /// All classes of latency.
    pub(crate) classes: &'a [Class],
    /// Kept from one interval to the next.
    pub(crate) shift: &'a mut Shift,
    /// Its chance.
    pub(crate) stream: &'a mut Stream,
}
