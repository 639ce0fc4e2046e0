//! Latencies of one version's one endpoint: as seconds, or straight as the bucket that counts them.
//!
//! A law's value is a rising function of a simpler deviate, so a bucket's bound is a threshold of that deviate, and
//! finding the bucket needs neither an exponential nor a logarithm. Both ways use the same draws: they agree request by
//! request.

use super::{
    chance::Stream,
    profile::ratio,
    thresholds::{Thresholds, by_seconds},
    ziggurat::Deviates,
};
use crate::scenario::Latency;
use alloc::{boxed::Box, vec::Vec};
use coalmine_stats::LogNormal;
use core::f64::consts::LN_2;

/// The buckets of a lognormal law, by its normal deviate.
fn normal(law: LogNormal, bounds: &[f64]) -> Thresholds {
    let rising = bounds.iter().map(|bound| law.z(*bound));
    Thresholds::new(rising, -8.0, 8.0)
}

/// A law, ready to be drawn from. Times are in seconds.
#[derive(Clone, Debug)]
pub(super) enum Sampler {
    LogNormal {
        median: f64,
        sigma: f64,
        /// Of the normal deviate.
        buckets: Box<Thresholds>,
    },
    Weibull {
        scale: f64,
        /// One over the shape.
        power: f64,
        /// Of the exponential deviate.
        buckets: Box<Thresholds>,
    },
    Gamma {
        shape: f64,
        scale: f64,
        /// Of the value.
        buckets: Box<Thresholds>,
    },
    ParetoTail {
        median: f64,
        sigma: f64,
        /// The normal deviate above which the tail begins, and the time there.
        join: (f64, f64),
        alpha: f64,
        /// Of the normal deviate, then of the exponential one in the tail.
        buckets: Box<[Thresholds; 2]>,
    },
    /// Each part with the share of those up to it.
    Mixture(Vec<(f64, Self)>),
    Quantiles {
        /// Probabilities and times, both rising.
        points: Vec<(f64, f64)>,
        /// Of the probability.
        buckets: Box<Thresholds>,
    },
}

impl Sampler {
    /// The law times a factor, with buckets up to `bounds` in seconds.
    pub(super) fn new(latency: &Latency, factor: f64, bounds: &[f64]) -> Self {
        let seconds = |micros: u64| micros as f64 / 1e6 * factor;
        match latency {
            Latency::LogNormal {
                median_micros,
                sigma,
            } => {
                let (median, sigma) = (seconds(*median_micros), ratio(*sigma).max(0.0));
                Self::LogNormal {
                    median,
                    sigma,
                    buckets: Box::new(normal(LogNormal { median, sigma }, bounds)),
                }
            }
            Latency::Gamma { mean_micros, shape } => {
                let shape = ratio(*shape).max(1e-6);
                Self::Gamma {
                    shape,
                    scale: seconds(*mean_micros) / shape,
                    buckets: Box::new(by_seconds(bounds)),
                }
            }
            Latency::Weibull {
                median_micros,
                shape,
            } => {
                let shape = ratio(*shape).max(1e-6);
                let scale = seconds(*median_micros) * libm::pow(LN_2, -1.0 / shape);
                let rising = bounds.iter().map(|bound| libm::pow(bound / scale, shape));
                Self::Weibull {
                    scale,
                    power: 1.0 / shape,
                    buckets: Box::new(Thresholds::new(rising, 0.0, 16.0)),
                }
            }
            Latency::ParetoTail {
                median_micros,
                sigma,
                tail,
                alpha,
            } => {
                let body = LogNormal {
                    median: seconds(*median_micros),
                    sigma: ratio(*sigma).max(0.0),
                };
                Self::with_tail(body, ratio(*tail), ratio(*alpha).max(1e-6), bounds)
            }
            Latency::Mixture(parts) => {
                let total: f64 = parts
                    .iter()
                    .map(|(weight, _)| ratio(*weight).max(0.0))
                    .sum();
                let mut up_to = 0.0;
                let part = |(weight, law): &(_, Latency)| {
                    up_to += ratio(*weight).max(0.0) / total;
                    (up_to, Self::new(law, factor, bounds))
                };
                Self::Mixture(parts.iter().map(part).collect())
            }
            Latency::Quantiles(points) => Self::measured(
                points
                    .iter()
                    .map(|(share, micros)| (ratio(*share), seconds(*micros)))
                    .collect(),
                bounds,
            ),
        }
    }

    fn with_tail(body: LogNormal, tail: f64, alpha: f64, bounds: &[f64]) -> Self {
        let LogNormal { median, sigma } = body;
        let z = -coalmine_stats::normal_quantile(tail.clamp(0.0, 0.999_999));
        let join = median * libm::exp(sigma * z);
        let rising = bounds.iter().map(|bound| alpha * libm::log(bound / join));
        Self::ParetoTail {
            median,
            sigma,
            join: (z, join),
            alpha,
            buckets: Box::new([normal(body, bounds), Thresholds::new(rising, 0.0, 16.0)]),
        }
    }

    fn measured(points: Vec<(f64, f64)>, bounds: &[f64]) -> Self {
        let share = |bound: &f64| {
            let right = points.partition_point(|(_, seconds)| *seconds <= *bound);
            match (
                right.checked_sub(1).and_then(|at| points.get(at)),
                points.get(right),
            ) {
                (Some((p, x)), Some((q, y))) => p + (q - p) * (bound - x) / (y - x),
                (None, _) => -1.0,
                (Some(_), None) => 1.0,
            }
        };
        let buckets = Box::new(Thresholds::new(bounds.iter().map(share), 0.0, 1.0));
        Self::Quantiles { points, buckets }
    }

