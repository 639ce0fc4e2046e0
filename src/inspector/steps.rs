//! The rollout as a list: steps, observations and gates, in the order in which the token meets them.

use crate::state::analysis::Drawing;
use coalmine_controller::{Role, Weight};
use coalmine_flow::{Diagram, Fix, NodeId, TextSpan};
use std::collections::{BTreeSet, VecDeque};

/// One thing of the rollout that can be tuned.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Step {
    /// Where it stands.
    pub node: NodeId,
    /// What the diagram calls it.
    pub label: String,
    /// What can be tuned.
    pub kind: StepKind,
}

/// What can be tuned about a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StepKind {
    /// A share of pods or traffic, and where its number stands in the code.
    Share {
        /// How much.
        share: Weight,
        /// The number in the label, where it can be patched.
        span: Option<TextSpan>,
    },
    /// An observation of its own.
    Wait,
    /// Measurements; the first after a change of weight observes before.
    Probe,
    /// A gate.
    Gate,
}

/// The steps, in the order in which the token meets them, good news first.
pub fn steps(drawing: &Drawing) -> Vec<Step> {
    flow_order(&drawing.diagram)
        .into_iter()
        .filter_map(|id| {
            let meaning = drawing.meanings.iter().find(|meaning| meaning.node == id)?;
            let node = drawing.diagram.node(id)?;
            let kind = match &meaning.role {
                Role::Pods(share) | Role::Raise(share) | Role::Split(Some(share)) => {
                    StepKind::Share {
                        share: *share,
                        span: meaning.share_span,
                    }
                }
                Role::Wait(_) => StepKind::Wait,
                Role::Probe { .. } => StepKind::Probe,
                Role::Gate => StepKind::Gate,
                Role::Start
                | Role::End
                | Role::Build
                | Role::Push
                | Role::Split(None)
                | Role::RollBack
                | Role::Success
                | Role::Complete
                | Role::Milestone
                | Role::Unknown => return None,
            };
            Some(Step {
                node: id,
                label: node.label.clone(),
                kind,
            })
        })
        .collect()
}

/// The shares of traffic that the rollout passes, from small to large.
pub fn shares(drawing: &Drawing) -> Vec<Weight> {
    let shares: BTreeSet<Weight> = steps(drawing)
        .into_iter()
        .filter_map(|step| match step.kind {
            StepKind::Share { share, .. } => Some(share),
            StepKind::Wait | StepKind::Probe | StepKind::Gate => None,
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

/// The nodes from the start on, breadth first; what cannot be reached comes last, in the order of the text.
fn flow_order(diagram: &Diagram) -> Vec<NodeId> {
    let mut order = Vec::new();
    let mut seen = BTreeSet::new();
    let ids = || diagram.nodes.iter().map(|node| node.id);
    let starts = ids().filter(|id| diagram.incoming(*id).next().is_none());
    let mut queue: VecDeque<NodeId> = starts.collect();
    while let Some(id) = queue.pop_front() {
        if seen.insert(id) {
            order.push(id);
            queue.extend(diagram.outgoing(id).map(|(_, edge)| edge.to));
        }
    }
    order.extend(ids().filter(|id| !seen.contains(id)));
    order
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::{analysis::Analysis, edit};
    use coalmine_wire::Project;

    fn outline(project: &Project) -> String {
        let analysis = Analysis::of(&project.code, &project.policy);
        steps(&analysis.drawing)
            .into_iter()
            .map(|step| match step.kind {
                StepKind::Share { share, .. } => format!("{}={share} ", step.node),
                kind => format!("{} {kind:?} ", step.node),
            })
            .collect::<String>()
            .replace('\u{2009}', "")
    }

    #[test]
    fn steps_come_in_the_order_of_the_flow() {
        assert_eq!(
            outline(&Project::default()),
            "n6=5% n8 Wait n9 Gate n10=25% n12 Gate n13=50% n14=100% n15 Probe n16 Probe n17 Probe n18 Gate "
        );
    }

    #[test]
    fn a_share_is_patched_into_the_label_and_nothing_else_changes() {
        let mut project = Project::default();
        let analysis = Analysis::of(&project.code, &project.policy);
        let span = steps(&analysis.drawing)
            .into_iter()
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
