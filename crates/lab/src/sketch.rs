//! A distribution in few integers: counts in buckets whose bounds never move, so that sketches add up exactly and in
//! any order, and memory does not grow with the number of runs.

use alloc::collections::BTreeMap;
use serde::{Deserialize, Serialize};

/// Values below this have buckets of their own.
const EXACT: u64 = 256;
/// Buckets to a doubling beyond that.
const PER_DOUBLING: u64 = 128;

/// One bucket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bin {
    /// Values in it.
    pub count: u64,
    /// The lowest number of a run whose value is in it: an example to replay.
    pub example: u32,
}

/// A distribution of whole numbers, each known to 0.4 %, with exact sums and ends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sketch {
    bins: BTreeMap<u32, Bin>,
    count: u64,
    sum: u128,
    squares: u128,
    /// Lowest and highest.
    ends: Option<(u64, u64)>,
}

impl Sketch {
    /// Adds the value of a run.
    pub fn add(&mut self, value: u64, run: u32) {
        let bin = Bin {
            count: 1,
            example: run,
        };
        self.put(bucket(value), bin);
        self.count += 1;
        self.sum = self.sum.saturating_add(u128::from(value));
        let square = u128::from(value).saturating_mul(u128::from(value));
        self.squares = self.squares.saturating_add(square);
        self.stretch((value, value));
    }

    /// Adds what another sketch holds.
    pub fn merge(&mut self, other: &Self) {
        for (&bucket, &bin) in &other.bins {
            self.put(bucket, bin);
        }
        self.count += other.count;
        self.sum = self.sum.saturating_add(other.sum);
        self.squares = self.squares.saturating_add(other.squares);
        if let Some(ends) = other.ends {
            self.stretch(ends);
        }
    }

    fn put(&mut self, bucket: u32, bin: Bin) {
        self.bins
            .entry(bucket)
            .and_modify(|own| {
                own.count += bin.count;
                own.example = own.example.min(bin.example);
            })
            .or_insert(bin);
    }

    fn stretch(&mut self, (low, high): (u64, u64)) {
        self.ends = Some(match self.ends {
            Some((lowest, highest)) => (lowest.min(low), highest.max(high)),
            None => (low, high),
        });
    }

    /// How many values.
    pub const fn count(&self) -> u64 {
        self.count
    }

    /// The lowest value.
    pub fn lowest(&self) -> Option<u64> {
        self.ends.map(|(low, _)| low)
    }

    /// The highest value.
    pub fn highest(&self) -> Option<u64> {
        self.ends.map(|(_, high)| high)
    }

    /// The mean, exact but for its last rounding.
    pub fn mean(&self) -> Option<f64> {
        (0 < self.count).then(|| self.sum as f64 / self.count as f64)
    }

    /// The variance of the values, with one less than their number below the line; nothing for fewer than two.
    pub fn variance(&self) -> Option<f64> {
        variance(self.count, i128::try_from(self.sum).ok()?, self.squares)
    }

    /// The value with this rank, counted from one, to 0.4 %.
    pub fn at_rank(&self, rank: u64) -> Option<u64> {
        let bucket = self.bucket_at(rank)?;
        let (low, high) = self.ends?;
        Some(middle(bucket).clamp(low, high))
    }

    /// A run whose value has about this rank, counted from one.
    pub fn example_at(&self, rank: u64) -> Option<u32> {
        let bucket = self.bucket_at(rank)?;
        self.bins.get(&bucket).map(|bin| bin.example)
    }

    /// The buckets in rising order: lowest and highest whole number in each, and what it holds.
    pub fn bins(&self) -> impl Iterator<Item = (u64, u64, Bin)> {
        self.bins.iter().map(|(&bucket, &bin)| {
            let (low, width) = low_and_width(bucket);
            (low, low.saturating_add(width - 1), bin)
        })
    }

