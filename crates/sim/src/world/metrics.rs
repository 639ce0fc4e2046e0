//! What scraping has collected: cumulative counters, latency buckets and gauges, and the queries over them.
//!
//! Everything is kept as running totals, so that a window costs two rows however long it is.

use super::cells::BUCKETS;
use alloc::vec::Vec;
use coalmine_controller::{Metric, Query, Reading, Time, Version, Window};
use coalmine_stats::{DEFAULT_BUCKETS_SECONDS, histogram_quantile};

/// Running totals of one version.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Totals {
    /// Requests by latency bucket.
    pub(crate) buckets: [u64; BUCKETS],
    /// Failed requests.
    pub(crate) failed: u64,
    /// Sum of the CPU gauges of ready pods over all scrapes.
    pub(crate) cpu: f64,
    /// Sum of the memory gauges of ready pods over all scrapes.
    pub(crate) memory: f64,
    /// How many gauges these sums hold.
    pub(crate) gauges: u64,
}

impl Totals {
    pub(crate) fn requests(&self) -> u64 {
        self.buckets.iter().sum()
    }
}

/// What scraping knows of one version. A version without pods leaves no rows.
#[derive(Clone, Debug, Default)]
pub(crate) struct Series {
    /// As of now; scraping copies it.
    pub(crate) totals: Totals,
    times: Vec<Time>,
    rows: Vec<Totals>,
}

/// The first and the last row of a window.
#[derive(Clone, Copy, Debug)]
struct Span<'a> {
    /// The row before the first, for gauges: a gauge is read at an instant, a counter's increase needs two.
    before: Option<&'a Totals>,
    first: &'a Totals,
    last: &'a Totals,
}

impl Series {
    /// A scrape.
    pub(crate) fn scrape(&mut self, now: Time) {
        self.times.push(now);
        self.rows.push(self.totals);
    }

    /// The last row, if it was scraped at this instant, and the one before it.
    pub(crate) fn latest(&self, now: Time) -> Option<(&Totals, Option<&Totals>)> {
        let last = self.times.last().filter(|last| **last == now);
        last.and(self.rows.last())
            .map(|row| (row, self.rows.iter().rev().nth(1)))
    }

    /// Answers a question about this version.
    pub(crate) fn read(&self, metric: Metric, window: Window) -> Reading {
        let Some(span) = self.span(window) else {
            return Reading::NoData;
        };
        match metric {
            Metric::ErrorRate => span.error_rate(),
            Metric::Latency(quantile) => span.latency(f64::from(quantile.0) / 1e4),
            Metric::Cpu => span.mean(|totals| totals.cpu),
            Metric::Memory => span.mean(|totals| totals.memory),
            Metric::Custom(_) => Reading::NoData,
        }
    }

    fn span(&self, window: Window) -> Option<Span<'_>> {
        let from = self.times.partition_point(|at| *at < window.from);
        let to = self.times.partition_point(|at| *at <= window.to);
        if to < from + 2 {
            return None;
        }
        Some(Span {
            before: from.checked_sub(1).map(|row| &self.rows[row]),
            first: &self.rows[from],
            last: &self.rows[to - 1],
        })
    }
}

impl Span<'_> {
    fn requests(&self) -> u64 {
        self.last.requests() - self.first.requests()
    }

    fn error_rate(&self) -> Reading {
        match self.requests() {
            0 => Reading::NoData,
            samples => Reading::Value {
                value: (self.last.failed - self.first.failed) as f64 / samples as f64,
                samples,
            },
        }
    }

    fn latency(&self, q: f64) -> Reading {
        let mut cumulative = [0.0; BUCKETS];
        let mut samples = 0;
        let increases = self.last.buckets.iter().zip(&self.first.buckets);
        for (sum, (last, first)) in cumulative.iter_mut().zip(increases) {
            samples += last - first;
            *sum = samples as f64;
        }
        if samples == 0 {
            return Reading::NoData;
        }
        let mut le = [f64::INFINITY; BUCKETS];
        le[..BUCKETS - 1].copy_from_slice(&DEFAULT_BUCKETS_SECONDS);
        Reading::Value {
            value: histogram_quantile(q, &le, &cumulative),
            samples,
        }
    }

    fn mean(&self, of: impl Fn(&Totals) -> f64) -> Reading {
        let (gauges, sum) = self.before.map_or((0, 0.0), |row| (row.gauges, of(row)));
        match self.last.gauges - gauges {
            0 => Reading::NoData,
            samples => Reading::Value {
                value: (of(self.last) - sum) / samples as f64,
                samples,
            },
        }
    }
}

/// The series of both versions.
#[derive(Clone, Debug, Default)]
pub(crate) struct Metrics {
    stable: Series,
    canary: Series,
}

impl Metrics {
    pub(crate) const fn of(&self, version: Version) -> &Series {
        match version {
            Version::Stable => &self.stable,
            Version::Canary => &self.canary,
        }
    }

    pub(crate) const fn of_mut(&mut self, version: Version) -> &mut Series {
        match version {
            Version::Stable => &mut self.stable,
            Version::Canary => &mut self.canary,
        }
    }

    /// Answers a controller's question.
    pub(crate) fn answer(&self, query: Query) -> Reading {
        self.of(query.version).read(query.metric, query.window)
    }
}
