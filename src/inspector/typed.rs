//! What people type into fields, read as they mean it; what cannot be meant is refused in words, with a text that would do.

use coalmine_controller::{Limit, Millis};
use coalmine_wire::quantity::{
    QuantityError, parse_decimal, parse_duration, parse_micros, parse_percent, parse_rate,
};

/// Nothing, where nothing stands.
///
/// # Errors
/// In words, with a text that would do.
pub fn optional<T>(
    text: &str,
    read: impl FnOnce(&str) -> Result<T, String>,
) -> Result<Option<T>, String> {
    if text.trim().is_empty() {
        Ok(None)
    } else {
        read(text).map(Some)
    }
}

/// A quantity; a number without its unit is taken in the unit that the field shows.
///
/// # Errors
/// In words, with a text that would do.
pub fn with_unit<T>(
    text: &str,
    unit: &str,
    example: &str,
    parse: impl Fn(&str) -> Result<T, QuantityError>,
) -> Result<T, String> {
    let parsed = match parse(text) {
        Err(QuantityError::NoUnit { .. }) => parse(&format!("{}{unit}", text.trim())),
        other => other,
    };
    parsed.map_err(|error| format!("{error}; write {example}"))
}

/// A length of time, in minutes where no unit stands.
///
/// # Errors
/// In words, with a text that would do.
pub fn duration(text: &str) -> Result<Millis, String> {
    with_unit(text, "min", "5 min or 30 s", parse_duration)
}

/// A length of time that is longer than nothing.
///
/// # Errors
/// In words, with a text that would do.
pub fn positive_duration(text: &str) -> Result<Millis, String> {
    match duration(text)? {
        Millis(0) => Err("this must be longer than nothing; write 5 min or 30 s".to_owned()),
        length => Ok(length),
    }
}

/// A length of time of at least a second, in seconds where no unit stands.
///
/// # Errors
/// In words, with a text that would do.
pub fn at_least_a_second(text: &str) -> Result<Millis, String> {
    let length = with_unit(text, "s", "5 s", parse_duration)?;
    if length < Millis(1_000) {
        Err("this must be at least a second; write 5 s".to_owned())
    } else {
        Ok(length)
    }
}

/// Microseconds, more than none, in milliseconds where no unit stands.
///
/// # Errors
/// In words, with a text that would do.
pub fn positive_micros(text: &str) -> Result<u64, String> {
    match with_unit(text, "ms", "80 ms", parse_micros)? {
        0 => Err("this must be longer than nothing; write 80 ms".to_owned()),
        micros => Ok(micros),
    }
}

/// A ratio that may be more than everything.
///
/// # Errors
/// In words, with a text that would do.
pub fn percent(text: &str) -> Result<Limit, String> {
    with_unit(text, "%", "5 %", parse_percent)
}

/// A ratio that is at most everything.
///
/// # Errors
/// In words, with a text that would do.
pub fn share(text: &str) -> Result<Limit, String> {
    let ratio = percent(text)?;
    if Limit(1_000_000) < ratio {
        Err("this is more than everything; write 100 % or less".to_owned())
    } else {
        Ok(ratio)
    }
}

/// Requests a second, in thousandths.
///
/// # Errors
/// In words, with a text that would do.
pub fn rate(text: &str) -> Result<u64, String> {
    match with_unit(text, "/s", "200/s", parse_rate)? {
        milli if milli <= 1_000_000_000 => Ok(milli),
        _ => Err("this is more than a million a second; write 200/s".to_owned()),
    }
}

/// A number in millionths, at most so much.
///
/// # Errors
/// In words, with a text that would do.
pub fn decimal(text: &str, example: &str, most: u64) -> Result<Limit, String> {
    let number = parse_decimal(text, 6).map_err(|error| format!("{error}; write {example}"))?;
    if most < number {
        return Err(format!("this is too much; write {example}"));
    }
    Ok(Limit(i64::try_from(number).expect("it is at most `most`")))
}

/// A whole number between two others.
///
/// # Errors
/// In words, with a text that would do.
pub fn whole(text: &str, least: u64, most: u64) -> Result<u64, String> {
    let digits: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && *c != ',')
        .collect();
    digits
        .parse()
        .ok()
        .filter(|number| (least..=most).contains(number))
        .ok_or_else(|| format!("write a whole number from {least} to {most}"))
}
