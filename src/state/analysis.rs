//! What the code under the caret means: diagram, layout, meanings, plan, and everything that is wrong with it.

use coalmine_controller::{Meaning, Policy};
use coalmine_flow::{Diagnostic, Diagram, Layout, Severity, layout, parse};
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
        let compiled = coalmine_controller::compile(&parsed.diagram, policy);
        let is_error = |finding: &Diagnostic| finding.severity == Severity::Error;
        let standing = if parsed.diagnostics.iter().any(is_error) {
            Standing::Broken
        } else if compiled.plan.is_none() {
            Standing::Drawn
        } else {
            Standing::Runs
        };
        let mut diagnostics = parsed.diagnostics;
        diagnostics.extend(compiled.diagnostics);
        diagnostics.sort_by_key(|finding| (finding.span, finding.severity));
        Self {
            drawing: Arc::new(Drawing {
                code: code.into(),
                layout: layout(&parsed.diagram),
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
