//! Requests drawn in aggregate: the number in each cell of outcome and latency is exactly Poisson, so a whole scrape
//! interval costs a handful of draws however many requests it has.

mod pack;

use super::{
    classes::{Class, MOST_CLASSES},
    healthy::Healthy,
};
use crate::draws::{Poisson, Stream, binomial};
use alloc::{sync::Arc, vec::Vec};
pub(crate) use pack::Pack;

/// Cells with fewer expected requests than this are drawn together: first how many there are in all of them, which is
/// mostly few, then which of them each belongs to.
const RARE_BELOW: f64 = 1.0;

/// All units together keep this many entries of packs, of four bytes each.
const MOST_ENTRIES: usize = 1 << 20;
/// A table has no more columns than this, and fewer where there are many units.
const MOST_COLUMNS: usize = 1 << 13;

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

/// Each cell with the requests that are expected in it: all of a class that are answered, then all that fail.
fn means<'a>(
    expected: f64,
    healthy: &'a Healthy,
    classes: &'a [Class],
) -> impl Iterator<Item = (usize, f64)> + 'a {
    let error_rate = healthy.error_rate;
    let of = move |class: usize| {
        let all = expected * healthy.shares[class];
        let failed = all * error_rate;
        (all - failed, failed)
    };
    let answered = (0..classes.len()).map(move |class| (class, of(class).0));
    let failed = (0..classes.len()).map(move |class| (MOST_CLASSES + class, of(class).1));
    answered.chain(failed).filter(|(_, mean)| 0.0 < *mean)
}

/// Whether an interval is one of many alike, as far as that is known beforehand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Recurrence {
    /// Its like come as long as the traffic is split as it is.
    Sure,
    /// If it does, that is seen when it does.
    Unknown,
}

/// The law of one interval, ready to be drawn from as often as intervals of this length and rate come.
///
/// Where nobody knows whether it recurs, the first such interval is drawn without tables and the second builds them, so
/// that rates which never recur cost no table. Which way is taken depends on the run alone and not on what tables there
/// happen to be.
#[derive(Clone, Debug)]
pub(crate) struct Cells {
    expected: f64,
    pack: Option<Arc<Pack>>,
    plain: Plain,
}

impl Cells {
    pub(crate) const fn new() -> Self {
        Self {
            expected: -1.0,
            pack: None,
            plain: Plain::new(),
        }
    }

    /// Forgets everything but its memory.
    pub(crate) fn reset(&mut self) {
        self.expected = -1.0;
        self.pack = None;
    }

    /// Gets ready for intervals in which so many requests are expected; costs nothing if it is so already.
    pub(crate) fn expect(
        &mut self,
        expected: f64,
        recurrence: Recurrence,
        healthy: &Healthy,
        classes: &[Class],
        packs: &mut Packs,
    ) {
        let recurs = self.expected.to_bits() == expected.to_bits();
        if recurs && self.pack.is_some() {
            return;
        }
        self.expected = expected;
        if recurs || recurrence == Recurrence::Sure {
            self.pack = Some(packs.of(expected, healthy, classes));
        } else {
            self.pack = None;
            self.plain.expect(expected, healthy, classes);
        }
    }

    /// What draws by tables, if it does.
    pub(crate) fn pack(&self) -> Option<&Pack> {
        self.pack.as_deref()
    }

    /// Draws the requests of one interval.
    pub(crate) fn draw(&self, stream: &mut Stream, counts: &mut Counts) {
        match &self.pack {
            Some(pack) => pack.draw(stream, counts),
            None => self.plain.draw(stream, counts),
        }
    }
}

/// The law of an interval that does not recur.
#[derive(Clone, Debug)]
struct Plain {
    common: Vec<(usize, Poisson)>,
    /// Each with the sum of the means up to it.
    rare: Vec<(usize, f64)>,
    rare_total: f64,
}

impl Plain {
    const fn new() -> Self {
        Self {
            common: Vec::new(),
            rare: Vec::new(),
            rare_total: 0.0,
        }
    }

    fn expect(&mut self, expected: f64, healthy: &Healthy, classes: &[Class]) {
        self.common.clear();
        self.rare.clear();
        self.rare_total = 0.0;
        for (cell, mean) in means(expected, healthy, classes) {
            if RARE_BELOW <= mean {
                self.common.push((cell, Poisson::new(mean)));
            } else {
                self.rare_total += mean;
                self.rare.push((cell, self.rare_total));
            }
        }
    }

    fn draw(&self, stream: &mut Stream, counts: &mut Counts) {
        for (cell, law) in &self.common {
            counts.cells[*cell] += law.draw(stream);
        }
        for _ in 0..Poisson::new(self.rare_total).draw(stream) {
            let at = stream.unit() * self.rare_total;
            let found = self.rare.iter().find(|(_, up_to)| at < *up_to);
            // Rounding may push the last draw onto the very end.
            if let Some((cell, _)) = found.or(self.rare.last()) {
                counts.cells[*cell] += 1;
            }
        }
    }
}

/// The packs that a unit has needed so far, by the bits of what was expected. A pack follows from the scenario, so who
/// shares this shares no chance.
#[derive(Clone, Debug)]
pub(crate) struct Packs {
    kept: Vec<(u64, Arc<Pack>)>,
    entries: usize,
    most_entries: usize,
    most_columns: usize,
}

impl Packs {
    /// None so far; there are so many units.
    pub(crate) const fn new(units: usize) -> Self {
        Self {
            kept: Vec::new(),
            entries: 0,
            most_entries: MOST_ENTRIES / units,
            most_columns: 2 * MOST_COLUMNS / units,
        }
    }

    /// The pack of so many expected requests, built if need be.
    fn of(&mut self, expected: f64, healthy: &Healthy, classes: &[Class]) -> Arc<Pack> {
        let key = expected.to_bits();
        if let Some((_, pack)) = self.kept.iter().find(|(bits, _)| *bits == key) {
            return Arc::clone(pack);
        }
        let pack = Arc::new(Pack::new(expected, healthy, classes, self.most_columns));
        if self.most_entries < self.entries + pack.len() {
            self.kept.clear();
            self.entries = 0;
        }
        self.entries += pack.len();
        self.kept.push((key, Arc::clone(&pack)));
        pack
    }
}
