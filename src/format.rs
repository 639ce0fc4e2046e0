//! Numbers as people read them: one way to write each quantity, so that charts, panels, log and verdict agree.
//!
//! A unit follows its number after a thin space that does not break, so that a value never ends up on two lines.

use coalmine_controller::{Against, Bound, Healthy, Limit, Metric, Millis, Quantile, Time, Weight};
use coalmine_flow::case;
use coalmine_wire::analysis_asked;

/// Between a number and its unit.
pub const THIN: char = '\u{202f}';

/// As in `25 %` or `0.5 %`.
pub fn weight(weight: Weight) -> String {
    trimmed(f64::from(weight.basis_points()) / 100.0, 2) + &unit("%")
}

/// A ratio in per cent with about two digits that matter: `0.21 %`, `2.1 %`, `52 %`.
pub fn percent(ratio: f64) -> String {
    fixed(ratio * 100.0, percent_digits(ratio * 100.0)) + &unit("%")
}

/// Seconds as a latency: `4.2 ms`, `180 ms`, `12.3 s`.
pub fn latency(secs: f64) -> String {
    let millis = secs * 1_000.0;
    if millis < 9.95 {
        fixed(millis, 1) + &unit("ms")
    } else if millis < 9_999.5 {
        count_f64(millis) + &unit("ms")
    } else {
        fixed(secs, 1) + &unit("s")
    }
}

/// A whole number in groups of three: `12,431`.
pub fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if 0 < index && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `request` or `requests`, with its number.
pub fn counted(number: u64, one: &str, many: &str) -> String {
    format!("{} {}", count(number), if number == 1 { one } else { many })
}

/// An instant as a clock shows it: `12:30`, `1:02:30`.
pub fn clock(at: Time) -> String {
    let secs = at.0 / 1_000;
    let (hours, minutes, secs) = (secs / 3_600, secs / 60 % 60, secs % 60);
    if hours == 0 {
        format!("{minutes}:{secs:02}")
    } else {
        format!("{hours}:{minutes:02}:{secs:02}")
    }
}

/// What is left, as a clock that runs down, rounded up to the second so that it says `0:00` only when it is over.
pub fn countdown(left: Millis) -> String {
    clock(Time(left.0.div_ceil(1_000) * 1_000))
}

/// A length of time in words: `3 min 40 s`, `45 s`, `0.5 s`, `1 h 5 min`.
pub fn duration(length: Millis) -> String {
    if length.0 < 1_000 && length.0 != 0 {
        return trimmed(length.0 as f64 / 1_000.0, 3) + &unit("s");
    }
    let secs = (length.0 + 500) / 1_000;
    let (hours, minutes, secs) = (secs / 3_600, secs / 60 % 60, secs % 60);
    let parts = [
        (hours, "h", 0 < hours),
        (minutes, "min", 0 < minutes),
        // An hour is not told to the second.
        (secs, "s", hours == 0 && (0 < secs || minutes == 0)),
    ];
    parts
        .into_iter()
        .filter(|&(_, _, shown)| shown)
        .map(|(number, name, _)| format!("{number}{}", unit(name)))
        .collect::<Vec<_>>()
        .join(" ")
}

/// A value of a metric, in the unit that people use for it.
pub fn value(metric: Metric, value: f64) -> String {
    match metric {
        Metric::ErrorRate | Metric::Cpu | Metric::Memory => percent(value),
        Metric::Custom(_) => trimmed(value, 3),
        Metric::Latency(_) => latency(value),
    }
}

/// A bound's number, exact: `1 %`, `500 ms`, `1.5 s`.
pub fn limit(metric: Metric, limit: Limit) -> String {
    let base = limit.0 as f64 / 1e6;
    match metric {
        Metric::ErrorRate | Metric::Cpu | Metric::Memory => trimmed(base * 100.0, 4) + &unit("%"),
        Metric::Custom(_) => trimmed(base, 6),
        Metric::Latency(_) if limit.0 < 10_000_000 => trimmed(base * 1_000.0, 3) + &unit("ms"),
        Metric::Latency(_) => trimmed(base, 3) + &unit("s"),
    }
}

/// A bound with its sign: `< 1 %`, `< stable + 0.5 %`, `< 2 × stable`.
pub fn bound(metric: Metric, bound: Bound) -> String {
    match bound.against {
        Against::Fixed(_) | Against::StablePlus(_) | Against::StableTimes(_) => {
            format!("{} {}", sign(bound.healthy), against(metric, bound.against))
        }
        Against::Analysis(_) => against(metric, bound.against),
    }
}

