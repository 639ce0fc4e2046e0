//! How requests of a version fall while nothing is wrong.

use super::classes::{Class, MOST_CLASSES};
use crate::scenario::Latency;
use alloc::vec::Vec;
use coalmine_controller::Limit;
use coalmine_stats::{
    Law, LogNormal,
    law::{Empirical, Gamma, Mixture, ParetoTail, Weibull},
};

/// How requests of one stratum fall without faults, as probabilities.
#[derive(Clone, Debug)]
pub(crate) struct Healthy {
    /// The latency in seconds, before the factor.
    law: Law,
    /// Latencies are those of the law times this.
    factor: f64,
    /// By class.
    pub(crate) shares: [f64; MOST_CLASSES],
    /// Probability that a request fails.
    pub(crate) error_rate: f64,
    /// Mean latency in seconds; of a law without a mean, that of its fastest 999 in a thousand.
    pub(crate) mean: f64,
    /// Squared coefficient of variation of the latency; one where the law has none.
    pub(crate) cv2: f64,
    /// 99th percentile in seconds.
    pub(crate) p99: f64,
}

impl Healthy {
    pub(crate) fn new(law: Law, factor: f64, error_rate: f64, classes: &[Class]) -> Self {
        let mean = match law.mean() {
            mean if mean.is_finite() => mean,
            _ => truncated_mean(&law),
        };
        let cv2 = Some(law.cv2()).filter(|cv2| cv2.is_finite());
        let mut healthy = Self {
            shares: [0.0; MOST_CLASSES],
            error_rate: error_rate.clamp(0.0, 1.0),
            mean: mean * factor,
            cv2: cv2.unwrap_or(1.0),
            p99: law.quantile(0.99) * factor,
            law,
            factor,
        };
        for (at, class) in classes.iter().enumerate() {
            healthy.shares[at] = healthy.between(class.lo, class.hi);
        }
        healthy
    }

    /// Probability of a latency above `lo`, or from zero on, and up to `hi` seconds.
    pub(crate) fn between(&self, lo: f64, hi: f64) -> f64 {
        if lo <= 0.0 {
            self.cdf(hi)
        } else {
            self.law.between(lo / self.factor, hi / self.factor)
        }
    }

    /// Probability of a latency of at most so many seconds.
    pub(crate) fn cdf(&self, seconds: f64) -> f64 {
        self.law.cdf(seconds / self.factor)
    }

    /// The latency in seconds below which a share lies.
    pub(crate) fn quantile(&self, share: f64) -> f64 {
        self.law.quantile(share) * self.factor
    }
}

/// By the midpoints of a thousand equal shares, but for the slowest.
fn truncated_mean(law: &Law) -> f64 {
    let sum: f64 = (0..999)
        .map(|at| law.quantile((f64::from(at) + 0.5) / 1e3))
        .sum();
    sum / 999.0
}

/// The law of a version's latency, in seconds. What cannot be a law counts as an answer in no time.
pub(crate) fn law(latency: &Latency) -> Law {
    let seconds = |micros: u64| micros as f64 / 1e6;
    let ratio = |limit: Limit| limit.0.max(0) as f64 / 1e6;
    match latency {
        Latency::LogNormal {
            median_micros,
            sigma,
        } => Law::LogNormal(LogNormal {
            median: seconds(*median_micros),
            sigma: ratio(*sigma),
        }),
        Latency::Gamma { mean_micros, shape } => Law::Gamma(Gamma {
            shape: ratio(*shape),
            scale: seconds(*mean_micros) / ratio(*shape).max(1e-6),
        }),
        Latency::Weibull {
            median_micros,
            shape,
        } => {
            let shape = ratio(*shape).max(1e-6);
            let to_scale = libm::pow(core::f64::consts::LN_2, -1.0 / shape);
            Law::Weibull(Weibull {
                shape,
                scale: seconds(*median_micros) * to_scale,
            })
        }
        Latency::ParetoTail {
            median_micros,
            sigma,
            tail,
            alpha,
        } => Law::ParetoTail(ParetoTail {
            body: LogNormal {
                median: seconds(*median_micros),
                sigma: ratio(*sigma),
            },
            from: ratio(*tail).min(0.999_999),
            alpha: ratio(*alpha).max(1e-6),
        }),
        Latency::Mixture(parts) => {
            let parts: Vec<(f64, Law)> = parts
                .iter()
                .map(|(weight, part)| (ratio(*weight), law(part)))
                .filter(|(weight, _)| 0.0 < *weight)
                .collect();
            Mixture::new(parts).map_or(IN_NO_TIME, Law::Mixture)
        }
        Latency::Quantiles(points) => {
            let points = points
                .iter()
                .map(|(share, micros)| (ratio(*share), seconds(*micros)))
                .collect();
            Empirical::new(points).map_or(IN_NO_TIME, Law::Empirical)
        }
    }
}

const IN_NO_TIME: Law = Law::LogNormal(LogNormal {
    median: 0.0,
    sigma: 0.0,
});
