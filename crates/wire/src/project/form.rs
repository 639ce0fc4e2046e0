//! The forms that values of a project file have: what each is called, an example of it, and how it is read.

use crate::quantity::{self, QuantityError};
use coalmine_controller::{Limit, Metric, Millis, Time};
use coalmine_sim::Onset;
use toml::de::{DeInteger, DeValue};

/// Why a value does not have its form.
#[derive(Clone, Debug)]
pub(super) enum Reason {
    /// A string where a number should be, and so on.
    WrongType,
    /// The right type, but not such a quantity.
    Quantity(QuantityError),
    /// A word that is not in the list.
    Word {
        /// As written.
        written: String,
        /// The words that are.
        words: Vec<String>,
    },
}

impl From<QuantityError> for Reason {
    fn from(error: QuantityError) -> Self {
        Self::Quantity(error)
    }
}

/// A form of values.
pub(super) struct Form<'f, T> {
    /// With its article, as in `a duration`.
    pub(super) what: &'static str,
    /// As it would stand behind the equals sign.
    pub(super) example: String,
    /// Reads it.
    pub(super) read: Reading<'f, T>,
}

type Reading<'f, T> = Box<dyn Fn(&DeValue<'_>) -> Result<T, Reason> + 'f>;

impl<'f, T: 'f> Form<'f, T> {
    /// The same form, read into something else.
    pub(super) fn map<U>(self, map: impl Fn(T) -> U + 'f) -> Form<'f, U> {
        let Self {
            what,
            example,
            read,
        } = self;
        Form {
            what,
            example,
            read: Box::new(move |value| read(value).map(&map)),
        }
    }
}

fn quoted<'f, T>(
    what: &'static str,
    example: &str,
    read: impl Fn(&str) -> Result<T, Reason> + 'f,
) -> Form<'f, T> {
    Form {
        what,
        example: format!("\"{example}\""),
        read: Box::new(move |value| match value {
            DeValue::String(text) => read(text),
            _ => Err(Reason::WrongType),
        }),
    }
}

/// A length of time.
pub(super) fn duration(example: &str) -> Form<'static, Millis> {
    quoted("a duration", example, |text| {
        Ok(quantity::parse_duration(text)?)
    })
}

/// An instant: a length of time since the run began.
pub(super) fn instant(example: &str) -> Form<'static, Time> {
    duration(example).map(|Millis(millis)| Time(millis))
}

/// A latency, in microseconds.
pub(super) fn micros(example: &str) -> Form<'static, u64> {
    quoted("a duration", example, |text| {
        Ok(quantity::parse_micros(text)?)
    })
}

/// A ratio.
pub(super) fn percent(example: &str) -> Form<'static, Limit> {
    quoted("a percentage", example, |text| {
        Ok(quantity::parse_percent(text)?)
    })
}

/// A ratio a minute.
pub(super) fn percent_a_minute(example: &str) -> Form<'static, Limit> {
    quoted("a percentage a minute", example, |text| {
        let ratio = text
            .trim()
            .strip_suffix("/min")
            .ok_or(QuantityError::NoUnit { units: "%/min" })?;
        Ok(quantity::parse_percent(ratio)?)
    })
}

/// A bound on a metric, in the metric's own unit.
pub(super) fn limit(metric: Metric) -> Form<'static, Limit> {
    let (what, example) = match metric {
        Metric::Latency(_) => ("a duration", "500ms"),
        Metric::ErrorRate => ("a percentage", "1%"),
        Metric::Cpu | Metric::Memory => ("a percentage", "80%"),
        Metric::Custom(_) => return own_limit(),
    };
    quoted(what, example, move |text| {
        Ok(quantity::parse_limit(metric, text)?)
    })
}

/// The team's own metrics have no unit that anyone here knows: a number, or a number in a string.
fn own_limit() -> Form<'static, Limit> {
    let Form {
        what,
        example,
        read,
    } = number("100");
    Form {
        what,
        example,
        read: Box::new(move |value| match value {
            DeValue::String(text) => {
                let millionths = quantity::parse_decimal(text, 6)?;
                i64::try_from(millionths)
                    .map(Limit)
                    .map_err(|_| too_large().into())
            }
            _ => read(value),
        }),
    }
}

/// When a fault begins: an instant, a share of traffic, a step, or an age of the release.
pub(super) fn onset() -> Form<'static, Onset> {
    quoted(
        "an instant or a share of traffic",
        "at 25%",
        |text| match text.trim().strip_prefix("at ").map(str::trim) {
            Some(moment) => {
                if let Some(step) = moment.strip_prefix("step ") {
                    let step = quantity::parse_decimal(step, 0)?;
                    let step = u8::try_from(step)
                        .map_err(|_| QuantityError::TooLarge { most: "255 steps" })?;
                    Ok(Onset::Step(step))
                } else if let Some(age) = moment.strip_prefix("age ") {
                    Ok(Onset::Age(quantity::parse_duration(age)?))
                } else {
                    Ok(Onset::Weight(quantity::parse_weight(moment)?))
                }
            }
            None => Ok(Onset::At(Time(quantity::parse_duration(text)?.0))),
        },
    )
}

/// A metric: one that there always is, or one of the team's own.
pub(super) fn metric(own: &[String]) -> Form<'_, Metric> {
    quoted("the word of a metric", "error-rate", |text| {
        if let Some(place) = own.iter().position(|name| name == text) {
            return Ok(Metric::Custom(u8::try_from(place).unwrap_or(u8::MAX)));
        }
        // A number is taken as well, also of one that no table describes: it never has data.
        quantity::parse_metric(text).ok_or_else(|| Reason::Word {
            written: text.to_owned(),
            words: ["error-rate", "latency-p99", "cpu", "memory"]
                .map(str::to_owned)
                .into_iter()
                .chain(own.iter().cloned())
                .collect(),
        })
    })
}

