//! Counts from a table, for laws that are drawn from again and again: half a random word and one look-up.

use coalmine_stats::poisson_pmf;
use core::hint::select_unpredictable;

use alloc::{vec, vec::Vec};

/// Means above this are drawn by rejection: their tables would not fit a cache.
const LARGEST_MEAN: f64 = 65_536.0;
/// What is this rare, compared with the most frequent count, is left out: all of it together is below 2^-34.
const NEGLIGIBLE: f64 = 1e-13;

/// A law over neighbouring whole numbers as an alias table (Walker 1977, Vose 1991) with a power of two of columns.
///
/// Its entries lie among those of others, in 32 bits each: the column's alias above, below it the threshold under which
/// the column's own number is drawn. So does the random word hold the column and what is compared with the threshold,
/// which makes every probability right to a few 2^-32.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Table {
    /// Its first entry.
    begin: u32,
    /// The bits of a threshold.
    threshold: u32,
    /// The number of the first column.
    first: u32,
    /// 32 less the logarithm of the number of columns: how many bits a threshold has.
    shift: u8,
}

impl Table {
    /// Adds the table of a Poisson law to these entries; nothing where it is not worth its memory.
    pub(crate) fn poisson(mean: f64, most_columns: usize, entries: &mut Vec<u32>) -> Option<Self> {
        if !(0.0 < mean && mean <= LARGEST_MEAN) {
            return None;
        }
        let (first, shares) = likely(mean);
        (shares.len() <= most_columns).then(|| Self::of(first, shares, entries))
    }

    /// Adds the table of shares that add up to one, of a number and those after it.
    pub(crate) fn of(first: u32, shares: Vec<f64>, entries: &mut Vec<u32>) -> Self {
        let columns = shares.len().next_power_of_two().max(2);
        let (begin, shift) = (entries.len(), 32 - columns.trailing_zeros());
        entries.resize(begin + columns, 0);
        fill(&mut entries[begin..], shift, shares);
        Self {
            begin: u32::try_from(begin).expect("there are fewer entries"),
            threshold: (1 << shift) - 1,
            first,
            shift: u8::try_from(shift).expect("it is below 32"),
        }
    }

    /// One number. Whether the column or its alias is taken is a coin toss, so it must not be a branch.
    #[inline]
    pub(crate) fn draw(&self, entries: &[u32], half: u32) -> u32 {
        let column = half >> self.shift;
        let entry = entries[self.begin as usize + column as usize];
        let is_own = half & self.threshold < entry & self.threshold;
        self.first + select_unpredictable(is_own, column, entry >> self.shift)
    }
}

/// The first count that matters, and the probabilities from there on, which add up to one.
fn likely(mean: f64) -> (u32, Vec<f64>) {
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
    let first = u32::try_from(first).expect("it is not above the mean, which is small");
    (first, shares)
}

/// Vose's construction: each column is filled by its own number and one other.
fn fill(entries: &mut [u32], shift: u32, mut shares: Vec<f64>) {
    let columns = entries.len();
    shares.resize(columns, 0.0);
    for share in &mut shares {
        *share *= columns as f64;
    }
    let mut left = vec![0; columns];
    // Those with less than a column's worth grow from the front, the others from the back.
    let (mut small, mut large) = (0, columns);
    for (column, share) in shares.iter().enumerate() {
        if *share < 1.0 {
            left[small] = column;
            small += 1;
        } else {
            large -= 1;
            left[large] = column;
        }
    }
    while 0 < small && large < columns {
        small -= 1;
        let (column, alias) = (left[small], left[large]);
        entries[column] = entry(shares[column], alias, shift);
        shares[alias] -= 1.0 - shares[column];
        if shares[alias] < 1.0 {
            large += 1;
            left[small] = alias;
            small += 1;
        }
    }
    // What is left is full but for rounding.
    for column in left[..small].iter().chain(&left[large..]) {
        entries[*column] = entry(1.0, *column, shift);
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share of a column, between zero and one, in units of its threshold; and a column, which has fewer bits"
)]
fn entry(share: f64, alias: usize, shift: u32) -> u32 {
    let most = (1_u32 << shift) - 1;
    let full = (1_u64 << shift) as f64;
    let threshold = (libm::round(share * full).max(0.0) as u32).min(most);
    (alias as u32) << shift | threshold
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a mean: not negative, and far below 2^53"
)]
fn whole(mean: f64) -> u64 {
    mean as u64
}
