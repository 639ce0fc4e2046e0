//! What scraping has collected: counters, latency buckets and gauges, and the queries over them.
//!
//! Counters are kept as what `increase` of Prometheus would add up from scrape to scrape, resets handled as it handles
//! them, and gauges as running sums: so a window costs two rows however long it is.

mod read;

use super::{classes::MOST_BOUNDS, gauges::Mark};
use crate::scenario::CustomKind;
use alloc::{sync::Arc, vec::Vec};
use coalmine_controller::{Counted, Limit, Query, Reading, Time, Version, Window};

/// Which columns a row has.
#[derive(Clone, Debug)]
pub(crate) struct Columns {
    /// Upper bounds of the buckets in seconds, the infinite one included.
    le: Vec<f64>,
    /// Metrics of the team's own.
    own: Vec<CustomKind>,
}

impl Columns {
    pub(crate) fn new(le: Vec<f64>, own: impl Iterator<Item = CustomKind>) -> Self {
        Self {
            le,
            own: own.collect(),
        }
    }

    /// Requests of at most a bound, by bound; failed ones; events and requests of each metric of the team's own.
    const fn counters(&self) -> usize {
        self.le.len() + 1 + 2 * self.own.len()
    }

    const fn requests(&self) -> usize {
        self.le.len() - 1
    }

    const fn failed(&self) -> usize {
        self.le.len()
    }

    const fn events(&self, own: usize) -> usize {
        self.le.len() + 1 + 2 * own
    }
}

/// Counters of one version as they stand at its pods.
#[derive(Clone, Debug, Default)]
pub(crate) struct Counters {
    /// Requests by latency bucket.
    pub(crate) buckets: [u64; MOST_BOUNDS + 1],
    /// Failed requests.
    pub(crate) failed: u64,
    /// Events and requests of each metric of the team's own.
    pub(crate) own: Vec<[u64; 2]>,
}

/// What scraping knows of one version. A version without pods leaves no rows.
#[derive(Clone, Debug)]
pub(crate) struct Series {
    columns: Arc<Columns>,
    /// Counters of a row.
    width: usize,
    /// As of now; scraping reads them.
    pub(crate) counters: Counters,
    /// What earlier lives of the counters had added up to.
    offsets: Vec<u64>,
    has_reset: bool,
    has_offsets: bool,
    /// Running sums of the team's own gauges, over all scrapes.
    own_sums: Vec<f64>,
    /// Readings of each gauge so far.
    readings: u64,
    /// The rows that the last question was about, until there are new ones.
    asked: Option<Asked>,
    times: Vec<Time>,
    /// When each row can be read; empty while that is at once.
    known: Vec<Time>,
    rows: Vec<u64>,
    /// What decides each row's CPU and memory.
    pub(super) marks: Vec<Mark>,
    /// Running sums of CPU and of memory, as far as anybody has asked.
    pub(super) sums: [Vec<f64>; 2],
    /// Readings of each gauge up to each row.
    read: Vec<u64>,
    /// Running sums of the team's own gauges up to each row.
    own_gauges: Vec<f64>,
}

/// What a question was about: its window, when it was asked, and the first and the last row, if there are two.
#[derive(Clone, Copy, Debug)]
struct Asked {
    window: Window,
    at: Time,
    span: Option<(usize, usize)>,
}

/// The memory of a series, to be used again.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    times: Vec<Time>,
    rows: Vec<u64>,
    marks: Vec<Mark>,
    sums: [Vec<f64>; 2],
    read: Vec<u64>,
    own_gauges: Vec<f64>,
}

impl Series {
    pub(crate) fn new(columns: &Arc<Columns>, mut memory: Memory) -> Self {
        memory.times.clear();
        memory.rows.clear();
        memory.marks.clear();
        memory.sums.iter_mut().for_each(Vec::clear);
        memory.read.clear();
        memory.own_gauges.clear();
        Self {
            counters: Counters {
                own: alloc::vec![[0; 2]; columns.own.len()],
                ..Counters::default()
            },
            offsets: alloc::vec![0; columns.counters()],
            has_reset: false,
            has_offsets: false,
            own_sums: alloc::vec![0.0; columns.own.len()],
            readings: 0,
            asked: None,
            columns: Arc::clone(columns),
            width: columns.counters(),
            times: memory.times,
            known: Vec::new(),
            rows: memory.rows,
            marks: memory.marks,
            sums: memory.sums,
            read: memory.read,
            own_gauges: memory.own_gauges,
        }
    }

    pub(crate) fn into_memory(self) -> Memory {
        Memory {
            times: self.times,
            rows: self.rows,
            marks: self.marks,
            sums: self.sums,
            read: self.read,
            own_gauges: self.own_gauges,
        }
    }

