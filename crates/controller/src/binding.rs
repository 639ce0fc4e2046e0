//! How a query that a team wrote is bound to what is measured: of which version, over which window, in which unit, and
//! what its provider answers where there is nothing.
//!
//! Controllers that teams already run ask their metrics in a language that is not ours. What such a query means is
//! found once, when its file is read, or asked of a person; from then on it is a [`Binding`].

mod answer;

use crate::{
    query::{Metric, Query, Version, Window},
    units::{Limit, Millis, Time},
};
pub use answer::Answer;
use serde::{Deserialize, Serialize};

/// What a query measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Quantity {
    /// A metric as the world measures it, in its base unit.
    Metric(Metric),
    /// Requests a second.
    RequestRate,
    /// Requests in the window.
    Requests,
    /// Failed requests a second.
    FailureRate,
    /// Failed requests in the window.
    Failures,
}

impl Quantity {
    /// The metric that has to be asked for it.
    pub const fn metric(self) -> Metric {
        match self {
            Self::Metric(metric) => metric,
            Self::RequestRate | Self::Requests | Self::FailureRate | Self::Failures => {
                Metric::ErrorRate
            }
        }
    }
}

/// Of whom.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum Subject {
    /// The new version.
    #[default]
    Canary,
    /// The version in service.
    Stable,
    /// Both together, each by its samples: a query that does not tell the versions apart.
    Both,
    /// The new version's value over that of the version in service.
    CanaryOverStable,
    /// The new version's value less that of the version in service.
    CanaryLessStable,
}

impl Subject {
    /// Whom to ask, in the order in which the readings are taken.
    pub const fn versions(self) -> &'static [Version] {
        match self {
            Self::Canary => &[Version::Canary],
            Self::Stable => &[Version::Stable],
            Self::Both | Self::CanaryOverStable | Self::CanaryLessStable => {
                &[Version::Canary, Version::Stable]
            }
        }
    }
}

/// In which unit the query answers.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum Scale {
    /// The base unit: shares from 0 to 1, seconds.
    #[default]
    Base,
    /// Shares from 0 to 100.
    Percent,
    /// Thousandths, as in milliseconds.
    Milli,
    /// So many times the base unit, in millionths.
    Times(Limit),
}

impl Scale {
    /// So many times the base unit, in millionths.
    pub const fn millionths(self) -> i64 {
        match self {
            Self::Base => 1_000_000,
            Self::Percent => 100_000_000,
            Self::Milli => 1_000_000_000,
            Self::Times(Limit(millionths)) => millionths,
        }
    }
}

/// Whether a share is asked for or what is left of one.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum Sense {
    /// What is measured.
    #[default]
    Direct,
    /// One less what is measured: a success rate is the complement of the error rate.
    Complement,
}

/// What the provider answers where there is nothing to answer with.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum Nothing {
    /// A number that is none: nothing over nothing.
    #[default]
    NaN,
    /// A list without a value, or no point.
    Empty,
    /// A zero, as after `or vector(0)`.
    Zero,
    /// This value, in millionths of the query's own unit, as after `or vector(1)`.
    Value(Limit),
    /// An error.
    Error,
}

/// In which form the answer is handed to a condition.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum Shape {
    /// A list with a value for each series, here one: Prometheus' vectors.
    #[default]
    Vector,
    /// One number.
    Scalar,
    /// One number, or nil where there is none.
    ScalarOrNil,
}

/// A query, bound to what is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Binding {
    /// What it measures.
    pub quantity: Quantity,
    /// Of whom.
    pub subject: Subject,
    /// How far it looks back.
    pub window: Millis,
    /// The share or what is left of it.
    pub sense: Sense,
    /// In which unit.
    pub scale: Scale,
    /// What there is where there is nothing.
    pub nothing: Nothing,
    /// In which form.
    pub shape: Shape,
}

impl Binding {
    /// This metric of the canary over this window, in its base unit, as a Prometheus ratio answers.
    pub const fn of(metric: Metric, window: Millis) -> Self {
        Self {
            quantity: Quantity::Metric(metric),
            subject: Subject::Canary,
            window,
            sense: Sense::Direct,
            scale: Scale::Base,
            nothing: Nothing::NaN,
            shape: Shape::Vector,
        }
    }

    /// What to ask at this instant: one query, or one for each version.
    pub fn queries(&self, now: Time) -> impl Iterator<Item = Query> + use<> {
        let metric = self.quantity.metric();
        let window = Window {
            from: now.before(self.window),
            to: now,
        };
        self.subject.versions().iter().map(move |&version| Query {
            metric,
            version,
            window,
        })
    }
}
