//! Writes tests and budgets of the policy.

use super::{Lines, number};
use crate::{
    project::read::words::{self, SIDES, WORSE},
    quantity::{encode_duration, encode_percent},
    words::method_word,
};
use coalmine_controller::{Analysis, BurnRate, Healthy, Method};

/// The keys that stand for a test.
pub(super) fn write(lines: &mut Lines, analysis: Analysis, healthy: Healthy) {
    lines.text("analysis", method_word(analysis.method));
    lines.text("alpha", &encode_percent(analysis.alpha));
    match analysis.method {
        Method::TwoProportions
        | Method::Fisher
        | Method::MannWhitney
        | Method::Pocock
        | Method::ObrienFleming => {}
        Method::Sprt { good, bad, beta } => {
            lines.text("good", &encode_percent(good));
            lines.text("bad", &encode_percent(bad));
            lines.text("beta", &encode_percent(beta));
        }
        Method::AlwaysValid { effect } => lines.text("effect", &encode_percent(effect)),
        Method::Multinomial { concentration } => lines.count("concentration", concentration.into()),
    }
    lines.text("sides", words::of(&SIDES, analysis.sides));
    lines.text("worse", words::of(&WORSE, healthy));
}

/// A budget.
pub(super) fn burn_rate(lines: &mut Lines, rate: &BurnRate) {
    lines.header("[[policy.burn_rate]]");
    lines.text("objective", &encode_percent(rate.objective));
    lines.raw("factor", &number(rate.factor));
    lines.text("long", &encode_duration(rate.long));
    lines.text("short", &encode_duration(rate.short));
    lines.count("min_requests", rate.min_requests);
}
