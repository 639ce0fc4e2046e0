//! Reads the tables of the scenario.

use super::{
    super::{
        form,
        section::{Findings, Section},
    },
    words::{ACTS, KINDS, Kind, TARGETS},
};
use coalmine_controller::{Limit, Millis, Pods, Time};
use coalmine_sim::{
    Fault, FaultKind, Intervention, Latency, Law, Onset, Profile, Rate, Scenario, Target,
};

pub(super) fn read(findings: &mut Findings, mut section: Section<'_>, scenario: &mut Scenario) {
    if let Some(rate) = section.read(findings, "rate", &form::rate()) {
        scenario.traffic.profile = Profile::Constant(Rate(rate));
    }
    section.set(
        findings,
        "slow",
        &mut scenario.slow_micros,
        &form::micros("500ms"),
    );
    section.set(findings, "tail", &mut scenario.tail, &form::duration("10m"));
    section.set(
        findings,
        "limit",
        &mut scenario.limit,
        &form::duration("24h"),
    );
    if let Some(section) = section.section(findings, "platform") {
        platform(findings, section, scenario);
    }
    // Where the canary is not told apart it behaves as stable does, with the file's stable.
    let stable = section.section(findings, "stable");
    let canary = section.section(findings, "canary");
    if let Some(stable) = stable {
        law(findings, stable, &mut scenario.stable);
        scenario.canary = scenario.stable.clone();
    }
    if let Some(canary) = canary {
        scenario.canary = scenario.stable.clone();
        law(findings, canary, &mut scenario.canary);
    }
    if let Some(list) = section.list(findings, "fault") {
        scenario.faults = list
            .into_iter()
            .filter_map(|section| fault(findings, section))
            .collect();
    }
    if let Some(list) = section.list(findings, "intervention") {
        scenario.interventions = list
            .into_iter()
            .filter_map(|section| intervention(findings, section))
            .collect();
    }
    section.close(findings);
}

fn platform(findings: &mut Findings, mut section: Section<'_>, scenario: &mut Scenario) {
    let platform = &mut scenario.platform;
    section.set(
        findings,
        "replicas",
        &mut platform.replicas,
        &form::small("20", "4294967295").map(Pods),
    );
    let slots: [(&'static str, &mut Millis, &str); 6] = [
        ("build", &mut platform.build, "90s"),
        ("push", &mut platform.push, "30s"),
        ("pod_start", &mut platform.pod_start, "20s"),
        ("router_delay", &mut platform.router_delay, "2s"),
        ("drain", &mut platform.drain, "30s"),
        ("scrape", &mut scenario.measurement.scrape, "5s"),
    ];
    for (key, slot, example) in slots {
        section.set(findings, key, slot, &form::duration(example));
    }
    section.close(findings);
}

fn law(findings: &mut Findings, mut section: Section<'_>, law: &mut Law) {
    let median = section.read(findings, "latency_median", &form::micros("80ms"));
    let sigma = section.read(findings, "latency_sigma", &form::number("0.5"));
    if let Some((own_median, own_sigma)) = law.latency.as_log_normal() {
        law.latency = Latency::log_normal(median.unwrap_or(own_median), sigma.unwrap_or(own_sigma));
    }
    let slots: [(&'static str, &mut Limit, &str); 3] = [
        ("error_rate", &mut law.error_rate, "0.2%"),
        ("cpu", &mut law.cpu, "50%"),
        ("memory", &mut law.memory, "50%"),
    ];
    for (key, slot, example) in slots {
        section.set(findings, key, slot, &form::percent(example));
    }
    section.close(findings);
}

fn fault(findings: &mut Findings, mut section: Section<'_>) -> Option<Fault> {
    let kind = section.need(findings, "kind", &form::word(&KINDS));
    let sized = kind.map(|kind| match kind {
        Kind::ErrorRate => section
            .need(findings, "size", &form::percent("5%"))
            .map(FaultKind::ErrorRate),
        Kind::Latency => section
            .need(findings, "size", &form::percent("100%"))
            .map(FaultKind::Latency),
        Kind::MemoryLeak => section
            .need(findings, "size", &form::percent_a_minute("4%/min"))
            .map(FaultKind::MemoryLeak),
        Kind::CrashLoop => section
            .need(findings, "size", &form::duration("45s"))
            .map(FaultKind::CrashLoop),
        Kind::Pipeline(stage) => {
            meaningless(findings, &mut section, "size");
            meaningless(findings, &mut section, "target");
            Some(FaultKind::Pipeline(stage))
        }
    });
    if kind.is_none() {
        // Not unknown keys, although without the kind nobody can tell their form.
        section.field(findings, "size");
    }
    let target = section.read(findings, "target", &form::word(&TARGETS));
    let start = section.read(findings, "start", &form::onset());
    let ramp = section.read(findings, "ramp", &form::duration("30s"));
    let lasts = section.read(findings, "lasts", &form::duration("5m"));
    section.close(findings);
    Some(Fault {
        target: target.unwrap_or(Target::Canary),
        ramp: ramp.unwrap_or_default(),
        lasts,
        ..Fault::new(sized??, start.unwrap_or(Onset::At(Time(0))))
    })
}

/// A key that exists, but says nothing about a failure of the pipeline.
fn meaningless(findings: &mut Findings, section: &mut Section<'_>, key: &'static str) {
    if let Some(field) = section.field(findings, key) {
        findings.error(
            "meaningless-key",
            field.key,
            format!("`{key}` says nothing about a failure of the pipeline"),
            Some("leave the line out".to_owned()),
        );
    }
}

fn intervention(findings: &mut Findings, mut section: Section<'_>) -> Option<Intervention> {
    let at = section.need(findings, "at", &form::instant("12m"));
    let act = section.need(findings, "do", &form::word(&ACTS));
    section.close(findings);
    Some(Intervention { at: at?, act: act? })
}
