//! Lengths of time as files write them.

use crate::units::Millis;

/// A length of time as Go reads it (`1h30m`, `.5h`, `-5s`), in nanoseconds; nothing where it is none.
///
/// Units from `ns` to `h`, decimals, sums, a sign. A bare number is none, but for a zero.
pub fn nanos(text: &str) -> Option<i64> {
    let (negative, mut rest) = match text.strip_prefix(['+', '-']) {
        Some(rest) => (text.starts_with('-'), rest),
        None => (false, text),
    };
    if rest == "0" {
        return Some(0);
    }
    if rest.is_empty() {
        return None;
    }
    let mut total = 0_i128;
    while !rest.is_empty() {
        let (amount, after) = term(rest)?;
        total = total.checked_add(amount)?;
        rest = after;
    }
    let signed = if negative { -total } else { total };
    i64::try_from(signed).ok()
}

/// One number with its unit.
fn term(text: &str) -> Option<(i128, &str)> {
    let end = |text: &str| {
        text.find(|c: char| !c.is_ascii_digit())
            .unwrap_or(text.len())
    };
    let (whole, rest) = text.split_at_checked(end(text))?;
    let (fraction, rest) = match rest.strip_prefix('.') {
        Some(rest) => rest.split_at_checked(end(rest))?,
        None => ("", rest),
    };
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let unit_end = rest.find(|c: char| c == '.' || c.is_ascii_digit());
    let (unit, rest) = rest.split_at_checked(unit_end.unwrap_or(rest.len()))?;
    let nanos: i128 = match unit {
        "ns" => 1,
        "us" | "\u{b5}s" | "\u{3bc}s" => 1_000,
        "ms" => 1_000_000,
        "s" => 1_000_000_000,
        "m" => 60_000_000_000,
        "h" => 3_600_000_000_000,
        _ => return None,
    };
    let number = |digits: &str| {
        if digits.is_empty() {
            Some(0)
        } else {
            digits.parse::<i128>().ok()
        }
    };
    // More digits than count are cut off.
    let fraction = fraction.get(..fraction.len().min(18))?;
    let scale = 10_i128.checked_pow(u32::try_from(fraction.len()).ok()?)?;
    let whole = number(whole)?.checked_mul(nanos)?;
    let part = number(fraction)?.checked_mul(nanos)? / scale;
    Some((whole.checked_add(part)?, rest))
}

/// The same in our unit, cut down to it; nothing where it is none or negative.
pub fn millis(text: &str) -> Option<Millis> {
    let nanos = u64::try_from(nanos(text)?).ok()?;
    Some(Millis(nanos / 1_000_000))
}

/// How long a pause is in whole seconds, as its file says: a number of seconds or a length of time, cut down; −1 where it
/// is neither. What is negative is no valid pause.
pub fn pause_seconds(text: &str) -> i64 {
    let seconds = match text.parse::<i64>() {
        Ok(seconds) => Some(seconds),
        Err(_) => nanos(text).map(|nanos| nanos / 1_000_000_000),
    };
    let fits = seconds.and_then(|seconds| i32::try_from(seconds).ok());
    fits.map_or(-1, i64::from)
}
