//! The page's end of the talk: names runs, drops what is stale, and says what changes on screen.

use crate::{
    Batch, FromWorker, Job, Project, RunId, ToWorker,
    launch::{Reader, thorough, trusting},
};
use coalmine_controller::Time;
use coalmine_flow::Diagnostic;
use coalmine_sim::{Intervention, Summary};

/// What changes for the page.
#[derive(Clone, Debug, PartialEq)]
pub enum Update {
    /// Another run: forget everything that was told.
    Reset,
    /// Forget everything after this instant; what happened at it stays.
    Truncate(Time),
    /// What follows.
    Append(Batch),
    /// The run is complete.
    Finished(Summary),
    /// This cannot be run: what was told of the last run stays.
    Refused(Vec<Diagnostic>),
    /// Page and worker are of different builds.
    ReloadNeeded,
}

/// Whether the worker listens.
#[derive(Clone, Debug, PartialEq)]
enum Link {
    /// Not yet; this run waits for it.
    Starting(Option<Box<Job>>),
    /// It does.
    Up,
    /// It comes from another build.
    Mismatch,
}

/// Whether the run that was asked for is the one on screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// Nothing has been asked for, or it was stopped.
    Silent,
    /// Asked for from the beginning; nothing was heard of it.
    Started,
    /// Asked for as a fork of the run on screen; nothing was heard of it.
    Forking,
    /// On screen, told up to here.
    Shown(Time),
}

/// Talks to a host.
///
/// The order of use: send what [`start`](Self::start), [`fork`](Self::fork) and [`stop`](Self::stop) give;
/// [`handle`](Self::handle) each message; once a frame send what [`acknowledge`](Self::acknowledge) gives.
#[derive(Clone, Debug)]
pub struct Client {
    build: String,
    link: Link,
    asked: RunId,
    stage: Stage,
    batches: u32,
    acknowledged: u32,
    /// What makes runs of projects.
    reader: Reader,
}

impl Client {
    /// A client of this build; nothing runs yet.
    pub fn new(build: &str) -> Self {
        Self {
            reader: thorough,
            ..Self::trusting(build)
        }
    }

    /// A client that runs projects unchecked, and those with tests not at all, until [`Client::read_with`] says how to
    /// read them: for a page that loads the reader along with whatever edits projects.
    pub fn trusting(build: &str) -> Self {
        Self {
            reader: trusting,
            build: build.to_owned(),
            link: Link::Starting(None),
            asked: RunId::default(),
            stage: Stage::Silent,
            batches: 0,
            acknowledged: 0,
        }
    }

    /// Reads every project in this way from now on.
    pub fn read_with(&mut self, reader: Reader) {
        self.reader = reader;
    }

    /// Runs a project from the beginning; whatever ran before is abandoned. What changes on screen at once, and what
    /// to send.
    pub fn start(&mut self, project: &Project) -> (Vec<Update>, Option<ToWorker>) {
        let job = match (self.reader)(project) {
            Ok(Some(job)) => Box::new(job),
            Ok(None) => return (Vec::new(), self.stop()),
            Err(diagnostics) => return (vec![Update::Refused(diagnostics)], self.stop()),
        };
        self.ask(Stage::Started);
        let message = match &mut self.link {
            Link::Starting(waiting) => {
                *waiting = Some(job);
                None
            }
            Link::Up => Some(ToWorker::Start {
                run: self.asked,
                job,
            }),
            Link::Mismatch => None,
        };
        (Vec::new(), message)
    }

    /// A person steps into the run on screen, not later than it was told. Nothing happens while another run has been
    /// asked for already.
    pub fn fork(&mut self, intervention: Intervention) -> Option<ToWorker> {
        match self.stage {
            Stage::Shown(until) if intervention.at <= until => {}
            Stage::Shown(_) | Stage::Silent | Stage::Started | Stage::Forking => return None,
        }
        self.ask(Stage::Forking);
        Some(ToWorker::Fork {
            run: self.asked,
            intervention,
        })
    }

    /// Abandons whatever runs.
    pub fn stop(&mut self) -> Option<ToWorker> {
        // A new id, so that what is under way already is stale.
        self.ask(Stage::Silent);
        match &mut self.link {
            Link::Starting(waiting) => {
                *waiting = None;
                None
            }
            Link::Up => Some(ToWorker::Stop),
            Link::Mismatch => None,
        }
    }

    /// Takes in one message: what changes on screen, in order, and what to answer.
    pub fn handle(&mut self, message: FromWorker) -> (Vec<Update>, Option<ToWorker>) {
        match message {
            FromWorker::Ready { build } => return self.ready(&build),
            FromWorker::Forked { run, from } if self.is_current(run) => {
                self.stage = Stage::Shown(from);
                return (vec![Update::Truncate(from)], None);
            }
            FromWorker::Progress { run, batch } if self.is_current(run) => {
                let mut updates = self.reset();
                self.stage = Stage::Shown(batch.until);
                self.batches += 1;
                updates.push(Update::Append(batch));
                return (updates, None);
            }
            FromWorker::Finished { run, summary } if self.is_current(run) => {
                return (vec![Update::Finished(*summary)], None);
            }
            FromWorker::Refused { run, diagnostics } if self.is_current(run) => {
                self.stage = Stage::Silent;
                return (vec![Update::Refused(diagnostics)], None);
            }
            FromWorker::Forked { .. }
            | FromWorker::Progress { .. }
            | FromWorker::Finished { .. }
            | FromWorker::Refused { .. } => {}
        }
        (Vec::new(), None)
    }

    /// What to send once a frame, so that the worker goes on.
    pub fn acknowledge(&mut self) -> Option<ToWorker> {
        (self.acknowledged < self.batches).then(|| {
            self.acknowledged = self.batches;
            ToWorker::Ack {
                run: self.asked,
                batches: self.batches,
            }
        })
    }

    fn ask(&mut self, stage: Stage) {
        self.asked = RunId(self.asked.0 + 1);
        self.stage = stage;
        self.batches = 0;
        self.acknowledged = 0;
    }

    fn is_current(&self, run: RunId) -> bool {
        run == self.asked && self.stage != Stage::Silent
    }

    fn ready(&mut self, build: &str) -> (Vec<Update>, Option<ToWorker>) {
        if build != self.build {
            self.link = Link::Mismatch;
            return (vec![Update::ReloadNeeded], None);
        }
        let waiting = match std::mem::replace(&mut self.link, Link::Up) {
            Link::Starting(waiting) => waiting,
            Link::Up | Link::Mismatch => None,
        };
        let start = waiting.map(|job| ToWorker::Start {
            run: self.asked,
            job,
        });
        (Vec::new(), start)
    }

    /// The first news of a run from the beginning takes the screen.
    fn reset(&self) -> Vec<Update> {
        match self.stage {
            Stage::Started => vec![Update::Reset],
            Stage::Silent | Stage::Forking | Stage::Shown(_) => Vec::new(),
        }
    }
}
