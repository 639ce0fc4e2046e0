//! The words, numbers and percentages of a label, with their places, so that the vocabulary matches whole words only.

use crate::units::{Millis, Weight};
use alloc::{string::String, vec::Vec};
use core::ops::Range;

/// A decimal number without a sign, exact: `digits / 10^scale`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Decimal {
    digits: u64,
    scale: u32,
}

/// What a label is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    /// Letters and digits beginning with a letter, in lower case.
    Word(String),
    /// A number; `None` where it is too long, negative, or part of a range.
    Number(Option<Decimal>),
    /// The sign `%`.
    Percent,
}

/// A token and its bytes in the label.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Placed {
    token: Token,
    bytes: Range<usize>,
}

/// A percentage of a label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Percentage {
    /// The share, or what is wrong with it.
    pub(crate) share: Result<Weight, ShareError>,
    /// The number's bytes in the label.
    pub(crate) bytes: Range<usize>,
}

/// Why a percentage is not a share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ShareError {
    /// It is negative, a range, or too long.
    Unreadable,
    /// It is more than everything.
    TooLarge,
    /// It is nothing.
    Zero,
    /// It has more than two decimals.
    TooFine,
}

/// The tokens of one label.
#[derive(Clone, Debug)]
pub(crate) struct Words(Vec<Placed>);

impl Words {
    /// Splits a label.
    pub(crate) fn of(label: &str) -> Self {
        let mut words = Vec::new();
        let mut rest = label;
        while let Some(first) = rest.chars().next() {
            let start = label.len() - rest.len();
            let length = match first {
                '0'..='9' => number_length(rest),
                '%' => 1,
                // A unit directly behind its number, as in "1h30m".
                letter if letter.is_alphabetic() && follows_digit(&label[..start]) => rest
                    .find(|c: char| !c.is_alphabetic())
                    .unwrap_or(rest.len()),
                letter if letter.is_alphanumeric() => word_length(rest),
                other => {
                    rest = &rest[other.len_utf8()..];
                    continue;
                }
            };
            let text = &rest[..length];
            let token = match first {
                '0'..='9' if follows_minus(&label[..start]) => Token::Number(None),
                '0'..='9' => Token::Number(decimal(text)),
                '%' => Token::Percent,
                _ => Token::Word(coalmine_flow::case::smalls(text)),
            };
            let bytes = start..start + length;
            words.push(Placed { token, bytes });
            rest = &rest[length..];
        }
        Self(words)
    }

    /// Whether one of these phrases occurs, whole words only. Words of a phrase are separated by single spaces.
    pub(crate) fn say(&self, phrases: &[&str]) -> bool {
        phrases.iter().any(|phrase| self.find(phrase).is_some())
    }

    /// Every quantile named, as in `p99` or `p99.9`, in basis points.
    pub(crate) fn quantiles(&self) -> impl Iterator<Item = u16> {
        self.0.iter().filter_map(|placed| match &placed.token {
            Token::Word(word) => quantile(word),
            Token::Number(_) | Token::Percent => None,
        })
    }

    /// Every percentage, in order.
    pub(crate) fn percentages(&self) -> impl Iterator<Item = Percentage> {
        self.0.windows(2).filter_map(|pair| {
            let Token::Number(number) = pair[0].token else {
                return None;
            };
            is_percent(&pair[1].token).then(|| Percentage {
                share: share(number),
                bytes: pair[0].bytes.clone(),
            })
        })
    }

    /// The percentage behind the word "to", as in "from 5% to 25%".
    pub(crate) fn percentage_after_to(&self) -> Option<Percentage> {
        let to = self.find("to")?;
        let behind = self.0.get(to + 1)?.bytes.start;
        self.percentages().find(|found| found.bytes.start == behind)
    }

    /// The length of time named, as in "10 min" or "1h 30m", or an error where one is named that is too long to hold.
    pub(crate) fn duration(&self) -> Option<Result<Millis, ShareError>> {
        let mut sum: Option<u64> = None;
        for pair in self.0.windows(2) {
            let (Token::Number(number), Token::Word(word)) = (&pair[0].token, &pair[1].token)
            else {
                continue;
            };
            let Some(unit) = unit_millis(word) else {
                continue;
            };
            let Some(millis) = number.and_then(|number| number.times(unit)) else {
                return Some(Err(ShareError::Unreadable));
            };
            sum = Some(sum.unwrap_or(0).saturating_add(millis));
        }
        sum.map(|millis| Ok(Millis(millis)))
    }

    fn find(&self, phrase: &str) -> Option<usize> {
        (0..self.0.len()).find(|&at| {
            let mut tokens = self.0[at..].iter().map(|placed| &placed.token);
            phrase
                .split(' ')
                .all(|wanted| matches!(tokens.next(), Some(Token::Word(word)) if word == wanted))
        })
    }
}

impl Decimal {
    /// This times `unit`, cut down to whole ones.
    fn times(self, unit: u64) -> Option<u64> {
        let divisor = 10_u64.checked_pow(self.scale)?;
        Some(self.digits.checked_mul(unit)? / divisor)
    }
}

fn share(number: Option<Decimal>) -> Result<Weight, ShareError> {
    let number = number.ok_or(ShareError::Unreadable)?;
    let divisor = 10_u64
        .checked_pow(number.scale)
        .ok_or(ShareError::TooFine)?;
    let scaled = number.digits.checked_mul(100).ok_or(ShareError::TooLarge)?;
    let points = scaled / divisor;
    let weight = u16::try_from(points)
        .ok()
        .and_then(Weight::from_basis_points);
    match weight {
        None => Err(ShareError::TooLarge),
        Some(Weight::FULL) if scaled % divisor != 0 => Err(ShareError::TooLarge),
        Some(_) if scaled % divisor != 0 => Err(ShareError::TooFine),
        Some(Weight::ZERO) => Err(ShareError::Zero),
        Some(share) => Ok(share),
    }
}

