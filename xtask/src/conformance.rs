//! `cargo xtask conformance SUITE FILE`: holds what we compute against vectors that others computed, in any file of the
//! form of those in `tests/vectors/`, so that vectors which are not ours can be run as well.

mod argo_analysis;
mod argo_rules;
mod argo_runs;
mod argo_scenarios;
mod argo_values;
mod argo_weights;
mod case;
mod confidence;
mod flagger;
mod prometheus;
mod statistics;

use anyhow::Result;
use case::{Check, Outcome};
use clap::ValueEnum;
use serde_json::Value;
use std::{
    fs,
    io::{self, Write},
    path::Path,
    process::ExitCode,
};

/// What the vectors are about.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Suite {
    /// Quantiles and shares of bucketed latencies, as Prometheus has them
    Prometheus,
    /// Intervals, tests, boundaries and queues
    Statistics,
    /// Argo Rollouts' analyses: conditions, counting, schedules, validation
    ArgoAnalysis,
    /// Argo Rollouts' pods and weights, pass by pass
    ArgoWeights,
    /// Flagger: tick by tick, weights, metrics, readiness
    Flagger,
}

/// Runs the cases of `file`, and says what differs; fails where something does.
pub(crate) fn run(suite: Suite, file: &Path) -> Result<ExitCode> {
    let vectors = match read(file) {
        Ok(vectors) => vectors,
        Err(told) => {
            // Not as an error of ours, which would come with a backtrace.
            writeln!(io::stderr(), "error: {told}")?;
            return Ok(ExitCode::FAILURE);
        }
    };
    let outcome = Outcome::of(&vectors, checks(suite));
    for difference in &outcome.differences {
        println!("{difference}");
    }
    for family in &outcome.not_offered {
        println!("not offered: {family}");
    }
    for case in &outcome.not_simulated {
        println!("not simulated: {case}");
    }
    println!("{} passed, {} failed", outcome.passed, outcome.failed);
    Ok(if outcome.failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// The families of the suite, each with its check.
fn checks(suite: Suite) -> &'static [(&'static str, Check)] {
    match suite {
        Suite::Prometheus => &prometheus::CHECKS,
        Suite::Statistics => &statistics::CHECKS,
        Suite::ArgoAnalysis => &argo_analysis::CHECKS,
        Suite::ArgoWeights => &argo_weights::CHECKS,
        Suite::Flagger => &flagger::CHECKS,
    }
}

/// The file as JSON; or what is wrong with it, why, and what to do.
fn read(file: &Path) -> Result<Value, String> {
    let name = file.display();
    let text = fs::read_to_string(file).map_err(|reason| {
        format!("{name} cannot be read ({reason}): name a file of vectors, as in tests/vectors/")
    })?;
    let value: Value = serde_json::from_str(&text).map_err(|reason| {
        format!("{name} is not JSON ({reason}): compare it with the files in tests/vectors/")
    })?;
    if value.is_object() {
        Ok(value)
    } else {
        Err(format!(
            "{name} holds no families (its outermost value is no object): compare it with the files in tests/vectors/"
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_missing_or_broken_is_told_with_a_suggestion() {
        let told = |path: &str| read(Path::new(path)).expect_err("no vectors");
        assert!(told("no/such/file.json").contains("tests/vectors/"));
        let manifest = told(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"));
        assert!(manifest.contains("is not JSON"), "{manifest}");
    }

    #[test]
    fn differences_are_counted_by_case_and_unknown_families_are_named() {
        let vectors = serde_json::json!({
            "source": "here",
            "erlang_b": { "cases": [
                { "servers": 2, "offered": 1, "blocking": 0.2, "remark": "extra" },
                { "servers": 2, "offered": 1, "blocking": 0.3 },
                { "servers": 2, "blocking": 0.2 },
                { "servers": 2, "offered": 1 },
            ] },
            "tarot": { "cases": [{ "card": "fool" }] },
            "sayings": { "facts": ["the fool goes first"] },
        });
        let outcome = Outcome::of(&vectors, checks(Suite::Statistics));
        assert_eq!((outcome.passed, outcome.failed), (1, 3));
        assert_eq!(outcome.not_offered, ["sayings", "tarot"]);
        let told = outcome.differences.iter().map(ToString::to_string);
        assert_eq!(
            told.collect::<Vec<_>>(),
            [
                "erlang_b, case 2: blocking: expected 0.3, found 0.2",
                "erlang_b, case 3: expected a number called `offered`, found nothing",
                "erlang_b, case 4: expected a value to compare, found none that is known",
            ]
        );
    }
}
