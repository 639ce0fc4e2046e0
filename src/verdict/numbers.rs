//! The numbers of a verdict, each with what it means.

use crate::format;
use coalmine_controller::{Millis, Time};
use coalmine_sim::Summary;

/// One number.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Number {
    /// What it is.
    pub name: &'static str,
    /// How much.
    pub value: String,
    /// What it means, for those who ask.
    pub meaning: &'static str,
}

/// The numbers of a run that has ended.
pub fn numbers(summary: &Summary) -> Vec<Number> {
    let share = |part: u64, of: u64| {
        if of == 0 {
            String::new()
        } else {
            format!(" ({})", format::percent(part as f64 / of as f64))
        }
    };
    let detection = match (summary.onset, summary.detected) {
        (Some(onset), Some(detected)) if onset <= detected => {
            format::duration(detected.since(onset))
        }
        (Some(_), None) => "not detected".to_owned(),
        (Some(_), Some(_)) => "before any fault mattered".to_owned(),
        (None, _) => "nothing was broken".to_owned(),
    };
    vec![
        Number {
            name: "Time to detect",
            value: detection,
            meaning: "from the moment the fault reached users to the decision to roll back",
        },
        Number {
            name: "Share at detection",
            value: summary
                .weight_at_detection
                .map_or_else(|| "–".to_owned(), format::weight),
            meaning: "the canary’s share of traffic when the decision fell",
        },
        Number {
            name: "Canary requests",
            value: format::count(summary.canary_requests),
            meaning: "the exposure: requests that the canary served until the end of the run",
        },
        Number {
            name: "Bad canary requests",
            value: format!(
                "{}{}",
                format::count(summary.canary_bad),
                share(summary.canary_bad, summary.canary_requests)
            ),
            meaning: "of these, failed or slower than the scenario allows",
        },
        Number {
            name: "Blast radius",
            value: format::counted(summary.bad_by_fault, "request", "requests"),
            meaning: "requests that faults made bad, on either version, the tail included",
        },
        Number {
            name: "Error budget",
            value: format!(
                "{} burned",
                format::percent(summary.budget_burned as f64 / 1e6)
            ),
            meaning: "bad requests over those that the promise of the scenario forgives in as many as came",
        },
        Number {
            name: "Duration",
            value: format::duration(Millis(
                summary.ended.since(Time(0)).0.next_multiple_of(1_000),
            )),
            meaning: "from the start of the run to its end, the tail not counted",
        },
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use coalmine_controller::{Outcome, Weight};

    fn summary() -> Summary {
        Summary {
            outcome: Outcome::Aborted,
            reason: "error rate is not below 1 %".to_owned(),
            ended: Time(750_000),
            closed: Time(1_350_000),
            onset: Some(Time(530_000)),
            detected: Some(Time(750_000)),
            weight_at_detection: Weight::from_basis_points(2_500),
            canary_requests: 12_431,
            canary_bad: 260,
            bad_by_fault: 212,
            requests: 270_000,
            bad: 800,
            bad_by_cause: coalmine_sim::BadByCause::default(),
            fault_onsets: Vec::new(),
            budget_burned: 1_500_000,
            trace_hash: 0,
        }
    }

    fn told(summary: &Summary) -> Vec<String> {
        numbers(summary)
            .into_iter()
            .map(|number| format!("{}: {}", number.name, number.value).replace(format::THIN, " "))
            .collect()
    }

    #[test]
    fn a_rollback_tells_how_soon_and_how_many_were_hurt() {
        assert_eq!(
            told(&summary()),
            [
                "Time to detect: 3 min 40 s",
                "Share at detection: 25 %",
                "Canary requests: 12,431",
                "Bad canary requests: 260 (2.1 %)",
                "Blast radius: 212 requests",
                "Error budget: 150 % burned",
                "Duration: 12 min 30 s",
            ]
        );
    }

    #[test]
    fn a_run_without_a_fault_has_nothing_to_detect() {
        let calm = Summary {
            onset: None,
            detected: None,
            weight_at_detection: None,
            canary_requests: 0,
            canary_bad: 0,
            ..summary()
        };
        let told = told(&calm);
        assert_eq!(told[0], "Time to detect: nothing was broken");
        assert_eq!(told[1], "Share at detection: –");
        assert_eq!(told[3], "Bad canary requests: 0");
    }

    #[test]
    fn a_fault_that_nobody_noticed_is_said_to_be_so() {
        let missed = Summary {
            outcome: Outcome::Succeeded,
            detected: None,
            ..summary()
        };
        assert_eq!(told(&missed)[0], "Time to detect: not detected");
    }
}