/// What a value is compared with: `1 %`, `stable + 0.5 %`, `2 × stable`.
pub fn against(metric: Metric, against: Against) -> String {
    match against {
        Against::Fixed(number) => limit(metric, number),
        Against::StablePlus(number) => format!("stable + {}", limit(metric, number)),
        Against::StableTimes(number) => {
            format!("{} × stable", trimmed(number.0 as f64 / 1e6, 3))
        }
        Against::Analysis(analysis) => analysis_asked(analysis),
    }
}

/// What a bound comes to in the metric's base unit; nothing where it needs a value of stable that is missing.
pub fn bound_value(against: Against, stable: Option<f64>) -> Option<f64> {
    match against {
        Against::Fixed(limit) => Some(limit.0 as f64 / 1e6),
        Against::StablePlus(limit) => stable.map(|value| value + limit.0 as f64 / 1e6),
        Against::StableTimes(limit) => stable.map(|value| value * limit.0 as f64 / 1e6),
        // A test has no bound in the metric's unit.
        Against::Analysis(_) => None,
    }
}

/// A value beside the bound it is compared with: with so many digits that the two look different where they are.
pub fn value_beside(metric: Metric, number: f64, bound: f64) -> String {
    let short = value(metric, number);
    let scale = match metric {
        Metric::ErrorRate | Metric::Cpu | Metric::Memory => 100.0,
        Metric::Custom(_) => 1.0,
        Metric::Latency(_) => 1_000.0,
    };
    let looks_equal = trimmed(leading_number(&short), 6) == trimmed(bound * scale, 6);
    if !looks_equal || (number - bound).abs() < f64::EPSILON {
        return short;
    }
    let name = match metric {
        Metric::ErrorRate | Metric::Cpu | Metric::Memory => "%",
        Metric::Custom(_) => "",
        Metric::Latency(_) => "ms",
    };
    (1..=6)
        .map(|digits| fixed(number * scale, digits))
        .find(|text| {
            let shown = decimal(text.chars());
            f64::EPSILON < (shown - bound * scale).abs()
        })
        .map_or(short, |text| text + &unit(name))
}

/// What a metric is called: `error rate`, `p99 latency`, `CPU`, `memory`.
pub fn metric(metric: Metric) -> String {
    match metric {
        Metric::ErrorRate => "error rate".to_owned(),
        Metric::Latency(quantile) => format!("{} latency", self::quantile(quantile)),
        Metric::Cpu => "CPU".to_owned(),
        Metric::Memory => "memory".to_owned(),
        Metric::Custom(_) => metric.to_string(),
    }
}

/// The sign of a bound's healthy side, read from the value to the bound.
pub const fn sign(healthy: Healthy) -> &'static str {
    match healthy {
        Healthy::Below => "<",
        Healthy::Above => ">",
    }
}

/// A large whole number without its precision: `843`, `12.4k`, `1.2M`. For places that have little room.
pub fn short_count(number: f64) -> String {
    if number < 9_999.5 {
        count_f64(number)
    } else if number < 999_950.0 {
        trimmed(number / 1e3, 1) + "k"
    } else {
        trimmed(number / 1e6, 1) + "M"
    }
}

/// The first letter made large, as a sentence begins; what is a name rather than a word (`n8`, `p99`) stays.
pub fn sentence_case(words: &str) -> String {
    let first = words.split(' ').next().unwrap_or_default();
    if first.contains(|c: char| c.is_ascii_digit()) {
        return words.to_owned();
    }
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| {
        core::iter::once(case::capital(first))
            .chain(chars)
            .collect()
    })
}

/// With at most so many digits behind the point, and no zeros at the end.
pub fn trimmed(number: f64, digits: usize) -> String {
    let text = fixed(number, digits);
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}

fn quantile(quantile: Quantile) -> String {
    format!("p{}", trimmed(f64::from(quantile.0) / 100.0, 2))
}

fn unit(name: &str) -> String {
    format!("{THIN}{name}")
}

fn percent_digits(percent: f64) -> usize {
    if percent < 0.995 {
        2
    } else {
        usize::from(percent < 9.95)
    }
}

fn leading_number(text: &str) -> f64 {
    decimal(text.chars().take_while(|&c| c != THIN))
}

/// A number as this module writes it. The standard library's reader takes any, with tables of ten kilobytes.
fn decimal(text: impl Iterator<Item = char>) -> f64 {
    let (mut digits, mut scale, mut sign) = (0.0, None, 1.0);
    for letter in text {
        match (letter, letter.to_digit(10)) {
            (_, Some(digit)) => {
                digits = digits * 10.0 + f64::from(digit);
                scale = scale.map(|scale: f64| scale * 10.0);
            }
            ('.', _) => scale = Some(1.0),
            ('-', _) => sign = -1.0,
            (',', _) => {}
            _ => return f64::NAN,
        }
    }
    // Both are exact, so that the quotient is the number that is nearest to the text.
    sign * digits / scale.unwrap_or(1.0)
}

