//! What can be turned: numbers of the policy, of the drawing's steps, and of the world.

use crate::release::{Quality, Release, is_of_the_release};
use alloc::{
    format,
    string::{String, ToString},
    sync::Arc,
    vec::Vec,
};
use coalmine_controller::{
    Against, Check, Limit, Metric, Millis, Plan, Policy, Time, Weight, compile,
};
use coalmine_flow::{Diagram, NodeId, Severity};
use coalmine_sim::{Fault, FaultKind, Onset, Profile, Rate, Scenario};
use core::fmt;
use serde::{Deserialize, Serialize};

/// A number that can be turned. Its values are integers in the unit that is given here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Parameter {
    /// The bound of a metric, in millionths of its base unit: at one gate, or at all that judge it.
    Bound(Metric, Option<NodeId>),
    /// How far back the checks of a metric look, in milliseconds.
    LookBack(Metric),
    /// Requests that the checks of a metric need.
    MinRequests(Metric),
    /// The bound of the trigger with this place in the policy, in millionths of its metric's base unit.
    Trigger(u32),
    /// How long one node observes, or all that do, in milliseconds.
    Window(Option<NodeId>),
    /// How often a gate may extend its window.
    Extensions,
    /// The share of traffic that a node raises the canary to, in basis points.
    Step(NodeId),
    /// Requests a second in thousandths.
    Traffic,
    /// Instead of the bad releases, one whose canary fails this much more often from its start, in millionths.
    Errors,
    /// The size of what is wrong with the bad releases, as a ratio of what it is (millionths).
    Regression,
}

/// As in `the bound of error rate at n9`.
impl fmt::Display for Parameter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bound(metric, None) => write!(f, "bound of {metric}"),
            Self::Bound(metric, Some(gate)) => write!(f, "bound of {metric} at {gate}"),
            Self::LookBack(metric) => write!(f, "look-back of {metric}"),
            Self::MinRequests(metric) => write!(f, "requests needed for {metric}"),
            Self::Trigger(place) => write!(f, "bound of trigger {}", u64::from(*place) + 1),
            Self::Window(None) => f.write_str("window"),
            Self::Window(Some(node)) => write!(f, "window at {node}"),
            Self::Extensions => f.write_str("extensions"),
            Self::Step(node) => write!(f, "step at {node}"),
            Self::Traffic => f.write_str("traffic"),
            Self::Errors => f.write_str("errors of the bad release"),
            Self::Regression => f.write_str("size of what is wrong"),
        }
    }
}

/// Why a number cannot be turned so.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ParameterError {
    /// No gate judges this metric, or the given one does not.
    NotJudged(Metric),
    /// There is no such trigger; the policy has this many.
    NoTrigger(usize),
    /// The node does not observe.
    NoObservation(NodeId),
    /// The node says no percentage.
    NoStep(NodeId),
    /// The value is beyond what this can be: the least and the most.
    Range(Parameter, i64, i64),
    /// The traffic is not constant, so that one rate does not say it.
    NotConstant,
    /// The rollout cannot run so: the first of its diagnostics.
    CannotRun(String),
}

impl fmt::Display for ParameterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotJudged(metric) => {
                write!(f, "no check of {metric} is there to be turned: add one to the policy")
            }
            Self::NoTrigger(0) => f.write_str("the policy has no triggers: add one"),
            Self::NoTrigger(most) => write!(f, "there is no such trigger: name one from 1 to {most}"),
            Self::NoObservation(node) => {
                write!(f, "{node} does not observe: name a wait, a probe or a gate that holds")
            }
            Self::NoStep(node) => {
                write!(f, "{node} says no percentage: name a node that raises the canary")
            }
            Self::Range(parameter, least, most) => {
                write!(f, "{parameter} goes from {least} to {most}: choose values in between")
            }
            Self::NotConstant => f.write_str(
                "the traffic is not constant, so that one rate does not say it: make it constant in the project",
            ),
            Self::CannotRun(why) => write!(f, "the rollout cannot run so: {why}"),
        }
    }
}

impl core::error::Error for ParameterError {}

/// All that can be turned: a drawing, the policy beside it, and releases to try them on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Design {
    /// The drawing.
    pub diagram: Diagram,
    /// The policy.
    pub policy: Policy,
    /// The releases.
    pub releases: Vec<Release>,
}

impl Design {
    /// The plan of this design.
    ///
    /// # Errors
    /// Why it cannot run.
    pub fn plan(&self) -> Result<Arc<Plan>, ParameterError> {
        let compiled = compile(&self.diagram, &self.policy);
        let mut diagnostics = compiled.diagnostics.into_iter();
        compiled.plan.ok_or_else(|| {
            let error = diagnostics.find(|found| found.severity == Severity::Error);
            ParameterError::CannotRun(error.map_or(String::new(), |error| error.message))
        })
    }

