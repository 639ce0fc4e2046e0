//! The page's memory of runs: which one was asked for, which one is on screen, and what was told of it.
//!
//! Pure: messages in, messages out. The run on screen stays until the first news of the next one, so that a change of
//! the draft never blanks the page.

use crate::playback::Recording;
use coalmine_flow::Diagnostic;
use coalmine_sim::Intervention;
use coalmine_wire::{FromWorker, Project, RunId, ToWorker};
use std::sync::Arc;

/// Whether somebody runs what is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Link {
    /// The worker has not spoken yet.
    #[default]
    Starting,
    /// The worker listens.
    Up,
    /// The worker comes from another build: a reload brings both together.
    Mismatch,
    /// There is no worker, for this reason.
    Lost(String),
}

/// The runs that the page knows of.
#[derive(Clone, Debug, Default)]
pub struct Run {
    link: Link,
    /// The latest that was asked for.
    asked: RunId,
    /// The one that `recording` tells of.
    shown: RunId,
    /// Asked for before the worker listened.
    waiting: Option<Box<Project>>,
    /// What runs, or is asked to.
    project: Option<Arc<Project>>,
    /// What is on screen.
    shown_project: Option<Arc<Project>>,
    recording: Arc<Recording>,
    acts: Vec<Intervention>,
    refused: Vec<Diagnostic>,
    batches: u32,
    acked: u32,
}

impl Run {
    /// Runs `project` from the beginning. What people did in the run before is not part of the new one.
    pub fn start(&mut self, project: &Arc<Project>) -> Option<ToWorker> {
        self.asked = RunId(self.asked.0 + 1);
        self.project = Some(Arc::clone(project));
        self.acts.clear();
        (self.batches, self.acked) = (0, 0);
        let project = Box::new(Project::clone(project));
        match self.link {
            Link::Up => Some(ToWorker::Start {
                run: self.asked,
                project,
            }),
            Link::Starting => {
                self.waiting = Some(project);
                None
            }
            Link::Mismatch | Link::Lost(_) => None,
        }
    }

    /// A person steps into the run on screen. Nothing happens while the next run has been asked for already.
    pub fn fork(&mut self, intervention: Intervention) -> Option<ToWorker> {
        if self.link != Link::Up || self.asked != self.shown {
            return None;
        }
        self.asked = RunId(self.asked.0 + 1);
        (self.batches, self.acked) = (0, 0);
        self.acts.retain(|act| act.at <= intervention.at);
        self.acts.push(intervention);
        Some(ToWorker::Fork {
            run: self.asked,
            intervention,
        })
    }

    /// Takes in a message; messages of abandoned runs are dropped.
    pub fn hear(&mut self, message: FromWorker, build: &str) -> Option<ToWorker> {
        match message {
            FromWorker::Ready { build: other } if other != build => self.link = Link::Mismatch,
            FromWorker::Ready { .. } => {
                self.link = Link::Up;
                return self.waiting.take().map(|project| ToWorker::Start {
                    run: self.asked,
                    project,
                });
            }
            FromWorker::Forked { run, from } if run == self.asked => {
                self.shown = run;
                Arc::make_mut(&mut self.recording).truncate(from);
            }
            FromWorker::Progress { run, batch } if run == self.asked => {
                self.show(run);
                self.batches += 1;
                Arc::make_mut(&mut self.recording).append(batch);
            }
            FromWorker::Finished { run, summary } if run == self.asked => {
                self.show(run);
                Arc::make_mut(&mut self.recording).finish(*summary);
            }
            FromWorker::Refused { run, diagnostics } if run == self.asked => {
                self.show(run);
                self.refused = diagnostics;
            }
            FromWorker::Forked { .. }
            | FromWorker::Progress { .. }
            | FromWorker::Finished { .. }
            | FromWorker::Refused { .. } => {}
        }
        None
    }

    /// The worker is gone, or was never there.
    pub fn lose(&mut self, reason: String) {
        self.link = Link::Lost(reason);
    }

    /// What to send once a frame, so that the worker goes on.
    pub fn acknowledge(&mut self) -> Option<ToWorker> {
        (self.acked < self.batches).then(|| {
            self.acked = self.batches;
            ToWorker::Ack {
                run: self.asked,
                batches: self.batches,
            }
        })
    }

    /// Whether somebody runs what is asked for.
    pub const fn link(&self) -> &Link {
        &self.link
    }

    /// Whether the run on screen is the latest that was asked for.
    pub fn is_current(&self) -> bool {
        self.asked == self.shown
    }

    /// What was told of the run on screen.
    pub const fn recording(&self) -> &Arc<Recording> {
        &self.recording
    }

    /// The project of the run on screen.
    pub const fn project(&self) -> Option<&Arc<Project>> {
        self.shown_project.as_ref()
    }

    /// What people did in the run, in order.
    pub fn acts(&self) -> &[Intervention] {
        &self.acts
    }

    /// Why the worker would not run the project.
    pub fn refused(&self) -> &[Diagnostic] {
        &self.refused
    }

    /// The first news of a run: it takes the screen.
    fn show(&mut self, run: RunId) {
        if self.shown != run {
            self.shown = run;
            self.shown_project.clone_from(&self.project);
            self.recording = Arc::default();
            self.refused.clear();
        }
    }
}

#[cfg(test)]
mod tests;
