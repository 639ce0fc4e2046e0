//! Requests drawn in aggregate: the number in each cell of outcome and latency is exactly Poisson, so a whole scrape
//! interval costs a handful of draws however many requests it has.

use super::{
    classes::{Class, MOST_CLASSES},
    healthy::Healthy,
};
use crate::draws::{Poisson, Stream, Table, Tables, binomial};
use alloc::{sync::Arc, vec::Vec};

/// Cells with fewer expected requests than this are drawn together: first how many there are in all of them, which is
/// mostly none, then which of them each belongs to.
const RARE_BELOW: f64 = 0.125;

/// How many requests fell into each class.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Counts {
    /// By class the answered, then by class the failed.
    cells: [u64; 2 * MOST_CLASSES],
}

impl Counts {
    /// No requests.
    pub(crate) const NONE: Self = Self {
        cells: [0; 2 * MOST_CLASSES],
    };

    /// Answered, by class.
    pub(crate) fn answered(&self) -> &[u64; MOST_CLASSES] {
        let answered = self.cells.first_chunk();
        answered.expect("there are two chunks")
    }

    /// Failed, by class.
    pub(crate) fn failed(&self) -> &[u64; MOST_CLASSES] {
        let failed = self.cells.last_chunk();
        failed.expect("there are two chunks")
    }

    /// Takes out what arrived in the first `millis` of `left` milliseconds: given how many came, each one's instant is
    /// uniform.
    pub(crate) fn take(&mut self, millis: u64, left: u64, stream: &mut Stream) -> Self {
        let mut part = Self::NONE;
        let share = millis as f64 / left as f64;
        for (from, to) in self.cells.iter_mut().zip(&mut part.cells) {
            *to = binomial(stream, *from, share);
            *from -= *to;
        }
        part
    }
}

/// A Poisson law, by table where it recurs.
#[derive(Clone, Debug)]
enum Sampler {
    Plain(Poisson),
    Table(Arc<Table>),
}

impl Sampler {
    #[inline]
    fn draw(&self, stream: &mut Stream) -> u64 {
        match self {
            Self::Plain(law) => law.draw(stream),
            Self::Table(table) => table.draw(stream),
        }
    }
}

/// The law of one interval, ready to be drawn from as often as intervals of this length and rate come.
///
/// The first such interval is drawn without tables and the second builds them, so that rates which never recur cost no
/// table. Which way is taken depends on the run alone and not on what tables there happen to be.
#[derive(Clone, Debug)]
pub(crate) struct Cells {
    expected: f64,
    has_recurred: bool,
    common: Vec<(usize, Sampler)>,
    rare: Vec<(usize, f64)>,
    rare_total: f64,
    rare_count: Sampler,
}

impl Cells {
    pub(crate) const fn new() -> Self {
        Self {
            expected: -1.0,
            has_recurred: false,
            common: Vec::new(),
            rare: Vec::new(),
            rare_total: 0.0,
            rare_count: Sampler::Plain(Poisson::Nothing),
        }
    }

    /// Forgets everything but its memory.
    pub(crate) fn reset(&mut self) {
        self.expected = -1.0;
        self.has_recurred = false;
        self.common.clear();
        self.rare.clear();
    }

    /// Gets ready for intervals in which so many requests are expected; costs nothing if it is so already.
    pub(crate) fn expect(
        &mut self,
        expected: f64,
        healthy: &Healthy,
        classes: &[Class],
        tables: &mut Tables,
    ) {
        let recurs = self.expected.to_bits() == expected.to_bits();
        if recurs && self.has_recurred {
            return;
        }
        self.expected = expected;
        self.has_recurred = recurs;
        self.common.clear();
        self.rare.clear();
        self.rare_total = 0.0;
        let mut sampler = |mean| match recurs.then(|| tables.of(mean)).flatten() {
            Some(table) => Sampler::Table(table),
            None => Sampler::Plain(Poisson::new(mean)),
        };
        for class in 0..classes.len() {
            let share = healthy.shares[class];
            let failed = expected * share * healthy.error_rate;
            let answered = expected * share - failed;
            for (cell, mean) in [(class, answered), (MOST_CLASSES + class, failed)] {
                if RARE_BELOW <= mean {
                    self.common.push((cell, sampler(mean)));
                } else if 0.0 < mean {
                    self.rare_total += mean;
                    self.rare.push((cell, self.rare_total));
                }
            }
        }
        self.rare_count = sampler(self.rare_total);
    }

    /// Draws the requests of one interval.
    pub(crate) fn draw(&self, stream: &mut Stream, counts: &mut Counts) {
        for (cell, law) in &self.common {
            counts.cells[*cell] += law.draw(stream);
        }
        for _ in 0..self.rare_count.draw(stream) {
            let at = stream.unit() * self.rare_total;
            let found = self.rare.iter().find(|(_, up_to)| at < *up_to);
            // Rounding may push the last draw onto the very end.
            if let Some((cell, _)) = found.or(self.rare.last()) {
                counts.cells[*cell] += 1;
            }
        }
    }
}
