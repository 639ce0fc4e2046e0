//! The quick way: where requests have no effect on each other, each is a version, an error and a bucket.

use super::{Demand, Service};
use crate::reference::{profile, thresholds::MOST_BUCKETS};

/// Room for the buckets of one version and one outcome: a power of two, so that a mask stands for the check of bounds.
const ROW: usize = 32;
const CELLS: usize = 4 * ROW;

impl Service {
    /// Requests of a piece of time in which nothing but chance tells them apart.
    pub(super) fn quick(&mut self, demand: &Demand) {
        let Some(canary) = demand.canary else {
            return;
        };
        if demand.bound <= 0.0 {
            return;
        }
        let mut cells = [0_u64; CELLS];
        // On the stack, where the compiler need not reckon with what lies behind a reference.
        let mut streams = self.streams.clone();
        let deviates = &*self.deviates;
        let [stable, other] = &self.sides;
        let mut at = demand.from;
        loop {
            at += deviates.exponential(&mut streams.arrivals) / demand.bound;
            if demand.to <= at {
                break;
            }
            let stratum = self.mix.draw(&mut streams.users);
            if !demand.is_flat {
                let rate = profile::rate(&self.traffic.profile, at) * self.multiplier;
                if rate <= streams.arrivals.unit() * demand.bound {
                    continue;
                }
            }
            let to_canary = streams.routing.happens(canary);
            let side = if to_canary { other } else { stable };
            let Some(lane) = side.lanes.get(stratum) else {
                continue;
            };
            let bucket = lane.sampler.bucket(deviates, &mut streams.latency);
            let failed = streams.errors.happens(lane.fails);
            let row = 2 * usize::from(to_canary) + usize::from(failed);
            cells[(row * ROW + bucket) % CELLS] += 1;
        }
        self.streams = streams;
        self.flush(&cells);
    }

    fn flush(&mut self, cells: &[u64; CELLS]) {
        let Some(interval) = self.intervals.front_mut() else {
            return;
        };
        let rows = cells.chunks_exact(2 * ROW);
        for ((counts, side), rows) in interval.versions.iter_mut().zip(&mut self.sides).zip(rows) {
            let (answered, failed) = rows.split_at(ROW);
            for bucket in 0..MOST_BUCKETS {
                counts.answered[bucket] += answered[bucket];
                counts.failed[bucket] += failed[bucket];
            }
            // Nobody tries again.
            counts.given_up += failed.iter().sum::<u64>();
            side.requests += rows.iter().sum::<u64>();
        }
    }
}
