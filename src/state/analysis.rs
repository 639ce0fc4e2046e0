//! What the code under the caret means: diagram, layout, meanings, plan, and everything that is wrong with it.

use coalmine_controller::{
    Compiled, Meaning, Millis, Policy, Weight, WindowSource, compile_to_look_at,
};
use coalmine_flow::{
    Diagnostic, Diagram, Layout, NodeId, Severity, TextSpan, layout_with_captions, order, parse,
};
use std::sync::Arc;

/// What is drawn: a diagram, where everything stands, and what was understood of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawing {
    /// The code that it was read from.
    pub code: Arc<str>,
    /// The diagram.
    pub diagram: Diagram,
    /// Where everything stands.
    pub layout: Layout,
    /// What each node does.
    pub meanings: Vec<Meaning>,
    /// What can be tuned, in the order in which a healthy rollout meets it.
    pub steps: Vec<Step>,
}

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
    /// An observation, at a wait, a probe or a gate.
    Observe {
        /// How long.
        window: Millis,
        /// Who says so.
        source: WindowSource,
    },
}

/// What was found out about a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Analysis {
    /// What could be drawn of it.
    pub drawing: Arc<Drawing>,
    /// Everything that was found, in the order of the text.
    pub diagnostics: Arc<Vec<Diagnostic>>,
    /// How far the text carries.
    pub standing: Standing,
}

/// How far a text carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Some statements make no sense: what could be drawn lacks them.
    Broken,
    /// It can be drawn as it stands, but not run.
    Drawn,
    /// It can be run.
    Runs,
}

impl Analysis {
    /// Reads a text under a policy.
    pub fn of(code: &str, policy: &Policy) -> Self {
        let parsed = parse(code);
        let compiled = compile_to_look_at(&parsed.diagram, policy);
        let is_error = |finding: &Diagnostic| finding.severity == Severity::Error;
        let standing = if parsed.diagnostics.iter().any(is_error) {
            Standing::Broken
        } else if compiled.plan.is_none() {
            Standing::Drawn
        } else {
            Standing::Runs
        };
        let mut diagnostics = parsed.diagnostics;
        diagnostics.extend(compiled.diagnostics.iter().cloned());
        order::sort_by_key(&mut diagnostics, |finding| (finding.span, finding.severity));
        Self {
            drawing: Arc::new(Drawing {
                code: code.into(),
                layout: layout_with_captions(&parsed.diagram, &words_of(&compiled.meanings)),
                steps: steps(&parsed.diagram, &compiled),
                diagram: parsed.diagram,
                meanings: compiled.meanings,
            }),
            diagnostics: Arc::new(diagnostics),
            standing,
        }
    }

    /// How many findings keep the text from running.
    pub fn errors(&self) -> usize {
        self.diagnostics
            .iter()
            .filter(|finding| finding.severity == Severity::Error)
            .count()
    }
}

/// What was understood of each node, in a few words that fit on it.
pub fn words_of(meanings: &[Meaning]) -> Vec<(NodeId, String)> {
    let meanings = meanings.iter();
    meanings
        .map(|meaning| (meaning.node, meaning.words.clone()))
        .collect()
}

/// Shares and observations, merged: both lists are in the order of a healthy run, and an observation belongs to the
/// share before it in the drawing's own order of edges.
fn steps(diagram: &Diagram, compiled: &Compiled) -> Vec<Step> {
    let shares = compiled.steps().iter().map(|step| {
        let kind = StepKind::Share {
            share: step.weight,
            span: step.share_span,
        };
        (step.node, kind)
    });
    let observations = compiled.observations().iter().map(|observation| {
        let kind = StepKind::Observe {
            window: observation.window,
            source: observation.source,
        };
        (observation.node, kind)
    });
    let ranks = healthy_order(diagram);
    let mut steps: Vec<(NodeId, StepKind)> = shares.chain(observations).collect();
    order::sort_by_key(&mut steps, |(node, _)| {
        ranks.iter().position(|other| other == node)
    });
    steps
        .into_iter()
        .filter_map(|(node, kind)| {
            Some(Step {
                node,
                label: diagram.node(node)?.label.clone(),
                kind,
            })
        })
        .collect()
}

/// The nodes from the start on, depth first along the first way out; then what nothing leads to.
fn healthy_order(diagram: &Diagram) -> Vec<NodeId> {
    let mut order = Vec::new();
    let ids = diagram.nodes.iter().map(|node| node.id);
    let starts = ids
        .clone()
        .filter(|id| diagram.incoming(*id).next().is_none());
    let mut open: Vec<NodeId> = ids.clone().rev().collect();
    open.extend(starts);
    while let Some(id) = open.pop() {
        if !order.contains(&id) {
            order.push(id);
            let onward: Vec<NodeId> = diagram.outgoing(id).map(|(_, edge)| edge.to).collect();
            open.extend(onward.into_iter().rev());
        }
    }
    order
}
