//! Why something is no law.

use core::fmt;

/// A mixture or a list of measured quantiles breaks a rule. Parts and points are counted from zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LawError {
    /// A mixture has no parts.
    NoParts,
    /// The weight of a part is not a positive, finite number.
    Weight {
        /// The part.
        part: usize,
    },
    /// There are fewer than two measured quantiles.
    TooFewPoints,
    /// The probabilities do not reach from 0 to 1.
    Ends,
    /// A value is negative or not finite.
    Value {
        /// The point.
        point: usize,
    },
    /// A point does not lie above the one before it, in both probability and value.
    NotRising {
        /// The point.
        point: usize,
    },
}

impl fmt::Display for LawError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoParts => f.write_str("a mixture has no parts: give it at least one law"),
            Self::Weight { part } => write!(
                f,
                "part {part} of a mixture has no positive weight: give it one, or leave the part out"
            ),
            Self::TooFewPoints => {
                f.write_str("measured quantiles are fewer than two: give the least and the greatest value")
            }
            Self::Ends => f.write_str(
                "measured quantiles do not reach from probability 0 to 1: add the least and the greatest value",
            ),
            Self::Value { point } => write!(
                f,
                "the value of point {point} is negative or not finite: latencies are neither"
            ),
            Self::NotRising { point } => write!(
                f,
                "point {point} does not lie above the one before it: sort the points, and leave out equal ones"
            ),
        }
    }
}

impl core::error::Error for LawError {}
