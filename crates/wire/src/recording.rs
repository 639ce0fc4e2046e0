//! A recorded rate: lines of a time and a rate, as spreadsheets and queries export them.

use crate::quantity::{
    QuantityError, encode_duration, format_rate, parse_decimal, parse_duration, parse_rate,
};
use coalmine_controller::{Millis, Time};
use coalmine_flow::{Diagnostic, Severity, TextSpan};
use coalmine_sim::Rate;

/// Points of one recording, at most: a year in steps of five minutes, and some.
pub(crate) const MOST_POINTS: usize = 120_000;
/// The last instant that a run can have: 366 days.
const LAST: u64 = 366 * 24 * 60 * 60 * 1_000;
/// The highest rate, in thousandths of a request a second.
const HIGHEST: u64 = 1_000_000_000;
/// More wrong lines than this are not told one by one.
const TOLD: usize = 20;

/// Reads a recording: `time,rate` on each line, the time a duration or a number of seconds since the run began, the
/// rate one of requests a second. The first line may name the columns instead.
///
/// # Errors
/// Every line that is wrong, with its place in the text; of many, the first ones.
pub fn parse_recording(text: &str) -> Result<Vec<(Time, Rate)>, Vec<Diagnostic>> {
    let body = text.trim_start_matches('\u{feff}').trim_end();
    let begin = text.len() - text.trim_start_matches('\u{feff}').len();
    let mut points: Vec<(Time, Rate)> = Vec::new();
    let mut wrong = Vec::new();
    let mut at = begin;
    // Nothing at all is no gap.
    let lines = body.split('\n').skip(usize::from(body.is_empty()));
    for (index, whole) in lines.enumerate() {
        let line = whole.trim();
        let place = span(at, whole.trim_end().len());
        at += whole.len() + 1;
        if (index == 0 && is_header(line)) || TOLD <= wrong.len() {
            continue;
        }
        match point(line, points.last().copied()) {
            Ok(point) => points.push(point),
            Err(why) => wrong.push(told(place, why)),
        }
    }
    if wrong.is_empty() && points.is_empty() {
        let why = "there is no line with a time and a rate".to_owned();
        wrong.push(told(TextSpan::default(), why));
    }
    if MOST_POINTS < points.len() {
        let why = format!("there are {} points, more than {MOST_POINTS}", points.len());
        wrong.push(told(span(begin, body.len()), why));
    }
    if wrong.is_empty() {
        Ok(points)
    } else {
        Err(wrong)
    }
}

/// The text of a recording, read back exactly by [`parse_recording`].
pub fn encode_recording(points: &[(Time, Rate)]) -> String {
    let mut text = String::from("time,rate\n");
    for (at, rate) in points {
        text += &encode_duration(at.since(Time(0)));
        text.push(',');
        text += &format_rate(rate.0);
        text.push('\n');
    }
    text
}

/// Names of columns have no digits.
fn is_header(line: &str) -> bool {
    line.contains(',') && line.starts_with(char::is_alphabetic) && !line.contains(char::is_numeric)
}

fn point(line: &str, before: Option<(Time, Rate)>) -> Result<(Time, Rate), String> {
    if line.is_empty() {
        return Err("there is a gap: nothing stands on this line".to_owned());
    }
    let Some((time, rate)) = line.split_once(',') else {
        return Err("there is no comma between a time and a rate".to_owned());
    };
    if rate.contains(',') {
        return Err("there are more than two cells, a time and a rate".to_owned());
    }
    let time = cell("time", time, seconds_or_duration)?;
    let rate = cell("rate", rate, parse_rate)?;
    if LAST < time {
        return Err("the time is more than 366d after the run began".to_owned());
    }
    if HIGHEST < rate {
        return Err(format!(
            "the rate is {}, and cannot be more than {}",
            format_rate(rate),
            format_rate(HIGHEST)
        ));
    }
    if let Some((last, _)) = before
        && time <= last.0
    {
        let (time, last) = (
            encode_duration(Millis(time)),
            encode_duration(Millis(last.0)),
        );
        return Err(format!(
            "the time {time} is not after {last}, the one before"
        ));
    }
    Ok((Time(time), Rate(rate)))
}

fn cell(
    what: &str,
    text: &str,
    read: impl Fn(&str) -> Result<u64, QuantityError>,
) -> Result<u64, String> {
    let text = text.trim();
    if text.is_empty() {
        return Err(format!("there is a gap: the {what} is missing"));
    }
    read(text).map_err(|error| format!("the {what} `{text}`: {error}"))
}

/// In milliseconds.
fn seconds_or_duration(text: &str) -> Result<u64, QuantityError> {
    if text.ends_with(|c: char| c.is_ascii_digit()) {
        parse_decimal(text, 3)
    } else {
        parse_duration(text).map(|length| length.0)
    }
}

fn told(place: TextSpan, message: String) -> Diagnostic {
    Diagnostic {
        severity: Severity::Error,
        code: "wrong-recording".to_owned(),
        span: place,
        message,
        suggestion: Some("write lines such as `5m,200/s`, in the order of time".to_owned()),
        fix: None,
    }
}

fn span(start: usize, length: usize) -> TextSpan {
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    TextSpan {
        start: offset(start),
        end: offset(start + length),
    }
}

#[cfg(test)]
mod tests;
