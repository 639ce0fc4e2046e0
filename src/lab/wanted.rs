//! What is asked of the policy: which releases, how often.

use crate::{format, state::draft::Draft};
use coalmine_lab::{Design, Release, Shard, Study, StudyParts, default_releases};
use coalmine_wire::{Project, plan_of};
use leptos::prelude::*;
use std::sync::Arc;

/// Rollouts of each release at first: some seconds, and intervals of a few points.
const ROLLOUTS: u32 = 1_000;

/// What a person asks for.
#[derive(Clone, Copy)]
pub struct Wanted {
    /// The releases that follow from the project.
    pub releases: Memo<Vec<Release>>,
    /// Those that are left out, by name.
    pub left_out: RwSignal<Vec<String>>,
    /// Rollouts of each.
    pub rollouts: RwSignal<u32>,
}

impl Wanted {
    /// What the project suggests.
    pub fn new(draft: Draft) -> Self {
        Self {
            releases: Memo::new(move |_| {
                let project = draft.runnable().get();
                project.map_or_else(Vec::new, |project| default_releases(&project.scenario))
            }),
            left_out: RwSignal::default(),
            rollouts: RwSignal::new(ROLLOUTS),
        }
    }

    /// The releases that are tried, and the project they are tried on. Tracks both.
    ///
    /// # Errors
    /// In words, if nothing can be run.
    pub fn design(self, draft: Draft) -> Result<(Arc<Project>, Design), String> {
        let project = draft
            .runnable()
            .get()
            .ok_or("The diagram cannot be run yet: mend its code first.")?;
        let (diagram, _) = plan_of(&project)
            .map_err(|_| "The project cannot be run as it stands: mend its numbers first.")?;
        let releases = self.left_out.with(|left_out| {
            let releases = self.releases.get().into_iter();
            releases
                .filter(|release| !left_out.contains(&release.name))
                .collect()
        });
        let policy = project.policy.clone();
        Ok((
            project,
            Design {
                diagram,
                policy,
                releases,
            },
        ))
    }

    /// The study that is asked for, or why there is none. Tracks everything that it depends on.
    ///
    /// # Errors
    /// In words, if there is nothing that can be run.
    pub fn study(self, draft: Draft) -> Result<Study, String> {
        let (project, design) = self.design(draft)?;
        let plan = design.plan().map_err(said)?;
        Study::new(StudyParts {
            plans: vec![plan],
            releases: design.releases,
            seed: project.seed,
            rollouts: self.rollouts.get(),
            precision: None,
            shard: Shard::WHOLE,
        })
        .map_err(said)
    }
}

/// An error as a sentence.
pub fn said(error: impl std::fmt::Display) -> String {
    format::sentence_case(&error.to_string())
}
