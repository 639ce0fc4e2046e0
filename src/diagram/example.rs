//! A small rollout for the tests of this folder: a build, a gate, one step up, one rollback.

use coalmine_controller::{
    Against, Bound, Checked, Healthy, Limit, Metric, Query, Reading, Time, Verdict, Version, Window,
};
use coalmine_flow::Diagram;

const CODE: &str = r#"
Deployment { # Deployment Pipeline
n1: circle label:"Start"
n2: rectangle label:"Build container image"
n5: circle label:"End"
n1.handle(right) -> n2.handle(left)
n2.handle(bottom) -> Canary.n9.handle(top)
}
Canary { # Canary Controller
n9: diamond label:"Metrics healthy?"
n10: rectangle label:"Increase to 25%"
n11: rectangle label:"Rollback canary"
n9.handle(right) -> n10.handle(left) [label="Yes"]
n9.handle(bottom) -> n11.handle(top) [label="No"]
n10.handle(top) -> Deployment.n5.handle(bottom)
n11.handle(top) -> Deployment.n5.handle(bottom)
}
"#;

/// n1 → n2 → n9, `Yes` → n10 → n5, `No` → n11 → n5; edges in this order, from zero.
pub(crate) fn diagram() -> Diagram {
    let parsed = coalmine_flow::parse(CODE);
    assert!(parsed.is_sound(), "{:?}", parsed.diagnostics);
    parsed.diagram
}

/// A check of the canary over five minutes and 312 requests, of which 500 were wanted.
pub(crate) fn checked(metric: Metric, value: Option<f64>, limit: i64, verdict: Verdict) -> Checked {
    Checked {
        query: Query {
            metric,
            version: Version::Canary,
            window: Window {
                from: Time(60_000),
                to: Time(360_000),
            },
        },
        canary: value.map_or(Reading::NoData, |value| Reading::Value {
            value,
            samples: 312,
        }),
        stable: None,
        bound: Bound {
            healthy: Healthy::Below,
            against: Against::Fixed(Limit(limit)),
        },
        min_requests: 500,
        verdict,
        evidence: None,
    }
}
