//! The place of a number in the scenario, and what its unit is: how it reads, and how a text is put there.

use crate::inspector::typed::{
    decimal, duration, optional, percent, positive_duration, positive_micros, rate, share, whole,
    with_unit,
};
use coalmine_controller::{Limit, Millis, Pods, Time};
use coalmine_sim::Rate;
use coalmine_wire::quantity::{
    format_decimal, format_duration, format_micros, format_percent, format_rate, parse_duration,
    parse_micros,
};

/// A day in milliseconds.
pub const DAY: u64 = 24 * 60 * 60_000;

/// A place to write to.
pub enum Place<'a> {
    /// Requests a second.
    Rate(&'a mut Rate),
    /// Requests a second, in thousandths.
    MilliRate(&'a mut u64),
    /// A part of everything.
    Share(&'a mut Limit),
    /// A ratio that may be more than everything.
    More(&'a mut Limit),
    /// A plain number in millionths, at most so many, with one that would do.
    Number(&'a mut Limit, u64, &'static str),
    /// A length of time, nothing included.
    Length(&'a mut Millis),
    /// A length of time that is longer than nothing.
    Span(&'a mut Millis),
    /// The same, or none.
    SpanOr(&'a mut Option<Millis>),
    /// An instant of the run.
    Instant(&'a mut Time),
    /// A time of day on the day that stands there already.
    OfDay(&'a mut Millis),
    /// A latency.
    Micros(&'a mut u64),
    /// The same, or none.
    MicrosOr(&'a mut Option<u64>),
    /// A few.
    Few(&'a mut u8, u8),
    /// More of them, at least one.
    Many(&'a mut u16),
    /// Any number up to a million.
    Count(&'a mut u32),
    /// Pods.
    Pods(&'a mut Pods),
    /// A name.
    Name(&'a mut String),
    /// Rising latencies.
    Buckets(&'a mut Vec<u64>),
}

impl Place<'_> {
    /// As its field shows it.
    pub fn show(&self) -> String {
        match self {
            Self::Rate(rate) => format_rate(rate.0),
            Self::MilliRate(rate) => format_rate(**rate),
            Self::Share(ratio) | Self::More(ratio) => format_percent(**ratio),
            Self::Number(number, ..) => format_decimal(number.0.unsigned_abs(), 6),
            Self::Length(length) | Self::Span(length) => format_duration(**length),
            Self::SpanOr(length) => length.map_or_else(String::new, format_duration),
            Self::Instant(at) => format_duration(Millis(at.0)),
            Self::OfDay(since) => {
                let minutes = since.0 % DAY / 60_000;
                format!("{}:{:02}", minutes / 60, minutes % 60)
            }
            Self::Micros(micros) => format_micros(**micros),
            Self::MicrosOr(micros) => micros.map_or_else(String::new, format_micros),
            Self::Few(count, _) => count.to_string(),
            Self::Many(count) => count.to_string(),
            Self::Count(count) => count.to_string(),
            Self::Pods(pods) => pods.0.to_string(),
            Self::Name(name) => (*name).clone(),
            Self::Buckets(bounds) => {
                let bounds = bounds.iter().copied().map(format_micros);
                bounds.collect::<Vec<_>>().join(", ")
            }
        }
    }

    /// Puts there what a text means.
    ///
    /// # Errors
    /// In words, with a text that would do.
    pub fn put(self, text: &str) -> Result<(), String> {
        match self {
            Self::Rate(place) => place.0 = rate(text)?,
            Self::MilliRate(place) => *place = rate(text)?,
            Self::Share(place) => *place = share(text)?,
            Self::More(place) => *place = percent(text)?,
            Self::Number(place, most, example) => *place = decimal(text, example, most)?,
            Self::Length(place) => *place = with_unit(text, "s", "30 s", parse_duration)?,
            Self::Span(place) => *place = positive_duration(text)?,
            Self::SpanOr(place) => *place = optional(text, positive_duration)?,
            Self::Instant(place) => *place = Time(duration(text)?.0),
            Self::OfDay(place) => place.0 = place.0 / DAY * DAY + of_day(text)?,
            Self::Micros(place) => *place = positive_micros(text)?,
            Self::MicrosOr(place) => *place = optional(text, positive_micros)?,
            Self::Few(place, most) => *place = number(text, 0, most.into())?,
            Self::Many(place) => *place = number(text, 1, 10_000)?,
            Self::Count(place) => *place = number(text, 0, 1_000_000)?,
            Self::Pods(place) => place.0 = number(text, 1, 1_000)?,
            Self::Name(place) => *place = name(text)?,
            Self::Buckets(place) => *place = buckets(text)?,
        }
        Ok(())
    }
}

fn number<T: TryFrom<u64>>(text: &str, least: u64, most: u64) -> Result<T, String> {
    let number = whole(text, least, most)?;
    T::try_from(number).map_err(|_| format!("write a whole number from {least} to {most}"))
}

fn name(text: &str) -> Result<String, String> {
    let name = text.trim();
    if name.is_empty() || 40 < name.chars().count() || name.chars().any(char::is_control) {
        return Err("write a name of 1 to 40 letters".to_owned());
    }
    Ok(name.to_owned())
}

/// A time of day in milliseconds, as in `14:30` or `14`.
fn of_day(text: &str) -> Result<u64, String> {
    let (hours, minutes) = text.trim().split_once(':').unwrap_or((text.trim(), "0"));
    match (hours.parse::<u64>(), minutes.parse::<u64>()) {
        (Ok(hours), Ok(minutes)) if hours < 24 && minutes < 60 => {
            Ok((hours * 60 + minutes) * 60_000)
        }
        _ => Err("write a time of day, as in 14:30".to_owned()),
    }
}

/// Upper bounds of buckets, as in `10 ms, 50 ms, 1 s`.
fn buckets(text: &str) -> Result<Vec<u64>, String> {
    let example = "10 ms, 50 ms, 1 s";
    let mut bounds = Vec::new();
    for part in text.split([',', ';']) {
        let bound = with_unit(part, "ms", example, parse_micros)?;
        if bounds.last().is_some_and(|last| bound <= *last) {
            return Err(format!(
                "“{}” is not above the bound before it; write rising ones, as in {example}",
                part.trim()
            ));
        }
        bounds.push(bound);
    }
    Ok(bounds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets_rise_and_a_wrong_one_is_named() {
        assert_eq!(
            buckets("10 ms, 0.5 s,1s"),
            Ok(vec![10_000, 500_000, 1_000_000])
        );
        assert!(buckets("10 ms, 10 ms").unwrap_err().contains("10 ms"));
        assert!(buckets("10 ms, soon").is_err());
        assert!(buckets("").is_err());
    }

    #[test]
    fn a_time_of_day_keeps_its_day() {
        let mut since = Millis(2 * DAY + 5);
        Place::OfDay(&mut since).put("14:30").unwrap();
        assert_eq!(since, Millis(2 * DAY + 870 * 60_000));
        assert_eq!(Place::OfDay(&mut since).show(), "14:30");
        for wrong in ["24", "7:60", "noon", ""] {
            assert!(Place::OfDay(&mut since).put(wrong).is_err(), "{wrong}");
        }
    }
}
