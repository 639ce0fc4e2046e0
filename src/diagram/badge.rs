//! What a gate or probe found, in the few words that fit at its node, and in the rows of its tooltip.

use crate::{events::words::evidence_words, format};
use coalmine_controller::{Checked, Decision, Metric, Next, Reading, Verdict};

/// A verdict with its numbers. There is no verdict without.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Badge {
    /// Which mark it bears.
    pub verdict: Verdict,
    /// As in `errors 2.1 % > 1 %`.
    pub text: String,
}

/// One check, as a tooltip's row shows it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CheckRow {
    /// Which mark it bears.
    pub verdict: Verdict,
    /// What was measured.
    pub metric: String,
    /// As in `2.1 % > 1 %`.
    pub comparison: String,
    /// As in `12,431 requests, 5 min`.
    pub basis: String,
}

/// The check that says most about a decision: the first that is as the verdict says; of healthy ones the nearest to
/// its bound.
pub(super) fn decision_badge(decision: &Decision) -> Option<Badge> {
    let verdict = decision.verdict;
    let mut telling = decision
        .checks
        .iter()
        .filter(|check| check.verdict == verdict);
    let check = match verdict {
        Verdict::Fail | Verdict::Inconclusive => telling.next(),
        Verdict::Pass => telling.max_by(|a, b| closeness(a).total_cmp(&closeness(b))),
    }?;
    Some(check_badge(check))
}

/// A probe's measurement.
pub(super) fn check_badge(check: &Checked) -> Badge {
    Badge {
        verdict: check.verdict,
        text: format!("{} {}", short_metric(check.query.metric), comparison(check)),
    }
}

/// Every check of a decision.
pub fn check_rows<'a>(checks: impl IntoIterator<Item = &'a Checked>) -> Vec<CheckRow> {
    checks
        .into_iter()
        .map(|check| CheckRow {
            verdict: check.verdict,
            metric: format::metric(check.query.metric),
            comparison: comparison(check),
            basis: basis(check),
        })
        .collect()
}

/// What a verdict is called.
pub const fn verdict_word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Pass => "passed",
        Verdict::Fail => "failed",
        Verdict::Inconclusive => "not enough to decide",
    }
}

/// What followed from a decision, where it is not simply an edge.
pub(super) fn next_words(next: Next) -> Option<String> {
    match next {
        Next::Took(_) => None,
        Next::ExtendedTo(until) => Some(format!("looks again at {}", format::clock(until))),
    }
}

/// The value beside its bound, with the sign that is true: `2.1 % > 1 %`.
fn comparison(check: &Checked) -> String {
    let metric = check.query.metric;
    match (check.canary, bound(check)) {
        (Reading::NoData, _) => "no data".to_owned(),
        (Reading::Value { samples, .. }, _) if is_too_few(check, samples) => format!(
            "{} of {} requests",
            format::count(samples),
            format::count(check.min_requests)
        ),
        (Reading::Value { value, .. }, None) if let Some(evidence) = &check.evidence => {
            let (value, found) = (format::value(metric, value), evidence_words(evidence));
            format!("{value}, {found}")
        }
        (Reading::Value { value, .. }, None) => {
            format!("{}, stable has no data", format::value(metric, value))
        }
        (Reading::Value { value, .. }, Some(bound)) => {
            let sign = match value.partial_cmp(&bound) {
                Some(std::cmp::Ordering::Less) => "<",
                Some(std::cmp::Ordering::Greater) => ">",
                Some(std::cmp::Ordering::Equal) | None => "=",
            };
            let against = format::against(metric, check.bound.against);
            format!(
                "{} {sign} {against}",
                format::value_beside(metric, value, bound)
            )
        }
    }
}

fn is_too_few(check: &Checked, samples: u64) -> bool {
    check.verdict == Verdict::Inconclusive && samples < check.min_requests
}

