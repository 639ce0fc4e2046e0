//! What was found, put in the project, and how to come back.

use crate::state::{edit::Edit, notice::Notice, session::Session};
use coalmine_lab::Parameter;
use coalmine_wire::{Project, turning::turn};
use leptos::prelude::*;

/// The project with these numbers turned; nothing if it lacks one of them.
pub fn turned(
    project: &Project,
    numbers: impl IntoIterator<Item = (Parameter, i64)>,
) -> Option<Project> {
    let mut numbers = numbers.into_iter();
    numbers.try_fold(project.clone(), |project, (parameter, value)| {
        turn(&project, parameter, value).ok()
    })
}

/// Puts another project in the place of the one that is edited, whose name it keeps, and tells how to come back.
pub fn adopt(session: Session, project: Project, words: String, on_notice: Callback<Notice>) {
    let before = Box::new(session.draft.project().get_untracked());
    let name = before.name.clone();
    let project = Box::new(Project { name, ..project });
    session.draft.edit(Edit::Replace(project));
    on_notice.run(Notice::Replaced { words, before });
}