    fn bucket_at(&self, rank: u64) -> Option<u32> {
        if rank == 0 || self.count < rank {
            return None;
        }
        let mut seen = 0;
        for (&bucket, bin) in &self.bins {
            seen += bin.count;
            if rank <= seen {
                return Some(bucket);
            }
        }
        None
    }
}

/// Variance of whole numbers from their number, sum and sum of squares.
pub(crate) fn variance(count: u64, sum: i128, squares: u128) -> Option<f64> {
    if count < 2 {
        return None;
    }
    let n = count as f64;
    let mean = sum as f64 / n;
    // Exact in integers where they hold it, because the difference of two large floats would not be.
    let exact = u128::from(count)
        .checked_mul(squares)
        .zip(sum.unsigned_abs().checked_mul(sum.unsigned_abs()))
        .map(|(all, square)| all.saturating_sub(square) as f64 / n);
    let about = exact.unwrap_or(squares as f64 - mean * mean * n);
    Some(about.max(0.0) / (n - 1.0))
}

/// The bucket of a value: itself, or its exponent and its seven bits after the first.
fn bucket(value: u64) -> u32 {
    let place = if value < EXACT {
        value
    } else {
        let doubling = u64::from(value.ilog2()) - 8;
        EXACT + doubling * PER_DOUBLING + ((value >> (doubling + 1)) - PER_DOUBLING)
    };
    u32::try_from(place).expect("there are some seven thousand buckets")
}

/// The lowest value of a bucket, and how many it holds.
fn low_and_width(bucket: u32) -> (u64, u64) {
    let place = u64::from(bucket);
    if place < EXACT {
        return (place, 1);
    }
    let doubling = (place - EXACT) / PER_DOUBLING;
    let rest = (place - EXACT) % PER_DOUBLING;
    ((rest + PER_DOUBLING) << (doubling + 1), 1 << (doubling + 1))
}

fn middle(bucket: u32) -> u64 {
    let (low, width) = low_and_width(bucket);
    low + (width - 1) / 2
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn every_value_lies_in_its_bucket_and_near_its_middle() {
        let mut values: alloc::vec::Vec<u64> = (0..5_000).collect();
        values.extend((8..64).flat_map(|bit| [(1 << bit) - 1, 1 << bit, (1 << bit) + 1]));
        values.push(u64::MAX);
        for value in values {
            let (low, width) = low_and_width(bucket(value));
            assert!(low <= value && value - low < width, "{value}");
            let off = middle(bucket(value)).abs_diff(value) as f64;
            assert!(off <= value as f64 * 0.004, "{value}");
        }
    }

    #[test]
    fn buckets_follow_each_other_without_a_gap() {
        let mut next = 0;
        for place in 0..7_000 {
            let (low, width) = low_and_width(place);
            assert_eq!(low, next);
            next = low + width;
        }
    }

    #[test]
    fn sketches_add_up_in_any_order() {
        let mut parts = [Sketch::default(), Sketch::default(), Sketch::default()];
        let mut whole = Sketch::default();
        for run in 0..999_u32 {
            let value = u64::from(run) * u64::from(run) % 70_001;
            parts[run as usize % 3].add(value, run);
            whole.add(value, run);
        }
        for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
            let mut sum = Sketch::default();
            for part in order {
                sum.merge(&parts[part]);
            }
            assert_eq!(sum, whole);
        }
    }

    #[test]
    fn ranks_sums_and_examples_are_those_of_the_values() {
        let mut sketch = Sketch::default();
        for (value, run) in [(10, 4), (30, 1), (20, 2), (20, 0)] {
            sketch.add(value, run);
        }
        let ranks: alloc::vec::Vec<_> = (0..=5).map(|rank| sketch.at_rank(rank)).collect();
        let expected = [None, Some(10), Some(20), Some(20), Some(30), None];
        assert_eq!(ranks, expected);
        assert_eq!(sketch.example_at(2), Some(0));
        assert_eq!(sketch.mean(), Some(20.0));
        assert!((sketch.variance().unwrap() - 200.0 / 3.0).abs() < 1e-12);
    }
}
