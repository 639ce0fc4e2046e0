//! What a version may not be.

use super::{Problems, bounds};
use crate::quantity::{encode_micros, encode_percent};
use coalmine_controller::Limit;
use coalmine_sim::{Latency, Law};

/// All, in millionths.
const ONE: Limit = Limit(1_000_000);

impl Problems {
    pub(super) fn law(&mut self, path: &str, law: &Law) {
        // A lognormal law has keys of its own.
        if let Some((median, sigma)) = law.latency.as_log_normal() {
            self.micros(&format!("{path}.latency_median"), median, bounds::LATENCY);
            self.number(&format!("{path}.latency_sigma"), sigma, bounds::SIGMA);
        } else {
            self.latency(&format!("{path}.latency"), &law.latency, bounds::DEPTH);
        }
        self.percent(&format!("{path}.error_rate"), law.error_rate, bounds::RATIO);
        self.percent(&format!("{path}.cpu"), law.cpu, bounds::RESOURCE);
        let at_rest = format!("{path}.cpu_at_rest");
        self.percent(&at_rest, law.cpu_at_rest, bounds::RATIO);
        self.percent(&format!("{path}.memory"), law.memory, bounds::RATIO);
        if let Some(it) = law.warm_up {
            let path = format!("{path}.warm_up");
            self.percent(&format!("{path}.slower"), it.slower, bounds::SLOWER);
            self.duration(&format!("{path}.lasts"), it.lasts, bounds::FADES);
        }
        if let Some(it) = law.capacity {
            let path = format!("{path}.capacity.in_flight");
            self.count(&path, it.in_flight.into(), bounds::IN_FLIGHT);
        }
    }

    fn latency(&mut self, path: &str, law: &Latency, depth: u32) {
        let key = |key: &str| format!("{path}.{key}");
        match law {
            Latency::LogNormal {
                median_micros,
                sigma,
            } => self.body(path, *median_micros, *sigma),
            Latency::Gamma { mean_micros, shape } => {
                self.micros(&key("mean"), *mean_micros, bounds::LATENCY);
                self.number(&key("shape"), *shape, bounds::SHAPE);
            }
            Latency::Weibull {
                median_micros,
                shape,
            } => {
                self.micros(&key("median"), *median_micros, bounds::LATENCY);
                self.number(&key("shape"), *shape, bounds::SHAPE);
            }
            Latency::ParetoTail {
                median_micros,
                sigma,
                tail,
                alpha,
            } => {
                self.body(path, *median_micros, *sigma);
                self.percent(&key("tail"), *tail, bounds::TAIL_SHARE);
                self.number(&key("alpha"), *alpha, bounds::ALPHA);
            }
            Latency::Mixture(parts) => {
                let path = key("parts");
                self.entries(&path, parts.len(), bounds::PARTS);
                let Some(depth) = depth.checked_sub(1) else {
                    let message = "mixtures stand in each other too deeply";
                    self.wrong(&path, message, "write their parts side by side");
                    return;
                };
                self.whole(&path, "weight", parts.iter().map(|it| it.0));
                for (index, (weight, part)) in parts.iter().enumerate() {
                    let path = format!("{path}.{index}");
                    self.percent(&format!("{path}.weight"), *weight, bounds::RATIO);
                    self.latency(&path, part, depth);
                }
            }
            Latency::Quantiles(points) => self.quantiles(&key("points"), points),
        }
    }

    fn body(&mut self, path: &str, median: u64, sigma: Limit) {
        self.micros(&format!("{path}.median"), median, bounds::LATENCY);
        self.number(&format!("{path}.sigma"), sigma, bounds::SIGMA);
    }

    fn quantiles(&mut self, path: &str, points: &[(Limit, u64)]) {
        self.entries(path, points.len(), bounds::POINTS);
        for (_, micros) in points {
            self.micros(path, *micros, bounds::LATENCY);
        }
        let ends = points.first().zip(points.last());
        if let Some((first, last)) = ends
            && (first.0, last.0) != (Limit(0), ONE)
        {
            let (first, last) = (encode_percent(first.0), encode_percent(last.0));
            self.push(
                path,
                format!("the quantiles go from {first} to {last}, not from 0% to 100%"),
                "add the fastest (\"0%\") and the slowest answer (\"100%\")".to_owned(),
            );
        }
        for pair in points.windows(2) {
            let [(share, micros), (next, slower)] = [pair[0], pair[1]];
            if next <= share || slower < micros {
                let shown = |share, micros| {
                    format!("[{}, {}]", encode_percent(share), encode_micros(micros))
                };
                self.push(
                    path,
                    format!(
                        "the quantiles do not rise: {} stands behind {}",
                        shown(next, slower),
                        shown(share, micros)
                    ),
                    "write them from the fastest to the slowest".to_owned(),
                );
                return;
            }
        }
    }
}
