//! From a diagram and a policy to a plan: only what can run becomes one, and whatever the drawing leaves open is said.

mod build;
mod critical;
pub(crate) mod findings;
pub(crate) mod graph;
pub(crate) mod outline;
pub(crate) mod paths;
mod rules;
mod says;
mod supplied;

pub use outline::{GateChecks, Observation, ShareStep};

use crate::{plan::Plan, policy::Policy, role::Meaning};
use alloc::{format, sync::Arc, vec::Vec};
use coalmine_flow::{Diagnostic, Diagram, NodeId, Severity, TextSpan};
use findings::Findings;
use graph::Graph;
use outline::Outline;
use paths::Paths;

/// What became of a diagram.
#[derive(Clone, Debug)]
pub struct Compiled {
    /// What can be run; `None` if any diagnostic is an error.
    pub plan: Option<Arc<Plan>>,
    /// What was understood of each node, in the order of the text.
    pub meanings: Vec<Meaning>,
    /// What is wrong, likely wrong, or implicit, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
    outline: Outline,
}

/// Compiles a diagram under a policy.
pub fn compile(diagram: &Diagram, policy: &Policy) -> Compiled {
    compile_by(diagram, policy, critical::criticals)
}

/// The same without working out what tests ask, which is large code: a plan that [has tests](Policy::has_tests) is good to
/// be looked at and not to be run.
pub fn compile_to_look_at(diagram: &Diagram, policy: &Policy) -> Compiled {
    compile_by(diagram, policy, |_, _| Vec::new())
}

fn compile_by(diagram: &Diagram, policy: &Policy, criticals: build::Criticals) -> Compiled {
    let mut diagnostics = Vec::new();
    let graph = Graph::new(diagram, &mut diagnostics);
    graph.check(&mut diagnostics);
    let paths = Paths::walk(&graph, policy);
    rules::check(&graph, &paths, policy, &mut diagnostics);
    supplied::tell(&graph, &paths, policy, &mut diagnostics);
    check_entries(diagram, policy, &mut diagnostics);
    coalmine_flow::order::sort_by_key(&mut diagnostics, |found| (found.span, found.severity));
    let runs = diagnostics
        .iter()
        .all(|found| found.severity != Severity::Error);
    let plan = if runs {
        build::plan(&graph, policy, criticals).map(Arc::new)
    } else {
        None
    };
    Compiled {
        plan,
        meanings: says::meanings(&graph, &paths, policy),
        outline: Outline::new(&graph, &paths, policy),
        diagnostics,
    }
}

/// The policy must not speak of nodes that are not there.
fn check_entries(diagram: &Diagram, policy: &Policy, findings: &mut Vec<Diagnostic>) {
    for &node in policy.nodes.keys() {
        if diagram.node(node).is_none() {
            findings.warning(
                "policy-unknown-node",
                TextSpan::default(),
                format!("the policy has an entry for {node}, which the diagram does not have"),
                "remove the entry, or key it by a node of the diagram",
            );
        }
    }
}

impl Compiled {
    /// The nodes that say a percentage, in the order in which a healthy rollout passes them.
    pub fn steps(&self) -> &[ShareStep] {
        &self.outline.steps
    }

    /// The nodes that observe, with their windows as resolved, in the same order.
    pub fn observations(&self) -> &[Observation] {
        &self.outline.observations
    }

    /// The gates and what they judge, in the same order.
    pub fn gates(&self) -> &[GateChecks] {
        &self.outline.gates
    }

    /// What was understood of this node.
    pub fn meaning(&self, node: NodeId) -> Option<&Meaning> {
        self.meanings.iter().find(|meaning| meaning.node == node)
    }
}