    /// Adds readings of a gauge of the team's own.
    pub(crate) fn gauge_own(&mut self, own: usize, value: f64, pods: u32) {
        self.own_sums[own] += value * f64::from(pods);
    }

    /// A scrape that can be read from `known` on, of so many pods.
    pub(crate) fn scrape(&mut self, now: Time, known: Time, mark: Mark, pods: u32) {
        self.asked = None;
        if now < known && self.known.is_empty() {
            self.known.clone_from(&self.times);
        }
        if now < known || !self.known.is_empty() {
            let before = self.known.last().copied().unwrap_or_default();
            self.known.push(known.max(before));
        }
        let begin = self.rows.len();
        let buckets = self.columns.le.len();
        let mut row = [0; MOST_BOUNDS + 2];
        let mut sum = 0;
        for (value, count) in row.iter_mut().zip(&self.counters.buckets[..buckets]) {
            sum += count;
            *value = sum;
        }
        row[buckets] = self.counters.failed;
        self.rows.extend_from_slice(&row[..=buckets]);
        for own in &self.counters.own {
            self.rows.extend_from_slice(own);
        }
        if self.has_reset {
            self.add_up_resets(begin);
        }
        if self.has_offsets {
            for (value, offset) in self.rows[begin..].iter_mut().zip(&self.offsets) {
                *value = value.wrapping_add(*offset);
            }
        }
        self.times.push(now);
        self.marks.push(mark);
        self.readings += u64::from(pods);
        self.read.push(self.readings);
        self.own_gauges.extend_from_slice(&self.own_sums);
    }

    /// As Prometheus does: a counter that fell has started anew from zero, one that did not fall just went on.
    fn add_up_resets(&mut self, begin: usize) {
        self.has_reset = false;
        let width = self.columns.counters();
        for column in 0..width {
            let last = if begin == 0 {
                0
            } else {
                self.rows[begin - width + column]
            };
            let seen = last.wrapping_sub(self.offsets[column]);
            let now = self.rows[begin + column];
            if now < seen {
                self.offsets[column] = last;
                self.has_offsets = true;
            }
        }
    }

    /// All counters start again from zero.
    pub(crate) fn reset(&mut self) {
        self.has_reset = true;
        self.counters.buckets = [0; MOST_BOUNDS + 1];
        self.counters.failed = 0;
        self.counters.own.fill([0; 2]);
    }

    fn row(&self, at: usize) -> &[u64] {
        &self.rows[at * self.width..][..self.width]
    }

    /// Requests and failed ones from the row before the last to the last, if that was scraped at this instant.
    pub(crate) fn latest(&self, now: Time) -> Option<(u64, u64)> {
        let last = self.times.len().checked_sub(1)?;
        if self.times[last] != now {
            return None;
        }
        let of = |column: usize| {
            let before = last.checked_sub(1).map_or(0, |at| self.row(at)[column]);
            self.row(last)[column] - before
        };
        Some((of(self.columns.requests()), of(self.columns.failed())))
    }
}

/// The series of both versions.
#[derive(Clone, Debug)]
pub(crate) struct Metrics {
    series: [Series; 2],
    /// Where requests are counted that nobody scrapes.
    pub(crate) unseen: [u64; MOST_BOUNDS + 1],
}

impl Metrics {
    pub(crate) fn new(columns: &Arc<Columns>, memories: [Memory; 2]) -> Self {
        Self {
            series: memories.map(|memory| Series::new(columns, memory)),
            unseen: [0; MOST_BOUNDS + 1],
        }
    }

    pub(crate) fn into_memories(self) -> [Memory; 2] {
        self.series.map(Series::into_memory)
    }

    pub(crate) const fn of(&self, version: Version) -> &Series {
        &self.series[version as usize]
    }

    pub(crate) const fn of_mut(&mut self, version: Version) -> &mut Series {
        &mut self.series[version as usize]
    }

    /// Answers a controller's question, at an instant.
    pub(crate) fn answer(&mut self, query: Query, now: Time) -> Reading {
        self.of_mut(query.version)
            .answer(query.metric, query.window, now)
    }

    /// The same in counts.
    pub(crate) fn count(&self, query: Query, now: Time) -> Counted {
        self.of(query.version)
            .count(query.metric, query.window, now)
    }
}

/// A probability of a metric of the team's own.
pub(crate) fn probability(kind: CustomKind) -> Option<f64> {
    match kind {
        CustomKind::PerMinute(Limit(share)) | CustomKind::PerRequest(Limit(share)) => {
            Some((share as f64 / 1e6).clamp(0.0, 1.0))
        }
        CustomKind::Gauge { .. } => None,
    }
}
