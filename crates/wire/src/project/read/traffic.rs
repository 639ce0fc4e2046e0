//! Reads who asks for how much: the course of the rate, endpoints, cohorts, clients.

mod profile;

use super::super::{
    findings::Findings,
    form,
    section::{
        Need::{Needed, Optional},
        Section, Slot,
    },
};
use coalmine_controller::Limit;
use coalmine_sim::{Clients, Cohort, Endpoint, Profile, Rate, Traffic};

/// All, in millionths.
const ONE: Limit = Limit(1_000_000);

pub(super) fn read(findings: &mut Findings, scenario: &mut Section<'_>, traffic: &mut Traffic) {
    let rate = scenario.has("rate");
    if let Some(rate) = scenario.read(findings, "rate", &form::rate()) {
        traffic.profile = Profile::Constant(Rate(rate));
    }
    if let Some(mut section) = scenario.section(findings, "traffic") {
        section.fill(
            findings,
            &mut [(
                "dispersion",
                "0.05",
                Optional,
                Slot::Number(&mut traffic.dispersion),
            )],
        );
        if let Some(field) = section.field(findings, "profile")
            && rate
        {
            findings.error(
                "two-rates",
                field.key,
                "`profile` stands beside the `rate` of [scenario], and there can be only one course of the rate"
                    .to_owned(),
                Some("keep one of the two".to_owned()),
            );
        }
        profile::read(findings, section, &mut traffic.profile);
    }
    // One that is wrong stays all the same, so that nobody is told that it is not there.
    if let Some(list) = scenario.each(findings, "endpoint", |it, section| {
        Some(endpoint(it, section))
    }) {
        traffic.endpoints = list;
    }
    if let Some(list) = scenario.each(findings, "cohort", |it, section| Some(cohort(it, section))) {
        traffic.cohorts = list;
    }
    if let Some(section) = scenario.section(findings, "clients") {
        traffic.clients = clients(findings, section);
    }
}

fn endpoint(findings: &mut Findings, mut section: Section<'_>) -> Endpoint {
    let mut it = Endpoint {
        name: String::new(),
        share: Limit(0),
        latency: ONE,
        errors: Limit(0),
        cpu: ONE,
    };
    let whole = section.fill(
        findings,
        &mut [
            ("name", "checkout", Needed, Slot::Text(&mut it.name)),
            ("share", "20%", Needed, Slot::Percent(&mut it.share)),
            ("latency", "2.0", Optional, Slot::Number(&mut it.latency)),
            ("errors", "0.1%", Optional, Slot::Percent(&mut it.errors)),
            ("cpu", "1.5", Optional, Slot::Number(&mut it.cpu)),
        ],
    );
    findings.is_partial |= whole.is_none();
    section.close(findings);
    it
}

fn cohort(findings: &mut Findings, mut section: Section<'_>) -> Cohort {
    let mut it = Cohort {
        name: String::new(),
        share: Limit(0),
        errors: Limit(0),
    };
    let whole = section.fill(
        findings,
        &mut [
            ("name", "beta", Needed, Slot::Text(&mut it.name)),
            ("share", "5%", Needed, Slot::Percent(&mut it.share)),
            ("errors", "0.1%", Optional, Slot::Percent(&mut it.errors)),
        ],
    );
    findings.is_partial |= whole.is_none();
    section.close(findings);
    it
}

fn clients(findings: &mut Findings, mut section: Section<'_>) -> Clients {
    let mut it = Clients {
        timeout_micros: section.read(findings, "timeout", &form::micros("2s")),
        session: section.read(findings, "session", &form::duration("10m")),
        ..Clients::default()
    };
    section.fill(
        findings,
        &mut [
            ("retries", "2", Optional, Slot::Small(&mut it.retries)),
            (
                "back_off",
                "100ms",
                Optional,
                Slot::Duration(&mut it.back_off),
            ),
        ],
    );
    section.close(findings);
    it
}
