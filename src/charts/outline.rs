//! What is expected of a run before it has happened: its length, and when which share would be reached.
//!
//! Drawn faintly where nothing has been measured yet, so that the charts are never blank boxes.

use super::marks::Step;
use coalmine_controller::{Compiled, Role, Time, Weight};
use coalmine_flow::{Diagram, NodeId};
use coalmine_sim::Scenario;

/// The run as the plan has it, should every gate pass at its first look.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    /// Each change of the split, in order of time.
    pub steps: Vec<Step>,
    /// The end of the run, its tail included.
    pub end: Time,
}

impl Outline {
    /// The steps that are still ahead at `at`, when `done` of them have been taken: moved so that none lies in the
    /// past.
    pub fn ahead(&self, done: usize, at: Time) -> impl Iterator<Item = Step> {
        let rest = self.steps.get(done..).unwrap_or_default();
        let late = rest.first().map_or(0, |next| at.since(next.at).0);
        rest.iter().map(move |step| Step {
            at: Time(step.at.0 + late),
            weight: step.weight,
        })
    }
}

/// Walks the plan as it is drawn, each gate passed at its first look, each stage as long as the platform takes.
pub fn expected(diagram: &Diagram, compiled: &Compiled, scenario: &Scenario) -> Outline {
    let platform = &scenario.platform;
    let role = |id: NodeId| compiled.meaning(id).map(|meaning| &meaning.role);
    let start = compiled
        .meanings
        .iter()
        .find(|meaning| meaning.role == Role::Start);
    let mut walk = Walk {
        millis: 0,
        weight: Weight::ZERO,
        steps: Vec::new(),
    };
    let mut at = start.map(|meaning| meaning.node);
    // A walk longer than there are nodes goes in circles.
    for _ in 0..=diagram.nodes.len() {
        let Some(id) = at else { break };
        match role(id) {
            Some(Role::Build) => walk.millis += platform.build.0,
            Some(Role::Push) => walk.millis += platform.push.0,
            Some(Role::Pods(weight)) => {
                walk.millis += platform.pod_start.0;
                walk.weight = *weight;
            }
            Some(Role::Raise(weight)) => {
                walk.millis += platform.pod_start.0;
                walk.route(*weight, platform.router_delay.0);
            }
            Some(Role::Split(weight)) => {
                walk.route(weight.unwrap_or(walk.weight), platform.router_delay.0);
            }
            Some(Role::Success) => walk.millis += platform.drain.0,
            Some(
                Role::Start
                | Role::End
                | Role::Wait(_)
                | Role::Probe { .. }
                | Role::Gate
                | Role::RollBack
                | Role::Complete
                | Role::Milestone
                | Role::Unknown,
            )
            | None => {}
        }
        let observed = compiled.observations().iter().find(|seen| seen.node == id);
        walk.millis += observed.map_or(0, |seen| seen.window.0);
        let healthy = diagram
            .outgoing(id)
            .find(|(_, edge)| role(edge.to) != Some(&Role::RollBack));
        at = healthy.map(|(_, edge)| edge.to);
    }
    Outline {
        steps: walk.steps,
        end: Time(walk.millis + scenario.tail.0),
    }
}

struct Walk {
    millis: u64,
    /// The last percentage passed.
    weight: Weight,
    steps: Vec<Step>,
}

impl Walk {
    fn route(&mut self, weight: Weight, delay: u64) {
        self.millis += delay;
        self.weight = weight;
        self.steps.push(Step {
            at: Time(self.millis),
            weight,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_seed_is_expected_to_last_about_half_an_hour() {
        let project = coalmine_wire::Project::default();
        let diagram = coalmine_flow::parse(&project.code).diagram;
        let compiled = coalmine_controller::compile(&diagram, &project.policy);
        let outline = expected(&diagram, &compiled, &project.scenario);
        let shares: Vec<_> = outline
            .steps
            .iter()
            .map(|step| step.weight.basis_points() / 100)
            .collect();
        assert_eq!(shares, [5, 25, 50, 100]);
        let minutes = outline.end.0 / 60_000;
        assert!((25..40).contains(&minutes), "{minutes} min");
        assert!(outline.steps.is_sorted_by_key(|step| step.at));
    }

    #[test]
    fn a_late_step_pushes_those_behind_it() {
        let step = |secs: u64| Step {
            at: Time(secs * 1_000),
            weight: Weight::FULL,
        };
        let outline = Outline {
            steps: vec![step(10), step(20), step(30)],
            end: Time(60_000),
        };
        let ahead = |done, secs: u64| {
            outline
                .ahead(done, Time(secs * 1_000))
                .map(|step| step.at.0 / 1_000)
                .collect::<Vec<_>>()
        };
        assert_eq!(ahead(0, 0), [10, 20, 30]);
        assert_eq!(ahead(1, 15), [20, 30]);
        assert_eq!(ahead(1, 25), [25, 35]);
        assert_eq!(ahead(9, 25), [0; 0]);
    }
}
