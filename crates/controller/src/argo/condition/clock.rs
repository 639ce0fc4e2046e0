//! Instants as texts, and lengths of time as Go writes them.

use alloc::{format, string::String};

const NANOS: i64 = 1_000_000_000;

/// A civil date and time of day, in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Civil {
    pub(super) year: i64,
    pub(super) month: i64,
    pub(super) day: i64,
    pub(super) hour: i64,
    pub(super) minute: i64,
    pub(super) second: i64,
    pub(super) nanos: i64,
}

impl Civil {
    /// Of an instant.
    pub(super) const fn of(instant: i64) -> Self {
        let (seconds, nanos) = (instant.div_euclid(NANOS), instant.rem_euclid(NANOS));
        let (days, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
        // Days since the first of March of the year 0, in eras of 400 years.
        let days = days + 719_468;
        let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let month = if month_from_march < 10 {
            month_from_march + 3
        } else {
            month_from_march - 9
        };
        let year = year_of_era + era * 400;
        Self {
            year: if month <= 2 { year + 1 } else { year },
            month,
            day: day_of_year - (153 * month_from_march + 2) / 5 + 1,
            hour: second / 3_600,
            minute: second / 60 % 60,
            second: second % 60,
            nanos,
        }
    }

    /// Days since 1970.
    pub(super) const fn days(self) -> i64 {
        let year = if self.month <= 2 {
            self.year - 1
        } else {
            self.year
        };
        let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
        let month = if 2 < self.month {
            self.month - 3
        } else {
            self.month + 9
        };
        let day_of_year = (153 * month + 2) / 5 + self.day - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        era * 146_097 + day_of_era - 719_468
    }

    /// The instant, unless it lies too far away or there is no such date.
    fn instant(self) -> Option<i64> {
        let months = 1..=12;
        let clock = (0..24).contains(&self.hour)
            && (0..60).contains(&self.minute)
            && (0..60).contains(&self.second);
        let exists = months.contains(&self.month) && 1 <= self.day && clock;
        let seconds = self.days() * 86_400 + self.hour * 3_600 + self.minute * 60 + self.second;
        let instant = seconds.checked_mul(NANOS)?.checked_add(self.nanos)?;
        let back = Self::of(instant);
        (exists && back.day == self.day && back.month == self.month).then_some(instant)
    }
}

/// As in `2023-08-13T23:00:00Z`.
pub(super) fn rfc3339(instant: i64) -> String {
    let Civil {
        year,
        month,
        day,
        hour,
        minute,
        second,
        nanos,
    } = Civil::of(instant);
    let fraction = if nanos == 0 {
        String::new()
    } else {
        let digits = format!(".{nanos:09}");
        String::from(digits.trim_end_matches('0'))
    };
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{fraction}Z")
}

/// The layouts that are tried where none is given.
const LAYOUTS: [&str; 6] = [
    "2006-01-02",
    "15:04:05",
    "2006-01-02 15:04:05",
    "2006-01-02T15:04:05Z07:00",
    "02 Jan 06 15:04 MST",
    "Mon, 02 Jan 2006 15:04:05 MST",
];

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// The instant of a text in one of the usual layouts, or in this one.
pub(super) fn instant(text: &str, layout: Option<&str>) -> Option<i64> {
    match layout {
        Some(layout) => in_layout(text, layout),
        None => LAYOUTS.iter().find_map(|layout| in_layout(text, layout)),
    }
}

fn in_layout(text: &str, layout: &str) -> Option<i64> {
    let mut civil = Civil {
        year: 0,
        month: 1,
        day: 1,
        hour: 0,
        minute: 0,
        second: 0,
        nanos: 0,
    };
    let mut offset = 0;
    let (mut text, mut layout) = (text, layout);
    while let Some(sign) = layout.chars().next() {
        let field = [
            "2006", "01", "02", "15", "04", "05", "06", "Jan", "Mon", "MST", "Z07:00", "-07:00",
            "-0700",
        ]
        .into_iter()
        .find(|field| layout.starts_with(field));
        let Some(field) = field else {
            text = text.strip_prefix(sign)?;
            layout = layout.strip_prefix(sign)?;
            continue;
        };
        layout = layout.strip_prefix(field)?;
        if let Some(number) = civil.field(field) {
            let (digits, rest) = text.split_at_checked(field.len())?;
            if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
                return None;
            }
            *number = digits.parse().ok()?;
            text = rest;
            if field == "06" {
                civil.year += if civil.year < 69 { 2_000 } else { 1_900 };
            }
            if field == "05" {
                text = civil.fraction(text)?;
            }
            continue;
        }
        match field {
            "Jan" => {
                let (name, rest) = text.split_at_checked(3)?;
                let month = (1..).zip(MONTHS).find(|(_, month)| *month == name)?;
                (civil.month, text) = (month.0, rest);
            }
            "Mon" => text = text.get(3..)?,
            "MST" => {
                text = text
                    .strip_prefix("UTC")
                    .or_else(|| text.strip_prefix("GMT"))?;
            }
            _ => (offset, text) = zone(text, field)?,
        }
    }
    let found = civil.instant()?;
    text.is_empty().then(|| found.checked_sub(offset * NANOS))?
}

impl Civil {
    /// What a field of a layout sets.
    fn field(&mut self, field: &str) -> Option<&mut i64> {
        Some(match field {
            "2006" | "06" => &mut self.year,
            "01" => &mut self.month,
            "02" => &mut self.day,
            "15" => &mut self.hour,
            "04" => &mut self.minute,
            "05" => &mut self.second,
            _ => return None,
        })
    }

    /// A fraction of a second may follow, whatever the layout says.
    fn fraction<'a>(&mut self, text: &'a str) -> Option<&'a str> {
        let Some(digits) = text.strip_prefix('.') else {
            return Some(text);
        };
        let end = digits
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(digits.len());
        let (digits, rest) = digits.split_at_checked(end)?;
        self.nanos = format!("{digits:0<9}").get(..9)?.parse().ok()?;
        Some(rest)
    }
}

/// How far a zone is east of UTC, in seconds.
fn zone<'a>(text: &'a str, field: &str) -> Option<(i64, &'a str)> {
    if let (true, Some(rest)) = (field.starts_with('Z'), text.strip_prefix('Z')) {
        return Some((0, rest));
    }
    let sign = match text.chars().next()? {
        '+' => 1,
        '-' => -1,
        _ => return None,
    };
    let hours: i64 = text.get(1..3)?.parse().ok()?;
    let after = text.get(3..)?;
    let after = if field.contains(':') {
        after.strip_prefix(':')?
    } else {
        after
    };
    let minutes: i64 = after.get(..2)?.parse().ok()?;
    Some((sign * (hours * 3_600 + minutes * 60), after.get(2..)?))
}
