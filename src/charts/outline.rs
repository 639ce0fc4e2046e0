//! What is expected of a run before it has happened: its length, and when which share would be reached.
//!
//! Drawn faintly where nothing has been measured yet, so that the charts are never blank boxes.

use super::marks::Step;
use coalmine_controller::Time;

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

#[cfg(test)]
mod tests {
    use super::*;
    use coalmine_controller::Weight;

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
