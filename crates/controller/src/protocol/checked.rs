//! A check with its numbers, as decisions tell it.

use super::Verdict;
use crate::{
    policy::Bound,
    query::{Query, Reading},
};
use coalmine_stats::proportion::Interval;
use serde::{Deserialize, Serialize};

/// One check of a decision, with its numbers.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(into = "Form", from = "Form")]
pub struct Checked {
    /// What was asked on the canary.
    pub query: Query,
    /// The canary's answer.
    pub canary: Reading,
    /// Stable's answer over the same window, where the bound is relative to it.
    pub stable: Option<Reading>,
    /// The bound.
    pub bound: Bound,
    /// Requests needed to decide.
    pub min_requests: u64,
    /// What followed for this check.
    pub verdict: Verdict,
    /// What the test found, where one decides and there was enough to make it.
    pub evidence: Option<Evidence>,
}

/// Which look of how many, from one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Look {
    /// This one; beyond the last for the end of a window that was extended.
    pub number: u32,
    /// How many were planned.
    pub of: u32,
}

/// What a test found.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(into = "Flat", from = "Flat")]
pub struct Evidence {
    /// What was computed: standard errors apart, the logarithm of the evidence, or for Fisher's test the p-value.
    pub statistic: f64,
    /// What it had to lie beyond, for Fisher's test below.
    pub bound: f64,
    /// How likely so much is if both are equal: at this look, or at any time, as the test is made for.
    pub p_value: f64,
    /// The ends of the interval for the difference, canary less stable, where the test has one.
    pub interval: Option<(f64, f64)>,
    /// Which look it was.
    pub look: Look,
}

impl Evidence {
    pub(crate) fn ends(interval: Interval) -> (f64, f64) {
        (interval.lower, interval.upper)
    }
}

/// How evidence is written: its numbers, then the ends of the interval, which are no numbers where there is none, then
/// the look. As a list, because the worker has to load the code.
type Flat = [f64; 7];

impl From<Evidence> for Flat {
    fn from(evidence: Evidence) -> Self {
        let (lower, upper) = evidence.interval.unwrap_or((f64::NAN, f64::NAN));
        let Look { number, of } = evidence.look;
        let (number, of) = (number.into(), of.into());
        let Evidence {
            statistic,
            bound,
            p_value,
            ..
        } = evidence;
        [statistic, bound, p_value, lower, upper, number, of]
    }
}

impl From<Flat> for Evidence {
    fn from([statistic, bound, p_value, lower, upper, number, of]: Flat) -> Self {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "whole numbers of looks, which fit"
        )]
        let look = |number: f64| number as u32;
        Self {
            statistic,
            bound,
            p_value,
            interval: (!lower.is_nan()).then_some((lower, upper)),
            look: Look {
                number: look(number),
                of: look(of),
            },
        }
    }
}

/// How a check is written: what a test found takes the place of the verdict, so that a check without a test takes no
/// more room than one without the possibility, and traces stay as they were.
#[derive(Clone, Copy, Serialize, Deserialize)]
struct Form {
    query: Query,
    canary: Reading,
    stable: Option<Reading>,
    bound: Bound,
    min_requests: u64,
    found: Found,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
enum Found {
    Pass,
    Fail,
    Inconclusive,
    Tested(Verdict, Evidence),
}

impl From<Checked> for Form {
    fn from(checked: Checked) -> Self {
        Self {
            query: checked.query,
            canary: checked.canary,
            stable: checked.stable,
            bound: checked.bound,
            min_requests: checked.min_requests,
            found: match (checked.verdict, checked.evidence) {
                (verdict, Some(evidence)) => Found::Tested(verdict, evidence),
                (Verdict::Pass, None) => Found::Pass,
                (Verdict::Fail, None) => Found::Fail,
                (Verdict::Inconclusive, None) => Found::Inconclusive,
            },
        }
    }
}

impl From<Form> for Checked {
    fn from(form: Form) -> Self {
        let (verdict, evidence) = match form.found {
            Found::Pass => (Verdict::Pass, None),
            Found::Fail => (Verdict::Fail, None),
            Found::Inconclusive => (Verdict::Inconclusive, None),
            Found::Tested(verdict, evidence) => (verdict, Some(evidence)),
        };
        Self {
            query: form.query,
            canary: form.canary,
            stable: form.stable,
            bound: form.bound,
            min_requests: form.min_requests,
            verdict,
            evidence,
        }
    }
}
