//! What scraping has collected: counters, latency buckets and gauges, and the queries over them.
//!
//! Counters are kept as what `increase` of Prometheus would add up from scrape to scrape, resets handled as it handles
//! them, and gauges as running sums: so a window costs two rows however long it is.

use super::classes::MOST_BOUNDS;
use crate::scenario::CustomKind;
use alloc::{sync::Arc, vec::Vec};
use coalmine_controller::{Limit, Metric, Query, Reading, Time, Version, Window};
use coalmine_stats::{histogram_quantile, prometheus};

/// Gauges before those of the team's own: CPU, memory, and how many readings the sums hold.
const GAUGES: usize = 3;

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

    const fn gauges(&self) -> usize {
        GAUGES + self.own.len()
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
    /// As of now; scraping reads them.
    pub(crate) counters: Counters,
    /// What earlier lives of the counters had added up to.
    offsets: Vec<u64>,
    has_reset: bool,
    has_offsets: bool,
    /// Running sums of the gauges, over all scrapes.
    sums: Vec<f64>,
    times: Vec<Time>,
    /// When each row can be read; empty while that is at once.
    known: Vec<Time>,
    rows: Vec<u64>,
    gauges: Vec<f64>,
}

/// The memory of a series, to be used again.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    times: Vec<Time>,
    rows: Vec<u64>,
    gauges: Vec<f64>,
}

impl Series {
    pub(crate) fn new(columns: &Arc<Columns>, mut memory: Memory) -> Self {
        memory.times.clear();
        memory.rows.clear();
        memory.gauges.clear();
        Self {
            counters: Counters {
                own: alloc::vec![[0; 2]; columns.own.len()],
                ..Counters::default()
            },
            offsets: alloc::vec![0; columns.counters()],
            has_reset: false,
            has_offsets: false,
            sums: alloc::vec![0.0; columns.gauges()],
            columns: Arc::clone(columns),
            times: memory.times,
            known: Vec::new(),
            rows: memory.rows,
            gauges: memory.gauges,
        }
    }

    pub(crate) fn into_memory(self) -> Memory {
        Memory {
            times: self.times,
            rows: self.rows,
            gauges: self.gauges,
        }
    }

    /// Adds readings of all ready pods to the sums.
    pub(crate) fn gauge(&mut self, cpu: f64, memory: f64, pods: u32) {
        let pods = f64::from(pods);
        self.sums[0] += cpu * pods;
        self.sums[1] += memory * pods;
        self.sums[2] += pods;
    }

    /// Adds readings of a gauge of the team's own.
    pub(crate) fn gauge_own(&mut self, own: usize, value: f64, pods: u32) {
        self.sums[GAUGES + own] += value * f64::from(pods);
    }

