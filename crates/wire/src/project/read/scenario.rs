//! Reads the tables of the scenario.

use super::{
    super::{
        findings::Findings,
        form,
        section::{
            Need::{Needed, Optional},
            Section, Slot,
        },
    },
    fault::fault,
    law::law,
    measurement, traffic,
    words::{ACTS, SPLITS},
};
use coalmine_controller::{Limit, Millis, Pods};
use coalmine_sim::{Autoscaler, Intervention, Scenario};

pub(super) fn read(findings: &mut Findings, mut section: Section<'_>, scenario: &mut Scenario) {
    section.fill(
        findings,
        &mut [
            (
                "slow",
                "500ms",
                Optional,
                Slot::Micros(&mut scenario.slow_micros),
            ),
            ("tail", "10m", Optional, Slot::Duration(&mut scenario.tail)),
            (
                "limit",
                "24h",
                Optional,
                Slot::Duration(&mut scenario.limit),
            ),
            (
                "objective",
                "99.5%",
                Optional,
                Slot::Percent(&mut scenario.objective),
            ),
        ],
    );
    traffic::read(findings, &mut section, &mut scenario.traffic);
    if let Some(section) = section.section(findings, "platform") {
        platform(findings, section, scenario);
    }
    measurement::read(findings, &mut section, scenario);
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
    let traffic = &scenario.traffic;
    let faults = section.each(findings, "fault", |findings, it| {
        fault(findings, it, traffic)
    });
    if let Some(faults) = faults {
        scenario.faults = faults;
    }
    if let Some(interventions) = section.each(findings, "intervention", intervention) {
        scenario.interventions = interventions;
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
    section.fill(
        findings,
        &mut [
            (
                "build",
                "90s",
                Optional,
                Slot::Duration(&mut platform.build),
            ),
            ("push", "30s", Optional, Slot::Duration(&mut platform.push)),
            (
                "pod_start",
                "20s",
                Optional,
                Slot::Duration(&mut platform.pod_start),
            ),
            (
                "router_delay",
                "2s",
                Optional,
                Slot::Duration(&mut platform.router_delay),
            ),
            (
                "drain",
                "30s",
                Optional,
                Slot::Duration(&mut platform.drain),
            ),
            (
                "scrape",
                "5s",
                Optional,
                Slot::Duration(&mut scenario.measurement.scrape),
            ),
            (
                "lingering",
                "20%",
                Optional,
                Slot::Percent(&mut platform.lingering),
            ),
        ],
    );
    section.set(findings, "split", &mut platform.split, &form::word(&SPLITS));
    if let Some(section) = section.section(findings, "autoscaler") {
        platform.autoscaler = autoscaler(findings, section);
    }
    section.close(findings);
}

fn autoscaler(findings: &mut Findings, mut section: Section<'_>) -> Option<Autoscaler> {
    let mut scaler = Autoscaler {
        target: Limit(0),
        least: Pods(0),
        most: Pods(0),
        period: Millis::from_secs(15),
        calm: Millis::from_mins(5),
    };
    let whole = section.fill(
        findings,
        &mut [
            ("target", "70%", Needed, Slot::Percent(&mut scaler.target)),
            (
                "period",
                "15s",
                Optional,
                Slot::Duration(&mut scaler.period),
            ),
            ("calm", "5m", Optional, Slot::Duration(&mut scaler.calm)),
        ],
    );
    let pods = form::small("10", "4294967295").map(Pods);
    let least = section.need(findings, "least", &pods);
    let most = section.need(findings, "most", &pods);
    section.close(findings);
    whole?;
    Some(Autoscaler {
        least: least?,
        most: most?,
        ..scaler
    })
}

fn intervention(findings: &mut Findings, mut section: Section<'_>) -> Option<Intervention> {
    let at = section.need(findings, "at", &form::instant("12m"));
    let act = section.need(findings, "do", &form::word(&ACTS));
    section.close(findings);
    Some(Intervention { at: at?, act: act? })
}
