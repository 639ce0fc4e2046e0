//! The page's memory of a run: what was told of it, what it runs, what people did in it.
//!
//! Pure: messages in, messages out. The run on screen stays until the first news of the next one, so that a change of
//! the draft never blanks the page.

use crate::playback::Recording;
use coalmine_flow::{Diagnostic, Severity};
use coalmine_sim::Intervention;
use coalmine_wire::{Client, FromWorker, Project, Reader, ToWorker, Update};
use std::sync::Arc;

/// Whether somebody runs what is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Link {
    /// All is well, or not known to be otherwise.
    #[default]
    Up,
    /// The worker comes from another build: a reload brings both together.
    Mismatch,
    /// There is no worker, for this reason.
    Lost(String),
    /// What is asked for cannot be run, for this reason.
    Refused(String),
}

/// The run on screen, and the one that was asked for.
#[derive(Clone, Debug)]
pub struct Run {
    client: Client,
    link: Link,
    /// Asked for.
    next: Option<Arc<Project>>,
    /// On screen.
    project: Option<Arc<Project>>,
    recording: Arc<Recording>,
    acts: Vec<Intervention>,
}

impl Run {
    /// Nothing runs yet; the worker must be of this build.
    pub fn new(build: &str) -> Self {
        Self {
            client: Client::trusting(build),
            link: Link::Up,
            next: None,
            project: None,
            recording: Arc::default(),
            acts: Vec::new(),
        }
    }

    /// Reads every project in this way before it runs.
    pub fn read_with(&mut self, reader: Reader) {
        self.client.read_with(reader);
    }

    /// Runs `project` from the beginning. What people did in the run before is not part of the new one.
    pub fn start(&mut self, project: &Arc<Project>) -> Option<ToWorker> {
        self.next = Some(Arc::clone(project));
        self.acts.clear();
        let (updates, message) = self.client.start(project);
        for update in updates {
            self.update(update);
        }
        message
    }

    /// A person steps into the run on screen. Nothing happens while the next run has been asked for already.
    pub fn fork(&mut self, intervention: Intervention) -> Option<ToWorker> {
        let message = self.client.fork(intervention)?;
        self.acts.retain(|act| act.at <= intervention.at);
        self.acts.push(intervention);
        Some(message)
    }

    /// Takes in a message, and gives the answer.
    pub fn hear(&mut self, message: FromWorker) -> Option<ToWorker> {
        let (updates, answer) = self.client.handle(message);
        for update in updates {
            self.update(update);
        }
        answer
    }

    /// The worker is gone, or was never there.
    pub fn lose(&mut self, reason: String) {
        self.link = Link::Lost(reason);
    }

    /// What to send once a frame, so that the worker goes on.
    pub fn acknowledge(&mut self) -> Option<ToWorker> {
        self.client.acknowledge()
    }

    /// Whether somebody runs what is asked for.
    pub const fn link(&self) -> &Link {
        &self.link
    }

    /// What was told of the run on screen.
    pub const fn recording(&self) -> &Arc<Recording> {
        &self.recording
    }

    /// The project of the run on screen.
    pub const fn project(&self) -> Option<&Arc<Project>> {
        self.project.as_ref()
    }

    /// Whether the run on screen is the latest that was asked for.
    pub fn is_current(&self) -> bool {
        match (&self.next, &self.project) {
            (Some(next), Some(project)) => Arc::ptr_eq(next, project),
            (None, None) => true,
            (Some(_), None) | (None, Some(_)) => false,
        }
    }

    /// What people did in the run, in order.
    pub fn acts(&self) -> &[Intervention] {
        &self.acts
    }

    /// What was refused has been mended.
    fn settle(&mut self) {
        if let Link::Refused(_) = self.link {
            self.link = Link::Up;
        }
    }

    fn update(&mut self, update: Update) {
        match update {
            Update::Reset => {
                self.recording = Arc::default();
                self.project.clone_from(&self.next);
                self.settle();
            }
            Update::Truncate(from) => Arc::make_mut(&mut self.recording).truncate(from),
            Update::Append(batch) => Arc::make_mut(&mut self.recording).append(batch),
            Update::Finished(summary) => Arc::make_mut(&mut self.recording).finish(summary),
            Update::Refused(reasons) => self.link = Link::Refused(in_words(&reasons)),
            Update::ReloadNeeded => self.link = Link::Mismatch,
        }
    }
}

/// The first reason, and what would mend it.
fn in_words(reasons: &[Diagnostic]) -> String {
    let errors = reasons.iter().find(|it| it.severity == Severity::Error);
    errors
        .or(reasons.first())
        .map_or_else(String::new, |it| match &it.suggestion {
            Some(suggestion) => format!("{}: {suggestion}", it.message),
            None => it.message.clone(),
        })
}

#[cfg(test)]
mod tests;
