//! Reads the tables of the policy.

use super::{
    super::{findings::Findings, form, section::Section},
    words::{BOUNDS, Base, FALLBACKS, NO_DATA},
};
use coalmine_controller::{Against, Bound, Check, Metric, NodePolicy, Policy, Trigger};
use coalmine_flow::NodeId;

pub(super) fn read(
    findings: &mut Findings,
    mut section: Section<'_>,
    own: &[String],
    policy: &mut Policy,
) {
    section.set(
        findings,
        "window",
        &mut policy.window,
        &form::duration("5m"),
    );
    section.set(
        findings,
        "extensions",
        &mut policy.extensions,
        &form::small("1", "255"),
    );
    section.set(
        findings,
        "inconclusive",
        &mut policy.fallback,
        &form::word(&FALLBACKS),
    );
    section.set(
        findings,
        "ready_deadline",
        &mut policy.ready_deadline,
        &form::duration("10m"),
    );
    let checks = section.each(findings, "check", |findings, it| check(findings, it, own));
    if let Some(checks) = checks {
        policy.checks = checks;
    }
    let triggers = section.each(findings, "trigger", |findings, it| {
        trigger(findings, it, own)
    });
    if let Some(triggers) = triggers {
        policy.triggers = triggers;
    }
    if let Some(nodes) = section.section(findings, "node") {
        for (name, place, table) in nodes.tables(findings) {
            let Some(id) = node_id(name) else {
                findings.error(
                    "not-a-node",
                    place,
                    format!("`{name}` is not the id of a node"),
                    Some("write it as in `[policy.node.n12]`".to_owned()),
                );
                continue;
            };
            let inner = nodes.inner(findings, name, place, table);
            let node = node(findings, inner, own);
            policy.nodes.insert(id, node);
        }
    }
    section.close(findings);
}

/// `n12`, and neither `n012` nor `n+12`, so that no node has two names.
fn node_id(name: &str) -> Option<NodeId> {
    let id = NodeId(name.strip_prefix('n')?.parse().ok()?);
    (id.to_string() == name).then_some(id)
}

fn node(findings: &mut Findings, mut section: Section<'_>, own: &[String]) -> NodePolicy {
    let mut node = NodePolicy {
        window: section.read(findings, "window", &form::duration("5m")),
        checks: None,
        extensions: section.read(findings, "extensions", &form::small("1", "255")),
        fallback: section.read(findings, "inconclusive", &form::word(&FALLBACKS)),
    };
    node.checks = section.each(findings, "check", |findings, it| check(findings, it, own));
    section.close(findings);
    node
}

fn check(findings: &mut Findings, mut section: Section<'_>, own: &[String]) -> Option<Check> {
    let metric = section.need(findings, "metric", &form::metric(own));
    let bound = bound(findings, &mut section, metric);
    let window = section.read(findings, "window", &form::duration("2m"));
    let min_requests = section.read(findings, "min_requests", &form::whole("500"));
    let no_data = section.read(findings, "no_data", &form::word(&NO_DATA));
    section.close(findings);
    let metric = metric?;
    Some(Check {
        metric,
        bound: bound?,
        window,
        min_requests: min_requests.unwrap_or_else(|| enough(metric, 500)),
        no_data: no_data.unwrap_or_default(),
    })
}

fn trigger(findings: &mut Findings, mut section: Section<'_>, own: &[String]) -> Option<Trigger> {
    let metric = section.need(findings, "metric", &form::metric(own));
    let bound = bound(findings, &mut section, metric);
    let window = section.need(findings, "window", &form::duration("30s"));
    let min_requests = section.read(findings, "min_requests", &form::whole("100"));
    section.close(findings);
    let metric = metric?;
    Some(Trigger {
        metric,
        bound: bound?,
        window: window?,
        min_requests: min_requests.unwrap_or_else(|| enough(metric, 100)),
    })
}

/// How many requests are needed where the file does not say: gauges need none.
const fn enough(metric: Metric, requests: u64) -> u64 {
    match metric {
        Metric::ErrorRate | Metric::Latency(_) => requests,
        Metric::Cpu | Metric::Memory | Metric::Custom(_) => 0,
    }
}

/// The one bound that a check or a trigger must have. Without a metric its unit is unknown, and only its key is read.
fn bound(
    findings: &mut Findings,
    section: &mut Section<'_>,
    metric: Option<Metric>,
) -> Option<Bound> {
    let mut found: Option<(&str, Option<Bound>)> = None;
    for (key, healthy, base) in BOUNDS {
        let Some(field) = section.field(findings, key) else {
            continue;
        };
        if let Some((first, _)) = found {
            findings.error(
                "two-bounds",
                field.key,
                format!("`{key}` stands beside `{first}`, and there can be only one bound"),
                Some(format!(
                    "keep one of the two, or write a second [[{}]]",
                    section.header()
                )),
            );
            continue;
        }
        let against = metric.and_then(|metric| match base {
            Base::Fixed => section
                .read(findings, key, &form::limit(metric))
                .map(Against::Fixed),
            Base::StablePlus => section
                .read(findings, key, &form::limit(metric))
                .map(Against::StablePlus),
            Base::StableTimes => section
                .read(findings, key, &form::number("1.5"))
                .map(Against::StableTimes),
        });
        found = Some((key, against.map(|against| Bound { healthy, against })));
    }
    if found.is_none() {
        let example =
            metric.map_or_else(|| "\"1%\"".to_owned(), |metric| form::limit(metric).example);
        findings.error(
            "missing-key",
            section.place(),
            "the bound is missing: what is healthy?".to_owned(),
            Some(format!("add `below = {example}`")),
        );
    }
    found?.1
}
