//! Requests drawn in aggregate: the number in each cell of outcome and latency is exactly Poisson, so a whole scrape
//! interval costs a handful of draws however many requests it has.

use crate::draws::{Poisson, Stream, binomial};
use crate::scenario::{Latency, Law};
use alloc::vec::Vec;
use coalmine_stats::{DEFAULT_BUCKETS_SECONDS, LogNormal};

/// Buckets of the latency histogram, the infinite one included.
pub(crate) const BUCKETS: usize = DEFAULT_BUCKETS_SECONDS.len() + 1;

/// Cells with fewer expected requests than this are drawn together: first how many there are in all of them, which is
/// mostly none, then which of them each belongs to.
const RARE_BELOW: f64 = 1.0;

/// One stretch of latency within which all requests count alike: a bucket, or a part of the one that holds the limit
/// of what counts as slow.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Class {
    /// Above this, in seconds.
    pub(crate) lo: f64,
    /// Up to this, in seconds.
    pub(crate) hi: f64,
    /// The bucket that counts it.
    pub(crate) bucket: usize,
    /// Whether it counts as slow.
    pub(crate) is_slow: bool,
}

/// All stretches of latency, fastest first.
pub(crate) fn classes(slow_micros: u64) -> Vec<Class> {
    let slow = slow_micros as f64 / 1e6;
    let mut classes = Vec::with_capacity(BUCKETS + 1);
    let mut lo = 0.0;
    let bounds = DEFAULT_BUCKETS_SECONDS.iter().copied();
    for (bucket, hi) in bounds.chain([f64::INFINITY]).enumerate() {
        let class = |lo: f64, hi: f64| Class {
            lo,
            hi,
            bucket,
            is_slow: slow <= lo,
        };
        if lo < slow && slow < hi {
            classes.push(class(lo, slow));
            classes.push(class(slow, hi));
        } else {
            classes.push(class(lo, hi));
        }
        lo = hi;
    }
    classes
}

/// How requests of a version fall without faults, as probabilities.
#[derive(Clone, Debug)]
pub(crate) struct Healthy {
    /// The latency in seconds.
    pub(crate) latency: LogNormal,
    /// By class.
    shares: Vec<f64>,
    error_rate: f64,
}

impl Healthy {
    pub(crate) fn new(law: &Law, classes: &[Class]) -> Self {
        let (median_micros, sigma) = match law.latency {
            Latency::LogNormal {
                median_micros,
                sigma,
            } => (median_micros, sigma),
            _ => (80_000, coalmine_controller::Limit(500_000)),
        };
        let latency = LogNormal {
            median: median_micros as f64 / 1e6,
            sigma: sigma.0.max(0) as f64 / 1e6,
        };
        Self {
            latency,
            shares: classes
                .iter()
                .map(|class| match class.lo {
                    // The lowest class holds zero as well.
                    0.0 => latency.cdf(class.hi),
                    lo => latency.between(lo, class.hi),
                })
                .collect(),
            error_rate: (law.error_rate.0 as f64 / 1e6).clamp(0.0, 1.0),
        }
    }
}

/// How many requests fell into each class.
#[derive(Clone, Debug, Default)]
pub(crate) struct Counts {
    /// Answered.
    pub(crate) answered: Vec<u64>,
    /// Failed.
    pub(crate) failed: Vec<u64>,
}

impl Counts {
    /// Nothing in any of so many classes.
    pub(crate) fn clear(&mut self, classes: usize) {
        for side in [&mut self.answered, &mut self.failed] {
            side.clear();
            side.resize(classes, 0);
        }
    }

    /// Moves into `part` what arrived in the first `millis` of `left` milliseconds: given how many came, each one's
    /// instant is uniform.
    pub(crate) fn take(&mut self, millis: u64, left: u64, part: &mut Self, stream: &mut Stream) {
        part.clear(self.answered.len());
        let share = millis as f64 / left as f64;
        let pairs = [
            (&mut self.answered, &mut part.answered),
            (&mut self.failed, &mut part.failed),
        ];
        for (from, to) in pairs {
            for (from, to) in from.iter_mut().zip(to) {
                *to = binomial(stream, *from, share);
                *from -= *to;
            }
        }
    }

    fn add(&mut self, cell: Cell, count: u64) {
        match cell {
            Cell::Answered(class) => self.answered[class] += count,
            Cell::Failed(class) => self.failed[class] += count,
        }
    }
}

#[derive(Clone, Copy, Debug)]
enum Cell {
    Answered(usize),
    Failed(usize),
}

/// The law of one interval, ready to be drawn from as often as intervals of this length and rate come.
#[derive(Clone, Debug)]
pub(crate) struct Cells {
    expected: f64,
    common: Vec<(Cell, Poisson)>,
    rare: Vec<(Cell, f64)>,
    rare_total: f64,
    rare_count: Poisson,
}

impl Cells {
    pub(crate) const fn new() -> Self {
        Self {
            expected: -1.0,
            common: Vec::new(),
            rare: Vec::new(),
            rare_total: 0.0,
            rare_count: Poisson::Nothing,
        }
    }

    /// Gets ready for intervals in which so many requests are expected; costs nothing if it is so already.
    pub(crate) fn expect(&mut self, expected: f64, healthy: &Healthy) {
        if self.expected.to_bits() == expected.to_bits() {
            return;
        }
        self.expected = expected;
        self.common.clear();
        self.rare.clear();
        self.rare_total = 0.0;
        for (class, share) in healthy.shares.iter().enumerate() {
            let failed = expected * share * healthy.error_rate;
            let answered = expected * share - failed;
            for (cell, mean) in [
                (Cell::Answered(class), answered),
                (Cell::Failed(class), failed),
            ] {
                if RARE_BELOW <= mean {
                    self.common.push((cell, Poisson::new(mean)));
                } else if 0.0 < mean {
                    self.rare_total += mean;
                    self.rare.push((cell, self.rare_total));
                }
            }
        }
        self.rare_count = Poisson::new(self.rare_total);
    }

    /// Draws the requests of one interval.
    pub(crate) fn draw(&self, stream: &mut Stream, counts: &mut Counts) {
        for (cell, law) in &self.common {
            counts.add(*cell, law.draw(stream));
        }
        for _ in 0..self.rare_count.draw(stream) {
            let at = stream.unit() * self.rare_total;
            let found = self.rare.iter().find(|(_, up_to)| at < *up_to);
            // Rounding may push the last draw onto the very end.
            if let Some((cell, _)) = found.or(self.rare.last()) {
                counts.add(*cell, 1);
            }
        }
    }
}
