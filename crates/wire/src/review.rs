//! The review of a project: [`coalmine_controller::review`] at the traffic and with the scrapes of its scenario.

use crate::Project;
use coalmine_controller::review::{Finding, Surroundings, mend, review};
use coalmine_flow::Diagnostic;
use coalmine_sim::{Profile, Rate, Scenario};

impl Project {
    /// What is wrong with the rollout although it runs, in the order in which it is best mended.
    pub fn review(&self) -> Vec<Finding> {
        review(&self.code, &self.policy, surroundings(&self.scenario))
    }

    /// The project with everything mended that can be, and what was done, in order.
    #[must_use]
    pub fn mended(&self) -> (Self, Vec<String>) {
        let mended = mend(&self.code, &self.policy, surroundings(&self.scenario));
        let project = Self {
            code: mended.code,
            policy: mended.policy,
            ..self.clone()
        };
        (project, mended.made)
    }
}

/// The findings of the review as diagnostics; spans lie in the project's code.
pub(crate) fn diagnostics(project: &Project) -> Vec<Diagnostic> {
    let told = |finding: Finding| Diagnostic {
        severity: finding.severity,
        code: finding.code.to_owned(),
        span: finding.span,
        message: finding.why,
        suggestion: finding.repairs.into_iter().next().map(|it| it.title),
        fix: None,
    };
    project.review().into_iter().map(told).collect()
}

/// What the review must know of a world.
fn surroundings(scenario: &Scenario) -> Surroundings {
    Surroundings {
        rate: usual(&scenario.traffic.profile).0,
        replicas: scenario.platform.replicas,
        scrape: scenario.measurement.scrape,
    }
}

/// The rate that a course keeps to, or comes back to, or begins with.
fn usual(profile: &Profile) -> Rate {
    match profile {
        Profile::Constant(rate) => *rate,
        Profile::Diurnal { mean, .. } | Profile::Weekly { mean, .. } => *mean,
        Profile::Ramp { from, .. } | Profile::Step { from, .. } => *from,
        Profile::Burst { base, .. } => *base,
        Profile::Recorded(points) => points.first().map_or(Rate(0), |(_, rate)| *rate),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_seed_is_told_its_flaws_and_has_none_once_mended() {
        let seed = Project::default();
        assert_eq!(seed.review().len(), 6);
        let (mended, made) = seed.mended();
        assert_eq!(made.len(), 6);
        assert_eq!(mended.review(), []);
        assert!(crate::plan_of(&mended).is_ok());
    }

    #[test]
    fn the_traffic_of_the_scenario_counts() {
        let mut quiet = Project::default();
        quiet.scenario.traffic.profile = Profile::Constant(Rate(2_000));
        let codes: Vec<&str> = quiet.review().iter().map(|it| it.code).collect();
        assert!(codes.contains(&"undecidable-gate"), "{codes:?}");
    }
}
