//! Metrics and their limits: each metric has its own way to write a bound.

use super::{
    QuantityError,
    decimal::{format_decimal, parse_decimal},
    duration::{encode_micros, format_micros, parse_micros},
    rate::{encode_percent, format_percent, parse_percent},
};
use coalmine_controller::{Limit, Metric, Quantile};

/// A metric by its word: `error-rate`, `latency-p99` (any quantile from `p0.01` to `p99.99`), `cpu`, `memory`,
/// and by its number one of the team's own: `custom-1`.
pub fn parse_metric(word: &str) -> Option<Metric> {
    match word {
        "error-rate" => Some(Metric::ErrorRate),
        "cpu" => Some(Metric::Cpu),
        "memory" => Some(Metric::Memory),
        _ if word.starts_with("custom-") => {
            let number: u16 = word.strip_prefix("custom-")?.parse().ok()?;
            u8::try_from(number.checked_sub(1)?)
                .ok()
                .map(Metric::Custom)
        }
        _ => {
            let percent = word.strip_prefix("latency-p")?;
            let points = parse_decimal(percent, 2).ok()?;
            let points = u16::try_from(points)
                .ok()
                .filter(|points| (1..10_000).contains(points))?;
            Some(Metric::Latency(Quantile(points)))
        }
    }
}

/// The word of a metric, read back by [`parse_metric`].
pub fn metric_word(metric: Metric) -> String {
    match metric {
        Metric::ErrorRate => "error-rate".to_owned(),
        Metric::Latency(quantile) => format!("latency-{}", quantile_word(quantile)),
        Metric::Cpu => "cpu".to_owned(),
        Metric::Memory => "memory".to_owned(),
        Metric::Custom(place) => format!("custom-{}", u16::from(place) + 1),
    }
}

/// A metric as people read it: `error rate`, `latency p99`, `CPU`, `memory`.
pub fn format_metric(metric: Metric) -> String {
    match metric {
        Metric::ErrorRate => "error rate".to_owned(),
        Metric::Latency(quantile) => format!("latency {}", quantile_word(quantile)),
        Metric::Cpu => "CPU".to_owned(),
        Metric::Memory => "memory".to_owned(),
        Metric::Custom(_) => metric.to_string(),
    }
}

fn quantile_word(Quantile(points): Quantile) -> String {
    format!("p{}", format_decimal(u64::from(points), 2))
}

/// A bound on a metric: a duration for latencies (`500ms`), a percentage otherwise (`1%`).
///
/// # Errors
/// As for a duration or a percentage.
pub fn parse_limit(metric: Metric, text: &str) -> Result<Limit, QuantityError> {
    match metric {
        Metric::Latency(_) => {
            let micros = parse_micros(text)?;
            i64::try_from(micros)
                .map(Limit)
                .map_err(|_| QuantityError::TooLarge { most: "1000000d" })
        }
        Metric::ErrorRate | Metric::Cpu | Metric::Memory => parse_percent(text),
        Metric::Custom(_) => {
            let millionths = parse_decimal(text, 6)?;
            i64::try_from(millionths)
                .map(Limit)
                .map_err(|_| QuantityError::TooLarge {
                    most: "can be counted",
                })
        }
    }
}

/// A bound on a metric as files have it, read back exactly by [`parse_limit`].
pub fn encode_limit(metric: Metric, limit: Limit) -> String {
    match metric {
        Metric::Latency(_) => signed(limit, encode_micros),
        Metric::ErrorRate | Metric::Cpu | Metric::Memory => encode_percent(limit),
        Metric::Custom(_) => signed(limit, |millionths| format_decimal(millionths, 6)),
    }
}

/// A bound on a metric as people read it: `500 ms`, `1 %`.
pub fn format_limit(metric: Metric, limit: Limit) -> String {
    match metric {
        Metric::Latency(_) => signed(limit, format_micros),
        Metric::ErrorRate | Metric::Cpu | Metric::Memory => format_percent(limit),
        Metric::Custom(_) => signed(limit, |millionths| format_decimal(millionths, 6)),
    }
}

fn signed(limit: Limit, format: impl Fn(u64) -> String) -> String {
    let sign = if limit.0 < 0 { "-" } else { "" };
    sign.to_owned() + &format(limit.0.unsigned_abs())
}
