//! What the lab can turn: its values as people write and read them, and a project with one of them turned.

use crate::{
    Project,
    quantity::{
        QuantityError, format_decimal, format_duration, format_limit, format_percent, format_rate,
        format_weight, parse_decimal, parse_duration, parse_limit, parse_percent, parse_rate,
        parse_weight,
    },
};
use coalmine_controller::{Limit, Metric, Millis, Policy, Weight, compile};
use coalmine_flow::{NodeId, parse};
use coalmine_lab::{Design, Parameter, ParameterError};
use coalmine_sim::{Profile, Rate};
use core::fmt;

/// A value in the parameter's unit.
///
/// # Errors
/// What is wrong with the text, in words.
pub fn parse_value(
    parameter: Parameter,
    text: &str,
    policy: &Policy,
) -> Result<i64, QuantityError> {
    let signed = |value: u64| i64::try_from(value).unwrap_or(i64::MAX);
    Ok(match parameter {
        Parameter::Bound(metric, _) => parse_limit(metric, text)?.0,
        Parameter::Trigger(place) => parse_limit(metric_of(place, policy), text)?.0,
        Parameter::LookBack(_) | Parameter::Window(_) => signed(parse_duration(text)?.0),
        Parameter::MinRequests(_) | Parameter::Extensions => signed(parse_decimal(text, 0)?),
        Parameter::Step(_) => i64::from(parse_weight(text)?.basis_points()),
        Parameter::Traffic => signed(parse_rate(text)?),
        Parameter::Errors => parse_percent(text)?.0,
        Parameter::Regression => signed(parse_decimal(text, 6)?),
    })
}

/// A value as people read it.
pub fn show_value(parameter: Parameter, value: i64, policy: &Policy) -> String {
    let positive = value.unsigned_abs();
    match parameter {
        Parameter::Bound(metric, _) => format_limit(metric, Limit(value)),
        Parameter::Trigger(place) => format_limit(metric_of(place, policy), Limit(value)),
        Parameter::LookBack(_) | Parameter::Window(_) => format_duration(Millis(positive)),
        Parameter::MinRequests(_) | Parameter::Extensions => format_decimal(positive, 0),
        Parameter::Step(_) => {
            let weight = u16::try_from(value)
                .ok()
                .and_then(Weight::from_basis_points);
            weight.map_or(String::new(), format_weight)
        }
        Parameter::Traffic => format_rate(positive),
        Parameter::Errors => format_percent(Limit(value)),
        Parameter::Regression => format_decimal(positive, 6),
    }
}

fn metric_of(place: u32, policy: &Policy) -> Metric {
    let trigger = policy.triggers.get(place as usize);
    trigger.map_or(Metric::ErrorRate, |trigger| trigger.metric)
}

/// Why a project cannot be turned so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TurnError {
    /// It has no such number, or the number cannot have this value.
    Parameter(ParameterError),
    /// The number stands in a label that cannot be patched.
    Label(NodeId),
    /// The number is of the releases that a policy is tried on, and not of the project.
    NotOfTheProject(Parameter),
}

impl fmt::Display for TurnError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Parameter(error) => write!(f, "{error}"),
            Self::Label(node) => write!(
                f,
                "the label of {node} cannot be changed where it stands: change it by hand"
            ),
            Self::NotOfTheProject(parameter) => {
                write!(
                    f,
                    "{parameter} is no number of the project: turn one of its policy"
                )
            }
        }
    }
}

impl core::error::Error for TurnError {}

/// The project with one number turned where it is written: in the policy, in a label of the diagram, in the scenario.
///
/// # Errors
/// Why it cannot be.
pub fn turn(project: &Project, parameter: Parameter, value: i64) -> Result<Project, TurnError> {
    let mut turned = project.clone();
    match parameter {
        Parameter::Errors | Parameter::Regression => {
            return Err(TurnError::NotOfTheProject(parameter));
        }
        Parameter::Traffic => {
            let rate = Rate(value.unsigned_abs());
            turned.scenario.traffic.profile = Profile::Constant(rate);
        }
        Parameter::Bound(..)
        | Parameter::LookBack(_)
        | Parameter::MinRequests(_)
        | Parameter::Trigger(_)
        | Parameter::Window(_)
        | Parameter::Extensions
        | Parameter::Step(_) => {
            let design = Design {
                diagram: parse(&project.code).diagram,
                policy: project.policy.clone(),
                releases: Vec::new(),
            };
            let design = design
                .with(parameter, value)
                .map_err(TurnError::Parameter)?;
            turned.policy = design.policy;
            if let Parameter::Step(node) = parameter {
                patch(
                    &mut turned,
                    node,
                    &show_value(parameter, value, &project.policy),
                )?;
            }
        }
    }
    Ok(turned)
}

/// Another share in a node's label; the code around it stays to the byte.
fn patch(project: &mut Project, node: NodeId, share: &str) -> Result<(), TurnError> {
    let compiled = compile(&parse(&project.code).diagram, &project.policy);
    let mut steps = compiled.steps().iter();
    let step = steps.find(|step| step.node == node);
    let span = step
        .and_then(|step| step.share_span)
        .ok_or(TurnError::Label(node))?;
    let number = share.trim_end_matches(|letter: char| !letter.is_ascii_digit());
    let place = span.start as usize..span.end as usize;
    project.code.replace_range(place, number);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn with(turns: &[(Parameter, i64)]) -> Project {
        let mut project = Project::default();
        for &(parameter, value) in turns {
            project = turn(&project, parameter, value).expect("the seed has it");
        }
        project
    }

    #[test]
    fn what_was_found_goes_where_it_is_written() {
        let seed = Project::default();
        let step = with(&[(Parameter::Step(NodeId(10)), 1_250)]);
        assert!(step.code.contains("12.5%"), "{}", step.code);
        let window = with(&[(Parameter::Window(None), 120_000)]);
        assert_eq!(window.policy.window, Millis(120_000));
        let bound = with(&[(Parameter::Bound(Metric::ErrorRate, None), 20_000)]);
        assert_ne!(bound.policy.checks, seed.policy.checks);
        assert_eq!(bound.code, seed.code);
    }

    #[test]
    fn a_number_that_gets_longer_moves_the_places_of_those_behind_it() {
        let steps = [(6, 1_250), (10, 3_075), (13, 6_000)];
        let both = with(&steps.map(|(node, points)| (Parameter::Step(NodeId(node)), points)));
        let compiled = compile(&parse(&both.code).diagram, &both.policy);
        let shares = compiled
            .steps()
            .iter()
            .map(|step| step.weight.basis_points());
        assert_eq!(shares.take(3).collect::<Vec<_>>(), [1_250, 3_075, 6_000]);
    }

    #[test]
    fn what_is_of_the_releases_is_no_number_of_the_project() {
        let seed = Project::default();
        for parameter in [Parameter::Errors, Parameter::Regression] {
            let refused = turn(&seed, parameter, 1);
            assert_eq!(refused, Err(TurnError::NotOfTheProject(parameter)));
        }
    }
}