    /// The same with one number turned.
    ///
    /// # Errors
    /// If there is no such number, or it cannot have this value.
    pub fn with(mut self, parameter: Parameter, value: i64) -> Result<Self, ParameterError> {
        let (least, most) = range(parameter);
        if value < least || most < value {
            return Err(ParameterError::Range(parameter, least, most));
        }
        let positive = value.unsigned_abs();
        match parameter {
            Parameter::Bound(metric, gate) => self.turn_checks(metric, gate, |check| {
                set(&mut check.bound.against, value);
            })?,
            Parameter::LookBack(metric) => self.turn_checks(metric, None, |check| {
                check.window = Some(Millis(positive));
            })?,
            Parameter::MinRequests(metric) => self.turn_checks(metric, None, |check| {
                check.min_requests = positive;
            })?,
            Parameter::Trigger(place) => {
                let triggers = self.policy.triggers.len();
                let trigger = self.policy.triggers.get_mut(place as usize);
                let trigger = trigger.ok_or(ParameterError::NoTrigger(triggers))?;
                set(&mut trigger.bound.against, value);
            }
            Parameter::Window(node) => self.turn_windows(node, Millis(positive))?,
            Parameter::Extensions => {
                self.policy.extensions = u8::try_from(value).expect("the range was checked");
                for node in self.policy.nodes.values_mut() {
                    node.extensions = None;
                }
            }
            Parameter::Step(node) => self.turn_step(node, value)?,
            Parameter::Traffic => self.turn_traffic(Rate(positive))?,
            Parameter::Errors => self.replace_bad(Limit(value)),
            Parameter::Regression => self.scale_bad(value),
        }
        Ok(self)
    }

    fn turn_checks(
        &mut self,
        metric: Metric,
        gate: Option<NodeId>,
        turn: impl Fn(&mut Check),
    ) -> Result<(), ParameterError> {
        let mut turned = 0;
        let mut turn_all = |checks: &mut [Check]| {
            for check in checks.iter_mut().filter(|check| check.metric == metric) {
                turn(check);
                turned += 1;
            }
        };
        match gate {
            None => {
                turn_all(&mut self.policy.checks);
                let own = self.policy.nodes.values_mut();
                for checks in own.filter_map(|entry| entry.checks.as_mut()) {
                    turn_all(checks);
                }
            }
            Some(gate) => {
                let mut own = self.policy.checks_of(gate).to_vec();
                turn_all(&mut own);
                self.policy.nodes.entry(gate).or_default().checks = Some(own);
            }
        }
        if turned == 0 {
            Err(ParameterError::NotJudged(metric))
        } else {
            Ok(())
        }
    }

    fn turn_windows(&mut self, node: Option<NodeId>, window: Millis) -> Result<(), ParameterError> {
        let compiled = compile(&self.diagram, &self.policy);
        let observing = compiled.observations().iter().map(|found| found.node);
        let observing: Vec<NodeId> = observing
            .filter(|found| node.is_none_or(|wanted| wanted == *found))
            .collect();
        match node {
            Some(node) if observing.is_empty() => return Err(ParameterError::NoObservation(node)),
            Some(_) => {}
            None => self.policy.window = window,
        }
        for found in observing {
            self.policy.nodes.entry(found).or_default().window = Some(window);
        }
        Ok(())
    }

    /// Writes another percentage into a node's label.
    fn turn_step(&mut self, node: NodeId, points: i64) -> Result<(), ParameterError> {
        let weight = u16::try_from(points)
            .ok()
            .and_then(Weight::from_basis_points);
        let found = self.diagram.nodes.iter_mut().find(|found| found.id == node);
        let (Some(found), Some(weight)) = (found, weight) else {
            return Err(ParameterError::NoStep(node));
        };
        let label = with_percent(&found.label, points).ok_or(ParameterError::NoStep(node))?;
        found.label = label;
        let compiled = compile(&self.diagram, &self.policy);
        let mut steps = compiled.steps().iter();
        if steps.any(|step| step.node == node && step.weight == weight) {
            Ok(())
        } else {
            Err(ParameterError::NoStep(node))
        }
    }

    fn turn_traffic(&mut self, rate: Rate) -> Result<(), ParameterError> {
        for release in &mut self.releases {
            let mut scenario = (*release.scenario).clone();
            if scenario.traffic.profile.as_constant().is_none() {
                return Err(ParameterError::NotConstant);
            }
            scenario.traffic.profile = Profile::Constant(rate);
            release.scenario = Arc::new(scenario);
        }
        Ok(())
    }