fn basis(check: &Checked) -> String {
    let samples = match check.canary {
        Reading::NoData => 0,
        Reading::Value { samples, .. } => samples,
    };
    let what = match check.query.metric {
        Metric::ErrorRate | Metric::Latency(_) => format::counted(samples, "request", "requests"),
        Metric::Cpu | Metric::Memory => format::counted(samples, "reading", "readings"),
        Metric::Custom(_) => format::counted(samples, "sample", "samples"),
    };
    let window = check.query.window;
    format!("{what}, {}", format::duration(window.to.since(window.from)))
}

fn bound(check: &Checked) -> Option<f64> {
    let stable = match check.stable {
        Some(Reading::Value { value, .. }) => Some(value),
        Some(Reading::NoData) | None => None,
    };
    format::bound_value(check.bound.against, stable)
}

/// How near a healthy value is to its bound: 1 at the bound, less where it is far.
fn closeness(check: &Checked) -> f64 {
    match (check.canary, bound(check)) {
        (Reading::Value { value, .. }, Some(bound)) => {
            let (low, high) = if value < bound {
                (value, bound)
            } else {
                (bound, value)
            };
            low / high.max(f64::MIN_POSITIVE)
        }
        (Reading::Value { .. } | Reading::NoData, _) => 0.0,
    }
}

fn short_metric(metric: Metric) -> String {
    match metric {
        Metric::ErrorRate => "errors".to_owned(),
        Metric::Latency(quantile) => {
            format!("p{}", format::trimmed(f64::from(quantile.0) / 100.0, 2))
        }
        Metric::Cpu => "CPU".to_owned(),
        Metric::Memory => "memory".to_owned(),
        Metric::Custom(_) => metric.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagram::example::checked;
    use coalmine_flow::{EdgeId, NodeId};

    fn words(verdict: Verdict, checks: Vec<Checked>) -> Option<String> {
        let decision = Decision {
            node: NodeId(9),
            verdict,
            checks,
            next: Next::Took(EdgeId(0)),
        };
        decision_badge(&decision).map(|badge| badge.text.replace(format::THIN, " "))
    }

    const ERRORS: Metric = Metric::ErrorRate;

    #[test]
    fn a_failed_gate_names_the_check_that_failed() {
        let checks = vec![
            checked(Metric::Cpu, Some(0.5), 800_000, Verdict::Pass),
            checked(ERRORS, Some(0.021), 10_000, Verdict::Fail),
        ];
        let text = words(Verdict::Fail, checks);
        assert_eq!(text.as_deref(), Some("errors 2.1 % > 1 %"));
    }

    #[test]
    fn a_passed_gate_names_the_check_that_came_nearest_to_its_bound() {
        let checks = vec![
            checked(ERRORS, Some(0.002), 10_000, Verdict::Pass),
            checked(Metric::Cpu, Some(0.5), 800_000, Verdict::Pass),
        ];
        let text = words(Verdict::Pass, checks);
        assert_eq!(text.as_deref(), Some("CPU 50 % < 80 %"));
    }

    #[test]
    fn a_gate_that_cannot_decide_says_what_is_missing() {
        let few = checked(ERRORS, Some(0.0), 10_000, Verdict::Inconclusive);
        let text = words(Verdict::Inconclusive, vec![few]);
        assert_eq!(text.as_deref(), Some("errors 312 of 500 requests"));
        let none = checked(ERRORS, None, 10_000, Verdict::Inconclusive);
        let text = words(Verdict::Inconclusive, vec![none]);
        assert_eq!(text.as_deref(), Some("errors no data"));
    }

    #[test]
    fn a_row_says_what_its_number_rests_on() {
        let rows = check_rows(&[checked(ERRORS, Some(0.021), 10_000, Verdict::Fail)]);
        assert_eq!(
            rows[0].basis.replace(format::THIN, " "),
            "312 requests, 5 min"
        );
        assert_eq!(rows[0].metric, "error rate");
    }
}
