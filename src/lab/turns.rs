//! What can be turned in this project, and over which values it is worth to.

use crate::state::{
    analysis::{Drawing, StepKind},
    draft::Draft,
};
use coalmine_controller::{Against, Metric, Policy};
use coalmine_lab::{Axis, Parameter, Scale, SweepError};
use coalmine_sim::Scenario;
use coalmine_wire::Project;
use leptos::prelude::*;

/// Something to turn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    /// Which number.
    pub parameter: Parameter,
    /// What people call it.
    pub label: String,
    /// Its value as it stands; what belongs to the bad release alone has none.
    pub now: Option<i64>,
    /// Values worth to be looked at, both included.
    pub range: (i64, i64),
    /// Whether it is a number of the project that can be set to what was found.
    pub can_apply: bool,
}

impl Turn {
    /// Its values, at equal ratios.
    ///
    /// # Errors
    /// If the range is empty.
    pub fn axis(&self, steps: u32) -> Result<Axis, SweepError> {
        let axis = Axis::over(self.parameter, self.range, steps, Scale::Geometric)?;
        let is_time = matches!(
            self.parameter,
            Parameter::Window(_) | Parameter::LookBack(_)
        );
        let round = if is_time { round_time } else { round };
        let mut values: Vec<i64> = axis.values.iter().map(|value| round(*value)).collect();
        // What stands is worth to be compared with.
        if let Some(now) = self.now
            && let Some(nearest) = values.iter_mut().min_by_key(|value| value.abs_diff(now))
        {
            *nearest = now;
        }
        values.dedup();
        Ok(Axis {
            parameter: self.parameter,
            values,
        })
    }
}

/// Two digits that matter.
fn round(value: i64) -> i64 {
    let mut unit = 1;
    while 100 <= value / unit {
        unit *= 10;
    }
    (value + unit / 2) / unit * unit
}

/// Milliseconds as people say them: whole tens of seconds, half minutes, or minutes.
fn round_time(millis: i64) -> i64 {
    let unit = match millis {
        ..120_000 => 10_000,
        120_000..300_000 => 30_000,
        _ => 60_000,
    };
    ((millis + unit / 2) / unit * unit).max(unit)
}

/// What of it a question offers, for the project as it is edited.
pub fn offered(
    draft: Draft,
    is_offered: impl Fn(&Turn) -> bool + Send + Sync + 'static,
) -> Memo<Vec<Turn>> {
    Memo::new(move |_| {
        let turns = draft
            .drawing()
            .with(|drawing| draft.project().with(|project| turns(project, drawing)));
        turns.into_iter().filter(|turn| is_offered(turn)).collect()
    })
}

/// Everything worth to be turned.
pub fn turns(project: &Project, drawing: &Drawing) -> Vec<Turn> {
    let mut turns = bounds(&project.policy);
    let around = |now: i64| (now / 4, now.saturating_mul(4));
    let now = i64::try_from(project.policy.window.0).unwrap_or(i64::MAX);
    turns.push(Turn {
        parameter: Parameter::Window(None),
        label: "Observation window".to_owned(),
        now: Some(now),
        range: (now / 5, now.saturating_mul(3)),
        can_apply: true,
    });
    turns.extend(drawing.steps.iter().filter_map(|step| match step.kind {
        StepKind::Share { share, .. } if share.basis_points() < 10_000 => Some(Turn {
            parameter: Parameter::Step(step.node),
            label: format!("Share at \u{201c}{}\u{201d}", step.label),
            now: Some(i64::from(share.basis_points())),
            range: (100, 5_000),
            can_apply: true,
        }),
        StepKind::Share { .. } | StepKind::Observe { .. } => None,
    }));
    turns.extend(of_the_world(&project.scenario, around));
    turns
}

fn bounds(policy: &Policy) -> Vec<Turn> {
    let checks = policy.checks.iter();
    checks
        .filter_map(|check| {
            let limit = match check.bound.against {
                Against::Fixed(limit)
                | Against::StablePlus(limit)
                | Against::StableTimes(limit) => limit,
                // A test has no threshold.
                Against::Analysis(_) => return None,
            };
            let metric = crate::format::sentence_case(&crate::format::metric(check.metric));
            // A share of a pod's limit ends at all of it.
            let most = match check.metric {
                Metric::Cpu | Metric::Memory => 1_000_000,
                Metric::ErrorRate | Metric::Latency(_) | Metric::Custom(_) => i64::MAX,
            };
            Some(Turn {
                parameter: Parameter::Bound(check.metric, None),
                label: format!("{metric} threshold"),
                now: Some(limit.0),
                range: (limit.0 / 4, limit.0.saturating_mul(4).min(most)),
                can_apply: true,
            })
        })
        .collect()
}

fn of_the_world(scenario: &Scenario, around: impl Fn(i64) -> (i64, i64)) -> Vec<Turn> {
    let mut turns = Vec::new();
    if let Some(rate) = scenario.traffic.profile.as_constant() {
        let now = i64::try_from(rate.0).unwrap_or(i64::MAX);
        turns.push(Turn {
            parameter: Parameter::Traffic,
            label: "Traffic".to_owned(),
            now: Some(now),
            range: around(now),
            can_apply: true,
        });
    }
    turns.push(Turn {
        parameter: Parameter::Errors,
        label: "Extra errors of the bad release".to_owned(),
        now: None,
        range: (2_000, 50_000),
        can_apply: false,
    });
    turns.push(Turn {
        parameter: Parameter::Regression,
        label: "Size of what is wrong".to_owned(),
        now: Some(1_000_000),
        range: (125_000, 4_000_000),
        can_apply: false,
    });
    turns
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::analysis::Analysis;

    #[test]
    fn every_number_of_the_seed_has_values_and_its_own_is_among_them() {
        let project = Project::default();
        let drawing = Analysis::of(&project.code, &project.policy).drawing;
        let turns = turns(&project, &drawing);
        assert!(8 <= turns.len());
        for turn in turns {
            let axis = turn.axis(8).expect("a range");
            assert!(4 <= axis.values.len(), "{}", turn.label);
            assert!(
                turn.now.is_none_or(|now| axis.values.contains(&now)),
                "{}",
                turn.label
            );
            assert!(axis.values.is_sorted(), "{}: {:?}", turn.label, axis.values);
        }
    }
}
