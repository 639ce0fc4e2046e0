//! What the charts mark beside their lines: steps, faults, failed windows, the end. Every mark is a row of the log, too.

use coalmine_controller::{
    Cause, Checked, Decision, Metric, Outcome, Record, Time, Verdict, Weight, Window,
};
use coalmine_sim::{Event, EventKind};

/// A change of the split of traffic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// When.
    pub at: Time,
    /// The canary's share from then on.
    pub weight: Weight,
}

/// A fault, from its beginning to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FaultBand {
    /// Its place in the scenario's list.
    pub fault: u32,
    /// Its beginning.
    pub from: Time,
    /// Its end, where it ended.
    pub to: Option<Time>,
}

/// The window over which a check failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FailedWindow {
    /// When the verdict fell. Before, nobody knows.
    pub at: Time,
    /// What failed.
    pub metric: Metric,
    /// Over which scrapes.
    pub window: Window,
}

/// Everything that the charts mark.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// In order of time.
    pub steps: Vec<Step>,
    /// In order of their beginning.
    pub faults: Vec<FaultBand>,
    /// In order of time.
    pub failed: Vec<FailedWindow>,
    /// How and when the run ended.
    pub end: Option<(Time, Outcome)>,
}

impl Marks {
    /// The marks of these events.
    pub fn of<'a>(events: impl Iterator<Item = &'a Event>) -> Self {
        let mut marks = Self::default();
        for event in events {
            marks.take(event);
        }
        marks
    }

    /// The canary's share at an instant.
    pub fn weight_at(&self, at: Time) -> Weight {
        let passed = self.steps.partition_point(|step| step.at <= at);
        passed
            .checked_sub(1)
            .map_or(Weight::ZERO, |last| self.steps[last].weight)
    }

    /// The windows in which a check of this metric had failed by `at`.
    pub fn failed_by(&self, at: Time, metric: Metric) -> impl Iterator<Item = &FailedWindow> {
        self.failed
            .iter()
            .filter(move |failed| failed.at <= at && same_metric(failed.metric, metric))
    }

    /// Whether the plan goes on as drawn at `at`: nothing was rolled back or ended.
    pub fn is_on_plan(&self, at: Time) -> bool {
        let fell = self
            .steps
            .is_sorted_by(|a, b| a.weight <= b.weight || at < b.at);
        fell && self.end.is_none_or(|(end, _)| at < end)
    }

    fn take(&mut self, event: &Event) {
        let at = event.at;
        match &event.kind {
            EventKind::Routed(weight) => self.steps.push(Step {
                at,
                weight: *weight,
            }),
            EventKind::FaultBegan(fault) => self.faults.push(FaultBand {
                fault: *fault,
                from: at,
                to: None,
            }),
            EventKind::FaultEnded(fault) => {
                let open = self
                    .faults
                    .iter_mut()
                    .rfind(|band| band.fault == *fault && band.to.is_none());
                if let Some(band) = open {
                    band.to = Some(at);
                }
            }
            EventKind::Controller(record) => self.take_record(at, record),
            EventKind::Asked(..)
            | EventKind::Done(_)
            | EventKind::CouldNot(..)
            | EventKind::Pod { .. }
            | EventKind::Closed => {}
        }
    }

    fn take_record(&mut self, at: Time, record: &Record) {
        match record {
            Record::Decided(Decision { checks, .. }) => {
                for checked in checks {
                    self.take_checked(at, checked);
                }
            }
            Record::Jumped {
                cause: Cause::Trigger(_, checked),
                ..
            } => self.take_checked(at, checked),
            Record::Jumped {
                cause: Cause::BurnRate(burned),
                ..
            } => {
                self.take_checked(at, &burned.long);
                self.take_checked(at, &burned.short);
            }
            Record::Ended { outcome, .. } => self.end = Some((at, *outcome)),
            Record::Jumped {
                cause: Cause::Operator | Cause::Failure(_),
                ..
            }
            | Record::Entered(_)
            | Record::Travelled(_)
            | Record::Observing { .. }
            | Record::Probed { .. }
            | Record::Looked { .. }
            | Record::Operator { .. } => {}
        }
    }

    fn take_checked(&mut self, at: Time, checked: &Checked) {
        match checked.verdict {
            Verdict::Fail => self.failed.push(FailedWindow {
                at,
                metric: checked.query.metric,
                window: checked.query.window,
            }),
            Verdict::Pass | Verdict::Inconclusive => {}
        }
    }
}

/// Whether two metrics are charted together: all quantiles of the latency are.
pub const fn same_metric(one: Metric, other: Metric) -> bool {
    matches!(
        (one, other),
        (Metric::ErrorRate, Metric::ErrorRate)
            | (Metric::Latency(_), Metric::Latency(_))
            | (Metric::Cpu, Metric::Cpu)
            | (Metric::Memory, Metric::Memory)
    ) || matches!((one, other), (Metric::Custom(one), Metric::Custom(other)) if one == other)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(secs: u64, kind: EventKind) -> Event {
        Event {
            at: Time(secs * 1_000),
            kind,
        }
    }

    fn percent(percent: u16) -> Weight {
        Weight::from_basis_points(percent * 100).unwrap()
    }

    #[test]
    fn the_share_is_the_last_one_routed() {
        let events = [
            event(10, EventKind::Routed(percent(5))),
            event(20, EventKind::Routed(percent(25))),
            event(30, EventKind::Routed(percent(0))),
        ];
        let marks = Marks::of(events.iter());
        let share = |secs: u64| marks.weight_at(Time(secs * 1_000)).basis_points() / 100;
        assert_eq!([9, 10, 19, 20, 31].map(share), [0, 5, 5, 25, 0]);
        assert!(marks.is_on_plan(Time(29_999)));
        assert!(
            !marks.is_on_plan(Time(30_000)),
            "a lower share is a rollback"
        );
    }

    #[test]
    fn a_fault_that_comes_twice_has_two_bands() {
        let events = [
            event(1, EventKind::FaultBegan(0)),
            event(2, EventKind::FaultBegan(1)),
            event(3, EventKind::FaultEnded(0)),
            event(4, EventKind::FaultBegan(0)),
        ];
        let bands: Vec<_> = Marks::of(events.iter())
            .faults
            .iter()
            .map(|band| {
                (
                    band.fault,
                    band.from.0 / 1_000,
                    band.to.map(|to| to.0 / 1_000),
                )
            })
            .collect();
        assert_eq!(bands, [(0, 1, Some(3)), (1, 2, None), (0, 4, None)]);
    }
}
