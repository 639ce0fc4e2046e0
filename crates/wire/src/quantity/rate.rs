//! Shares, rates and counts: `0.2%`, `25%`, `200/s`, `12,431`.

use super::{
    QuantityError, THIN,
    decimal::{format_decimal, parse_decimal},
};
use coalmine_controller::{Limit, Weight};

/// A percentage such as `0.2%` in millionths: 2 000. The sign is needed, so that 1 and 100 % are never confused.
///
/// # Errors
/// If the sign or the number is missing, or it is finer than 0.0001 %.
pub fn parse_percent(text: &str) -> Result<Limit, QuantityError> {
    let number = text
        .trim()
        .strip_suffix('%')
        .ok_or(QuantityError::NoUnit { units: "%" })?;
    let millionths = parse_decimal(number, 4).map_err(|error| match error {
        QuantityError::TooFine { .. } => QuantityError::TooFine { step: "0.0001%" },
        other => other,
    })?;
    i64::try_from(millionths)
        .map(Limit)
        .map_err(|_| QuantityError::TooLarge {
            most: "can be counted",
        })
}

/// A share of all traffic such as `25%`.
///
/// # Errors
/// If the sign or the number is missing, it is finer than 0.01 %, or above 100 %.
pub fn parse_weight(text: &str) -> Result<Weight, QuantityError> {
    let Limit(millionths) = parse_percent(text)?;
    if millionths % 100 != 0 {
        return Err(QuantityError::TooFine { step: "0.01%" });
    }
    u16::try_from(millionths / 100)
        .ok()
        .and_then(Weight::from_basis_points)
        .ok_or(QuantityError::TooLarge { most: "100%" })
}

/// A rate such as `200/s`, `12000/min`, or a bare `200` for requests a second, in thousandths of a request a second.
///
/// # Errors
/// If the number is missing, the unit is neither `/s` nor `/min` nor `/h`, or the rate is finer than 0.001/s.
pub fn parse_rate(text: &str) -> Result<u64, QuantityError> {
    let (number, unit) = match text.split_once('/') {
        None => (text, "s"),
        Some((number, unit)) => (number, unit.trim()),
    };
    let seconds = match unit {
        "s" | "sec" | "second" => 1,
        "m" | "min" | "minute" => 60,
        "h" | "hour" => 3_600,
        other => {
            return Err(QuantityError::UnknownUnit {
                unit: format!("/{other}"),
                units: "/s, /min, /h",
            });
        }
    };
    let finest = QuantityError::TooFine { step: "0.001/s" };
    let milli = parse_decimal(number, 3).map_err(|error| match error {
        QuantityError::TooFine { .. } => finest.clone(),
        other => other,
    })?;
    if milli % seconds == 0 {
        Ok(milli / seconds)
    } else {
        Err(finest)
    }
}

/// A ratio in millionths as files have it: `0.2%`. Read back exactly by [`parse_percent`].
pub fn encode_percent(ratio: Limit) -> String {
    let sign = if ratio.0 < 0 { "-" } else { "" };
    format!("{sign}{}%", format_decimal(ratio.0.unsigned_abs(), 4))
}

/// A ratio in millionths as people read it: `0.2 %`.
pub fn format_percent(ratio: Limit) -> String {
    with_thin(&encode_percent(ratio))
}

/// A share of traffic as people read it: `25 %`.
pub fn format_weight(weight: Weight) -> String {
    format_percent(Limit(i64::from(weight.basis_points()) * 100))
}

/// A rate as people and files have it: `200/s`. Read back exactly by [`parse_rate`].
pub fn format_rate(milli: u64) -> String {
    format!("{}/s", format_decimal(milli, 3))
}

/// A whole number in groups of three: `12,431`.
pub fn format_count(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index != 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

fn with_thin(encoded: &str) -> String {
    encoded.replace('%', &format!("{THIN}%"))
}
