//! A list that grows at its end and is cheap to copy: the page shares one version per frame while the next one grows.

use std::sync::Arc;

/// How many items share one allocation.
const CHUNK: usize = 256;

/// A list in shared chunks: a copy costs one pointer for each 256 items, and growing copies at most one chunk.
#[derive(Clone, Debug, PartialEq)]
pub struct Series<T> {
    /// All full, but for the last.
    chunks: Vec<Arc<Vec<T>>>,
    len: usize,
}

impl<T> Default for Series<T> {
    fn default() -> Self {
        Self {
            chunks: Vec::new(),
            len: 0,
        }
    }
}

impl<T: Clone> Series<T> {
    /// How many items there are.
    pub const fn len(&self) -> usize {
        self.len
    }

    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The item at this place.
    pub fn get(&self, index: usize) -> Option<&T> {
        self.chunks.get(index / CHUNK)?.get(index % CHUNK)
    }

    /// The last item.
    pub fn last(&self) -> Option<&T> {
        self.get(self.len.checked_sub(1)?)
    }

    /// All items in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &T> {
        self.chunks.iter().flat_map(|chunk| chunk.iter())
    }

    /// The items from one place up to, not including, another; places beyond the end count as the end.
    pub fn range(&self, from: usize, to: usize) -> impl DoubleEndedIterator<Item = &T> {
        let to = to.min(self.len);
        (from.min(to)..to).filter_map(|index| self.get(index))
    }

    /// How many items at the beginning fulfil a condition that holds for a beginning of the list and then never again.
    pub fn partition_point(&self, holds: impl Fn(&T) -> bool) -> usize {
        let full = self
            .chunks
            .partition_point(|chunk| chunk.last().is_some_and(&holds));
        let rest = self
            .chunks
            .get(full)
            .map_or(0, |chunk| chunk.partition_point(&holds));
        // The last chunk may be shorter than the others.
        (full * CHUNK).min(self.len) + rest
    }

    /// Adds an item at the end.
    pub fn push(&mut self, item: T) {
        match self.chunks.last_mut() {
            Some(chunk) if chunk.len() < CHUNK => Arc::make_mut(chunk).push(item),
            Some(_) | None => self.chunks.push(Arc::new(vec![item])),
        }
        self.len += 1;
    }

    /// Adds items at the end.
    pub fn extend(&mut self, items: impl IntoIterator<Item = T>) {
        for item in items {
            self.push(item);
        }
    }

    /// Keeps the first `len` items.
    pub fn truncate(&mut self, len: usize) {
        if self.len <= len {
            return;
        }
        self.chunks.truncate(len.div_ceil(CHUNK));
        if let Some(last) = self.chunks.last_mut() {
            let keep = len - (len - 1) / CHUNK * CHUNK;
            Arc::make_mut(last).truncate(keep);
        }
        self.len = len;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(to: u32) -> Series<u32> {
        let mut series = Series::default();
        series.extend(0..to);
        series
    }

    #[test]
    fn a_series_reads_like_the_list_it_was_made_from() {
        for len in [0, 1, 255, 256, 257, 700] {
            let series = counted(len);
            assert!(series.iter().copied().eq(0..len), "{len}");
            assert_eq!(series.len(), len as usize);
            assert_eq!(series.last().copied(), len.checked_sub(1));
            assert!(
                series
                    .range(3, 600)
                    .copied()
                    .eq((3..600).filter(|i| *i < len))
            );
            for bound in [0, 1, 255, 256, 257, 512, 699, 900] {
                let expected = bound.min(len) as usize;
                assert_eq!(series.partition_point(|item| *item < bound), expected);
            }
        }
    }

    #[test]
    fn truncating_keeps_a_beginning_that_can_grow_again() {
        for len in [0, 1, 255, 256, 257, 512, 513, 700, 900] {
            let mut series = counted(700);
            let kept = series.clone();
            series.truncate(len);
            assert!(
                series
                    .iter()
                    .copied()
                    .eq(0..700.min(u32::try_from(len).unwrap())),
                "{len}"
            );
            series.push(7_000);
            assert_eq!(series.last(), Some(&7_000));
            assert!(kept.iter().copied().eq(0..700), "a copy does not notice");
        }
    }
}
