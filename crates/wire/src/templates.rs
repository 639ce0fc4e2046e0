//! Rollouts to begin with: each runs as it is, and shows one way of releasing.

use crate::Project;

/// A rollout to begin with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Template {
    /// What it is called, on the command line and in its file.
    pub name: &'static str,
    /// What it is, in a few words.
    pub title: &'static str,
    /// Whom it is for, in a sentence.
    pub note: &'static str,
    /// Its project file.
    pub text: &'static str,
}

impl Template {
    /// The project that it is.
    pub fn project(&self) -> Project {
        Project::parse(self.text).expect("templates are read by a test")
    }
}

/// A template, by the name of its file.
macro_rules! template {
    ($name:literal, $title:literal, $note:literal) => {
        Template {
            name: $name,
            title: $title,
            note: $note,
            text: include_str!(concat!(
                "../../../examples/templates/",
                $name,
                ".coalmine.toml"
            )),
        }
    };
}

/// All of them.
pub const TEMPLATES: [Template; 7] = [
    template!(
        "seed",
        "Three steps, two gates",
        "What many teams draw first, with the flaws that many drawings have."
    ),
    template!(
        "seed-mended",
        "The same, mended",
        "Everything that the review found is repaired: gates before each rise, and a rollback with an end of its own."
    ),
    template!(
        "linear",
        "Ten steps of 10 %",
        "Slow and even: two minutes and a gate after each tenth of the traffic."
    ),
    template!(
        "baseline",
        "Canary against baseline",
        "Gates compare with the version in service, so that a bad day for both stops no good release."
    ),
    template!(
        "two-phase",
        "Two phases, with approval",
        "A tenth of the traffic until a person resumes; then everything, watched for a quarter of an hour."
    ),
    template!(
        "blue-green",
        "Blue and green",
        "All pods first, then all traffic at once, with the old version kept as the way back."
    ),
    template!(
        "fast-lane",
        "Fast lane",
        "No gates at all: short steps, and hard limits that stop at any moment."
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan_of;
    use coalmine_controller::{FlowController, Outcome, Recording};
    use coalmine_sim::{Scenario, Simulation, library};
    use std::sync::Arc;

    /// How a run of this template ends in this world.
    fn outcome(project: &Project, scenario: Scenario) -> Outcome {
        let (_, plan) = plan_of(project).expect("it runs");
        let controller = FlowController::new(plan, Recording::Outcome);
        let mut run = Simulation::new(Arc::new(scenario), controller, project.seed, 0);
        while run.step().is_some() {}
        run.summary().expect("the run is over").outcome
    }

    #[test]
    fn each_template_lets_a_good_release_pass_and_stops_a_bad_one() {
        let broken = library::failure("error-rate").expect("the library has it");
        for template in TEMPLATES {
            let project = template.project();
            assert_eq!(project.name, template.name);
            let good = outcome(&project, project.scenario.clone());
            assert_eq!(good, Outcome::Succeeded, "{}", template.name);
            let mut scenario = project.scenario.clone();
            broken.inject(&mut scenario);
            let bad = outcome(&project, scenario);
            assert_ne!(bad, Outcome::Succeeded, "{}", template.name);
        }
    }

    #[test]
    fn what_is_called_mended_is_the_seed_as_the_review_mends_it() {
        let [seed, mended, ..] = TEMPLATES.map(|template| template.project());
        assert_eq!(seed.code, Project::default().code);
        assert_eq!(seed.mended().0.code, mended.code);
        assert_eq!(mended.review(), []);
    }
}
