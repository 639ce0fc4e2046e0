//! Reads faults.

use super::{
    super::{
        findings::Findings,
        form,
        section::{Entry, Need::Needed, Section, Slot},
    },
    words::{self, KINDS, Kind, TARGETS},
};
use coalmine_controller::{Limit, Millis, Time};
use coalmine_sim::{Fault, FaultKind, Flapping, Onset, Rate, Reach, Target, Traffic};

/// Keys that say how bad a fault is; each kind has some of them.
const SIZES: [&str; 4] = ["size", "share", "fades", "load"];

pub(super) fn fault(
    findings: &mut Findings,
    mut section: Section<'_>,
    traffic: &Traffic,
) -> Option<Fault> {
    let kind = section.need(findings, "kind", &form::word(&KINDS));
    let sized = kind.map(|kind| sized(findings, &mut section, kind));
    match kind {
        None => {
            // Not unknown keys, although without the kind nobody can tell their form.
            for key in SIZES {
                section.field(findings, key);
            }
        }
        Some(kind) => {
            for key in SIZES {
                if !section.was_asked(key) {
                    meaningless(findings, &mut section, kind, key);
                }
            }
            if matches!(kind, Kind::Pipeline(_)) {
                for key in ["target", "pods", "endpoint", "cohort"] {
                    meaningless(findings, &mut section, kind, key);
                }
            }
        }
    }
    let (mut target, mut part) = (None, Reach::All);
    if !matches!(kind, Some(Kind::Pipeline(_))) {
        target = section.read(findings, "target", &form::word(&TARGETS));
        part = reach(findings, &mut section, traffic);
    }
    let start = section.read(findings, "start", &form::onset());
    let ramp = section.read(findings, "ramp", &form::duration("30s"));
    let lasts = section.read(findings, "lasts", &form::duration("5m"));
    let flapping = section
        .section(findings, "flapping")
        .and_then(|section| flapping(findings, section));
    section.close(findings);
    Some(Fault {
        target: target.unwrap_or(Target::Canary),
        reach: part,
        ramp: ramp.unwrap_or_default(),
        lasts,
        flapping,
        ..Fault::new(sized??, start.unwrap_or(Onset::At(Time(0))))
    })
}

fn sized(findings: &mut Findings, section: &mut Section<'_>, kind: Kind) -> Option<FaultKind> {
    let (mut size, mut share) = (Limit(0), Limit(0));
    let (mut length, mut load, mut times) = (Millis(0), Rate(0), 0);
    let mut entries: Vec<Entry<'_>> = Vec::new();
    match kind {
        Kind::MemoryLeak => {
            size = section.need(findings, "size", &form::percent_a_minute("4%/min"))?;
        }
        Kind::CrashLoop => entries.push(("size", "45s", Needed, Slot::Duration(&mut length))),
        Kind::MetricLag => entries.push(("size", "90s", Needed, Slot::Duration(&mut length))),
        Kind::RetryStorm => entries.push(("size", "3", Needed, Slot::Small(&mut times))),
        Kind::ScrapeGap | Kind::MetricReset | Kind::Pipeline(_) => {}
        Kind::ErrorRate | Kind::WrongAnswers => {
            entries.push(("size", "5%", Needed, Slot::Percent(&mut size)));
        }
        Kind::CpuBurn | Kind::NodeLoss => {
            entries.push(("size", "30%", Needed, Slot::Percent(&mut size)));
        }
        Kind::Latency | Kind::Surge => {
            entries.push(("size", "100%", Needed, Slot::Percent(&mut size)));
        }
        Kind::TailLatency => {
            entries.push(("size", "900%", Needed, Slot::Percent(&mut size)));
            entries.push(("share", "2%", Needed, Slot::Percent(&mut share)));
        }
        Kind::ColdCache => {
            entries.push(("size", "300%", Needed, Slot::Percent(&mut size)));
            entries.push(("fades", "2m", Needed, Slot::Duration(&mut length)));
        }
        Kind::ErrorsAbove => {
            entries.push(("size", "15%", Needed, Slot::Percent(&mut size)));
            entries.push(("load", "15/s", Needed, Slot::Rate(&mut load)));
        }
    }
    section.fill(findings, &mut entries)?;
    drop(entries);
    Some(match kind {
        Kind::ErrorRate => FaultKind::ErrorRate(size),
        Kind::Latency => FaultKind::Latency(size),
        Kind::TailLatency => FaultKind::TailLatency { share, more: size },
        Kind::MemoryLeak => FaultKind::MemoryLeak(size),
        Kind::CpuBurn => FaultKind::CpuBurn(size),
        Kind::CrashLoop => FaultKind::CrashLoop(length),
        Kind::ColdCache => FaultKind::ColdCache {
            more: size,
            lasts: length,
        },
        Kind::ErrorsAbove => FaultKind::ErrorsAbove {
            load_milli: load.0,
            more: size,
        },
        Kind::WrongAnswers => FaultKind::WrongAnswers(size),
        Kind::Surge => FaultKind::Surge(size),
        Kind::RetryStorm => FaultKind::RetryStorm(times),
        Kind::NodeLoss => FaultKind::NodeLoss(size),
        Kind::ScrapeGap => FaultKind::ScrapeGap,
        Kind::MetricLag => FaultKind::MetricLag(length),
        Kind::MetricReset => FaultKind::MetricReset,
        Kind::Pipeline(stage) => FaultKind::Pipeline(stage),
    })
}

fn reach(findings: &mut Findings, section: &mut Section<'_>, traffic: &Traffic) -> Reach {
    let mut written = ["pods", "endpoint", "cohort"]
        .into_iter()
        .filter(|key| section.has(key));
    if let (Some(first), Some(second)) = (written.next(), written.next()) {
        findings.error(
            "two-reaches",
            section.place(),
            format!("`{second}` stands beside `{first}`, and a fault reaches one part"),
            Some("keep one of the two, or write a second [[scenario.fault]]".to_owned()),
        );
    }
    let endpoints: Vec<String> = traffic.endpoints.iter().map(|it| it.name.clone()).collect();
    let cohorts: Vec<String> = traffic.cohorts.iter().map(|it| it.name.clone()).collect();
    let pods = section
        .read(findings, "pods", &form::percent("20%"))
        .map(Reach::Pods);
    let endpoint = section
        .read(findings, "endpoint", &form::named(&endpoints))
        .map(Reach::Endpoint);
    let cohort = section
        .read(findings, "cohort", &form::named(&cohorts))
        .map(Reach::Cohort);
    pods.or(endpoint).or(cohort).unwrap_or_default()
}

fn flapping(findings: &mut Findings, mut section: Section<'_>) -> Option<Flapping> {
    let mut it = Flapping {
        on: Millis(0),
        off: Millis(0),
    };
    let whole = section.fill(
        findings,
        &mut [
            ("on", "30s", Needed, Slot::Duration(&mut it.on)),
            ("off", "1m", Needed, Slot::Duration(&mut it.off)),
        ],
    );
    section.close(findings);
    whole.map(|()| it)
}

/// A key that exists, but says nothing about a fault of this kind.
fn meaningless(findings: &mut Findings, section: &mut Section<'_>, kind: Kind, key: &'static str) {
    if let Some(field) = section.field(findings, key) {
        let about = match kind {
            Kind::Pipeline(_) => "a failure of the pipeline".to_owned(),
            _ => format!("a fault of the kind `{}`", words::of(&KINDS, kind)),
        };
        findings.error(
            "meaningless-key",
            field.key,
            format!("`{key}` says nothing about {about}"),
            Some("leave the line out".to_owned()),
        );
    }
}
