//! Which bucket counts a value, found without walking through all of them.

use alloc::vec::Vec;

/// Finite buckets, at most; what the aggregated engine has room for.
const MOST_BOUNDS: usize = 30;
/// Buckets, the infinite one included, at most.
pub(super) const MOST_BUCKETS: usize = MOST_BOUNDS + 1;
/// Cells of the grid that tells where to begin to look for a bucket.
const GRID: usize = 256;

/// Thresholds that rise, with a grid over them.
#[derive(Clone, Debug)]
pub(super) struct Thresholds {
    /// Then infinity to the end.
    up_to: [f64; MOST_BUCKETS + 1],
    /// By cell, how many thresholds lie in lower cells.
    begin: [u8; GRID],
    from: f64,
    cells_per_unit: f64,
}

impl Thresholds {
    /// No more than there is room for, with the grid laid over a range.
    pub(super) fn new(rising: impl Iterator<Item = f64>, from: f64, to: f64) -> Self {
        let mut thresholds = Self {
            up_to: [f64::INFINITY; MOST_BUCKETS + 1],
            begin: [0; GRID],
            from,
            cells_per_unit: GRID as f64 / (to - from).max(1e-9),
        };
        for (place, threshold) in thresholds.up_to[..MOST_BOUNDS].iter_mut().zip(rising) {
            *place = threshold;
        }
        let cells: Vec<usize> = (0..MOST_BOUNDS)
            .map(|at| thresholds.cell(thresholds.up_to[at]))
            .collect();
        for (cell, begin) in thresholds.begin.iter_mut().enumerate() {
            let lower = cells.iter().take_while(|other| **other < cell).count();
            *begin = u8::try_from(lower).unwrap_or(0);
        }
        thresholds
    }

    #[inline]
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "what lies beyond an end belongs to the cell there"
    )]
    fn cell(&self, x: f64) -> usize {
        (((x - self.from) * self.cells_per_unit) as usize).min(GRID - 1)
    }

    /// The bucket of a value: the first whose threshold is no less.
    #[inline]
    pub(super) fn find(&self, x: f64) -> usize {
        let mut bucket = usize::from(self.begin[self.cell(x)]);
        while bucket < MOST_BUCKETS && self.up_to[bucket] < x {
            bucket += 1;
        }
        bucket
    }
}

/// The buckets of a scenario: finite bounds in seconds that rise, no more than there is room for.
pub(super) fn bounds(micros: &[u64]) -> Vec<f64> {
    let mut bounds: Vec<f64> = Vec::new();
    for seconds in micros.iter().map(|micros| *micros as f64 / 1e6) {
        if bounds.len() < MOST_BOUNDS && bounds.last().is_none_or(|last| *last < seconds) {
            bounds.push(seconds);
        }
    }
    bounds
}

/// Buckets by seconds.
pub(super) fn by_seconds(bounds: &[f64]) -> Thresholds {
    let middle = bounds.get(bounds.len() / 2).copied().unwrap_or(1.0);
    Thresholds::new(bounds.iter().copied(), 0.0, middle)
}
