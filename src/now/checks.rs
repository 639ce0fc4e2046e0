//! Checks as lines: value, bound, samples, window, verdict. No verdict without its numbers.

use crate::{
    events::words::{evidence_words, samples_words, value_words},
    format,
};
use coalmine_controller::{Bound, Checked, Decision, Metric, Reading, Verdict};

/// A check, ready to print.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CheckLine {
    /// What is measured.
    pub name: String,
    /// What was measured.
    pub value: String,
    /// The bound, as in `< 1 %`.
    pub bound: String,
    /// What it rests on: `12,431 requests, 5 min`.
    pub basis: String,
    /// What follows.
    pub verdict: CheckVerdict,
}

/// What all lines rest on, said once: the first that counts requests, else the first.
pub fn shared_basis(lines: &[CheckLine]) -> String {
    let counts = |line: &&CheckLine| line.basis.contains("request");
    let decided = || {
        lines
            .iter()
            .filter(|line| line.verdict != CheckVerdict::Unsure)
    };
    decided()
        .find(counts)
        .or_else(|| decided().next())
        .map_or_else(String::new, |line| line.basis.clone())
}

/// What follows from a check, in an order of its own: it is shown as mark and word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CheckVerdict {
    /// It is healthy.
    Healthy,
    /// It is not.
    Unhealthy,
    /// Nobody can tell yet.
    Unsure,
}

impl CheckVerdict {
    /// Its mark.
    pub const fn mark(self) -> &'static str {
        match self {
            Self::Healthy => "✓",
            Self::Unhealthy => "✕",
            Self::Unsure => "?",
        }
    }

    /// Its word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Healthy => "healthy",
            Self::Unhealthy => "unhealthy",
            Self::Unsure => "undecided",
        }
    }

    /// Its word for the style sheet.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Healthy => "pass",
            Self::Unhealthy => "fail",
            Self::Unsure => "unsure",
        }
    }
}

impl From<Verdict> for CheckVerdict {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Pass => Self::Healthy,
            Verdict::Fail => Self::Unhealthy,
            Verdict::Inconclusive => Self::Unsure,
        }
    }
}

/// The lines of a decision.
pub fn decision_lines(decision: &Decision) -> Vec<CheckLine> {
    decision.checks.iter().map(checked_line).collect()
}

/// The line of one check that was made.
pub fn checked_line(checked: &Checked) -> CheckLine {
    let metric = checked.query.metric;
    let window = checked.query.window;
    let samples = match checked.canary {
        Reading::NoData => 0,
        Reading::Value { samples, .. } => samples,
    };
    let verdict = CheckVerdict::from(checked.verdict);
    let basis = match (checked.canary, verdict) {
        (Reading::NoData, _) => "no data".to_owned(),
        (Reading::Value { .. }, _) if let Some(evidence) = &checked.evidence => format!(
            "{}, {}",
            samples_words(metric, samples),
            evidence_words(evidence)
        ),
        (Reading::Value { .. }, CheckVerdict::Unsure) => too_few(samples, checked.min_requests),
        (Reading::Value { .. }, CheckVerdict::Healthy | CheckVerdict::Unhealthy) => {
            samples_words(metric, samples)
        }
    };
    CheckLine {
        name: format::sentence_case(&format::metric(metric)),
        value: value_words(checked),
        bound: bound_words(metric, checked.bound, checked.stable),
        basis: format!(
            "{basis}, {}",
            format::duration(window.to.since(window.from))
        ),
        verdict,
    }
}

/// As in `Not enough requests to decide: 312 of 500`.
pub fn too_few(samples: u64, needed: u64) -> String {
    format!(
        "Not enough requests to decide: {} of {}",
        format::count(samples),
        format::count(needed)
    )
}

/// `< 1 %`; where it is relative, what it comes to as well: `< 2 × stable (0.40 %)`.
fn bound_words(metric: Metric, bound: Bound, stable: Option<Reading>) -> String {
    let words = format::bound(metric, bound);
    let stable = match stable {
        Some(Reading::Value { value, .. }) => Some(value),
        Some(Reading::NoData) | None => None,
    };
    match (stable, format::bound_value(bound.against, stable)) {
        (Some(_), Some(limit)) => format!("{words} ({})", format::value(metric, limit)),
        _ => words,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use coalmine_controller::{Against, Healthy, Limit, Query, Time, Version, Window};

    fn checked(canary: Reading, against: Against, verdict: Verdict) -> Checked {
        Checked {
            query: Query {
                metric: Metric::ErrorRate,
                version: Version::Canary,
                window: Window {
                    from: Time(100_000),
                    to: Time(400_000),
                },
            },
            canary,
            stable: match against {
                Against::Fixed(_) => None,
                Against::StablePlus(_) | Against::StableTimes(_) | Against::Analysis(_) => {
                    Some(Reading::Value {
                        value: 0.002,
                        samples: 50_000,
                    })
                }
            },
            bound: Bound {
                healthy: Healthy::Below,
                against,
            },
            min_requests: 500,
            verdict,
            evidence: None,
        }
    }

    fn check(checked: &Checked, text: &str) {
        let line = checked_line(checked);
        let told = format!(
            "{} {} {} | {} | {}",
            line.name,
            line.value,
            line.bound,
            line.basis,
            line.verdict.word()
        );
        assert_eq!(told.replace(format::THIN, " "), text);
    }

    #[test]
    fn no_verdict_stands_without_its_numbers() {
        let value = |value, samples| Reading::Value { value, samples };
        let fixed = Against::Fixed(Limit(10_000));
        check(
            &checked(value(0.021, 12_431), fixed, Verdict::Fail),
            "Error rate 2.1 % < 1 % | 12,431 requests, 5 min | unhealthy",
        );
        check(
            &checked(value(0.0, 312), fixed, Verdict::Inconclusive),
            "Error rate 0.00 % < 1 % | Not enough requests to decide: 312 of 500, 5 min | undecided",
        );
        check(
            &checked(Reading::NoData, fixed, Verdict::Inconclusive),
            "Error rate no data < 1 % | no data, 5 min | undecided",
        );
        check(
            &checked(
                value(0.003, 900),
                Against::StableTimes(Limit(2_000_000)),
                Verdict::Pass,
            ),
            "Error rate 0.30 % < 2 × stable (0.40 %) | 900 requests, 5 min | healthy",
        );
    }
}
