//! From a share back to one rollout: the project with the scenario and the seed of a run, in the place where it is told.

use super::apply::adopt;
use crate::state::{notice::Notice, place::Place, session::Session};
use coalmine_lab::{Study, seed_of};
use coalmine_wire::Project;
use leptos::prelude::*;

/// A run of the study.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Which {
    /// The release, by its place in the study.
    pub release: u32,
    /// The run, by its number.
    pub run: u32,
}

/// Shows a run of the project as it stands, and tells how to come back.
pub fn replay(session: Session, study: &Study, which: Which, on_notice: Callback<Notice>) {
    let project = session.draft.project().get_untracked();
    replay_with(session, project, study, which, on_notice);
}

/// Shows a run of a project that a study turned a number of.
pub fn replay_with(
    session: Session,
    mut project: Project,
    study: &Study,
    which: Which,
    on_notice: Callback<Notice>,
) {
    let Some(release) = study.releases().get(which.release as usize) else {
        return;
    };
    project.scenario = (*release.scenario).clone();
    project.seed = seed_of(study.seed(), which.release, which.run);
    let words = format!(
        "Rollout {} of \u{201c}{}\u{201d}, seed {}",
        which.run + 1,
        release.name,
        project.seed.0
    );
    adopt(session, project, words, on_notice);
    Place::Simulate.go();
}
