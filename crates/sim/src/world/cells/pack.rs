//! The laws of all cells of an interval in one piece of memory, for intervals that recur.

use super::{Counts, RARE_BELOW, means};
use crate::{
    draws::{Poisson, Stream, Table},
    world::{
        classes::{Class, MOST_BOUNDS, MOST_CLASSES},
        harm::Tally,
        healthy::Healthy,
    },
};
use alloc::vec::Vec;

/// A cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Cell {
    /// The bucket that counts it.
    bucket: u32,
    /// Its place among the counts.
    place: u16,
    fate: Fate,
}

/// What becomes of its requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Good,
    /// Too slow, but the client waits.
    Slow,
    /// Answered after the client has gone.
    Late,
    Failed,
}

/// Cells that are drawn by table, each on its own, and those that are drawn together.
///
/// Two draws take one random word. First come the cells that have tables, two by two, the fastest answers first and
/// failures last; then how many of the rare ones there are and the last cell, if it is alone; then what is too frequent
/// for tables; then which rare ones.
#[derive(Clone, Debug)]
pub(crate) struct Pack {
    entries: Vec<u32>,
    common: Vec<(Table, Cell)>,
    frequent: Vec<(Cell, Poisson)>,
    rare: Vec<Cell>,
    rare_count: RareCount,
    which: Table,
}

/// How many of the rare cells' requests there are.
#[derive(Clone, Copy, Debug)]
enum RareCount {
    Plain(Poisson),
    Table(Table),
}

impl Pack {
    pub(super) fn new(
        expected: f64,
        healthy: &Healthy,
        classes: &[Class],
        most_columns: usize,
    ) -> Self {
        let mut entries = Vec::new();
        let (mut common, mut frequent) = (Vec::new(), Vec::new());
        let (mut rare, mut shares) = (Vec::new(), Vec::new());
        for (place, mean) in means(expected, healthy, classes) {
            let cell = cell(place, classes);
            if mean < RARE_BELOW {
                rare.push(cell);
                shares.push(mean);
            } else if let Some(table) = Table::poisson(mean, most_columns, &mut entries) {
                common.push((table, cell));
            } else {
                frequent.push((cell, Poisson::new(mean)));
            }
        }
        let total: f64 = shares.iter().sum();
        for share in &mut shares {
            *share /= total;
        }
        let rare_count = match Table::poisson(total, most_columns, &mut entries) {
            Some(table) => RareCount::Table(table),
            None => RareCount::Plain(Poisson::new(total)),
        };
        let which = Table::of(0, shares, &mut entries);
        Self {
            entries,
            common,
            frequent,
            rare,
            rare_count,
            which,
        }
    }

    /// Entries, four bytes each.
    pub(super) const fn len(&self) -> usize {
        self.entries.len()
    }

    /// Draws the requests of one interval.
    pub(super) fn draw(&self, stream: &mut Stream, counts: &mut Counts) {
        let mut take = |cell: Cell, count| counts.cells[usize::from(cell.place)] += count;
        let (pairs, alone) = self.common.as_chunks();
        self.pairs(pairs, stream, &mut take);
        self.others(alone, stream, &mut take);
    }

    /// Draws the requests of one interval in which nothing goes wrong, straight into their buckets.
    pub(crate) fn serve(&self, stream: &mut Stream, buckets: &mut [u64; MOST_BOUNDS + 1]) -> Tally {
        let (pairs, alone) = self.common.as_chunks();
        let mut sums = [0; 4];
        let mut put = |cell: Cell, count| {
            buckets[cell.bucket as usize] += count;
            sums[cell.fate as usize] += count;
        };
        self.pairs(pairs, stream, &mut put);
        self.others(alone, stream, &mut put);
        let [good, slow, late, failed] = sums;
        Tally {
            requests: good + slow + late + failed,
            failed,
            bad: slow + late + failed,
            bad_by_fault: 0,
            unserved: late + failed,
            right: good + slow + late,
        }
    }

    #[inline]
    #[expect(
        clippy::cast_possible_truncation,
        reason = "one half of the word, then the other"
    )]
    fn pairs(
        &self,
        pairs: &[[(Table, Cell); 2]],
        stream: &mut Stream,
        take: &mut impl FnMut(Cell, u64),
    ) {
        for [(first, first_cell), (second, second_cell)] in pairs {
            let word = stream.word();
            let count = first.draw(&self.entries, (word >> 32) as u32);
            take(*first_cell, count.into());
            let count = second.draw(&self.entries, word as u32);
            take(*second_cell, count.into());
        }
    }

    #[inline]
    #[expect(
        clippy::cast_possible_truncation,
        reason = "one half of the word, then the other"
    )]
    fn others(
        &self,
        alone: &[(Table, Cell)],
        stream: &mut Stream,
        take: &mut impl FnMut(Cell, u64),
    ) {
        let word = stream.word();
        for (table, cell) in alone {
            take(*cell, table.draw(&self.entries, word as u32).into());
        }
        let rare = match &self.rare_count {
            RareCount::Table(table) => table.draw(&self.entries, (word >> 32) as u32).into(),
            RareCount::Plain(law) => law.draw(stream),
        };
        for (cell, law) in &self.frequent {
            take(*cell, law.draw(stream));
        }
        for _ in 0..rare {
            let which = self.which.draw(&self.entries, stream.half());
            if let Some(cell) = self.rare.get(which as usize) {
                take(*cell, 1);
            }
        }
    }
}

fn cell(place: usize, classes: &[Class]) -> Cell {
    let class = &classes[place % MOST_CLASSES];
    let place_of_counts = u16::try_from(place).expect("there are few classes");
    Cell {
        bucket: u32::try_from(class.bucket).expect("there are few buckets"),
        place: place_of_counts,
        fate: match (MOST_CLASSES <= place, class.is_late, class.is_bad) {
            (true, _, _) => Fate::Failed,
            (false, true, _) => Fate::Late,
            (false, false, true) => Fate::Slow,
            (false, false, false) => Fate::Good,
        },
    }
}
