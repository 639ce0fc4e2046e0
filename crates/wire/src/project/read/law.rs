//! Reads how a version behaves: its latency's law, its costs, its warm-up, its capacity.

use super::{
    super::{
        findings::Findings,
        form,
        section::{
            Need::{Needed, Optional},
            Section, Slot,
        },
    },
    words::{LAWS, LawKind},
};
use coalmine_controller::{Limit, Millis};
use coalmine_sim::{Capacity, Latency, Law, WarmUp};
use toml::de::DeValue;

pub(super) fn law(findings: &mut Findings, mut section: Section<'_>, law: &mut Law) {
    latency_keys(findings, &mut section, law);
    section.fill(
        findings,
        &mut [
            (
                "error_rate",
                "0.2%",
                Optional,
                Slot::Percent(&mut law.error_rate),
            ),
            ("cpu", "50%", Optional, Slot::Percent(&mut law.cpu)),
            (
                "cpu_at_rest",
                "20%",
                Optional,
                Slot::Percent(&mut law.cpu_at_rest),
            ),
            ("memory", "50%", Optional, Slot::Percent(&mut law.memory)),
        ],
    );
    if is_none(findings, &mut section, "warm_up") {
        law.warm_up = None;
    } else if let Some(section) = section.section(findings, "warm_up") {
        law.warm_up = warm_up(findings, section);
    }
    if is_none(findings, &mut section, "capacity") {
        law.capacity = None;
    } else if let Some(section) = section.section(findings, "capacity") {
        law.capacity = capacity(findings, section);
    }
    section.close(findings);
}

/// `"none"`, for a canary that lacks what stable has.
fn is_none(findings: &mut Findings, section: &mut Section<'_>, key: &'static str) -> bool {
    section.field(findings, key).is_some_and(
        |field| matches!(field.value, DeValue::String(word) if word.as_ref() == "none"),
    )
}

fn latency_keys(findings: &mut Findings, section: &mut Section<'_>, law: &mut Law) {
    let other = ["latency_median", "latency_sigma"]
        .into_iter()
        .find(|key| section.has(key));
    if let Some(inner) = section.section(findings, "latency") {
        if let Some(other) = other {
            findings.error(
                "two-laws",
                inner.place(),
                format!("`latency` stands beside `{other}`, and there can be only one law"),
                Some("keep one of the two".to_owned()),
            );
        }
        if let Some(it) = latency(findings, inner) {
            if it.as_log_normal().is_some() {
                // Its bounds are told under the keys that it has outside.
                for (key, inner) in [
                    ("latency_median", "latency.median"),
                    ("latency_sigma", "latency.sigma"),
                ] {
                    let place = findings.place(&section.path_of(inner));
                    findings.stands(section.path_of(key), place);
                }
            }
            law.latency = it;
        }
    }
    let own = law.latency.as_log_normal();
    let (mut median, mut sigma) = own.unwrap_or((0, Limit(0)));
    // Stable's law of another kind lends no median and no sigma.
    let need = if own.is_none() && other.is_some() && !section.has("latency") {
        Needed
    } else {
        Optional
    };
    let whole = section.fill(
        findings,
        &mut [
            ("latency_median", "80ms", need, Slot::Micros(&mut median)),
            ("latency_sigma", "0.5", need, Slot::Number(&mut sigma)),
        ],
    );
    if whole.is_some() && other.is_some() && !section.has("latency") {
        law.latency = Latency::log_normal(median, sigma);
    }
}

fn latency(findings: &mut Findings, mut section: Section<'_>) -> Option<Latency> {
    let kind = section.need(findings, "law", &form::word(&LAWS))?;
    let mut micros = 0;
    let (mut sigma, mut tail, mut alpha) = (Limit(0), Limit(0), Limit(0));
    let law = match kind {
        LawKind::LogNormal | LawKind::ParetoTail => {
            let mut whole = section.fill(
                findings,
                &mut [
                    ("median", "80ms", Needed, Slot::Micros(&mut micros)),
                    ("sigma", "0.5", Needed, Slot::Number(&mut sigma)),
                ],
            );
            if kind == LawKind::ParetoTail {
                let ending = section.fill(
                    findings,
                    &mut [
                        ("tail", "2%", Needed, Slot::Percent(&mut tail)),
                        ("alpha", "1.8", Needed, Slot::Number(&mut alpha)),
                    ],
                );
                whole = whole.and(ending);
            }
            whole.map(|()| match kind {
                LawKind::ParetoTail => Latency::ParetoTail {
                    median_micros: micros,
                    sigma,
                    tail,
                    alpha,
                },
                _ => Latency::log_normal(micros, sigma),
            })
        }
        LawKind::Gamma => section
            .fill(
                findings,
                &mut [
                    ("mean", "80ms", Needed, Slot::Micros(&mut micros)),
                    ("shape", "2.0", Needed, Slot::Number(&mut sigma)),
                ],
            )
            .map(|()| Latency::Gamma {
                mean_micros: micros,
                shape: sigma,
            }),
        LawKind::Weibull => section
            .fill(
                findings,
                &mut [
                    ("median", "80ms", Needed, Slot::Micros(&mut micros)),
                    ("shape", "0.8", Needed, Slot::Number(&mut sigma)),
                ],
            )
            .map(|()| Latency::Weibull {
                median_micros: micros,
                shape: sigma,
            }),
        LawKind::Mixture => mixture(findings, &mut section),
        LawKind::Quantiles => {
            let points = form::pairs(
                "a list of shares and durations",
                form::percent("50%"),
                form::micros("80ms"),
            );
            section
                .need(findings, "points", &points)
                .map(Latency::Quantiles)
        }
    };
    section.close(findings);
    law
}

fn mixture(findings: &mut Findings, section: &mut Section<'_>) -> Option<Latency> {
    let part = |findings: &mut Findings, mut part: Section<'_>| {
        let weight = part.need(findings, "weight", &form::percent("70%"));
        let law = latency(findings, part);
        Some((weight?, law?))
    };
    let parts = section.each(findings, "parts", part);
    if parts.is_none() && !section.has("parts") {
        let example =
            "add `parts = [{ weight = \"70%\", law = \"gamma\", mean = \"20ms\", shape = 2 }, …]`";
        findings.error(
            "missing-key",
            section.place(),
            "`parts` is missing".to_owned(),
            Some(example.to_owned()),
        );
    }
    parts.map(Latency::Mixture)
}

fn warm_up(findings: &mut Findings, mut section: Section<'_>) -> Option<WarmUp> {
    let mut it = WarmUp {
        slower: Limit(0),
        lasts: Millis(0),
    };
    let whole = section.fill(
        findings,
        &mut [
            ("slower", "100%", Needed, Slot::Percent(&mut it.slower)),
            ("lasts", "2m", Needed, Slot::Duration(&mut it.lasts)),
        ],
    );
    section.close(findings);
    whole.map(|()| it)
}

fn capacity(findings: &mut Findings, mut section: Section<'_>) -> Option<Capacity> {
    let in_flight = section.need(findings, "in_flight", &form::small("8", "65535"));
    let queue = section.need(findings, "queue", &form::small("50", "4294967295"));
    section.close(findings);
    Some(Capacity {
        in_flight: in_flight?,
        queue: queue?,
    })
}
