//! What the review finds, and that its repairs mend it.

mod rules;
mod seed;

use coalmine_controller::{
    Millis, Pods, Policy, compile,
    review::{Finding, Surroundings, review},
};
use coalmine_flow::{Severity, parse};

/// The world of the default scenario.
const AROUND: Surroundings = Surroundings {
    rate: 200_000,
    replicas: Pods(20),
    scrape: Millis(5_000),
};

/// The findings of this code.
fn codes(code: &str, policy: &Policy, around: Surroundings) -> Vec<&'static str> {
    let findings = review(code, policy, around);
    findings.iter().map(|finding| finding.code).collect()
}

/// The one finding of this kind, whose first repair must mend it and leave a rollout that runs.
fn mended(code: &str, policy: &Policy, around: Surroundings, wanted: &str) -> Finding {
    let found = review(code, policy, around);
    let finding = found.into_iter().find(|it| it.code == wanted);
    let finding = finding.unwrap_or_else(|| panic!("no {wanted} in {code}"));
    let repair = finding.repairs.first().expect("it can be mended");
    runs(&repair.code, &repair.policy);
    let left = review(&repair.code, &repair.policy, around);
    let again = |it: &Finding| it.code == wanted && it.node == finding.node;
    assert!(!left.iter().any(again), "{wanted} stays:\n{}", repair.code);
    finding
}

/// Without errors in text or drawing.
fn runs(code: &str, policy: &Policy) {
    let parsed = parse(code);
    assert!(parsed.is_sound(), "{code}\n{:?}", parsed.diagnostics);
    let compiled = compile(&parsed.diagram, policy);
    let errors = compiled.diagnostics.iter();
    let errors: Vec<_> = errors.filter(|it| it.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{code}\n{errors:?}");
}
