//! Decimal numbers as scaled integers, so that `0.1` stays a tenth.

use super::QuantityError;

/// A decimal number such as `1.5` as an integer scaled by `10^places`: `1_500_000` for six places.
///
/// # Errors
/// If the text is not a plain decimal number (no exponent, no sign but `+`), has more than `places` digits that
/// matter, or does not fit.
pub fn parse_decimal(text: &str, places: u32) -> Result<u64, QuantityError> {
    let text = text.trim();
    let text = text.strip_prefix('+').unwrap_or(text);
    if let Some(rest) = text.strip_prefix(['-', '\u{2212}']) {
        return match parse_decimal(rest, places) {
            Ok(0) => Ok(0),
            Ok(_) => Err(QuantityError::Negative),
            Err(error) => Err(error),
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
    whole
        .checked_mul(10u64.pow(places))
        .and_then(|whole| {
            let fraction = digits(fraction).ok()?;
            whole.checked_add(fraction * 10u64.pow(missing))
        })
        .ok_or(TOO_LARGE)
}

const TOO_LARGE: QuantityError = QuantityError::TooLarge {
    most: "can be counted",
};

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn digits(text: &str) -> Result<u64, QuantityError> {
    if text.is_empty() {
        return Ok(0);
    }
    text.parse().map_err(|_| TOO_LARGE)
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
