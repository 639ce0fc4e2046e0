//! Reads tests and budgets of the policy.

use super::{
    super::{findings::Findings, form, section::Section},
    words::{BOUNDS, METHODS, MethodKind, SIDES, WORSE},
};
use coalmine_controller::{Against, Analysis, Bound, BurnRate, Healthy, Limit, Method, Metric};

/// The test of a check, if it has one, or else its bound.
pub(super) fn read(
    findings: &mut Findings,
    section: &mut Section<'_>,
    metric: Option<Metric>,
) -> Option<Bound> {
    if section.field(findings, "analysis").is_none() {
        return super::policy::bound(findings, section, metric);
    }
    let kind = section.read(findings, "analysis", &form::word(&METHODS));
    for (key, _, _) in BOUNDS {
        if let Some(other) = section.field(findings, key) {
            findings.error(
                "two-bounds",
                other.key,
                format!("`{key}` stands beside `analysis`, and only one of them can decide"),
                Some(format!(
                    "keep one of the two, or write a second [[{}]]",
                    section.header()
                )),
            );
        }
    }
    let share = |example| form::percent(example);
    let alpha = section.read(findings, "alpha", &share("5%"));
    let sides = section.read(findings, "sides", &form::word(&SIDES));
    let healthy = section.read(findings, "worse", &form::word(&WORSE));
    let five_percent = Limit(50_000);
    let method = kind.and_then(|kind| {
        Some(match kind {
            MethodKind::TwoProportions => Method::TwoProportions,
            MethodKind::Fisher => Method::Fisher,
            MethodKind::MannWhitney => Method::MannWhitney,
            MethodKind::Pocock => Method::Pocock,
            MethodKind::ObrienFleming => Method::ObrienFleming,
            MethodKind::Sprt => {
                let good = section.need(findings, "good", &share("0.5%"));
                let bad = section.need(findings, "bad", &share("1%"));
                let beta = section.read(findings, "beta", &share("5%"));
                Method::Sprt {
                    good: good?,
                    bad: bad?,
                    beta: beta.unwrap_or(five_percent),
                }
            }
            MethodKind::AlwaysValid => {
                let effect = section.read(findings, "effect", &share("1%"));
                Method::AlwaysValid {
                    effect: effect.unwrap_or(Limit(10_000)),
                }
            }
            MethodKind::Multinomial => {
                let most = form::small("100", "4294967295");
                let concentration = section.read(findings, "concentration", &most);
                Method::Multinomial {
                    concentration: concentration.unwrap_or(100),
                }
            }
        })
    });
    method.map(|method| Bound {
        healthy: healthy.unwrap_or(Healthy::Below),
        against: Against::Analysis(Analysis {
            method,
            alpha: alpha.unwrap_or(five_percent),
            sides: sides.unwrap_or_default(),
        }),
    })
}

/// A budget.
pub(super) fn burn_rate(findings: &mut Findings, mut section: Section<'_>) -> Option<BurnRate> {
    let objective = section.need(findings, "objective", &form::percent("99.9%"));
    let factor = section.need(findings, "factor", &form::number("14.4"));
    let long = section.need(findings, "long", &form::duration("1h"));
    let short = section.need(findings, "short", &form::duration("5m"));
    let min_requests = section.read(findings, "min_requests", &form::whole("100"));
    section.close(findings);
    Some(BurnRate {
        objective: objective?,
        factor: factor?,
        long: long?,
        short: short?,
        min_requests: min_requests.unwrap_or(100),
    })
}