    fn replace_bad(&mut self, more: Limit) {
        let base = self.releases.iter().find(|it| it.quality == Quality::Good);
        let mut bad = match (base, self.releases.first()) {
            (Some(release), _) | (None, Some(release)) => (*release.scenario).clone(),
            (None, None) => Scenario::default(),
        };
        bad.faults.retain(|fault| !is_of_the_release(fault));
        let kind = FaultKind::ErrorRate(more);
        bad.faults.push(Fault::new(kind, Onset::At(Time(0))));
        self.releases
            .retain(|release| release.quality == Quality::Good);
        let name = "more errors".to_string();
        self.releases.push(Release::new(name, Quality::Bad, bad));
    }

    fn scale_bad(&mut self, ratio: i64) {
        let bad = self.releases.iter_mut();
        for release in bad.filter(|release| release.quality == Quality::Bad) {
            let mut scenario = (*release.scenario).clone();
            for fault in &mut scenario.faults {
                if is_of_the_release(fault) {
                    fault.kind = scaled(fault.kind, ratio);
                }
            }
            release.scenario = Arc::new(scenario);
        }
    }
}

/// The least and the most that a parameter can be.
const fn range(parameter: Parameter) -> (i64, i64) {
    const DAY: i64 = 86_400_000;
    match parameter {
        Parameter::Bound(..) | Parameter::Trigger(_) | Parameter::MinRequests(_) => {
            (0, 1_000_000_000_000)
        }
        Parameter::LookBack(_) | Parameter::Window(_) => (1_000, 30 * DAY),
        Parameter::Extensions => (0, 255),
        Parameter::Step(_) => (1, 10_000),
        Parameter::Traffic => (1, 100_000_000_000),
        Parameter::Errors => (0, 1_000_000),
        Parameter::Regression => (0, 1_000_000_000),
    }
}

const fn set(against: &mut Against, value: i64) {
    let (Against::Fixed(limit) | Against::StablePlus(limit) | Against::StableTimes(limit)) =
        against;
    *limit = Limit(value);
}

/// A label with another number before its first percent sign.
fn with_percent(label: &str, points: i64) -> Option<String> {
    let (before, after) = label.split_once('%')?;
    let head = before
        .trim_end()
        .trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
    let (whole, rest) = (points / 100, points % 100);
    let number = match (rest, rest % 10) {
        (0, _) => format!("{whole}"),
        (_, 0) => format!("{whole}.{}", rest / 10),
        _ => format!("{whole}.{rest:02}"),
    };
    Some(format!("{head}{number}%{after}"))
}

/// What breaks, this much larger (millionths). What only a time or a count says stays as it is.
fn scaled(kind: FaultKind, ratio: i64) -> FaultKind {
    let of = |Limit(size): Limit| {
        let size = i128::from(size) * i128::from(ratio) / 1_000_000;
        Limit(i64::try_from(size).unwrap_or(i64::MAX))
    };
    let share = |size: Limit| of(size).min(Limit(1_000_000));
    match kind {
        FaultKind::ErrorRate(more) => FaultKind::ErrorRate(share(more)),
        FaultKind::Latency(more) => FaultKind::Latency(of(more)),
        FaultKind::TailLatency {
            share: of_all,
            more,
        } => FaultKind::TailLatency {
            share: share(of_all),
            more,
        },
        FaultKind::MemoryLeak(more) => FaultKind::MemoryLeak(of(more)),
        FaultKind::CpuBurn(more) => FaultKind::CpuBurn(of(more)),
        FaultKind::ColdCache { more, lasts } => FaultKind::ColdCache {
            more: of(more),
            lasts,
        },
        FaultKind::ErrorsAbove { load_milli, more } => FaultKind::ErrorsAbove {
            load_milli,
            more: share(more),
        },
        FaultKind::WrongAnswers(more) => FaultKind::WrongAnswers(share(more)),
        kind @ (FaultKind::CrashLoop(_)
        | FaultKind::Surge(_)
        | FaultKind::RetryStorm(_)
        | FaultKind::NodeLoss(_)
        | FaultKind::ScrapeGap
        | FaultKind::MetricLag(_)
        | FaultKind::MetricReset
        | FaultKind::Pipeline(_)) => kind,
    }
}

#[cfg(test)]
mod tests {
    use super::with_percent;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn another_percentage_leaves_the_other_words_alone() {
        for (label, points, with) in [
            ("Deploy to 5% of pods", 1_000, "Deploy to 10% of pods"),
            ("Increase to 25 %", 1_250, "Increase to 12.5%"),
            ("Full rollout (99.9%)", 5, "Full rollout (0.05%)"),
        ] {
            assert_eq!(with_percent(label, points).as_deref(), Some(with));
        }
        assert_eq!(with_percent("Wait", 5), None);
    }
}
