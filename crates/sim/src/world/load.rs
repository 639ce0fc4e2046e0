//! What load does to a pod: waiting for a free slot, and turning away what no longer fits.
//!
//! A pod is a queue with Poisson arrivals, `c` slots and room for `K` requests (M/M/c/K), in its steady state for the
//! load of the last interval: that decides who waits and who is turned away. How long they wait is decided by how many
//! stand before them. These get as few or many as the mean wait of Allen and Cunneen asks for, which is corrected for the
//! spread of the service time by `(1 + cv2) / 2`, and no more than there are places: so waits are exponential in a
//! queue that is mostly empty, and vary much less in one that is mostly full. Both are exact for M/M/c/K in mean and variance.

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
    let (mut state, mut total, mut waiting) = (1.0, 1.0, 0.0);
    for present in 1..=room {
        state *= offered / f64::from(present.min(slots));
        if 1e100 < state {
            (total, waiting) = (total / state, waiting / state);
            state = 1.0;
        }
        total += state;
        if slots <= present && present < room {
            waiting += state;
        }
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
    let (mean, cv2) = wait(slots, room - slots, offered, cv2);
    Strain {
        wait: Wait::new(share.min(1.0), mean * service, cv2),
        shed,
    }
}

/// Mean and squared coefficient of variation of the wait of those who wait in a queue with so many places, in service
/// times.
fn wait(slots: u32, places: u32, offered: f64, cv2: f64) -> (f64, f64) {
    let slots = f64::from(slots);
    let busy = offered / slots;
    // What is left of a service when one comes, over a whole one.
    let left = f64::midpoint(1.0, cv2);
    // From one number of requests before one to the next: with places without end the mean is that of the correction.
    let ratio = left * busy / (1.0 - busy + left * busy).max(1e-9);
    let (mut weight, mut total, mut mean, mut square) = (1.0, 0.0, 0.0, 0.0);
    for before in 0..places {
        let before = f64::from(before);
        // The departures before one vary as those of many servers at first, and as those of one in the long run.
        let spread = cv2 + (1.0 - cv2) * slots / (slots + before);
        let own = left + before;
        let own_variance = left * left + before * spread;
        total += weight;
        mean += weight * own;
        square += weight * (own * own + own_variance);
        weight *= ratio;
        if 1e100 < weight {
            (total, mean, square) = (total / weight, mean / weight, square / weight);
            weight = 1.0;
        }
        if weight < 1e-18 * total {
            break;
        }
    }
    let (mean, square) = (mean / total, square / total);
    (mean / slots, (square / (mean * mean) - 1.0).max(0.0))
}
