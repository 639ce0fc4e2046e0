//! Why requests were bad, and when each fault began beside the decision that stopped the release.

use crate::{format, inspector::name_of};
use coalmine_flow::order;
use coalmine_sim::{Fault, Summary};

/// What kind of cause it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Blame {
    /// An injected fault.
    Fault,
    /// Something else.
    Other,
}

/// A cause of bad requests.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Cause {
    /// What it is called.
    pub name: String,
    /// How many.
    pub count: String,
    /// Of all bad requests, in percent, rounded up so that a few can be seen.
    pub percent: u64,
    /// What kind it is.
    pub blame: Blame,
}

/// Every cause that made requests bad, the worst first.
pub fn causes(summary: &Summary, faults: &[Fault]) -> Vec<Cause> {
    let by = &summary.bad_by_cause;
    let named = by.faults.iter().enumerate().map(|(index, count)| {
        let name = faults
            .get(index)
            .map_or("Fault", |fault| name_of(fault.kind));
        (name, *count, Blame::Fault)
    });
    let others = [
        ("More load than pods can take", by.load, Blame::Other),
        ("Traffic to no pods", by.plan, Blame::Other),
        ("A plain day", by.background, Blame::Other),
    ];
    let mut all: Vec<_> = named
        .chain(others)
        .filter(|(_, count, _)| *count != 0)
        .collect();
    order::sort_by_key(&mut all, |(_, count, _)| std::cmp::Reverse(*count));
    all.into_iter()
        .map(|(name, count, blame)| Cause {
            name: name.to_owned(),
            count: format::count(count),
            percent: (count * 100).div_ceil(summary.bad.max(1)),
            blame,
        })
        .collect()
}

/// When a fault began, and how long it took until something was done.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Began {
    /// What it is called.
    pub name: &'static str,
    /// When, on the clock of the run.
    pub at: String,
    /// Beside the decision to roll back.
    pub until: String,
}

/// Every fault, in the order of the scenario.
pub fn beginnings(summary: &Summary, faults: &[Fault]) -> Vec<Began> {
    let onsets = summary.fault_onsets.iter();
    onsets
        .zip(faults)
        .map(|(onset, fault)| {
            let (at, until) = match (*onset, summary.detected) {
                (None, _) => ("never began".to_owned(), String::new()),
                (Some(onset), None) => (format::clock(onset), "nothing was rolled back".to_owned()),
                (Some(onset), Some(detected)) if onset <= detected => (
                    format::clock(onset),
                    format!(
                        "rolled back {} later",
                        format::duration(detected.since(onset))
                    ),
                ),
                (Some(onset), Some(_)) => (format::clock(onset), "after the rollback".to_owned()),
            };
            let name = name_of(fault.kind);
            Began { name, at, until }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use coalmine_controller::{Limit, Outcome, Time};
    use coalmine_sim::{BadByCause, FaultKind, Onset};

    fn faults() -> [Fault; 3] {
        let start = Onset::At(Time(0));
        [
            Fault::new(FaultKind::ErrorRate(Limit(50_000)), start),
            Fault::new(FaultKind::Surge(Limit(50_000)), start),
            Fault::new(FaultKind::MetricReset, start),
        ]
    }

    fn summary() -> Summary {
        Summary {
            outcome: Outcome::Aborted,
            reason: "error rate is not below 1 %".to_owned(),
            ended: Time(750_000),
            closed: Time(1_350_000),
            onset: Some(Time(530_000)),
            detected: Some(Time(750_000)),
            weight_at_detection: None,
            canary_requests: 12_431,
            canary_bad: 260,
            bad_by_fault: 1_212,
            requests: 270_000,
            bad: 2_012,
            bad_by_cause: BadByCause {
                faults: vec![1_200, 12, 0],
                load: 0,
                plan: 0,
                background: 800,
            },
            fault_onsets: vec![Some(Time(530_000)), Some(Time(800_000)), None],
            budget_burned: 0,
            trace_hash: 0,
        }
    }

    #[test]
    fn the_worst_cause_comes_first_and_what_did_nothing_is_left_out() {
        let told: Vec<_> = causes(&summary(), &faults())
            .into_iter()
            .map(|cause| format!("{}: {} {}", cause.name, cause.count, cause.percent))
            .collect();
        assert_eq!(
            told,
            [
                "Error rate: 1,200 60",
                "A plain day: 800 40",
                "Traffic surge: 12 1"
            ]
        );
    }

    #[test]
    fn each_fault_stands_beside_the_decision() {
        let told: Vec<_> = beginnings(&summary(), &faults())
            .into_iter()
            .map(|began| format!("{} {} {}", began.name, began.at, began.until))
            .collect();
        assert_eq!(
            told.join("\n").replace(format::THIN, " "),
            "Error rate 8:50 rolled back 3 min 40 s later\n\
             Traffic surge 13:20 after the rollback\n\
             Metric reset never began "
        );
    }

    #[test]
    fn a_run_without_anything_bad_has_no_causes() {
        let calm = Summary {
            bad: 0,
            bad_by_cause: BadByCause::default(),
            fault_onsets: Vec::new(),
            ..summary()
        };
        assert_eq!(causes(&calm, &[]), []);
        assert_eq!(beginnings(&calm, &[]), []);
    }
}
