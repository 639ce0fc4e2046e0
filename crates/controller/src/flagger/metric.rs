//! What a measured value comes to.

use serde::{Deserialize, Serialize};

/// What is measured, as far as its bounds are read in different ways.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// `request-success-rate`, in percent: a single bound is the least.
    SuccessRate,
    /// `request-duration`, in whole milliseconds: a single bound is the most.
    Duration,
    /// A query of the team's own: a single bound is the most.
    Custom,
    /// Nothing says what it is: the check fails.
    Undefined,
}

impl Kind {
    /// The kind of a metric of this name, with a query or a template of its own or without.
    pub fn of(name: &str, has_query: bool) -> Self {
        match name {
            _ if has_query => Self::Custom,
            "request-success-rate" => Self::SuccessRate,
            "request-duration" => Self::Duration,
            _ => Self::Undefined,
        }
    }
}

/// When a value is good.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub enum Bounds {
    /// Nothing is said.
    #[default]
    None,
    /// From here to there, both included.
    Range {
        /// The least.
        min: Option<f64>,
        /// The most.
        max: Option<f64>,
    },
    /// The old single bound.
    Threshold(f64),
}

/// What a check comes to. Whatever does not pass counts as one failed check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Check {
    /// The value is good.
    Pass,
    /// It is not.
    Fail,
    /// There is none: an empty answer, or a number that is none.
    NoData,
}

/// What this value comes to.
pub fn check(kind: Kind, bounds: Bounds, value: Option<f64>) -> Check {
    if kind == Kind::Undefined {
        return Check::Fail;
    }
    let Some(value) = value.filter(|value| !value.is_nan()) else {
        return Check::NoData;
    };
    let whole = |value: f64| match kind {
        Kind::Duration => trunc(value),
        Kind::SuccessRate | Kind::Custom | Kind::Undefined => value,
    };
    let value = whole(value);
    let is_good = match bounds {
        Bounds::Range { min, max } => {
            min.is_none_or(|min| whole(min) <= value) && max.is_none_or(|max| value <= whole(max))
        }
        Bounds::Threshold(bound) => within(kind, value, whole(bound)),
        Bounds::None => within(kind, value, 0.0),
    };
    if is_good { Check::Pass } else { Check::Fail }
}

/// The old single bound.
fn within(kind: Kind, value: f64, bound: f64) -> bool {
    match kind {
        Kind::SuccessRate => bound <= value,
        Kind::Duration | Kind::Custom | Kind::Undefined => value <= bound,
    }
}

/// Towards nothing; whole milliseconds fit into 64 bits, and what does not is large either way.
#[expect(
    clippy::cast_possible_truncation,
    reason = "the cast saturates, which compares as the number itself would"
)]
fn trunc(value: f64) -> f64 {
    value as i64 as f64
}