/// Never `-0`.
fn fixed(number: f64, digits: usize) -> String {
    let text = format!("{number:.digits$}");
    match text.strip_prefix('-') {
        Some(rest) if rest.chars().all(|c| c == '0' || c == '.') => rest.to_owned(),
        Some(_) | None => text,
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "counts and latencies are not negative; the cast saturates"
)]
fn count_f64(number: f64) -> String {
    count(number.round() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Thin spaces as `_`, so that a test shows them.
    fn shown(text: &str) -> String {
        text.replace(THIN, "_")
    }

    const P99: Metric = Metric::Latency(Quantile(9_900));

    #[test]
    fn ratios_show_about_two_digits_that_matter() {
        let cases = [
            (0.0, "0.00_%"),
            (0.002_1, "0.21_%"),
            (0.009_96, "1.0_%"),
            (0.021, "2.1_%"),
            (0.099_6, "10_%"),
            (0.523, "52_%"),
            (1.0, "100_%"),
        ];
        for (ratio, text) in cases {
            assert_eq!(shown(&percent(ratio)), text, "{ratio}");
        }
    }

    #[test]
    fn weights_and_limits_are_exact() {
        let half = Weight::from_basis_points(50).unwrap();
        assert_eq!(shown(&weight(half)), "0.5_%");
        assert_eq!(shown(&weight(Weight::FULL)), "100_%");
        assert_eq!(shown(&limit(Metric::ErrorRate, Limit(10_000))), "1_%");
        assert_eq!(shown(&limit(Metric::ErrorRate, Limit(500))), "0.05_%");
        assert_eq!(shown(&limit(P99, Limit(500_000))), "500_ms");
        assert_eq!(shown(&limit(P99, Limit(12_500_000))), "12.5_s");
    }

    #[test]
    fn latencies_are_told_in_milliseconds_until_they_are_long() {
        let cases = [
            (0.004_2, "4.2_ms"),
            (0.18, "180_ms"),
            (2.5, "2,500_ms"),
            (12.34, "12.3_s"),
        ];
        for (secs, text) in cases {
            assert_eq!(shown(&latency(secs)), text, "{secs}");
        }
    }

    #[test]
    fn times_read_as_a_clock_and_lengths_as_words() {
        assert_eq!(clock(Time(750_000)), "12:30");
        assert_eq!(clock(Time(3_750_999)), "1:02:30");
        assert_eq!(countdown(Millis(199_001)), "3:20");
        assert_eq!(countdown(Millis(0)), "0:00");
        let cases = [
            (0, "0_s"),
            (500, "0.5_s"),
            (45_000, "45_s"),
            (220_000, "3_min 40_s"),
            (300_000, "5_min"),
            (3_900_000, "1_h 5_min"),
            (3_600_000, "1_h"),
        ];
        for (millis, text) in cases {
            assert_eq!(shown(&duration(Millis(millis))), text, "{millis}");
        }
    }

    #[test]
    fn a_value_never_looks_equal_to_a_bound_it_differs_from() {
        let beside = |value, bound| shown(&value_beside(Metric::ErrorRate, value, bound));
        assert_eq!(beside(0.009_96, 0.01), "0.996_%");
        assert_eq!(beside(0.01, 0.01), "1.0_%");
        assert_eq!(beside(0.021, 0.01), "2.1_%");
        assert_eq!(beside(0.800_04, 0.8), "80.004_%");
        assert_eq!(shown(&value_beside(P99, 0.500_2, 0.5)), "500.2_ms");
    }

    #[test]
    fn bounds_say_what_they_compare_with() {
        let below = |against| Bound {
            healthy: Healthy::Below,
            against,
        };
        let error = |against| shown(&bound(Metric::ErrorRate, below(against)));
        assert_eq!(error(Against::Fixed(Limit(10_000))), "< 1_%");
        assert_eq!(error(Against::StablePlus(Limit(5_000))), "< stable + 0.5_%");
        assert_eq!(
            error(Against::StableTimes(Limit(2_000_000))),
            "< 2 × stable"
        );
        assert_eq!(
            bound_value(Against::StableTimes(Limit(2_000_000)), None),
            None
        );
    }

    #[test]
    fn counts_are_grouped() {
        assert_eq!(count(7), "7");
        assert_eq!(count(12_431), "12,431");
        assert_eq!(count(1_234_567), "1,234,567");
        assert_eq!(short_count(843.2), "843");
        assert_eq!(short_count(12_431.0), "12.4k");
        assert_eq!(counted(1, "request", "requests"), "1 request");
    }
}
