//! One step of the rollout with the numbers that tune it.

use super::{Field, Param, param_field::ParamField, steps::share_patch};
use crate::state::{
    analysis::{Step, StepKind},
    draft::Draft,
    edit::Edit,
};
use coalmine_controller::Weight;
use coalmine_wire::quantity::{QuantityError, format_duration, format_weight, parse_weight};
use leptos::prelude::*;

/// A step of the rollout.
#[component]
pub fn StepRow(
    /// The project.
    draft: Draft,
    /// The step.
    step: Step,
) -> impl IntoView {
    let node = step.node;
    let tune = match step.kind {
        StepKind::Share {
            share,
            span: Some(span),
        } => {
            let commit = Callback::new(move |text: String| {
                let share = read_share(&text)?;
                draft.edit(Edit::Patch(share_patch(span, share)));
                Ok(())
            });
            view! {
                <Field
                    id=format!("share-{}", node.0)
                    label=format!("Share at {node}")
                    value=Signal::stored(format_weight(share))
                    commit
                />
            }
            .into_any()
        }
        StepKind::Share { share, span: None } => {
            view! { <p class="muted">{format_weight(share)}</p> }.into_any()
        }
        // What holds unless the policy says otherwise for this node.
        StepKind::Observe { window, .. } => view! {
            <ParamField
                draft
                param=Param::NodeWindow(node)
                label=format!("Observe at {node}")
                placeholder=format_duration(window)
            />
        }
        .into_any(),
    };
    view! {
        <li class="step-row">
            <span class="step-row-name"><span class="muted">{node.to_string()}</span>" "{step.label}</span>
            {tune}
        </li>
    }
}

/// A share that a label can carry: more than nothing, at most everything.
fn read_share(text: &str) -> Result<Weight, String> {
    let parsed = match parse_weight(text) {
        Err(QuantityError::NoUnit { .. }) => parse_weight(&format!("{}%", text.trim())),
        other => other,
    };
    match parsed {
        Ok(Weight::ZERO) => Err("a step needs a share; write 5 %".to_owned()),
        Ok(share) => Ok(share),
        Err(error) => Err(format!("{error}; write 5 %")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_has_a_share_between_nothing_and_everything() {
        assert_eq!(
            read_share("12.5 %"),
            Ok(Weight::from_basis_points(1_250).unwrap())
        );
        assert_eq!(read_share("100"), Ok(Weight::FULL));
        for text in ["0", "101 %", "-5", "half", ""] {
            assert!(read_share(text).is_err(), "{text:?}");
        }
    }
}
