//! The page's end: which worker runs which piece, and what became of it.

use super::{FromLab, StudyId, ToLab};
use coalmine_lab::{Ledger, Piece, Progress, Report, Study};
use std::{collections::VecDeque, sync::Arc};

/// Pieces that a worker has at a time: one that it runs, and one so that it need not wait for the page.
const AHEAD: usize = 2;

/// Workers that may be lost in one study. What loses more would lose them all.
const MOST_LOST: u32 = 4;

/// The place of a worker in the pool.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Seat(pub usize);

/// A message, and whom it is for.
#[derive(Clone, Debug, PartialEq)]
pub struct ToSeat {
    /// For this worker.
    pub seat: Seat,
    /// What to say to it.
    pub message: ToLab,
}

/// What changes for the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PoolUpdate {
    /// More runs are counted: see [`Pool::progress`] and [`Pool::report`].
    Progress,
    /// All runs are counted.
    Complete,
    /// Page and workers are of different builds.
    ReloadNeeded,
    /// Worker after worker broke down over this study, which is given up. What was counted stays.
    GivenUp,
}

/// Who sits on a seat.
#[derive(Clone, Debug, Default)]
struct Worker {
    /// Whether it listens.
    is_up: bool,
    /// The study that it was told of.
    told: StudyId,
    /// The pieces that it has, in the order in which it runs them.
    out: VecDeque<Piece>,
}

/// Spreads studies over workers.
///
/// The order of use: send what [`start`](Self::start), [`hear`](Self::hear) and [`lost`](Self::lost) give. Who runs
/// what does not show in the report.
#[derive(Clone, Debug)]
pub struct Pool {
    build: String,
    workers: Vec<Worker>,
    id: StudyId,
    ledger: Option<Ledger>,
    is_running: bool,
    lost: u32,
}

impl Pool {
    /// A pool of so many workers of this build, none of which listens yet.
    pub fn new(build: &str, workers: usize) -> Self {
        Self {
            build: build.to_owned(),
            workers: vec![Worker::default(); workers.max(1)],
            id: StudyId::default(),
            ledger: None,
            is_running: false,
            lost: 0,
        }
    }

    /// The seats, each of which needs a worker.
    pub fn seats(&self) -> impl Iterator<Item = Seat> + use<> {
        (0..self.workers.len()).map(Seat)
    }

    /// Runs a study from its beginning; whatever ran before is abandoned.
    pub fn start(&mut self, study: Study) -> Vec<ToSeat> {
        self.id = StudyId(self.id.0 + 1);
        self.ledger = Some(Ledger::new(Arc::new(study)));
        self.is_running = true;
        self.lost = 0;
        for worker in &mut self.workers {
            worker.out.clear();
        }
        self.feed()
    }

    /// Runs no more; what was counted stays.
    pub fn stop(&mut self) {
        self.is_running = false;
        // What is under way comes in under a name that nobody asks for.
        self.id = StudyId(self.id.0 + 1);
    }

    /// Takes in one message of a worker: what changes on screen, and what to send.
    pub fn hear(&mut self, seat: Seat, message: FromLab) -> (Option<PoolUpdate>, Vec<ToSeat>) {
        match message {
            FromLab::Ready { build } => {
                if build != self.build {
                    self.is_running = false;
                    return (Some(PoolUpdate::ReloadNeeded), Vec::new());
                }
                if let Some(worker) = self.workers.get_mut(seat.0) {
                    worker.is_up = true;
                }
                (None, self.feed())
            }
            FromLab::Ran { id, piece, batch } => {
                let (Some(ledger), Some(worker)) = (&mut self.ledger, self.workers.get_mut(seat.0))
                else {
                    return (None, Vec::new());
                };
                if id != self.id {
                    return (None, Vec::new());
                }
                worker.out.retain(|out| *out != piece);
                ledger.take_in(piece, &batch);
                if ledger.is_complete() {
                    self.is_running = false;
                    return (Some(PoolUpdate::Complete), Vec::new());
                }
                (Some(PoolUpdate::Progress), self.feed())
            }
        }
    }

    /// The worker on this seat broke down; another one is on its way. Its pieces are run by the others, each counted
    /// once.
    pub fn lost(&mut self, seat: Seat) -> (Option<PoolUpdate>, Vec<ToSeat>) {
        let Some(worker) = self.workers.get_mut(seat.0) else {
            return (None, Vec::new());
        };
        let pieces = std::mem::take(worker).out;
        if let Some(ledger) = &mut self.ledger {
            for piece in pieces {
                ledger.give_back(piece);
            }
        }
        self.lost += 1;
        if self.is_running && MOST_LOST < self.lost {
            self.stop();
            return (Some(PoolUpdate::GivenUp), Vec::new());
        }
        (None, self.feed())
    }

    /// Whether runs are under way or waited for.
    pub const fn is_running(&self) -> bool {
        self.is_running
    }

    /// How far the study has got.
    pub fn progress(&self) -> Option<Progress> {
        self.ledger.as_ref().map(Ledger::progress)
    }

    /// The books of the study that was started last.
    pub const fn ledger(&self) -> Option<&Ledger> {
        self.ledger.as_ref()
    }

    /// What the runs so far say of a plan, by its place.
    pub fn report(&self, plan: usize) -> Option<Report> {
        self.ledger.as_ref()?.report(plan)
    }

    /// Hands out as many pieces as the workers can have, one after the other, so that all have some.
    fn feed(&mut self) -> Vec<ToSeat> {
        let (true, Some(ledger)) = (self.is_running, &mut self.ledger) else {
            return Vec::new();
        };
        let mut messages = Vec::new();
        for depth in 0..AHEAD {
            for (place, worker) in self.workers.iter_mut().enumerate() {
                if !worker.is_up || depth < worker.out.len() {
                    continue;
                }
                let Some(piece) = ledger.hand_out() else {
                    return messages;
                };
                let (seat, id) = (Seat(place), self.id);
                if worker.told != id {
                    worker.told = id;
                    let study = Box::new(Study::clone(ledger.study()));
                    let message = ToLab::Open { id, study };
                    messages.push(ToSeat { seat, message });
                }
                worker.out.push_back(piece);
                let message = ToLab::Run { id, piece };
                messages.push(ToSeat { seat, message });
            }
        }
        messages
    }
}

#[cfg(test)]
mod tests;
