//! Where requests of a class end up when latencies are stretched and requests wait.

use super::{
    classes::{Class, MOST_CLASSES},
    effect::{Effect, Stretches, Wait},
    healthy::Healthy,
};
use alloc::vec::Vec;

/// A class that waits is spread over this many midpoints of equal shares.
const NODES: u32 = 16;

/// Transitions from class to class, kept as long as stretches and waits stay the same.
#[derive(Clone, Debug)]
pub(crate) struct Shift {
    stretches: Stretches,
    wait: Wait,
    /// By class: the classes that its requests move to, each with its share of those not yet placed.
    rows: Vec<Vec<(u8, f64)>>,
}

impl Shift {
    /// Everything stays.
    pub(crate) fn none(classes: usize) -> Self {
        let mut shift = Self {
            stretches: Stretches::NONE,
            wait: Wait::NONE,
            rows: (0..classes).map(|_| Vec::new()).collect(),
        };
        shift.stay();
        shift
    }

    /// Where a class goes.
    pub(crate) fn row(&self, class: usize) -> &[(u8, f64)] {
        &self.rows[class]
    }

    fn stay(&mut self) {
        for (class, row) in self.rows.iter_mut().enumerate() {
            row.clear();
            row.push((number(class), 1.0));
        }
    }

    /// Gets ready for an effect; costs nothing if it is so already.
    pub(crate) fn prepare(&mut self, effect: &Effect, healthy: &Healthy, classes: &[Class]) {
        if self.stretches == effect.stretches && self.wait == effect.wait {
            return;
        }
        self.stretches = effect.stretches;
        self.wait = effect.wait;
        if self.stretches == Stretches::NONE && self.wait == Wait::NONE {
            self.stay();
            return;
        }
        for (at, from) in classes.iter().enumerate() {
            let mass = healthy.shares[at];
            let row = &mut self.rows[at];
            row.clear();
            if mass <= 0.0 {
                row.push((number(at), 1.0));
                continue;
            }
            let mut masses = [0.0; MOST_CLASSES];
            for (share, stretch) in effect.stretches.list() {
                let direct = share * (1.0 - effect.wait.share) / mass;
                stretched(from, *stretch, direct, healthy, classes, &mut masses);
                let waiting = share * effect.wait.share;
                if 0.0 < waiting {
                    let wait = Wait {
                        share: waiting,
                        ..effect.wait
                    };
                    waited(from, *stretch, wait, healthy, classes, &mut masses);
                }
            }
            let mut left = 0.0;
            for (to, mass) in masses[..classes.len()].iter().enumerate().rev() {
                if 0.0 < *mass {
                    left += mass;
                    row.push((number(to), mass / left));
                }
            }
            row.reverse();
        }
    }
}

fn number(class: usize) -> u8 {
    u8::try_from(class).expect("there are few classes")
}

/// Exactly, from the mass of the law between the bounds of both classes.
fn stretched(
    from: &Class,
    stretch: f64,
    weight: f64,
    healthy: &Healthy,
    classes: &[Class],
    masses: &mut [f64; MOST_CLASSES],
) {
    for (to, mass) in classes.iter().zip(masses) {
        let lo = from.lo.max(to.lo / stretch);
        let hi = from.hi.min(to.hi / stretch);
        if lo < hi {
            *mass += weight * healthy.between(lo, hi);
        }
    }
}

/// By fixed quadrature over the class, with the wait on top of each midpoint.
fn waited(
    from: &Class,
    stretch: f64,
    wait: Wait,
    healthy: &Healthy,
    classes: &[Class],
    masses: &mut [f64; MOST_CLASSES],
) {
    let below = healthy.cdf(from.lo);
    let within = healthy.cdf(from.hi) - below;
    for node in 0..NODES {
        let share = below + within * (f64::from(node) + 0.5) / f64::from(NODES);
        let served = kept_in(healthy.quantile(share), from) * stretch;
        let mut above = wait.beyond(-served);
        for (to, mass) in classes.iter().zip(masses.iter_mut()) {
            let beyond = wait.beyond(to.hi - served);
            *mass += wait.share / f64::from(NODES) * (above - beyond);
            above = beyond;
        }
    }
}

/// Not `clamp`: its panic would print numbers, and bring all that prints them into the worker.
fn kept_in(seconds: f64, class: &Class) -> f64 {
    if seconds < class.lo {
        class.lo
    } else if class.hi < seconds || seconds.is_nan() {
        class.hi.min(1e9)
    } else {
        seconds.min(1e9)
    }
}