/// What a name is called that must be described elsewhere.
pub(super) const A_NAME: &str = "a name";

/// A name that is described elsewhere in the file, as its place there.
pub(super) fn named(names: &[String]) -> Form<'_, u8> {
    let example = names.first().map_or("checkout", String::as_str);
    quoted(A_NAME, example, |text| {
        names
            .iter()
            .position(|name| name == text)
            .and_then(|place| u8::try_from(place).ok())
            .ok_or_else(|| Reason::Word {
                written: text.to_owned(),
                words: names.to_vec(),
            })
    })
}

/// A list of pairs, as in `[["0s", "200/s"], ["5m", "400/s"]]`.
pub(super) fn pairs<A: 'static, B: 'static>(
    what: &'static str,
    first: Form<'static, A>,
    second: Form<'static, B>,
) -> Form<'static, Vec<(A, B)>> {
    Form {
        what,
        example: format!("[[{}, {}], …]", first.example, second.example),
        read: Box::new(move |value| {
            let DeValue::Array(items) = value else {
                return Err(Reason::WrongType);
            };
            items
                .iter()
                .map(|item| match item.get_ref() {
                    DeValue::Array(pair) if pair.len() == 2 => Ok((
                        (first.read)(pair[0].get_ref())?,
                        (second.read)(pair[1].get_ref())?,
                    )),
                    _ => Err(Reason::WrongType),
                })
                .collect()
        }),
    }
}

/// A list of latencies, in microseconds.
pub(super) fn buckets() -> Form<'static, Vec<u64>> {
    let bound = micros("5ms");
    Form {
        what: "a list of durations",
        example: "[\"5ms\", \"10ms\"]".to_owned(),
        read: Box::new(move |value| match value {
            DeValue::Array(items) => items.iter().map(|it| (bound.read)(it.get_ref())).collect(),
            _ => Err(Reason::WrongType),
        }),
    }
}

/// One of a few words.
pub(super) fn word<'f, T: Copy>(words: &'f [(&'f str, T)]) -> Form<'f, T> {
    let example = words.first().map_or("", |(word, _)| word);
    quoted("a word", example, move |text| {
        words
            .iter()
            .find(|(word, _)| *word == text)
            .map(|(_, meaning)| *meaning)
            .ok_or_else(|| Reason::Word {
                written: text.to_owned(),
                words: words.iter().map(|(word, _)| (*word).to_owned()).collect(),
            })
    })
}

/// Any text.
pub(super) fn text(example: &str) -> Form<'static, String> {
    quoted("a string", example, |text| Ok(text.to_owned()))
}

/// A whole number.
pub(super) fn whole(example: &str) -> Form<'static, u64> {
    Form {
        what: "a whole number",
        example: example.to_owned(),
        read: Box::new(|value| match value {
            DeValue::Integer(number) => Ok(integer(number)?),
            _ => Err(Reason::WrongType),
        }),
    }
}

/// A whole number that fits a smaller type.
pub(super) fn small<T: TryFrom<u64> + 'static>(
    example: &str,
    most: &'static str,
) -> Form<'static, T> {
    let whole = whole(example);
    Form {
        what: whole.what,
        example: whole.example,
        read: Box::new(move |value| {
            let number = (whole.read)(value)?;
            T::try_from(number).map_err(|_| QuantityError::TooLarge { most }.into())
        }),
    }
}

/// A seed: an integer, or beyond what the format promises for integers, its digits as a string.
pub(super) fn seed() -> Form<'static, u64> {
    Form {
        what: "a whole number",
        example: "7".to_owned(),
        read: Box::new(|value| match value {
            DeValue::Integer(number) => Ok(integer(number)?),
            DeValue::String(digits) => Ok(quantity::parse_decimal(digits, 0)?),
            _ => Err(Reason::WrongType),
        }),
    }
}

/// A plain number with at most six digits behind the point, in millionths.
pub(super) fn number(example: &str) -> Form<'static, Limit> {
    Form {
        what: "a number",
        example: example.to_owned(),
        read: Box::new(|value| {
            let millionths = plain(value, 6)?;
            i64::try_from(millionths)
                .map(Limit)
                .map_err(|_| too_large().into())
        }),
    }
}

/// A rate: a number of requests a second, or a string with its unit. In thousandths of a request a second.
pub(super) fn rate() -> Form<'static, u64> {
    Form {
        what: "a rate",
        example: "\"200/s\"".to_owned(),
        read: Box::new(|value| match value {
            DeValue::String(text) => Ok(quantity::parse_rate(text)?),
            _ => plain(value, 3),
        }),
    }
}

fn plain(value: &DeValue<'_>, places: u32) -> Result<u64, Reason> {
    match value {
        DeValue::Integer(number) => integer(number)?
            .checked_mul(10u64.pow(places))
            .ok_or_else(|| too_large().into()),
        DeValue::Float(number) => Ok(quantity::parse_decimal(number.as_str(), places)?),
        _ => Err(Reason::WrongType),
    }
}

fn integer(number: &DeInteger<'_>) -> Result<u64, QuantityError> {
    match i128::from_str_radix(number.as_str(), number.radix()) {
        Ok(number) if number < 0 => Err(QuantityError::Negative),
        Ok(number) => u64::try_from(number).map_err(|_| too_large()),
        Err(_) => Err(too_large()),
    }
}

fn too_large() -> QuantityError {
    QuantityError::TooLarge {
        most: "can be counted",
    }
}
