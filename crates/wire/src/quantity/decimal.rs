//! Decimal numbers as scaled integers, so that `0.1` stays a tenth.

use super::QuantityError;

/// A decimal number such as `1.5` as an integer scaled by `10^places`: `1_500_000` for six places.
///
/// # Errors
/// If the text is not a plain decimal number (no exponent, no sign but `+`), has more than `places` digits that
/// matter, or does not fit.
pub fn parse_decimal(text: &str, places: u32) -> Result<u64, QuantityError> {
    u64::try_from(parse_wide(text, places)?).map_err(|_| TOO_LARGE)
}

/// As [`parse_decimal`], for numbers that a unit is still to be multiplied with.
pub(super) fn parse_wide(text: &str, places: u32) -> Result<u128, QuantityError> {
    let text = text.trim();
    let text = text.strip_prefix('+').unwrap_or(text);
    if let Some(rest) = text.strip_prefix(['-', '\u{2212}']) {
        return match parse_wide(rest, places)? {
            0 => Ok(0),
            _ => Err(QuantityError::Negative),
        };
    }
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    if !is_digits(whole) || !is_digits(fraction) {
        return Err(QuantityError::NotANumber);
    }
    let fraction = fraction.trim_end_matches('0');
    let missing = places
        .checked_sub(u32::try_from(fraction.len()).unwrap_or(u32::MAX))
        .ok_or(QuantityError::TooFine { step: step(places) })?;
    let whole = digits(whole)?;
    let fraction = digits(fraction)?;
    Ok(whole * 10u128.pow(places) + fraction * 10u128.pow(missing))
}

const TOO_LARGE: QuantityError = QuantityError::TooLarge {
    most: "can be counted",
};

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Digits, or none for a nothing.
fn digits(text: &str) -> Result<u128, QuantityError> {
    if text.is_empty() {
        return Ok(0);
    }
    match text.parse::<u64>() {
        Ok(number) => Ok(number.into()),
        Err(_) => Err(TOO_LARGE),
    }
}

const fn step(places: u32) -> &'static str {
    match places {
        0 => "1",
        1 => "0.1",
        2 => "0.01",
        3 => "0.001",
        4 => "0.0001",
        5 => "0.00001",
        _ => "0.000001",
    }
}

/// An integer scaled by `10^places` as a decimal number without trailing zeros: `1.5`.
pub fn format_decimal(scaled: u64, places: u32) -> String {
    let one = 10u64.pow(places);
    let (whole, fraction) = (scaled / one, scaled % one);
    if fraction == 0 {
        return whole.to_string();
    }
    let width = places as usize;
    let text = format!("{whole}.{fraction:0width$}");
    text.trim_end_matches('0').to_owned()
}
