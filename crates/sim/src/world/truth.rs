//! The truth of an interval: how likely requests were to fail, and how long they really took, whatever was measured.

use super::{effect::Effect, fault::Release, ground::Ground, healthy::Healthy};
use alloc::vec::Vec;

/// A latency law that waits is spread over this many midpoints of equal shares: of the bulk, of the tail, and of the tail's
/// tail, so that slow answers that wait are not forgotten.
const NODES: u32 = 16;
/// Where bulk, tail and tail's tail begin and end.
const PARTS: [(f64, f64); 3] = [(0.0, 0.9), (0.9, 0.99), (0.99, 1.0)];
/// Halvings of the search for a quantile: to a millionth.
const HALVINGS: u32 = 40;

/// What was true of one release since the last sample.
#[derive(Clone, Debug, Default)]
pub(crate) struct Truth {
    parts: Vec<Part>,
    /// Requests sent.
    pub(crate) sent: u64,
}

#[derive(Clone, Debug)]
struct Part {
    /// Expected requests.
    weight: f64,
    stratum: usize,
    effect: Option<Effect>,
}

impl Truth {
    /// So many requests of a stratum were expected under an effect.
    pub(crate) fn add(&mut self, weight: f64, stratum: usize, effect: Option<&Effect>) {
        if 0.0 < weight {
            self.parts.push(Part {
                weight,
                stratum,
                effect: effect.copied(),
            });
        }
    }

    /// Forgets everything.
    pub(crate) fn clear(&mut self) {
        self.parts.clear();
        self.sent = 0;
    }

    /// Probability that a request failed, and the 99th percentile of latency in seconds; nothing without traffic.
    pub(crate) fn read(&self, release: Release, ground: &Ground) -> Option<(f64, f64)> {
        let total: f64 = self.parts.iter().map(|part| part.weight).sum();
        let first = self.parts.first()?;
        let healthy = |part: &Part| &ground.strata[part.stratum].healthy[release as usize];
        let failing: f64 = self
            .parts
            .iter()
            .map(|part| part.weight * failing(healthy(part), part.effect.as_ref()))
            .sum();
        let is_plain = self
            .parts
            .iter()
            .all(|part| part.effect.is_none() && part.stratum == first.stratum);
        let p99 = if is_plain {
            healthy(first).p99
        } else {
            let spread: Vec<Spread<'_>> = self
                .parts
                .iter()
                .map(|part| Spread::new(part, healthy(part)))
                .collect();
            quantile(0.99, |seconds| {
                spread.iter().map(|it| it.below(seconds)).sum::<f64>() / total
            })
        };
        Some((failing / total, p99))
    }
}

fn failing(healthy: &Healthy, effect: Option<&Effect>) -> f64 {
    let added = effect.map_or(0.0, |effect| {
        let served = (1.0 - effect.lost) * (1.0 - effect.shed);
        1.0 - served * (1.0 - effect.error)
    });
    healthy.error_rate + (1.0 - healthy.error_rate) * added
}

/// The latency of a part, ready to be asked for its probabilities.
struct Spread<'a> {
    healthy: &'a Healthy,
    part: &'a Part,
    /// Service times with their shares, where requests wait.
    nodes: Vec<(f64, f64)>,
}

impl<'a> Spread<'a> {
    fn new(part: &'a Part, healthy: &'a Healthy) -> Self {
        let mut nodes = Vec::new();
        if part.effect.is_some_and(|effect| 0.0 < effect.wait.share) {
            for (from, to) in PARTS {
                let share = (to - from) / f64::from(NODES);
                nodes.extend((0..NODES).map(|node| {
                    let at = from + share * (f64::from(node) + 0.5);
                    (share, healthy.quantile(at))
                }));
            }
        }
        Self {
            healthy,
            part,
            nodes,
        }
    }

    /// Requests that are expected to take at most so many seconds.
    fn below(&self, seconds: f64) -> f64 {
        let Some(effect) = &self.part.effect else {
            return self.part.weight * self.healthy.cdf(seconds);
        };
        let mut sum = 0.0;
        for (share, stretch) in effect.stretches.list() {
            let direct = self.healthy.cdf(seconds / stretch);
            let waited: f64 = self
                .nodes
                .iter()
                .map(|(share, service)| {
                    share * (1.0 - effect.wait.beyond(seconds - service * stretch))
                })
                .sum();
            sum += share * ((1.0 - effect.wait.share) * direct + effect.wait.share * waited);
        }
        self.part.weight * sum
    }
}

/// By halving on a logarithmic scale from a microsecond to eleven days.
fn quantile(share: f64, below: impl Fn(f64) -> f64) -> f64 {
    let (mut lo, mut hi) = (libm::log(1e-6), libm::log(1e6));
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(lo, hi);
        if below(libm::exp(middle)) < share {
            lo = middle;
        } else {
            hi = middle;
        }
    }
    libm::exp(hi)
}
