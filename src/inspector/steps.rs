//! The rollout's steps as the inspector needs them: which shares there are, and the patch that changes one.

use crate::state::analysis::{Drawing, StepKind};
use coalmine_controller::Weight;
use coalmine_flow::{Fix, TextSpan};
use std::collections::BTreeSet;

/// The shares of traffic that the rollout passes, from small to large.
pub fn shares(drawing: &Drawing) -> Vec<Weight> {
    let shares: BTreeSet<Weight> = drawing
        .steps
        .iter()
        .filter_map(|step| match step.kind {
            StepKind::Share { share, .. } => Some(share),
            StepKind::Observe { .. } => None,
        })
        .collect();
    shares.into_iter().collect()
}

/// The patch that puts another share into a label.
pub fn share_patch(span: TextSpan, share: Weight) -> Fix {
    let points = share.basis_points();
    let (whole, rest) = (points / 100, points % 100);
    let number = match (rest, rest % 10) {
        (0, _) => whole.to_string(),
        (_, 0) => format!("{whole}.{}", rest / 10),
        _ => format!("{whole}.{rest:02}"),
    };
    Fix {
        title: format!("write {number}%"),
        span,
        replacement: number,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::{analysis::Analysis, edit};
    use coalmine_flow::NodeId;
    use coalmine_wire::Project;

    fn outline(project: &Project) -> String {
        let analysis = Analysis::of(&project.code, &project.policy);
        analysis
            .drawing
            .steps
            .iter()
            .map(|step| match step.kind {
                StepKind::Share { share, .. } => format!("{}={share} ", step.node),
                StepKind::Observe { window, .. } => format!("{} {window} ", step.node),
            })
            .collect::<String>()
            .replace('\u{2009}', "")
    }

    #[test]
    fn steps_come_in_the_order_of_the_flow() {
        assert_eq!(
            outline(&Project::default()),
            "n6=5% n8 5min n10=25% n12 5min n13=50% n14=100% n15 5min "
        );
    }

    #[test]
    fn a_share_is_patched_into_the_label_and_nothing_else_changes() {
        let mut project = Project::default();
        let analysis = Analysis::of(&project.code, &project.policy);
        let span = analysis
            .drawing
            .steps
            .iter()
            .find_map(|step| match step.kind {
                StepKind::Share { span, .. } if step.node == NodeId(10) => span,
                _ => None,
            })
            .unwrap();
        let before = project.code.clone();
        let share = Weight::from_basis_points(1_250).unwrap();
        edit::apply(&mut project, edit::Edit::Patch(share_patch(span, share)));
        assert_eq!(
            project.code,
            before.replace("Increase to 25%", "Increase to 12.5%")
        );
        assert!(outline(&project).contains("n10=12.5%"));
    }
}
