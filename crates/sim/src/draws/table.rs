//! Poisson counts from an alias table: for means that recur at every scrape, one number of the stream and one look-up.

use alloc::{sync::Arc, vec, vec::Vec};
use coalmine_stats::poisson_pmf;
use core::hint::select_unpredictable;

use super::Stream;

/// Means above this are drawn by rejection: their tables would not fit a cache.
const LARGEST_MEAN: f64 = 131_072.0;
/// What is this rare, compared with the most frequent count, is left out: all of it together is below 2^-50.
const NEGLIGIBLE: f64 = 1e-18;
/// Bits of an entry that name its alias.
const ALIAS_BITS: u32 = 24;
/// Bits of an entry's threshold.
const THRESHOLD_BITS: u32 = 64 - ALIAS_BITS;

/// A Poisson law as an alias table (Walker 1977, Vose 1991) with a power of two of columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Table {
    /// The count of the first column.
    first: u64,
    /// 64 less the logarithm of the number of columns.
    shift: u32,
    /// By column: the threshold below which its own count is drawn, above the column of its alias.
    entries: Vec<u64>,
}

impl Table {
    /// The table of a mean; nothing where a table is not worth its memory.
    pub(crate) fn new(mean: f64) -> Option<Self> {
        if !(0.0 < mean && mean <= LARGEST_MEAN) {
            return None;
        }
        let (first, shares) = likely(mean);
        let columns = shares.len().next_power_of_two().max(2);
        let mut entries = vec![0; columns];
        fill(&mut entries, shares);
        Some(Self {
            first,
            shift: 64 - columns.trailing_zeros(),
            entries,
        })
    }

    /// One count. Whether the column or its alias is taken is a coin toss, so it must not be a branch.
    #[inline]
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a column: there are fewer than 2^24"
    )]
    pub(crate) fn draw(&self, stream: &mut Stream) -> u64 {
        let word = stream.word();
        let column = word >> self.shift;
        let entry = self.entries[(column as usize) & (self.entries.len() - 1)];
        let within = (word << (64 - self.shift)) >> ALIAS_BITS;
        let alias = entry & ((1 << ALIAS_BITS) - 1);
        self.first + select_unpredictable(within < entry >> ALIAS_BITS, column, alias)
    }

    /// Columns, eight bytes each.
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }
}

/// The first count that matters, and the probabilities from there on, which add up to one.
fn likely(mean: f64) -> (u64, Vec<f64>) {
    let mode = whole(mean);
    let peak = poisson_pmf(mean, mode);
    let mut shares = Vec::new();
    let (mut count, mut share) = (mode, peak);
    while NEGLIGIBLE * peak < share {
        shares.push(share);
        if count == 0 {
            break;
        }
        share *= count as f64 / mean;
        count -= 1;
    }
    shares.reverse();
    let first = mode + 1 - shares.len() as u64;
    let (mut count, mut share) = (mode + 1, peak * mean / (mode + 1) as f64);
    while NEGLIGIBLE * peak < share {
        shares.push(share);
        count += 1;
        share *= mean / count as f64;
    }
    let total: f64 = shares.iter().sum();
    for share in &mut shares {
        *share /= total;
    }
    (first, shares)
}

/// Vose's construction: each column is filled by its own count and one other.
fn fill(entries: &mut [u64], mut shares: Vec<f64>) {
    let columns = entries.len();
    shares.resize(columns, 0.0);
    for share in &mut shares {
        *share *= columns as f64;
    }
    let (mut small, mut large): (Vec<usize>, Vec<usize>) =
        (0..columns).partition(|column| shares[*column] < 1.0);
    while let Some(&alias) = large.last() {
        let Some(column) = small.pop() else {
            break;
        };
        entries[column] = entry(shares[column], alias);
        shares[alias] -= 1.0 - shares[column];
        if shares[alias] < 1.0 {
            large.pop();
            small.push(alias);
        }
    }
    // What is left is full but for rounding.
    for column in small.into_iter().chain(large) {
        entries[column] = entry(1.0, column);
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share of a column, between zero and one, in units of 2^-40"
)]
fn entry(share: f64, alias: usize) -> u64 {
    const FULL: f64 = (1_u64 << THRESHOLD_BITS) as f64;
    let most = (1_u64 << THRESHOLD_BITS) - 1;
    let threshold = (libm::round(share * FULL).max(0.0) as u64).min(most);
    threshold << ALIAS_BITS | alias as u64
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a mean: not negative, and far below 2^53"
)]
fn whole(mean: f64) -> u64 {
    mean as u64
}

/// The tables that have been needed so far, by the bits of their means. A table is a function of its mean alone, so who
/// shares this shares no chance.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tables {
    shelf: Arc<Shelf>,
}

#[derive(Clone, Debug, Default)]
struct Shelf {
    tables: Vec<(u64, Arc<Table>)>,
    entries: usize,
}

/// Two megabytes of tables are enough for any one setting.
const MOST_ENTRIES: usize = 1 << 18;

impl Tables {
    /// The table of a mean, built if need be; nothing where a table is not worth its memory.
    pub(crate) fn of(&mut self, mean: f64) -> Option<Arc<Table>> {
        let key = mean.to_bits();
        match self
            .shelf
            .tables
            .binary_search_by_key(&key, |(bits, _)| *bits)
        {
            Ok(at) => Some(Arc::clone(&self.shelf.tables[at].1)),
            Err(at) => {
                let table = Arc::new(Table::new(mean)?);
                let kept = Arc::make_mut(&mut self.shelf);
                if MOST_ENTRIES < kept.entries + table.len() {
                    kept.tables.clear();
                    kept.entries = 0;
                }
                kept.entries += table.len();
                let at = at.min(kept.tables.len());
                kept.tables.insert(at, (key, Arc::clone(&table)));
                Some(table)
            }
        }
    }
}
