//! A project with a number that was found good.

use crate::state::{
    analysis::{Drawing, StepKind},
    edit::{Edit, apply},
};
use coalmine_flow::Fix;
use coalmine_lab::{Design, Parameter};
use coalmine_sim::{Profile, Rate};
use coalmine_wire::{Project, turning::show_value};

/// The project with one number turned; nothing if it has no such number.
pub fn turned(
    project: &Project,
    drawing: &Drawing,
    parameter: Parameter,
    value: i64,
) -> Option<Project> {
    let mut turned = project.clone();
    match parameter {
        Parameter::Step(node) => {
            let step = drawing.steps.iter().find(|step| step.node == node)?;
            let StepKind::Share {
                span: Some(span), ..
            } = step.kind
            else {
                return None;
            };
            let words = show_value(parameter, value, &project.policy);
            let number = words.trim_end_matches(|letter: char| !letter.is_ascii_digit());
            let replacement = number.to_owned();
            let title = String::new();
            apply(
                &mut turned,
                Edit::Patch(Fix {
                    title,
                    span,
                    replacement,
                }),
            );
        }
        Parameter::Traffic => {
            turned.scenario.traffic.profile = Profile::Constant(Rate(u64::try_from(value).ok()?));
        }
        Parameter::Errors | Parameter::Regression => return None,
        Parameter::Bound(..)
        | Parameter::LookBack(_)
        | Parameter::MinRequests(_)
        | Parameter::Trigger(_)
        | Parameter::Window(_)
        | Parameter::Extensions => {
            let design = Design {
                diagram: drawing.diagram.clone(),
                policy: project.policy.clone(),
                releases: Vec::new(),
            };
            turned.policy = design.with(parameter, value).ok()?.policy;
        }
    }
    Some(turned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::analysis::Analysis;
    use coalmine_controller::{Metric, Millis};
    use coalmine_flow::NodeId;

    #[test]
    fn what_was_found_goes_where_it_is_written() {
        let project = Project::default();
        let drawing = Analysis::of(&project.code, &project.policy).drawing;
        let with = |parameter, value| {
            turned(&project, &drawing, parameter, value).expect("the seed has it")
        };
        let step = with(Parameter::Step(NodeId(10)), 1_250);
        assert!(step.code.contains("12.5%"), "{}", step.code);
        assert_eq!(
            with(Parameter::Window(None), 120_000).policy.window,
            Millis(120_000)
        );
        let bound = with(Parameter::Bound(Metric::ErrorRate, None), 20_000);
        assert_ne!(bound.policy.checks, project.policy.checks);
        assert_eq!(bound.code, project.code);
        assert!(turned(&project, &drawing, Parameter::Errors, 1).is_none());
    }
}