    /// One latency in seconds.
    pub(super) fn seconds(&self, deviates: &Deviates, stream: &mut Stream) -> f64 {
        match self {
            Self::LogNormal { median, sigma, .. } => {
                median * libm::exp(sigma * deviates.normal(stream))
            }
            Self::Weibull { scale, power, .. } => {
                scale * libm::pow(deviates.exponential(stream), *power)
            }
            Self::Gamma { shape, scale, .. } => scale * gamma(*shape, deviates, stream),
            Self::ParetoTail {
                median,
                sigma,
                join,
                alpha,
                ..
            } => {
                let z = deviates.normal(stream);
                if z <= join.0 {
                    median * libm::exp(sigma * z)
                } else {
                    join.1 * libm::exp(deviates.exponential(stream) / alpha)
                }
            }
            Self::Mixture(parts) => {
                part(parts, stream).map_or(0.0, |part| part.seconds(deviates, stream))
            }
            Self::Quantiles { points, .. } => {
                let p = stream.unit();
                let right = points.partition_point(|(share, _)| *share <= p);
                match (
                    right.checked_sub(1).and_then(|at| points.get(at)),
                    points.get(right),
                ) {
                    (Some((p0, x0)), Some((p1, x1))) => x0 + (x1 - x0) * (p - p0) / (p1 - p0),
                    _ => 0.0,
                }
            }
        }
    }

    /// The bucket of one latency.
    #[inline]
    pub(super) fn bucket(&self, deviates: &Deviates, stream: &mut Stream) -> usize {
        match self {
            Self::LogNormal { buckets, .. } => buckets.find(deviates.normal(stream)),
            Self::Weibull { buckets, .. } => buckets.find(deviates.exponential(stream)),
            Self::Gamma {
                shape,
                scale,
                buckets,
            } => buckets.find(scale * gamma(*shape, deviates, stream)),
            Self::ParetoTail { join, buckets, .. } => {
                let z = deviates.normal(stream);
                if z <= join.0 {
                    buckets[0].find(z)
                } else {
                    buckets[1].find(deviates.exponential(stream))
                }
            }
            Self::Mixture(parts) => {
                part(parts, stream).map_or(0, |part| part.bucket(deviates, stream))
            }
            Self::Quantiles { buckets, .. } => buckets.find(stream.unit()),
        }
    }
}

fn part<'a>(parts: &'a [(f64, Sampler)], stream: &mut Stream) -> Option<&'a Sampler> {
    let at = stream.unit();
    let found = parts.iter().find(|(up_to, _)| at < *up_to);
    // Rounding may push the last draw onto the very end.
    found.or(parts.last()).map(|(_, part)| part)
}

/// A gamma deviate of scale one (Marsaglia and Tsang, "A simple method for generating gamma variables", 2000).
pub(super) fn gamma(shape: f64, deviates: &Deviates, stream: &mut Stream) -> f64 {
    let boost = if shape < 1.0 {
        libm::exp(-deviates.exponential(stream) / shape)
    } else {
        1.0
    };
    let boosted = if shape < 1.0 { shape + 1.0 } else { shape };
    let third = boosted - 1.0 / 3.0;
    let spread = 1.0 / libm::sqrt(9.0 * third);
    loop {
        let z = deviates.normal(stream);
        let root = 1.0 + spread * z;
        if root <= 0.0 {
            continue;
        }
        let cube = root * root * root;
        let up = stream.open_unit();
        let is_surely_under = up < 1.0 - 0.0331 * (z * z) * (z * z);
        let height = || 0.5 * z * z + third * (1.0 - cube + libm::log(cube));
        if is_surely_under || libm::log(up) < height() {
            return boost * third * cube;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::chance::Concern;
    use super::*;
    use crate::scenario::Seed;
    use alloc::vec;
    use coalmine_controller::Limit;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn the_bucket_of_a_draw_is_the_bucket_of_its_latency() {
        let bounds: Vec<f64> = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5].into();
        let log_normal = Latency::log_normal(80_000, Limit(500_000));
        let weibull = Latency::Weibull {
            median_micros: 60_000,
            shape: Limit(800_000),
        };
        let laws = [
            log_normal.clone(),
            Latency::log_normal(50_000, Limit(0)),
            weibull.clone(),
            Latency::Gamma {
                mean_micros: 90_000,
                shape: Limit(600_000),
            },
            Latency::ParetoTail {
                median_micros: 70_000,
                sigma: Limit(400_000),
                tail: Limit(50_000),
                alpha: Limit(1_500_000),
            },
            Latency::Mixture(vec![
                (Limit(300_000), weibull),
                (Limit(700_000), log_normal),
            ]),
            Latency::Quantiles(vec![
                (Limit(0), 4_000),
                (Limit(500_000), 80_000),
                (Limit(1_000_000), 3_000_000),
            ]),
        ];
        let deviates = Deviates::new();
        let by_seconds = by_seconds(&bounds);
        for law in laws {
            let sampler = Sampler::new(&law, 1.25, &bounds);
            let mut quick = Stream::new(Seed(3), 0, Concern::Latency);
            let mut slow = quick.clone();
            for _ in 0..20_000 {
                let seconds = sampler.seconds(&deviates, &mut slow);
                assert_eq!(
                    sampler.bucket(&deviates, &mut quick),
                    by_seconds.find(seconds),
                    "{law:?} at {seconds}"
                );
                let first = bounds.iter().take_while(|bound| **bound < seconds).count();
                assert_eq!(by_seconds.find(seconds), first);
            }
        }
    }
}
