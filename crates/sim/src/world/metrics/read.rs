//! The queries over what was scraped: ratios, quantiles, rates and means, as Prometheus would answer them.

use super::{Asked, Series};
use crate::{scenario::CustomKind, world::classes::MOST_BOUNDS};
use alloc::{sync::Arc, vec::Vec};
use coalmine_controller::{Counted, Metric, Reading, Time, Window};
use coalmine_stats::{histogram_quantile, prometheus};

impl Series {
    /// Answers a question about this version, at an instant.
    pub(crate) fn read(&self, metric: Metric, window: Window, now: Time) -> Reading {
        self.read_span(metric, window, self.span(window, now))
    }

    /// The same, where the next question is mostly about the same window.
    pub(crate) fn answer(&mut self, metric: Metric, window: Window, now: Time) -> Reading {
        let span = match self.asked {
            Some(asked) if asked.window == window && asked.at == now => asked.span,
            _ => self.span(window, now),
        };
        let at = now;
        self.asked = Some(Asked { window, at, span });
        self.read_span(metric, window, span)
    }

    fn read_span(&self, metric: Metric, window: Window, span: Option<(usize, usize)>) -> Reading {
        let Some((first, last)) = span else {
            return Reading::NoData;
        };
        match metric {
            Metric::ErrorRate => {
                self.ratio(self.columns.failed(), self.columns.requests(), first, last)
            }
            Metric::Latency(quantile) => self.latency(f64::from(quantile.0) / 1e4, first, last),
            Metric::Cpu => self.mean(&self.sums[0], 1, 0, first, last),
            Metric::Memory => self.mean(&self.sums[1], 1, 0, first, last),
            Metric::Custom(own) => {
                let own = usize::from(own);
                let events = self.columns.events(own);
                match self.columns.own.get(own) {
                    None => Reading::NoData,
                    Some(CustomKind::PerMinute(_)) => self.per_minute(events, first, last, window),
                    Some(CustomKind::PerRequest(_)) => self.ratio(events, events + 1, first, last),
                    Some(CustomKind::Gauge { .. }) => {
                        let width = self.columns.own.len();
                        self.mean(&self.own_gauges, width, own, first, last)
                    }
                }
            }
        }
    }

    /// The same in counts, where a metric has any.
    pub(crate) fn count(&self, metric: Metric, window: Window, now: Time) -> Counted {
        let Some((first, last)) = self.span(window, now) else {
            return Counted::NoData;
        };
        let share = |events, requests| match self.increase(requests, first, last) {
            0 => Counted::NoData,
            requests => Counted::Share {
                // After a reset between two scrapes more may have failed than came.
                events: self.increase(events, first, last).min(requests),
                requests,
            },
        };
        match metric {
            Metric::ErrorRate => share(self.columns.failed(), self.columns.requests()),
            Metric::Latency(_) => self.buckets(first, last),
            Metric::Cpu | Metric::Memory => Counted::NoData,
            Metric::Custom(own) => match self.columns.own.get(usize::from(own)) {
                Some(CustomKind::PerRequest(_)) => {
                    let events = self.columns.events(usize::from(own));
                    share(events, events + 1)
                }
                None | Some(CustomKind::PerMinute(_) | CustomKind::Gauge { .. }) => Counted::NoData,
            },
        }
    }

    /// How many requests fell into each bucket.
    fn buckets(&self, first: usize, last: usize) -> Counted {
        let mut below = 0;
        let counts: Arc<[u64]> = (0..self.columns.le.len())
            .map(|bucket| {
                // After a reset a bucket may fall behind one below it.
                let up_to = self.increase(bucket, first, last).max(below);
                up_to - core::mem::replace(&mut below, up_to)
            })
            .collect();
        if below == 0 {
            Counted::NoData
        } else {
            Counted::Buckets(counts)
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
            self.quantile(q, self.row(first), self.row(last), samples)
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
    fn quantile(&self, q: f64, first: &[u64], last: &[u64], samples: u64) -> f64 {
        let le = &self.columns.le[..];
        let (first, last) = (&first[..le.len()], &last[..le.len()]);
        let rank = q * samples as f64;
        // Whether a count reaches the rank, in whole numbers.
        let floor = whole(rank);
        let needed = floor + u64::from((floor as f64) < rank);
        let count = |bucket: usize| last[bucket] - first[bucket];
        let highest = le.len() - 1;
        if highest == 0 {
            return f64::NAN;
        }
        // Quantiles that people ask for lie high.
        let mut bucket = highest;
        while 0 < bucket && needed <= count(bucket - 1) {
            bucket -= 1;
        }
        if bucket == highest {
            return le[highest - 1];
        }
        let (start, below) = match bucket {
            0 => (0.0, 0),
            _ => (le[bucket - 1], count(bucket - 1)),
        };
        start + (le[bucket] - start) * ((rank - below as f64) / (count(bucket) - below) as f64)
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

    /// The mean over all readings of the window, from running sums in rows of `width`. A gauge is read at an instant, so
    /// the first row counts.
    fn mean(&self, sums: &[f64], width: usize, gauge: usize, first: usize, last: usize) -> Reading {
        let before = first.checked_sub(1);
        let samples = self.read[last] - before.map_or(0, |at| self.read[at]);
        if samples == 0 {
            return Reading::NoData;
        }
        let sum = sums[last * width + gauge] - before.map_or(0.0, |at| sums[at * width + gauge]);
        Reading::Value {
            value: sum / samples as f64,
            samples,
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

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a count: whole, not negative, and far below 2^53"
)]
const fn whole(count: f64) -> u64 {
    count as u64
}
