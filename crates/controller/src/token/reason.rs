//! Why a run ended, as a sentence with numbers: kept as numbers until the end, so that nothing is written on the way.

use super::judge;
use crate::{
    policy::{Against, BurnRate, Healthy},
    protocol::{Checked, Evidence, Look, Verdict},
    query::{Metric, Reading},
    units::{Limit, Millis, Weight},
};
use alloc::{boxed::Box, format, string::String};
use coalmine_flow::NodeId;
use coalmine_stats::bound::{from_millionths, in_parts, in_unit};

/// What last spoke against the rollout.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Why {
    /// Nothing: the drawing leads where it leads.
    Drawn,
    /// A check of a gate, or a trigger.
    Checked {
        checked: Checked,
        /// The canary's share of traffic.
        weight: Weight,
        by: By,
    },
    /// A person.
    Operator(Weight),
    /// Something could not be carried out.
    Failure(String),
}

/// Who looked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum By {
    Gate,
    Trigger,
    BurnRate(Box<BurnRate>),
}

impl Why {
    /// The reason of a run that was rolled back or stopped at this node.
    pub(super) fn sentence(&self, node: NodeId) -> String {
        match self {
            Self::Drawn => format!("the drawing leads to a rollback before {node}"),
            Self::Checked {
                checked,
                weight,
                by,
            } => {
                let lead = match by {
                    By::Gate => String::new(),
                    By::Trigger => "hard limit: ".into(),
                    By::BurnRate(rate) => format!(
                        "the error budget of {} burned {} times too fast: ",
                        amount(Metric::ErrorRate, from_millionths(rate.objective.0), 4),
                        trimmed(from_millionths(rate.factor.0), 6)
                    ),
                };
                format!("{lead}{} at {weight} of traffic", finding(checked))
            }
            Self::Operator(Weight::ZERO) => {
                "aborted by a person before the canary had traffic".into()
            }
            Self::Operator(weight) => format!("aborted by a person at {weight} of traffic"),
            Self::Failure(why) => why.clone(),
        }
    }
}

fn finding(checked: &Checked) -> String {
    let metric = checked.query.metric;
    match (checked.verdict, checked.canary, checked.stable) {
        (_, Reading::NoData, _) => format!("there were no data on the {metric} of the canary"),
        (_, _, Some(Reading::NoData)) => format!("there were no data on the {metric} of stable"),
        (_, Reading::Value { value, .. }, stable) if let Some(evidence) = checked.evidence => {
            tested(checked, value, stable, &evidence)
        }
        (Verdict::Inconclusive, Reading::Value { samples, .. }, stable) => {
            let (who, samples) = match stable {
                Some(Reading::Value { samples: fewer, .. }) if fewer < samples => ("stable", fewer),
                _ => ("canary", samples),
            };
            let needed = checked.min_requests;
            format!("{metric} could not be judged on {samples} of {needed} {who} requests")
        }
        (Verdict::Pass | Verdict::Fail, Reading::Value { value, .. }, stable) => {
            let reference = match stable {
                Some(Reading::Value { value, .. }) => value,
                Some(Reading::NoData) | None => 0.0,
            };
            let side = match checked.bound.healthy {
                Healthy::Below => "below",
                Healthy::Above => "above",
            };
            let limit = judge::limit(checked.bound.against, reference);
            let (value, shown) = told_apart(metric, value, limit);
            let relative = match checked.bound.against {
                Against::Fixed(_) => String::new(),
                // No test was made: there were no counts to make it with.
                Against::Analysis(_) => return format!("the {metric} could not be counted"),
                Against::StablePlus(Limit(more)) => {
                    let (stable, more) = (
                        amount(metric, reference, 2),
                        amount(metric, from_millionths(more), 4),
                    );
                    format!(" (stable's {stable} plus {more})")
                }
                Against::StableTimes(Limit(times)) => {
                    let times = trimmed(from_millionths(times), 6);
                    format!(" ({times} times stable's {})", amount(metric, reference, 2))
                }
            };
            let not = match checked.verdict {
                Verdict::Fail => "was not",
                Verdict::Pass | Verdict::Inconclusive => "was",
            };
            let window = length(checked);
            format!("{metric} {value} {not} {side} {shown}{relative} over {window}")
        }
    }
}

/// What a test found.
fn tested(checked: &Checked, value: f64, stable: Option<Reading>, evidence: &Evidence) -> String {
    let metric = checked.query.metric;
    let than = match stable {
        Some(Reading::Value { value, .. }) => {
            format!(" than stable's {}", amount(metric, value, 2))
        }
        Some(Reading::NoData) | None => String::new(),
    };
    let found = match checked.verdict {
        Verdict::Fail => "was worse",
        Verdict::Pass => "was not worse",
        Verdict::Inconclusive => "could not be told to be better or worse",
    };
    let (value, window) = (amount(metric, value, 2), length(checked));
    let (Look { number, of }, p_value) = (evidence.look, amount_of_chance(evidence.p_value));
    let look = if (number, of) == (1, 1) {
        String::new()
    } else {
        format!(", look {number} of {of}")
    };
    format!("{metric} {value} {found}{than} over {window} ({p_value}{look})")
}

/// A p-value, with a floor: below it nobody needs the digits.
fn amount_of_chance(p_value: f64) -> String {
    match trimmed(p_value, 4) {
        none if none == "0" => "p < 0.0001".into(),
        shown => format!("p = {shown}"),
    }
}

fn length(checked: &Checked) -> Millis {
    checked.query.window.to.since(checked.query.window.from)
}

/// A value and its bound, with as many decimals as it takes to see that they differ.
fn told_apart(metric: Metric, value: f64, limit: f64) -> (String, String) {
    let bound = amount(metric, limit, 4);
    let shown = (2..=6)
        .map(|decimals| amount(metric, value, decimals))
        .find(|shown| *shown != bound);
    (shown.unwrap_or_else(|| bound.clone()), bound)
}

/// A value of a metric in the unit that people use.
fn amount(metric: Metric, value: f64, decimals: u32) -> String {
    match metric {
        Metric::ErrorRate | Metric::Cpu | Metric::Memory => {
            format!("{}\u{2009}%", trimmed(in_unit(value, 100.0), decimals))
        }
        Metric::Custom(_) => trimmed(value, decimals),
        Metric::Latency(_) => {
            let decimals = decimals.saturating_sub(2);
            format!("{}\u{2009}ms", trimmed(in_unit(value, 1_000.0), decimals))
        }
    }
}

fn trimmed(value: f64, decimals: u32) -> String {
    let Some(parts) = in_parts(value, decimals) else {
        return "no finite number".into();
    };
    let unit = 10_u64.pow(decimals);
    let (whole, rest) = (parts.unsigned_abs() / unit, parts.unsigned_abs() % unit);
    let sign = if parts < 0 { "-" } else { "" };
    if rest == 0 {
        return format!("{sign}{whole}");
    }
    let width = usize::try_from(decimals).unwrap_or_default();
    let digits = format!("{rest:0width$}");
    format!("{sign}{whole}.{}", digits.trim_end_matches('0'))
}
