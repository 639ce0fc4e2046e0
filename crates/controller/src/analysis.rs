//! How a canary is told from stable by counts instead of by a fixed bound: which test, and what it may cost.

use crate::units::Limit;
use serde::{Deserialize, Serialize};

/// A test that decides a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "Flat", try_from = "Flat")]
pub struct Analysis {
    /// Which.
    pub method: Method,
    /// How often it may find a canary worse that is not (millionths: 50 000 is one of twenty).
    pub alpha: Limit,
    /// Which differences count.
    pub sides: Sides,
}

/// Which differences a test looks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sides {
    /// Only those on the unhealthy side.
    #[default]
    Worse,
    /// Any: a canary that is surprisingly good fails as well.
    Both,
}

/// A test, with what only that one needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Method {
    /// The z test of two shares, made for one look: each more raises its false alarms.
    TwoProportions,
    /// The exact test of two shares, made for one look.
    Fisher,
    /// Ranks of latencies, made for one look: whether requests of the canary tend to take longer.
    MannWhitney,
    /// The z test of two shares at each planned look, with the same bound at all.
    Pocock,
    /// The z test of two shares at each planned look, strict at first.
    ObrienFleming,
    /// Wald's sequential test of the canary by itself: at any time, between two rates that are set beforehand.
    Sprt {
        /// The rate of a good version.
        good: Limit,
        /// The rate of a bad version, on the unhealthy side of that of a good one.
        bad: Limit,
        /// How often it may pass a bad version (millionths).
        beta: Limit,
    },
    /// A confidence sequence of the difference: at any time.
    AlwaysValid {
        /// Differences of about this size are found soonest.
        effect: Limit,
    },
    /// Whether events fall on both versions as their requests do: exact, and at any time.
    Multinomial {
        /// The higher, the smaller the differences that are found soonest.
        concentration: u32,
    },
}

impl Method {
    /// Whether stable is looked at as well.
    pub const fn needs_stable(self) -> bool {
        match self {
            Self::Sprt { .. } => false,
            Self::TwoProportions
            | Self::Fisher
            | Self::MannWhitney
            | Self::Pocock
            | Self::ObrienFleming
            | Self::AlwaysValid { .. }
            | Self::Multinomial { .. } => true,
        }
    }

    /// Whether its looks are planned beforehand: what it asks of each depends on how many there are.
    pub const fn plans_looks(self) -> bool {
        match self {
            Self::Pocock | Self::ObrienFleming => true,
            Self::TwoProportions
            | Self::Fisher
            | Self::MannWhitney
            | Self::Sprt { .. }
            | Self::AlwaysValid { .. }
            | Self::Multinomial { .. } => false,
        }
    }

    /// Whether it ranks latencies; the others count events.
    pub const fn ranks(self) -> bool {
        matches!(self, Self::MannWhitney)
    }
}

/// How a test is written: which, its level, its sides, and up to three numbers of its own. A list costs a fraction of the
/// code that variants do, and the worker has to load it.
type Flat = [i64; 6];

impl From<Analysis> for Flat {
    fn from(analysis: Analysis) -> Self {
        let (kind, own) = match analysis.method {
            Method::TwoProportions => (0, [0; 3]),
            Method::Fisher => (1, [0; 3]),
            Method::MannWhitney => (2, [0; 3]),
            Method::Pocock => (3, [0; 3]),
            Method::ObrienFleming => (4, [0; 3]),
            Method::Sprt { good, bad, beta } => (5, [good.0, bad.0, beta.0]),
            Method::AlwaysValid { effect } => (6, [effect.0, 0, 0]),
            Method::Multinomial { concentration } => (7, [concentration.into(), 0, 0]),
        };
        let sides = match analysis.sides {
            Sides::Worse => 0,
            Sides::Both => 1,
        };
        let [a, b, c] = own;
        [kind, analysis.alpha.0, sides, a, b, c]
    }
}

impl TryFrom<Flat> for Analysis {
    type Error = &'static str;

    fn try_from(flat: Flat) -> Result<Self, Self::Error> {
        let [kind, alpha, sides, a, b, c] = flat;
        let method = match kind {
            0 => Method::TwoProportions,
            1 => Method::Fisher,
            2 => Method::MannWhitney,
            3 => Method::Pocock,
            4 => Method::ObrienFleming,
            5 => Method::Sprt {
                good: Limit(a),
                bad: Limit(b),
                beta: Limit(c),
            },
            6 => Method::AlwaysValid { effect: Limit(a) },
            7 => Method::Multinomial {
                concentration: u32::try_from(a).map_err(|_| "no concentration")?,
            },
            _ => return Err("no test"),
        };
        Ok(Self {
            method,
            alpha: Limit(alpha),
            sides: if sides == 0 {
                Sides::Worse
            } else {
                Sides::Both
            },
        })
    }
}
