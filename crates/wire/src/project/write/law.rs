//! Writes how a version behaves.

use super::{Lines, Pairs, array, basic, inline, latency_of, length, number, percent};
use coalmine_controller::Limit;
use coalmine_sim::{Capacity, Latency, Law, WarmUp};

/// What differs from `base`, or everything that differs from what a file without it means.
pub(super) fn write(lines: &mut Lines, law: &Law, base: Option<&Law>) {
    if let Some((median, sigma)) = law.latency.as_log_normal() {
        let (other_median, other_sigma) =
            base.and_then(|base| base.latency.as_log_normal()).unzip();
        if other_median != Some(median) {
            lines.raw("latency_median", &latency_of(median));
        }
        if other_sigma != Some(sigma) {
            lines.raw("latency_sigma", &number(sigma));
        }
    } else if base.is_none_or(|base| base.latency != law.latency) {
        lines.raw("latency", &inline(&latency(&law.latency)));
    }
    let at_rest = base.map_or(Law::default().cpu_at_rest, |base| base.cpu_at_rest);
    for (key, ratio, other) in [
        (
            "error_rate",
            law.error_rate,
            base.map(|base| base.error_rate),
        ),
        ("cpu", law.cpu, base.map(|base| base.cpu)),
        ("cpu_at_rest", law.cpu_at_rest, Some(at_rest)),
        ("memory", law.memory, base.map(|base| base.memory)),
    ] {
        if other != Some(ratio) {
            lines.raw(key, &percent(ratio));
        }
    }
    if law.warm_up != base.and_then(|base| base.warm_up) {
        lines.raw("warm_up", &law.warm_up.map_or_else(none, warm_up));
    }
    if law.capacity != base.and_then(|base| base.capacity) {
        lines.raw("capacity", &law.capacity.map_or_else(none, capacity));
    }
}

fn none() -> String {
    "\"none\"".to_owned()
}

fn warm_up(it: WarmUp) -> String {
    inline(&[("slower", percent(it.slower)), ("lasts", length(it.lasts))])
}

fn capacity(it: Capacity) -> String {
    inline(&[
        ("in_flight", it.in_flight.to_string()),
        ("queue", it.queue.to_string()),
    ])
}

fn latency(law: &Latency) -> Pairs {
    let word = |word: &str| ("law", basic(word));
    let body =
        |median: u64, sigma: Limit| [("median", latency_of(median)), ("sigma", number(sigma))];
    match law {
        Latency::LogNormal {
            median_micros,
            sigma,
        } => [word("lognormal")]
            .into_iter()
            .chain(body(*median_micros, *sigma))
            .collect(),
        Latency::Gamma { mean_micros, shape } => vec![
            word("gamma"),
            ("mean", latency_of(*mean_micros)),
            ("shape", number(*shape)),
        ],
        Latency::Weibull {
            median_micros,
            shape,
        } => vec![
            word("weibull"),
            ("median", latency_of(*median_micros)),
            ("shape", number(*shape)),
        ],
        Latency::ParetoTail {
            median_micros,
            sigma,
            tail,
            alpha,
        } => [word("pareto-tail")]
            .into_iter()
            .chain(body(*median_micros, *sigma))
            .chain([("tail", percent(*tail)), ("alpha", number(*alpha))])
            .collect(),
        Latency::Mixture(parts) => {
            let parts = parts.iter().map(|(weight, part)| {
                let mut pairs = latency(part);
                pairs.insert(0, ("weight", percent(*weight)));
                inline(&pairs)
            });
            vec![word("mixture"), ("parts", array(parts))]
        }
        Latency::Quantiles(points) => {
            let points = points
                .iter()
                .map(|(share, micros)| array([percent(*share), latency_of(*micros)].into_iter()));
            vec![word("quantiles"), ("points", array(points))]
        }
    }
}
