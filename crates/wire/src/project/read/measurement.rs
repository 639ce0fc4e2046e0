//! Reads how the world is measured, and metrics of the team's own.

use super::{
    super::{
        findings::Findings,
        form,
        section::{
            Need::{Needed, Optional},
            Section, Slot,
        },
    },
    words::{OWN, Own},
};
use coalmine_controller::Limit;
use coalmine_sim::{CustomKind, CustomMetric, Scenario};

pub(super) fn read(findings: &mut Findings, section: &mut Section<'_>, scenario: &mut Scenario) {
    let endpoints = &scenario.traffic.endpoints;
    let endpoints: Vec<String> = endpoints.iter().map(|it| it.name.clone()).collect();
    let measurement = &mut scenario.measurement;
    if let Some(mut section) = section.section(findings, "measurement") {
        section.fill(
            findings,
            &mut [
                (
                    "jitter",
                    "1s",
                    Optional,
                    Slot::Duration(&mut measurement.jitter),
                ),
                ("lag", "30s", Optional, Slot::Duration(&mut measurement.lag)),
            ],
        );
        section.set(
            findings,
            "buckets",
            &mut measurement.buckets_micros,
            &form::buckets(),
        );
        section.close(findings);
    }
    let metrics = section.each(findings, "metric", |findings, it| {
        metric(findings, it, &endpoints)
    });
    if let Some(metrics) = metrics {
        measurement.metrics = metrics;
    }
}

fn metric(
    findings: &mut Findings,
    mut section: Section<'_>,
    endpoints: &[String],
) -> Option<CustomMetric> {
    let name = section.need(findings, "name", &form::text("orders"));
    let own = section.need(findings, "kind", &form::word(&OWN));
    let (mut level, mut noise) = (Limit(0), Limit(0));
    let kind = own.and_then(|own| match own {
        Own::PerMinute | Own::PerRequest => section
            .fill(
                findings,
                &mut [("probability", "2%", Needed, Slot::Percent(&mut level))],
            )
            .map(|()| match own {
                Own::PerRequest => CustomKind::PerRequest(level),
                Own::PerMinute | Own::Gauge => CustomKind::PerMinute(level),
            }),
        Own::Gauge => section
            .fill(
                findings,
                &mut [
                    ("level", "40", Needed, Slot::Number(&mut level)),
                    ("noise", "2", Optional, Slot::Number(&mut noise)),
                ],
            )
            .map(|()| CustomKind::Gauge { level, noise }),
    });
    let endpoint = section.read(findings, "endpoint", &form::named(endpoints));
    if own.is_some() {
        section.close(findings);
    }
    findings.is_partial |= kind.is_none();
    Some(CustomMetric {
        name: name?,
        // One that is wrong stays all the same, so that nobody is told that it is not there.
        kind: kind.unwrap_or(CustomKind::PerMinute(level)),
        endpoint,
    })
}
