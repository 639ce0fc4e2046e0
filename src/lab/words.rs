//! What the lab says: pure sentences over reports.

use crate::format;
use coalmine_controller::{Metric, Millis, Weight};
use coalmine_flow::Diagram;
use coalmine_lab::{By, MOST_ROLLOUTS, Measure, Quality, Report, Share, Stop};
use coalmine_stats::proportion::Interval;

/// How many rollouts a typed text means.
///
/// # Errors
/// In words, if it is no number, or one that no study has.
pub fn rollouts(typed: &str) -> Result<u32, String> {
    let digits: String = typed
        .chars()
        .filter(|letter| !matches!(letter, ',' | ' ' | '_' | '\u{202f}' | '\u{a0}'))
        .collect();
    match digits.parse::<u32>() {
        Ok(0) => Err("No rollouts say nothing; ask for at least 1".to_owned()),
        Ok(rollouts) if rollouts <= MOST_ROLLOUTS => Ok(rollouts),
        Ok(_) => Err(too_many()),
        Err(_) if !digits.is_empty() && digits.chars().all(|digit| digit.is_ascii_digit()) => {
            Err(too_many())
        }
        Err(_) => Err("Write a whole number, as in 1,000".to_owned()),
    }
}

fn too_many() -> String {
    format!(
        "At most {} of each release; the command line shards more",
        format::count(u64::from(MOST_ROLLOUTS))
    )
}

/// The answer in one sentence.
pub fn answer(report: &Report) -> String {
    let stopped = report.misses.map(|share| {
        let caught = share.count.trials - share.count.successes;
        format!(
            "stops {} of {} bad releases",
            format::count(caught),
            format::count(share.count.trials)
        )
    });
    let thrown = report
        .false_alarms
        .map(|share| match share.count.successes {
            0 => format!(
                "none of {} good ones is thrown away",
                format::count(share.count.trials)
            ),
            wrong => format!(
                "{} of {} good ones {} thrown away",
                format::count(wrong),
                format::count(share.count.trials),
                if wrong == 1 { "is" } else { "are" }
            ),
        });
    match (stopped, thrown) {
        (Some(stopped), Some(thrown)) => format!("This policy {stopped}; {thrown}."),
        (Some(stopped), None) => format!("This policy {stopped}."),
        (None, Some(thrown)) => format!("Under this policy {thrown}."),
        (None, None) => "No rollout is counted yet.".to_owned(),
    }
}

/// A share in per cent, as in `2.2 %`; `0 %` only for none at all, `100 %` only for all.
pub fn share(share: f64) -> String {
    match share {
        share if share <= 0.0 => format!("0{}%", format::THIN),
        share if (0.9995..1.0).contains(&share) => format!("99.9{}%", format::THIN),
        share => format::percent(share),
    }
}

/// As in `12 of 1,000`.
pub fn counted(share: &Share) -> String {
    format!(
        "{} of {}",
        format::count(share.count.successes),
        format::count(share.count.trials)
    )
}

/// As in `0.7 % to 2.1 %`.
pub fn interval(interval: Interval) -> String {
    format!("{} to {}", share(interval.lower), share(interval.upper))
}

/// What the opposite of what should become of a release is called.
pub const fn wrong(quality: Quality) -> &'static str {
    match quality {
        Quality::Good => "thrown away",
        Quality::Bad => "missed",
    }
}

/// A measure's name.
pub const fn measure(measure: Measure) -> &'static str {
    match measure {
        Measure::TimeToDetect => "Time to detect",
        Measure::TimeToPromote => "Time to promote",
        Measure::CanaryRequests => "Canary requests",
        Measure::UsersHurt => "Users hurt",
        Measure::WeightAtDetection => "Share at detection",
        Measure::BudgetBurned => "Error budget burned",
    }
}

/// A value of a measure, with its unit.
pub fn value(measure: Measure, value: u64) -> String {
    match measure {
        Measure::TimeToDetect | Measure::TimeToPromote => format::duration(Millis(value)),
        Measure::CanaryRequests | Measure::UsersHurt => {
            if value < 10_000 {
                format::count(value)
            } else {
                format::short_count(value as f64)
            }
        }
        Measure::WeightAtDetection => u16::try_from(value)
            .ok()
            .and_then(Weight::from_basis_points)
            .map_or_else(String::new, format::weight),
        Measure::BudgetBurned => format::percent(value as f64 / 1e6),
    }
}

/// What stopped a rollout, as in `Error rate at Metrics healthy?`.
pub fn stop(diagram: &Diagram, stop: Stop) -> String {
    let node = diagram
        .nodes
        .iter()
        .find(|node| node.id == stop.node)
        .map_or_else(
            || stop.node.to_string(),
            |node| node.label.replace('\n', " "),
        );
    let name = |metric: Metric| format::sentence_case(&format::metric(metric));
    match stop.by {
        By::Check(metric) => format!("{} at {node}", name(metric)),
        By::Undecided(metric) => format!("{} could not be told at {node}", name(metric)),
        By::Trigger(_, metric) => format!("Hard limit of {} during {node}", format::metric(metric)),
        By::BurnRate(_) => format!("The error budget burned too fast during {node}"),
        By::Operator => format!("A person, during {node}"),
        By::Failure => format!("A command failed at {node}"),
        By::Drawn => format!("The drawing, at {node}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_of_rollouts_is_read_as_people_write_it() {
        assert_eq!(rollouts("10,000"), Ok(10_000));
        assert_eq!(rollouts(" 500 "), Ok(500));
        for wrong in ["", "0", "-1", "1.5", "many", "NaN", "99999999999999999999"] {
            assert!(rollouts(wrong).is_err(), "{wrong}");
        }
    }
}
