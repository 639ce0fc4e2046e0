//! What was before: every change of the project can be taken back, and made again.

use coalmine_wire::Project;
use std::collections::VecDeque;

/// More steps than this are not kept.
const MOST: usize = 600;
/// Letters typed with no longer pauses than this are one step, in milliseconds.
const PAUSE: f64 = 1_000.0;

/// The past and the future of a project.
#[derive(Clone, Debug, Default)]
pub struct History {
    now: Option<Project>,
    past: VecDeque<Project>,
    future: Vec<Project>,
    typed_at: Option<f64>,
}

impl History {
    /// The project is this from now on. Letters that are typed one after the other make one step.
    pub fn note(&mut self, project: &Project, is_typed: bool, at: f64) {
        let Some(now) = self.now.as_mut().filter(|now| *now != project) else {
            // The first one has no past; and what was gone to by a step is no step.
            self.now.get_or_insert_with(|| project.clone());
            return;
        };
        let before = std::mem::replace(now, project.clone());
        self.future.clear();
        let goes_on = is_typed && self.typed_at.is_some_and(|last| at - last < PAUSE);
        self.typed_at = is_typed.then_some(at);
        if !goes_on {
            if self.past.len() == MOST {
                self.past.pop_front();
            }
            self.past.push_back(before);
        }
    }

    /// A step back: the project as it was.
    pub fn undo(&mut self) -> Option<Project> {
        let before = self.past.pop_back()?;
        self.future.extend(self.now.replace(before.clone()));
        self.typed_at = None;
        Some(before)
    }

    /// A step forward again.
    pub fn redo(&mut self) -> Option<Project> {
        let after = self.future.pop()?;
        self.past.extend(self.now.replace(after.clone()));
        self.typed_at = None;
        Some(after)
    }

    /// How many steps lead back, and how many forward.
    pub fn reach(&self) -> (usize, usize) {
        (self.past.len(), self.future.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str) -> Project {
        Project {
            name: name.to_owned(),
            ..Project::default()
        }
    }

    /// Five hundred steps and more, each a second after the other.
    fn long() -> History {
        let mut history = History::default();
        for step in 0..=500_u32 {
            history.note(&named(&step.to_string()), false, f64::from(step));
        }
        history
    }

    #[test]
    fn five_hundred_steps_lead_back_and_forward_again() {
        let mut history = long();
        assert_eq!(history.reach(), (500, 0));
        for step in (0..500).rev() {
            assert_eq!(history.undo(), Some(named(&step.to_string())));
        }
        assert_eq!(history.undo(), None);
        for step in 1..=500 {
            let project = history.redo().expect("there is a future");
            assert_eq!(project, named(&step.to_string()));
            // The page tells what it was given, which is no new step.
            history.note(&project, false, 1e6);
        }
        assert_eq!(history.reach(), (500, 0));
    }

    #[test]
    fn a_change_after_a_step_back_has_no_future() {
        let mut history = long();
        history.undo();
        history.note(&named("another"), false, 1e6);
        assert_eq!(history.reach(), (500, 0));
        assert_eq!(history.undo(), Some(named("499")));
    }

    #[test]
    fn a_word_that_is_typed_is_one_step_and_the_next_after_a_pause_another() {
        let mut history = History::default();
        history.note(&named(""), false, 0.0);
        for (letters, at) in [
            ("w", 10.0),
            ("wo", 200.0),
            ("wor", 900.0),
            ("word", 5_000.0),
        ] {
            history.note(&named(letters), true, at);
        }
        assert_eq!(history.reach(), (2, 0));
        assert_eq!(history.undo(), Some(named("wor")));
        assert_eq!(history.undo(), Some(named("")));
    }

    #[test]
    fn the_oldest_steps_are_let_go_of() {
        let mut history = long();
        for step in 0..500_u32 {
            history.note(&named(&format!("more {step}")), false, 1e6);
        }
        assert_eq!(history.reach(), (MOST, 0));
    }
}
