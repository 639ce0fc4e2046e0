//! What two policies differ in, run by run, in words.

use super::{replay::Which, words};
use crate::format;
use coalmine_lab::{CONFIDENCE, Difference, Ledger, Measure, Pair, Quality};

/// One line of the table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// What is compared.
    pub title: String,
    /// Under the policy as it stands.
    pub now: String,
    /// Under the other one.
    pub other: String,
    /// The difference.
    pub difference: String,
    /// Its interval, and how much the common seeds gain.
    pub note: String,
    /// Whether the interval leaves zero out, and for the better or for the worse.
    pub verdict: Option<bool>,
}

/// Measures worth to be compared; less is better in all of them.
const MEASURES: [Measure; 3] = [
    Measure::UsersHurt,
    Measure::TimeToDetect,
    Measure::TimeToPromote,
];

/// The differences over all releases of a kind.
pub fn pooled(ledger: &Ledger, of: Option<Quality>) -> Pair {
    let mut sum = Pair::default();
    let releases = ledger.study().releases().iter();
    for (release, pair) in releases.zip(ledger.pairs().first().into_iter().flatten()) {
        if of.is_none_or(|of| of == release.quality) {
            sum.merge(pair);
        }
    }
    sum
}

/// Nothing where chance explains the difference.
fn verdict(difference: &Difference) -> Option<bool> {
    if difference.interval.upper < 0.0 {
        Some(true)
    } else if 0.0 < difference.interval.lower {
        Some(false)
    } else {
        None
    }
}

fn points(share: f64) -> String {
    let sign = match share {
        share if 0.0 < share => "+",
        share if share < 0.0 => "\u{2212}",
        _ => "",
    };
    format!(
        "{sign}{}{}points",
        format::trimmed(share.abs() * 100.0, 2),
        format::THIN
    )
}

fn wrong_line(ledger: &Ledger, quality: Quality, title: &str) -> Option<Line> {
    let difference = pooled(ledger, Some(quality)).wrong(CONFIDENCE)?;
    let told = |plan| {
        let share = ledger.report(plan).and_then(|report| report.wrong(quality));
        share.map_or_else(String::new, |share| {
            format!("{} ({})", words::share(share.share), words::counted(&share))
        })
    };
    Some(Line {
        title: title.to_owned(),
        now: told(0),
        other: told(1),
        difference: points(difference.mean),
        note: format!(
            "{} to {}",
            points(difference.interval.lower),
            points(difference.interval.upper)
        ),
        verdict: verdict(&difference),
    })
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "sizes of differences of whole numbers"
)]
fn signed(measure: Measure, value: f64) -> String {
    let size = words::value(measure, value.abs() as u64);
    match value {
        value if 1.0 <= value => format!("+{size}"),
        value if value <= -1.0 => format!("\u{2212}{size}"),
        _ => size,
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "means of whole numbers"
)]
fn mean(ledger: &Ledger, plan: usize, measure: Measure) -> String {
    let sums = ledger.sums().get(plan).into_iter().flatten();
    let sketches = sums.map(|tally| tally.sketch(measure));
    let (sum, count) = sketches.fold((0.0, 0), |(sum, count), sketch| {
        let own = sketch.mean().unwrap_or(0.0) * sketch.count() as f64;
        (sum + own, count + sketch.count())
    });
    if count == 0 {
        return "–".to_owned();
    }
    words::value(measure, (sum / count as f64) as u64)
}

fn measure_line(ledger: &Ledger, measure: Measure) -> Option<Line> {
    let difference = pooled(ledger, None).difference(measure, CONFIDENCE)?;
    let gain = difference.gain.filter(|gain| 1.05 < *gain).map(|gain| {
        format!(
            "; common seeds are worth {} times the rollouts",
            format::trimmed(gain, 1)
        )
    });
    Some(Line {
        title: words::measure(measure).to_owned() + ", mean",
        now: mean(ledger, 0, measure),
        other: mean(ledger, 1, measure),
        difference: signed(measure, difference.mean),
        note: format!(
            "{} to {}{}",
            signed(measure, difference.interval.lower),
            signed(measure, difference.interval.upper),
            gain.unwrap_or_default()
        ),
        verdict: verdict(&difference),
    })
}

/// All lines.
pub fn lines(ledger: &Ledger) -> Vec<Line> {
    let wrong = [
        wrong_line(ledger, Quality::Bad, "Misses"),
        wrong_line(ledger, Quality::Good, "False alarms"),
    ];
    let measures = MEASURES.map(|measure| measure_line(ledger, measure));
    wrong.into_iter().chain(measures).flatten().collect()
}

/// A run in which the policies did not do the same.
pub fn example(ledger: &Ledger) -> Option<Which> {
    let mut pairs = (0..).zip(ledger.pairs().first()?);
    pairs.find_map(|(release, pair)| {
        Some(Which {
            release,
            run: pair.example?,
        })
    })
}
