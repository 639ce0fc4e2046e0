//! What load does to a pod: waiting for a free slot, and turning away what no longer fits.
//!
//! A pod is a queue with Poisson arrivals, `c` slots and room for `K` requests (M/M/c/K), in its steady state for the
//! load of the last interval. The mean wait is corrected for the spread of the service time as Allen and Cunneen do,
//! by `(1 + cv2) / 2`; those who wait do so exponentially, which is exact for M/M/c.

#[cfg(test)]
mod tests;

use super::effect::Wait;
use crate::scenario::Capacity;

/// No queue is followed further than this.
const LONGEST: u32 = 20_000;

/// What happens at a pod under a load.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Strain {
    /// Waiting of those that are let in.
    pub(crate) wait: Wait,
    /// The share that is turned away.
    pub(crate) shed: f64,
}

/// The strain of a pod that `arrival` requests a second come to, each of which takes `service` seconds on average, with
/// this squared coefficient of variation.
pub(crate) fn strain(capacity: Capacity, arrival: f64, service: f64, cv2: f64) -> Strain {
    let slots = u32::from(capacity.in_flight.max(1));
    let room = slots.saturating_add(capacity.queue).min(LONGEST.max(slots));
    let offered = arrival * service;
    if !(0.0 < offered && offered.is_finite()) {
        return Strain {
            wait: Wait::NONE,
            shed: 0.0,
        };
    }
    // Probabilities relative to the likeliest state so far, so that nothing overflows.
    let (mut state, mut total, mut waiting, mut queued) = (1.0, 1.0, 0.0, 0.0);
    for present in 1..=room {
        state *= offered / f64::from(present.min(slots));
        if 1e100 < state {
            (total, waiting, queued) = (total / state, waiting / state, queued / state);
            state = 1.0;
        }
        total += state;
        if slots <= present && present < room {
            waiting += state;
        }
        queued += f64::from(present.saturating_sub(slots)) * state;
    }
    let shed = state / total;
    let let_in = 1.0 - shed;
    let share = waiting / total / let_in.max(f64::MIN_POSITIVE);
    if share <= 1e-12 {
        return Strain {
            wait: Wait::NONE,
            shed,
        };
    }
    // Little's law for those who wait.
    let mean = queued / total / (arrival * let_in * share);
    Strain {
        wait: Wait {
            share: share.min(1.0),
            mean: mean * f64::midpoint(1.0, cv2),
        },
        shed,
    }
}
