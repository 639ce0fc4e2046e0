//! From a project to a run that is ready to start.
//!
//! Projects are read and checked where people edit them; a [`Job`] is what is left to run. So the worker needs neither
//! the reader of diagrams nor the compiler, and stays small. [`Launch`] is the seam behind which other controllers
//! stand.

use crate::{Project, quantity::metric_word, review};
use coalmine_controller::{
    Compiled, Controller, FlowController, Metric, Plan, Policy, Recording, compile,
    compile_to_look_at,
};
use coalmine_flow::{Diagnostic, Diagram, Severity, TextSpan, parse};
use coalmine_sim::{Scenario, Seed, Simulation};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A run that is ready to start: a project, read and found to be runnable.
///
/// Serialised only on its way between two parts of one build.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Job {
    program: Program,
    scenario: Scenario,
    seed: Seed,
}

/// What decides.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Program {
    /// The diagram itself.
    Flow(Plan),
}

impl Job {
    /// The run that a project describes.
    ///
    /// # Errors
    /// As for [`plan_of`].
    pub fn new(project: &Project) -> Result<Self, Vec<Diagnostic>> {
        let (_, plan) = plan_of(project)?;
        Ok(Self::of(plan, project))
    }

    fn of(plan: Arc<Plan>, project: &Project) -> Self {
        Self {
            program: Program::Flow(Arc::unwrap_or_clone(plan)),
            scenario: project.scenario.clone(),
            seed: project.seed,
        }
    }

    /// The run before its first instant, under a controller that `launch` builds.
    pub fn simulation<L: Launch>(self, launch: &L) -> Simulation<L::Controller> {
        let controller = launch.launch(self.program);
        Simulation::new(Arc::new(self.scenario), controller, self.seed, 0)
    }
}

/// Builds the controllers that a host runs.
pub trait Launch {
    /// What runs.
    type Controller: Controller;

    /// A controller before its start.
    fn launch(&self, program: Program) -> Self::Controller;
}

/// Runs the diagram itself.
#[derive(Clone, Copy, Debug, Default)]
pub struct LaunchFlow;

impl Launch for LaunchFlow {
    type Controller = FlowController;

    fn launch(&self, program: Program) -> FlowController {
        match program {
            Program::Flow(plan) => FlowController::new(Arc::new(plan), Recording::Full),
        }
    }
}

/// The diagram of a project and the plan that it compiles into.
///
/// # Errors
/// Why the project cannot be run: faults of the text or of the drawing, or numbers that no run could have, with what
/// else was found. Spans lie in the project's code; what has no place in it stands at its beginning.
pub fn plan_of(project: &Project) -> Result<(Diagram, Arc<Plan>), Vec<Diagnostic>> {
    runnable(understand(project, beside_the_diagram(project), compile))
}

fn runnable(understood: Understood) -> Result<(Diagram, Arc<Plan>), Vec<Diagnostic>> {
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
    let mut found = understand(project, beside_the_diagram(project), compile).diagnostics;
    // What the compiler says of the same place in the same words need not be said twice.
    let reviewed = review::diagnostics(project);
    found.retain(|it| !OF_REVIEW.contains(&it.code.as_str()) || reviewed.is_empty());
    found.extend(reviewed);
    found
}

/// What the compiler tells and the review tells better, with what would mend it.
const OF_REVIEW: [&str; 2] = ["implicit-hold", "unreachable"];

struct Understood {
    diagram: Diagram,
    plan: Option<Arc<Plan>>,
    diagnostics: Vec<Diagnostic>,
}

/// Makes what is run of a project; nothing where it cannot tell yet. See [`thorough`] and [`trusting`].
pub type Reader = fn(&Project) -> Result<Option<Job>, Vec<Diagnostic>>;

/// Reads a project with everything that is to be known of it.
///
/// # Errors
/// As for [`plan_of`].
pub fn thorough(project: &Project) -> Result<Option<Job>, Vec<Diagnostic>> {
    Job::new(project).map(Some)
}

/// Reads a project that was found to be right before, in little code: nothing where tests would have to be worked out.
///
/// # Errors
/// Faults of the text or of the drawing.
pub fn trusting(project: &Project) -> Result<Option<Job>, Vec<Diagnostic>> {
    if project.policy.has_tests() {
        return Ok(None);
    }
    let understood = understand(project, Vec::new(), compile_to_look_at);
    let (_, plan) = runnable(understood)?;
    Ok(Some(Job::of(plan, project)))
}

/// Numbers that no run could have, and metrics that nothing describes.
fn beside_the_diagram(project: &Project) -> Vec<Diagnostic> {
    let mut diagnostics: Vec<Diagnostic> = project
        .problems()
        .iter()
        .map(|problem| problem.diagnostic(TextSpan::default()))
        .collect();
    diagnostics.extend(without_data(project));
    diagnostics
}

fn understand(
    project: &Project,
    mut diagnostics: Vec<Diagnostic>,
    compile: fn(&Diagram, &Policy) -> Compiled,
) -> Understood {
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

/// Metrics of the team's own that the policy judges and no table of the scenario describes: they never have data.
fn without_data(project: &Project) -> Vec<Diagnostic> {
    let policy = &project.policy;
    let checks = policy
        .nodes
        .values()
        .filter_map(|node| node.checks.as_ref())
        .chain([&policy.checks])
        .flatten();
    let judged = checks
        .map(|check| check.metric)
        .chain(policy.triggers.iter().map(|trigger| trigger.metric));
    let described = project.scenario.measurement.metrics.len();
    let mut missing: Vec<Metric> = judged
        .filter(|metric| match metric {
            Metric::Custom(place) => described <= usize::from(*place),
            Metric::ErrorRate | Metric::Latency(_) | Metric::Cpu | Metric::Memory => false,
        })
        .collect();
    missing.sort_unstable();
    missing.dedup();
    let told = |metric| Diagnostic {
        severity: Severity::Warning,
        code: "metric-without-data".to_owned(),
        span: TextSpan::default(),
        message: format!(
            "the policy judges {}, which never has data: nothing describes it",
            metric_word(metric)
        ),
        suggestion: Some("describe it in a [[scenario.metric]], or judge another".to_owned()),
        fix: None,
    };
    missing.into_iter().map(told).collect()
}
