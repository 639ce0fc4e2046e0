//! Tests of counts in the trace: what they ask, and what they found.

use crate::{Json, words::method_word};
use coalmine_controller::{Analysis, Evidence, Method, Sides};

pub(super) fn analysis(line: Json, analysis: Analysis) -> Json {
    let line = line
        .text("analysis", method_word(analysis.method))
        .float("alpha", analysis.alpha.0 as f64 / 1e6)
        .text("sides", side_word(analysis.sides));
    match analysis.method {
        Method::TwoProportions
        | Method::Fisher
        | Method::MannWhitney
        | Method::Pocock
        | Method::ObrienFleming => line,
        Method::Sprt { good, bad, beta } => line
            .float("good", good.0 as f64 / 1e6)
            .float("bad", bad.0 as f64 / 1e6)
            .float("beta", beta.0 as f64 / 1e6),
        Method::AlwaysValid { effect } => line.float("effect", effect.0 as f64 / 1e6),
        Method::Multinomial { concentration } => line.number("concentration", concentration),
    }
}

const fn side_word(sides: Sides) -> &'static str {
    match sides {
        Sides::Worse => "worse",
        Sides::Both => "both",
    }
}

/// What a test found. What is not finite is null.
pub(super) fn found(line: Json, evidence: &Evidence) -> Json {
    let line = line
        .float("statistic", evidence.statistic)
        .float("critical", evidence.bound)
        .float("p_value", evidence.p_value);
    let line = match evidence.interval {
        Some((lower, upper)) => line
            .float("difference_lower", lower)
            .float("difference_upper", upper),
        None => line,
    };
    line.number("look", evidence.look.number)
        .number("looks", evidence.look.of)
}
