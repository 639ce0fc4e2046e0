//! Writes the tables of the scenario. Parts that older files do not know are written only where they differ from the
//! default, so that older files keep their look.

use super::{
    super::read::words::{self, SPLITS},
    Lines, Pairs, array, fault, instant, latency_of, law, length, number, percent, traffic,
};
use coalmine_sim::{CustomKind, Measurement, Platform, Scenario, Split, Traffic};

pub(super) fn write(lines: &mut Lines, scenario: &Scenario) {
    let default = Scenario::default();
    lines.header("[scenario]");
    if let Some(rate) = scenario.traffic.profile.as_constant() {
        lines.raw("rate", &super::rate(rate));
    }
    lines.raw("slow", &latency_of(scenario.slow_micros));
    lines.raw("tail", &length(scenario.tail));
    lines.raw("limit", &length(scenario.limit));
    if scenario.objective != default.objective {
        lines.raw("objective", &percent(scenario.objective));
    }
    traffic::write(lines, &scenario.traffic);
    platform(lines, &scenario.platform, &scenario.measurement);
    measurement(lines, &scenario.measurement, &scenario.traffic);
    lines.header("[scenario.stable]");
    law::write(lines, &scenario.stable, None);
    if scenario.canary != scenario.stable {
        lines.header("[scenario.canary]");
        law::write(lines, &scenario.canary, Some(&scenario.stable));
    }
    for it in &scenario.faults {
        fault::write(lines, it, &scenario.traffic);
    }
    for it in &scenario.interventions {
        lines.header("[[scenario.intervention]]");
        lines.text("at", &instant(it.at));
        lines.text("do", words::of(&words::ACTS, it.act));
    }
}

fn platform(lines: &mut Lines, platform: &Platform, measurement: &Measurement) {
    lines.header("[scenario.platform]");
    lines.count("replicas", platform.replicas.0.into());
    lines.pairs(vec![
        ("build", length(platform.build)),
        ("push", length(platform.push)),
        ("pod_start", length(platform.pod_start)),
        ("router_delay", length(platform.router_delay)),
        ("drain", length(platform.drain)),
        ("scrape", length(measurement.scrape)),
    ]);
    if platform.lingering.0 != 0 {
        lines.raw("lingering", &percent(platform.lingering));
    }
    if platform.split != Split::Weighted {
        lines.text("split", words::of(&SPLITS, platform.split));
    }
    if let Some(it) = platform.autoscaler {
        lines.header("[scenario.platform.autoscaler]");
        lines.pairs(vec![
            ("target", percent(it.target)),
            ("least", it.least.0.to_string()),
            ("most", it.most.0.to_string()),
            ("period", length(it.period)),
            ("calm", length(it.calm)),
        ]);
    }
}

fn measurement(lines: &mut Lines, measurement: &Measurement, requests: &Traffic) {
    let default = Measurement::default();
    let mut pairs = Pairs::new();
    if measurement.jitter != default.jitter {
        pairs.push(("jitter", length(measurement.jitter)));
    }
    if measurement.lag != default.lag {
        pairs.push(("lag", length(measurement.lag)));
    }
    if measurement.buckets_micros != default.buckets_micros {
        let bounds = measurement.buckets_micros.iter();
        pairs.push(("buckets", array(bounds.map(|it| latency_of(*it)))));
    }
    if !pairs.is_empty() {
        lines.header("[scenario.measurement]");
        lines.pairs(pairs);
    }
    for it in &measurement.metrics {
        lines.header("[[scenario.metric]]");
        lines.text("name", &it.name);
        match it.kind {
            CustomKind::PerMinute(probability) => {
                lines.text("kind", "per-minute");
                lines.raw("probability", &percent(probability));
            }
            CustomKind::PerRequest(probability) => {
                lines.text("kind", "per-request");
                lines.raw("probability", &percent(probability));
            }
            CustomKind::Gauge { level, noise } => {
                lines.text("kind", "gauge");
                lines.raw("level", &number(level));
                lines.raw("noise", &number(noise));
            }
        }
        if let Some(place) = it.endpoint {
            lines.text("endpoint", traffic::endpoint(requests, place));
        }
    }
}
