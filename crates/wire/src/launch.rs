//! From a project to a controller that is ready to start: the seam behind which other controllers stand.

use crate::Project;
use coalmine_controller::{Controller, FlowController, Plan, Recording, compile};
use coalmine_flow::{Diagnostic, Diagram, Severity, TextSpan, parse};
use std::sync::Arc;

/// Builds the controllers that a host runs.
pub trait Launch {
    /// What runs.
    type Controller: Controller;

    /// A controller for a run of `project`, before its start.
    ///
    /// # Errors
    /// Why the project cannot be run. Spans lie in the project's code.
    fn launch(&self, project: &Project) -> Result<Self::Controller, Vec<Diagnostic>>;
}

/// Runs the diagram itself.
#[derive(Clone, Copy, Debug, Default)]
pub struct LaunchFlow;

impl Launch for LaunchFlow {
    type Controller = FlowController;

    fn launch(&self, project: &Project) -> Result<FlowController, Vec<Diagnostic>> {
        let (_, plan) = plan_of(project)?;
        Ok(FlowController::new(plan, Recording::Full))
    }
}

/// The diagram of a project and the plan that it compiles into.
///
/// # Errors
/// Why the project cannot be run: faults of the text or of the drawing, or numbers that no run could have, with what
/// else was found. Spans lie in the project's code; what has no place in it stands at its beginning.
pub fn plan_of(project: &Project) -> Result<(Diagram, Arc<Plan>), Vec<Diagnostic>> {
    let understood = understand(project);
    let is_broken = understood
        .diagnostics
        .iter()
        .any(|diagnostic| diagnostic.severity == Severity::Error);
    match understood.plan {
        Some(plan) if !is_broken => Ok((understood.diagram, plan)),
        Some(_) | None => Err(understood.diagnostics),
    }
}

/// Everything that is wrong with a project, or likely not meant. Spans as for [`plan_of`].
pub fn findings(project: &Project) -> Vec<Diagnostic> {
    understand(project).diagnostics
}

struct Understood {
    diagram: Diagram,
    plan: Option<Arc<Plan>>,
    diagnostics: Vec<Diagnostic>,
}

fn understand(project: &Project) -> Understood {
    let mut diagnostics: Vec<Diagnostic> = project
        .problems()
        .iter()
        .map(|problem| problem.diagnostic(TextSpan::default()))
        .collect();
    let parsed = parse(&project.code);
    let compiled = compile(&parsed.diagram, &project.policy);
    diagnostics.extend(parsed.diagnostics);
    diagnostics.extend(compiled.diagnostics);
    Understood {
        diagram: parsed.diagram,
        plan: compiled.plan,
        diagnostics,
    }
}
