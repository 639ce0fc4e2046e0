//! The project being edited: one signal, and everything that follows from it.

use super::{
    analysis::{Analysis, Drawing, Standing},
    edit::{self, Edit},
    history::History,
};
use coalmine_wire::Project;
use leptos::prelude::*;
use std::sync::Arc;

/// The handle that components share.
#[derive(Clone, Copy)]
pub struct Draft {
    project: RwSignal<Project>,
    analysis: Memo<Analysis>,
    drawing: Memo<Arc<Drawing>>,
    runnable: Memo<Option<Arc<Project>>>,
    is_typing: RwSignal<bool>,
    history: RwSignal<History, LocalStorage>,
}

impl Draft {
    /// Edits `project` from now on.
    pub fn new(project: Project) -> Self {
        let project = RwSignal::new(project);
        let code = Memo::new(move |_| project.with(|project| project.code.clone()));
        let policy = Memo::new(move |_| project.with(|project| project.policy.clone()));
        let analysis =
            Memo::new(move |_| code.with(|code| policy.with(|policy| Analysis::of(code, policy))));
        let drawing = Memo::new(move |last: Option<&Arc<Drawing>>| {
            analysis.with(|analysis| match (analysis.standing, last) {
                // Broken code keeps the last good diagram.
                (Standing::Broken, Some(last)) => Arc::clone(last),
                (Standing::Broken, None) | (Standing::Drawn | Standing::Runs, _) => {
                    Arc::clone(&analysis.drawing)
                }
            })
        });
        let runnable = Memo::new(move |last: Option<&Option<Arc<Project>>>| {
            match analysis.with(|analysis| analysis.standing) {
                Standing::Runs => Some(Arc::new(project.with(nameless))),
                Standing::Broken | Standing::Drawn => last.cloned().flatten(),
            }
        });
        Self {
            project,
            analysis,
            drawing,
            runnable,
            is_typing: RwSignal::new(false),
            history: RwSignal::new_local(History::default()),
        }
    }

    /// Notes every change from now on.
    pub fn remember(self) {
        // Leaves the reactive world: the history is of what was, and no part of the project follows from it.
        Effect::new(move |_| {
            let is_typed = self.is_typing.get_untracked();
            let at = window().performance().map_or(0.0, |clock| clock.now());
            self.project.with(|project| {
                self.history
                    .update(|history| history.note(project, is_typed, at));
            });
        });
    }

    /// What was before, and what was gone back from.
    pub fn past(self) -> RwSignal<History, LocalStorage> {
        self.history
    }

    /// Changes the project.
    pub fn edit(self, edit: Edit) {
        self.is_typing.set(edit.is_typed());
        self.project.update(|project| edit::apply(project, edit));
    }

    /// The project as it stands, whether it runs or not.
    pub fn project(self) -> Signal<Project> {
        self.project.into()
    }

    /// What was found out about its code.
    pub fn analysis(self) -> Signal<Analysis> {
        self.analysis.into()
    }

    /// What to draw: the code's diagram, or the last one that could be drawn.
    pub fn drawing(self) -> Signal<Arc<Drawing>> {
        self.drawing.into()
    }

    /// What to run: the project, or how it was when it last could be run. Its name is left out, for it changes nothing.
    pub fn runnable(self) -> Signal<Option<Arc<Project>>> {
        self.runnable.into()
    }

    /// Whether the latest change was a letter typed, so that the run had better wait for a pause.
    pub fn is_typing(self) -> Signal<bool> {
        self.is_typing.into()
    }

    /// A part of the project, told apart from the rest: it changes only when it changes.
    pub fn part<T: Clone + PartialEq + Send + Sync + 'static>(
        self,
        read: impl Fn(&Project) -> T + Send + Sync + 'static,
    ) -> Memo<T> {
        Memo::new(move |_| self.project.with(&read))
    }
}

/// Under a name that every project may have.
fn nameless(project: &Project) -> Project {
    Project {
        name: Project::default().name,
        ..project.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use coalmine_wire::Job;

    #[test]
    fn what_is_to_be_run_can_be_run() {
        Owner::new().with(|| {
            let draft = Draft::new(Project::default());
            let project = draft.runnable().get_untracked().expect("the seed runs");
            assert!(Job::new(&project).is_ok());
        });
    }

    #[test]
    fn another_name_is_not_another_run() {
        Owner::new().with(|| {
            let draft = Draft::new(Project::default());
            let before = draft.runnable().get_untracked();
            draft.edit(Edit::Name("payments".to_owned()));
            assert_eq!(draft.runnable().get_untracked(), before);
        });
    }
}
