//! Quantities as people write and read them: durations, percentages, rates, limits. One place, so that the project
//! file, the page's fields and the command line understand and show the same words. Everything is exact: integers in,
//! integers out, and what does not fit an integer is refused rather than rounded.

mod decimal;
mod duration;
mod limit;
mod rate;

pub use decimal::{format_decimal, parse_decimal};
pub use duration::{
    encode_duration, encode_micros, format_duration, format_micros, parse_duration, parse_micros,
};
pub use limit::{
    encode_limit, format_limit, format_metric, metric_word, parse_limit, parse_metric,
};
pub use rate::{
    encode_percent, format_count, format_percent, format_rate, format_weight, parse_percent,
    parse_rate, parse_weight,
};

use core::fmt;

/// Between a number and its unit: thin, and no place to break a line.
pub const THIN: char = '\u{202f}';

/// Why a text is not the quantity that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum QuantityError {
    /// There is no number where one is needed.
    NotANumber,
    /// A number stands without a unit.
    NoUnit {
        /// Units that would do, as in `ms, s, m, h, d`.
        units: &'static str,
    },
    /// A unit that does not exist, or not here.
    UnknownUnit {
        /// As written.
        unit: String,
        /// Units that would do.
        units: &'static str,
    },
    /// A unit that is not smaller than the one before it, as in `5s 2m`.
    UnitOrder {
        /// As written.
        unit: String,
    },
    /// Below zero.
    Negative,
    /// More digits than are kept.
    TooFine {
        /// The smallest step, as in `0.0001%`.
        step: &'static str,
    },
    /// Beyond what can be kept.
    TooLarge {
        /// The largest value, as in `100%`.
        most: &'static str,
    },
}

impl fmt::Display for QuantityError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotANumber => f.write_str("this is not a plain number"),
            Self::NoUnit { units } => write!(f, "the unit is missing: one of {units}"),
            Self::UnknownUnit { unit, units } => {
                write!(f, "`{unit}` is not a unit here: one of {units}")
            }
            Self::UnitOrder { unit } => {
                write!(f, "`{unit}` must stand before the smaller units, and once")
            }
            Self::Negative => f.write_str("this cannot be below zero"),
            Self::TooFine { step } => write!(f, "this is finer than the smallest step, {step}"),
            Self::TooLarge { most } => write!(f, "this is more than {most}"),
        }
    }
}

impl core::error::Error for QuantityError {}

#[cfg(test)]
mod tests;
