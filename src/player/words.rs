//! What the player says: to the eye in digits of constant width, to the ear in words.

use super::track::{Mark, MarkKind};
use crate::format;
use coalmine_controller::{Millis, Outcome, Time, Verdict, Weight};

/// As in `12:30`, padded so that nothing moves while it runs: as wide as the end needs.
pub(super) fn clock_padded(at: Time, end: Time) -> String {
    let (text, widest) = (format::clock(at), format::clock(end).len());
    // A figure space is as wide as a digit.
    let pad = widest.saturating_sub(text.len());
    "\u{2007}".repeat(pad) + &text
}

/// What the slider says: `12 min 30 s, 25 % canary`.
pub(super) fn value_text(at: Time, weight: Weight) -> String {
    let time = format::duration(Millis(at.0 / 1_000 * 1_000));
    if weight == Weight::ZERO {
        format!("{time}, no canary traffic")
    } else {
        format!("{time}, {} canary", format::weight(weight))
    }
}

/// What a mark says: `8:10 gate passed`.
pub(super) fn mark_words(mark: Mark) -> String {
    format!("{} {}", format::clock(mark.at), kind_words(mark.kind))
}

/// What an outcome is called.
pub(super) const fn outcome_word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Succeeded => "succeeded",
        Outcome::Aborted => "aborted",
        Outcome::RolledBack => "rolled back",
        Outcome::Failed => "failed",
    }
}

const fn kind_words(kind: MarkKind) -> &'static str {
    match kind {
        MarkKind::Gate(Verdict::Pass) => "gate passed",
        MarkKind::Gate(Verdict::Fail) => "gate failed",
        MarkKind::Gate(Verdict::Inconclusive) => "not enough to decide",
        MarkKind::Jump => "taken off the drawn path",
        MarkKind::End(outcome) => outcome_word(outcome),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_slider_speaks_in_words() {
        let say = |at, percent: u16| {
            let weight = Weight::from_basis_points(percent * 100).unwrap();
            value_text(Time(at), weight).replace(format::THIN, " ")
        };
        assert_eq!(say(750_400, 25), "12 min 30 s, 25 % canary");
        assert_eq!(say(0, 0), "0 s, no canary traffic");
    }

    #[test]
    fn the_clock_keeps_its_width() {
        let width = |at| clock_padded(Time(at), Time(3_900_000)).chars().count();
        assert_eq!(width(0), width(3_600_000));
        assert_eq!(width(0), width(750_000));
    }
}
