//! Tests in words: what one asks and what it found.

use crate::quantity::{THIN, format_percent};
use coalmine_controller::{Analysis, Bound, Evidence, Look, Method, Sides};
use std::fmt::Write as _;

/// The name of a test as people use it.
const fn name(method: Method) -> &'static str {
    match method {
        Method::TwoProportions => "z test",
        Method::Fisher => "Fisher's exact test",
        Method::MannWhitney => "Mann-Whitney test",
        Method::Pocock => "Pocock's bounds",
        Method::ObrienFleming => "O'Brien and Fleming's bounds",
        Method::Sprt { .. } => "sequential probability ratio test",
        Method::AlwaysValid { .. } => "always-valid test",
        Method::Multinomial { .. } => "multinomial test",
    }
}

/// The word of a test, as files have it.
pub(crate) const fn method_word(method: Method) -> &'static str {
    match method {
        Method::TwoProportions => "z",
        Method::Fisher => "fisher",
        Method::MannWhitney => "mann-whitney",
        Method::Pocock => "pocock",
        Method::ObrienFleming => "obrien-fleming",
        Method::Sprt { .. } => "sprt",
        Method::AlwaysValid { .. } => "always-valid",
        Method::Multinomial { .. } => "multinomial",
    }
}

/// What a test asks, as in `z test against stable at 5 %`.
pub fn asked(analysis: Analysis) -> String {
    let alpha = format_percent(analysis.alpha);
    let sides = match analysis.sides {
        Sides::Worse => "",
        Sides::Both => ", both sides",
    };
    let name = name(analysis.method);
    match analysis.method {
        Method::Sprt { good, bad, beta } => format!(
            "{name} of {} against {} at {alpha} and {}",
            format_percent(good),
            format_percent(bad),
            format_percent(beta)
        ),
        Method::TwoProportions
        | Method::Fisher
        | Method::MannWhitney
        | Method::Pocock
        | Method::ObrienFleming
        | Method::AlwaysValid { .. }
        | Method::Multinomial { .. } => format!("{name} against stable at {alpha}{sides}"),
    }
}

/// What a test found, as in `, z 2.31 of 1.645, p 0.0104, look 3 of 10`.
pub(super) fn found(bound: Bound, evidence: &Evidence) -> String {
    let mut line = match bound.analysis().map(|analysis| analysis.method) {
        // Its statistic is the p-value.
        Some(Method::Fisher) | None => String::new(),
        Some(
            Method::TwoProportions | Method::MannWhitney | Method::Pocock | Method::ObrienFleming,
        ) => format!(", z {:.2} of {:.2}", evidence.statistic, evidence.bound),
        Some(Method::Sprt { .. } | Method::AlwaysValid { .. } | Method::Multinomial { .. }) => {
            format!(
                ", evidence {:.2} of {:.2}",
                evidence.statistic, evidence.bound
            )
        }
    };
    line += &p_value(evidence.p_value);
    if let Some((lower, upper)) = evidence.interval {
        let (lower, upper) = (lower * 100.0, upper * 100.0);
        write!(line, ", difference {lower:.2} to {upper:.2}{THIN}%")
            .expect("writing to a string does not fail");
    }
    let Look { number, of } = evidence.look;
    if (number, of) != (1, 1) {
        write!(line, ", look {number} of {of}").expect("writing to a string does not fail");
    }
    line
}

fn p_value(p_value: f64) -> String {
    if p_value < 1e-4 {
        ", p < 0.0001".to_owned()
    } else {
        format!(", p {p_value:.4}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use coalmine_controller::{Against, Healthy, Limit};
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn check(method: Method, sides: Sides, evidence: &Evidence, asks: &str, finds: &str) {
        let analysis = Analysis {
            method,
            alpha: Limit(50_000),
            sides,
        };
        let bound = Bound {
            healthy: Healthy::Below,
            against: Against::Analysis(analysis),
        };
        assert_eq!(asked(analysis).replace(THIN, " "), asks);
        assert_eq!(found(bound, evidence).replace(THIN, " "), finds);
    }

    #[test]
    fn a_test_says_what_it_asks_and_what_it_found() {
        let evidence = Evidence {
            statistic: 2.312,
            bound: 1.96,
            p_value: 0.010_39,
            interval: Some((-0.001_2, 0.02)),
            look: Look { number: 3, of: 10 },
        };
        check(
            Method::Pocock,
            Sides::Both,
            &evidence,
            "Pocock's bounds against stable at 5 %, both sides",
            ", z 2.31 of 1.96, p 0.0104, difference -0.12 to 2.00 %, look 3 of 10",
        );
        let evidence = Evidence {
            p_value: 1e-9,
            interval: None,
            look: Look { number: 1, of: 1 },
            ..evidence
        };
        check(
            Method::Fisher,
            Sides::Worse,
            &evidence,
            "Fisher's exact test against stable at 5 %",
            ", p < 0.0001",
        );
        let sprt = Method::Sprt {
            good: Limit(5_000),
            bad: Limit(10_000),
            beta: Limit(100_000),
        };
        check(
            sprt,
            Sides::Worse,
            &evidence,
            "sequential probability ratio test of 0.5 % against 1 % at 5 % and 10 %",
            ", evidence 2.31 of 1.96, p < 0.0001",
        );
    }
}