    /// A scrape that can be read from `known` on.
    pub(crate) fn scrape(&mut self, now: Time, known: Time) {
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
        self.gauges.extend_from_slice(&self.sums);
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
        let width = self.columns.counters();
        &self.rows[at * width..][..width]
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

    /// Answers a question about this version, at an instant.
    pub(crate) fn read(&self, metric: Metric, window: Window, now: Time) -> Reading {
        let Some((first, last)) = self.span(window, now) else {
            return Reading::NoData;
        };
        match metric {
            Metric::ErrorRate => {
                self.ratio(self.columns.failed(), self.columns.requests(), first, last)
            }
            Metric::Latency(quantile) => self.latency(f64::from(quantile.0) / 1e4, first, last),
            Metric::Cpu => self.mean(0, first, last),
            Metric::Memory => self.mean(1, first, last),
            Metric::Custom(own) => {
                let own = usize::from(own);
                let events = self.columns.events(own);
                match self.columns.own.get(own) {
                    None => Reading::NoData,
                    Some(CustomKind::PerMinute(_)) => self.per_minute(events, first, last, window),
                    Some(CustomKind::PerRequest(_)) => self.ratio(events, events + 1, first, last),
                    Some(CustomKind::Gauge { .. }) => self.mean(GAUGES + own, first, last),
                }
            }
        }
    }

    /// The first and the last row of a window, if there are two.
    fn span(&self, window: Window, now: Time) -> Option<(usize, usize)> {
        let known = if self.known.is_empty() {
            self.times.len()
        } else {
            self.known.partition_point(|at| *at <= now)
        };
        let times = &self.times[..known];
        // Most windows end now.
        let to = match times.last() {
            Some(last) if *last <= window.to => times.len(),
            _ => times.partition_point(|at| *at <= window.to),
        };
        let from = first_from(&times[..to], window.from);
        (from + 2 <= to).then(|| (from, to - 1))
    }

    fn increase(&self, column: usize, first: usize, last: usize) -> u64 {
        self.row(last)[column] - self.row(first)[column]
    }

    /// A zero denominator is no data.
    fn ratio(&self, above: usize, below: usize, first: usize, last: usize) -> Reading {
        match self.increase(below, first, last) {
            0 => Reading::NoData,
            samples => Reading::Value {
                value: self.increase(above, first, last) as f64 / samples as f64,
                samples,
            },
        }
    }

    fn latency(&self, q: f64, first: usize, last: usize) -> Reading {
        let samples = self.increase(self.columns.requests(), first, last);
        if samples == 0 {
            return Reading::NoData;
        }
        let value = if self.has_offsets {
            self.careful_quantile(q, first, last)
        } else {
            self.quantile(q, first, last, samples)
        };
        Reading::Value { value, samples }
    }

    /// As `histogram_quantile` has it, for what may be out of order: after a reset between two scrapes a bucket may
    /// fall behind one below it.
    fn careful_quantile(&self, q: f64, first: usize, last: usize) -> f64 {
        let mut cumulative = [0.0; MOST_BOUNDS + 1];
        let le = &self.columns.le;
        let rows = self.row(last).iter().zip(self.row(first));
        for (sum, (last, first)) in cumulative.iter_mut().zip(rows.take(le.len())) {
            *sum = (last - first) as f64;
        }
        histogram_quantile(q, le, &cumulative[..le.len()])
    }

    /// The same where counts rise from bucket to bucket, as they do without resets: a search and one straight line.
    fn quantile(&self, q: f64, first: usize, last: usize, samples: u64) -> f64 {
        let le = &self.columns.le;
        let (first, last) = (self.row(first), self.row(last));
        let rank = q * samples as f64;
        let count = |bucket: usize| (last[bucket] - first[bucket]) as f64;
        let highest = le.len() - 1;
        if highest == 0 {
            return f64::NAN;
        }
        // Quantiles that people ask for lie high.
        let mut bucket = highest;
        while 0 < bucket && rank <= count(bucket - 1) {
            bucket -= 1;
        }
        if bucket == highest {
            return le[highest - 1];
        }
        let (start, below) = match bucket {
            0 => (0.0, 0.0),
            _ => (le[bucket - 1], count(bucket - 1)),
        };
        start + (le[bucket] - start) * ((rank - below) / (count(bucket) - below))
    }

    /// The rate of Prometheus, extrapolated to the ends of the window, a minute.
    fn per_minute(&self, events: usize, first: usize, last: usize, window: Window) -> Reading {
        let millis = |at: Time| i64::try_from(at.0).unwrap_or(i64::MAX);
        let samples: Vec<prometheus::Sample> = (first..=last)
            .map(|at| prometheus::Sample {
                time_ms: millis(self.times[at]),
                value: self.row(at)[events] as f64,
            })
            .collect();
        let window = prometheus::Window {
            // Prometheus leaves the left bound out, we do not.
            start_ms: millis(window.from) - 1,
            end_ms: millis(window.to),
        };
        match prometheus::rate(window, &samples) {
            None => Reading::NoData,
            Some(rate) => Reading::Value {
                value: rate * 60.0,
                samples: self.increase(events + 1, first, last),
            },
        }
    }

    /// The mean over all readings of the window. A gauge is read at an instant, so the first row counts.
    fn mean(&self, gauge: usize, first: usize, last: usize) -> Reading {
        let width = self.columns.gauges();
        let increase = |gauge: usize| {
            let before = first
                .checked_sub(1)
                .map_or(0.0, |at| self.gauges[at * width + gauge]);
            self.gauges[last * width + gauge] - before
        };
        let readings = increase(2);
        if readings <= 0.0 {
            return Reading::NoData;
        }
        Reading::Value {
            value: increase(gauge) / readings,
            samples: whole(readings),
        }
    }
}

/// The first of these times that is not before an instant, guessed from the last two and searched for where the guess
/// is wrong.
fn first_from(times: &[Time], from: Time) -> usize {
    if let [.., before, last] = times {
        let interval = last.since(*before).0.max(1);
        let back = usize::try_from(last.since(from).0 / interval).unwrap_or(usize::MAX);
        let guess = (times.len() - 1).saturating_sub(back);
        let is_first = guess == 0 || times[guess - 1] < from;
        if from <= times[guess] && is_first {
            return guess;
        }
    }
    times.partition_point(|at| *at < from)
}

/// The series of both versions.
#[derive(Clone, Debug)]
pub(crate) struct Metrics {
    series: [Series; 2],
}

impl Metrics {
    pub(crate) fn new(columns: &Arc<Columns>, memories: [Memory; 2]) -> Self {
        Self {
            series: memories.map(|memory| Series::new(columns, memory)),
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
    pub(crate) fn answer(&self, query: Query, now: Time) -> Reading {
        self.of(query.version).read(query.metric, query.window, now)
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

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a count: whole, not negative, and far below 2^53"
)]
const fn whole(count: f64) -> u64 {
    count as u64
}
