//! A project: the flow, the policy beside it, the scenario, the seed. One TOML file, one document, one thing to share.

mod findings;
mod form;
mod problem;
mod read;
mod section;
mod write;

pub use problem::Problem;
pub use read::ProjectFile;

use crate::quantity::metric_word;
use coalmine_controller::{Metric, Policy};
use coalmine_flow::Diagnostic;
use coalmine_sim::{CustomMetric, FaultKind, Intervention, Scenario, Seed, Target};
use read::words;
use serde::{Deserialize, Serialize};

/// What a project file holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Project {
    /// Shown in the header and used as the file's name.
    pub name: String,
    /// FlowZap Code, as written, to the byte.
    pub code: String,
    /// What the drawing has no word for.
    pub policy: Policy,
    /// What it is run against.
    pub scenario: Scenario,
    /// Where all chance comes from.
    pub seed: Seed,
}

/// The seed's rollout: the diagram that ships as an example, under the default policy and scenario.
impl Default for Project {
    fn default() -> Self {
        Self::from_code("checkout-api", include_str!("../../../examples/canary.fz"))
    }
}

impl Project {
    /// A project of a bare diagram, with the default policy, scenario and seed.
    pub fn from_code(name: impl Into<String>, code: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            code: code.into(),
            policy: Policy::default(),
            scenario: Scenario::default(),
            seed: Seed(7),
        }
    }

    /// Reads a project file; what it leaves out is as in [`Project::default`].
    ///
    /// # Errors
    /// Everything wrong with it at once, each with its place in the text, in the order of the text. Faults in the
    /// flow itself are no errors here: a project may hold a diagram that is still being drawn.
    pub fn parse(text: &str) -> Result<Self, Vec<Diagnostic>> {
        read::read(text).map(|file| file.project)
    }

    /// As [`parse`](Self::parse), and tells where in the text the flow stands, for tools that show or patch it there.
    ///
    /// # Errors
    /// As for [`parse`](Self::parse).
    pub fn parse_file(text: &str) -> Result<ProjectFile, Vec<Diagnostic>> {
        read::read(text)
    }

    /// The project as a file: canonical, every value spelled out so that later defaults do not change its meaning.
    /// Read back exactly by [`parse`](Self::parse). Comments of a file that was read are not kept.
    pub fn to_toml(&self) -> String {
        write::write(self)
    }

    /// Adds what a person does to the scenario, in the order of time.
    pub fn intervene(&mut self, intervention: Intervention) {
        let interventions = &mut self.scenario.interventions;
        let place = interventions.partition_point(|other| other.at <= intervention.at);
        interventions.insert(place, intervention);
    }
}

/// The word of a fault's kind in a project file.
pub fn fault_word(kind: FaultKind) -> &'static str {
    words::of(&words::KINDS, words::kind_of(kind))
}

/// The word of a fault's target in a project file.
pub fn target_word(target: Target) -> &'static str {
    words::of(&words::TARGETS, target)
}

/// What a project file calls a metric: the team's own by their names; one that nothing describes by its number.
pub(crate) fn metric_name(metric: Metric, own: &[CustomMetric]) -> String {
    let described = match metric {
        Metric::Custom(place) => own.get(usize::from(place)),
        Metric::ErrorRate | Metric::Latency(_) | Metric::Cpu | Metric::Memory => None,
    };
    described.map_or_else(|| metric_word(metric), |it| it.name.clone())
}

/// A text as the value of a flow in a project file, delimiters included.
pub fn encode_flow(code: &str) -> String {
    write::multi_line(code)
}

#[cfg(test)]
mod tests;
