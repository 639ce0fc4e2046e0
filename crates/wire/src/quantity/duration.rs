//! Durations: `1h30m`, `90s`, `250ms`, `1.5m` in files, `1 h 30 min` on screen.

use super::{QuantityError, THIN, decimal::format_decimal, decimal::parse_wide};
use coalmine_controller::Millis;

const MICROS: [(&str, u64); 9] = [
    ("d", 86_400_000_000),
    ("h", 3_600_000_000),
    ("min", 60_000_000),
    ("m", 60_000_000),
    ("s", 1_000_000),
    ("ms", 1_000),
    ("us", 1),
    // Both ways to write the Greek letter.
    ("µs", 1),
    ("μs", 1),
];

const UNITS: &str = "ms, s, m, h, d";

/// A length of time such as `1h30m`, `90s`, `250ms`, `1.5m` or `3 min 40 s`.
///
/// Larger units come first, each at most once; spaces do not matter; a bare `0` needs no unit.
///
/// # Errors
/// If a number or a unit is missing, a unit is unknown or out of order, or the length is finer than a millisecond.
pub fn parse_duration(text: &str) -> Result<Millis, QuantityError> {
    let micros = parse_micros(text)?;
    if micros.is_multiple_of(1_000) {
        Ok(Millis(micros / 1_000))
    } else {
        Err(QuantityError::TooFine { step: "1ms" })
    }
}

/// A length of time as for [`parse_duration`], in microseconds, with `us` as the smallest unit: for latencies.
///
/// # Errors
/// As for [`parse_duration`], with the microsecond as the smallest step.
pub fn parse_micros(text: &str) -> Result<u64, QuantityError> {
    let mut rest = text.trim();
    if rest == "0" {
        return Ok(0);
    }
    if rest.is_empty() {
        return Err(QuantityError::NotANumber);
    }
    let negative = rest.strip_prefix(['-', '\u{2212}']);
    rest = negative.unwrap_or(rest);
    let (mut total, mut smallest) = (0u64, u64::MAX);
    while !rest.is_empty() {
        let number = take_while(&mut rest, |c| c.is_ascii_digit() || c == '.');
        if number.is_empty() {
            return Err(QuantityError::NotANumber);
        }
        rest = rest.trim_start();
        let unit = take_while(&mut rest, char::is_alphabetic);
        rest = rest.trim_start();
        let size = size_of(unit)?;
        if smallest <= size {
            return Err(QuantityError::UnitOrder {
                unit: unit.to_owned(),
            });
        }
        smallest = size;
        total = total
            .checked_add(scaled(number, size)?)
            .ok_or(QuantityError::TooLarge { most: "1000000d" })?;
    }
    match negative {
        Some(_) if total != 0 => Err(QuantityError::Negative),
        _ => Ok(total),
    }
}

fn take_while<'t>(rest: &mut &'t str, keep: impl Fn(char) -> bool) -> &'t str {
    let end = rest.find(|c| !keep(c)).unwrap_or(rest.len());
    let (taken, left) = rest.split_at(end);
    *rest = left;
    taken
}

fn size_of(unit: &str) -> Result<u64, QuantityError> {
    if unit.is_empty() {
        return Err(QuantityError::NoUnit { units: UNITS });
    }
    MICROS
        .iter()
        .find(|(name, _)| *name == unit)
        .map(|(_, size)| *size)
        .ok_or_else(|| QuantityError::UnknownUnit {
            unit: unit.to_owned(),
            units: UNITS,
        })
}

/// `number` times `size` microseconds, exactly.
fn scaled(number: &str, size: u64) -> Result<u64, QuantityError> {
    const PLACES: u32 = 9;
    let too_large = QuantityError::TooLarge { most: "1000000d" };
    let finest = QuantityError::TooFine { step: "1us" };
    let number = parse_wide(number, PLACES).map_err(|error| match error {
        QuantityError::TooLarge { .. } => too_large.clone(),
        QuantityError::TooFine { .. } => finest.clone(),
        other => other,
    })?;
    let product = number.checked_mul(size.into()).ok_or(too_large.clone())?;
    let one = 10u128.pow(PLACES);
    if !product.is_multiple_of(one) {
        return Err(finest);
    }
    // A million days is far beyond any rollout, and its microseconds fit.
    u64::try_from(product / one)
        .ok()
        .filter(|micros| *micros <= 86_400_000_000 * 1_000_000)
        .ok_or(too_large)
}

/// As files have it: `5m`, `3m40s`, `1h30m`, `250ms`. Read back exactly by [`parse_duration`].
pub fn encode_duration(length: Millis) -> String {
    let mut text = String::new();
    let mut left = length.0;
    for (unit, size) in [("d", 86_400_000), ("h", 3_600_000), ("m", 60_000)] {
        if left / size != 0 {
            text += &(left / size).to_string();
            text += unit;
            left %= size;
        }
    }
    match (left, text.is_empty()) {
        (0, false) => {}
        (1..1_000, true) => {
            text += &left.to_string();
            text += "ms";
        }
        (_, _) => {
            text += &format_decimal(left, 3);
            text += "s";
        }
    }
    text
}

/// As people read it: `5 min`, `3 min 40 s`, `1 h 30 min`, `250 ms`. Read back exactly by [`parse_duration`].
pub fn format_duration(length: Millis) -> String {
    spaced(&encode_duration(length))
}

/// A latency as files have it: `80ms`, `0.25ms`, `2s`. Read back exactly by [`parse_micros`].
pub fn encode_micros(micros: u64) -> String {
    if micros != 0 && micros.is_multiple_of(1_000_000) {
        format!("{}s", micros / 1_000_000)
    } else {
        format!("{}ms", format_decimal(micros, 3))
    }
}

/// A latency as people read it: `80 ms`, `0.25 ms`, `2 s`. Read back exactly by [`parse_micros`].
pub fn format_micros(micros: u64) -> String {
    spaced(&encode_micros(micros))
}

/// Puts a thin space before each unit and a plain one after it, and writes minutes as `min`.
fn spaced(code: &str) -> String {
    let mut text = String::new();
    let mut rest = code;
    while !rest.is_empty() {
        let number = take_while(&mut rest, |c| c.is_ascii_digit() || c == '.');
        let unit = take_while(&mut rest, char::is_alphabetic);
        if !text.is_empty() {
            text.push(' ');
        }
        text += number;
        text.push(THIN);
        text += if unit == "m" { "min" } else { unit };
    }
    text
}