fn is_percent(token: &Token) -> bool {
    match token {
        Token::Percent => true,
        Token::Word(word) => matches!(word.as_str(), "percent" | "pct"),
        Token::Number(_) => false,
    }
}

fn unit_millis(word: &str) -> Option<u64> {
    match word {
        "s" | "sec" | "secs" | "second" | "seconds" => Some(1_000),
        "m" | "min" | "mins" | "minute" | "minutes" => Some(60_000),
        "h" | "hr" | "hrs" | "hour" | "hours" => Some(3_600_000),
        "d" | "day" | "days" => Some(86_400_000),
        _ => None,
    }
}

fn quantile(word: &str) -> Option<u16> {
    let number = decimal(word.strip_prefix('p')?)?;
    let points = share(Some(number)).ok()?.basis_points();
    (points < 10_000).then_some(points)
}

/// Digits, and a decimal part behind a point or a comma.
fn decimal(text: &str) -> Option<Decimal> {
    let (whole, fraction) = text.split_once(['.', ',']).unwrap_or((text, ""));
    let fraction = fraction.trim_end_matches('0');
    let mut digits: u64 = 0;
    for digit in whole.chars().chain(fraction.chars()) {
        let digit = u64::from(digit.to_digit(10)?);
        digits = digits.checked_mul(10)?.checked_add(digit)?;
    }
    let scale = u32::try_from(fraction.len()).ok()?;
    (!whole.is_empty()).then_some(Decimal { digits, scale })
}

fn number_length(text: &str) -> usize {
    let digits =
        |text: &str| text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let whole = digits(text);
    let behind = &text[whole..];
    match behind.strip_prefix(['.', ',']).map(digits) {
        None | Some(0) => whole,
        Some(fraction) => whole + 1 + fraction,
    }
}

/// A word's length; that of a quantile such as `p99.9` includes its decimals.
fn word_length(text: &str) -> usize {
    let length = text
        .find(|c: char| !c.is_alphanumeric())
        .unwrap_or(text.len());
    let digits = text[..length].strip_prefix(['p', 'P']);
    match digits {
        Some(digits) if digits.starts_with(|c: char| c.is_ascii_digit()) => {
            length.max(1 + number_length(&text[1..]))
        }
        Some(_) | None => length,
    }
}

/// Whether a digit stands directly before.
fn follows_digit(before: &str) -> bool {
    before.ends_with(|c: char| c.is_ascii_digit())
}

/// Whether a minus or a dash stands directly before, as in `-5%` and `5-10%`.
fn follows_minus(before: &str) -> bool {
    before.ends_with(['-', '\u{2212}', '\u{2013}'])
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn points(label: &str) -> Vec<Result<u16, ShareError>> {
        let words = Words::of(label);
        let shares = words.percentages().map(|found| found.share);
        shares
            .map(|share| share.map(Weight::basis_points))
            .collect()
    }

    #[test]
    fn percentages_are_read_to_the_basis_point_or_not_at_all() {
        for (label, expected) in [
            ("Deploy to 5% of pods", Ok(500)),
            ("Deploy 12.5 %", Ok(1_250)),
            ("Deploy 12,50 percent", Ok(1_250)),
            ("Deploy 0.01%", Ok(1)),
            ("Deploy 0.001%", Err(ShareError::TooFine)),
            ("Deploy 100.00%", Ok(10_000)),
            ("Deploy 100.01%", Err(ShareError::TooLarge)),
            ("Deploy 0%", Err(ShareError::Zero)),
            ("Deploy -5%", Err(ShareError::Unreadable)),
            ("Deploy 5-10%", Err(ShareError::Unreadable)),
            (
                "Deploy 99999999999999999999999%",
                Err(ShareError::Unreadable),
            ),
        ] {
            assert_eq!(points(label), [expected], "{label}");
        }
        assert_eq!(points("Deploy 5 pods"), []);
    }

    #[test]
    fn a_percentage_knows_the_bytes_of_its_number() {
        let label = "Größe: auf 12.5% erhöhen";
        let found = Words::of(label).percentages().next().unwrap();
        assert_eq!(&label[found.bytes], "12.5");
    }

    #[test]
    fn durations_add_up() {
        for (label, expected) in [
            ("Wait 10 min", Some(600_000)),
            ("Wait 1h30m", Some(5_400_000)),
            ("Bake 1.5 hours", Some(5_400_000)),
            ("Wait 90s", Some(90_000)),
            ("Wait for 3 pods", None),
            ("Wait", None),
        ] {
            let duration = Words::of(label)
                .duration()
                .map(|found| found.map(|millis| millis.0));
            assert_eq!(duration, expected.map(Ok), "{label}");
        }
        let too_long = Words::of("Wait 9999999999999999999 h").duration();
        assert_eq!(too_long, Some(Err(ShareError::Unreadable)));
    }

    #[test]
    fn phrases_are_whole_words_in_any_case() {
        assert!(Words::of("Roll-Back now").say(&["roll back"]));
        assert!(!Words::of("Rollbacks").say(&["rollback"]));
        assert!(!Words::of("roll it back").say(&["roll back"]));
        assert_eq!(
            Words::of("p99.9 and P50").quantiles().collect::<Vec<_>>(),
            [9_990, 5_000]
        );
    }
}
