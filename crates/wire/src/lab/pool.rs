//! The page's end: which worker runs which piece, and what became of it.

use super::{FromLab, StudyId, ToLab};
use coalmine_lab::{Ledger, Piece, Progress, Study};
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
    /// More runs are counted: see [`Pool::progress`] and [`Pool::ledgers`].
    Progress,
    /// All runs are counted.
    Complete,
    /// Page and workers are of different builds.
    ReloadNeeded,
    /// Worker after worker broke down over this study, which is given up. What was counted stays.
    GivenUp,
    /// Worker after worker broke down before it listened: another one would, too.
    Unreachable,
}

/// Who sits on a seat.
#[derive(Clone, Debug, Default)]
struct Worker {
    /// Whether it listens.
    is_up: bool,
    /// The study that it was told of.
    told: StudyId,
    /// The pieces that it has, in the order in which it runs them.
    out: VecDeque<(StudyId, Piece)>,
}

/// Spreads studies over workers.
///
/// The order of use: send what [`start`](Self::start), [`hear`](Self::hear) and [`lost`](Self::lost) give. Who runs
/// what does not show in the books.
#[derive(Clone, Debug)]
pub struct Pool {
    build: String,
    workers: Vec<Worker>,
    /// The name of the first study; those that follow it have the names that follow.
    first: StudyId,
    ledgers: Vec<Ledger>,
    is_running: bool,
    lost: u32,
    /// Workers that broke down before they listened, since the last one that did.
    unborn: u32,
}

impl Pool {
    /// A pool of so many workers of this build, none of which listens yet.
    pub fn new(build: &str, workers: usize) -> Self {
        Self {
            build: build.to_owned(),
            workers: vec![Worker::default(); workers.max(1)],
            first: StudyId(1),
            ledgers: Vec::new(),
            is_running: false,
            lost: 0,
            unborn: 0,
        }
    }

    /// The seats, each of which needs a worker.
    pub fn seats(&self) -> impl Iterator<Item = Seat> + use<> {
        (0..self.workers.len()).map(Seat)
    }

    /// Runs studies, one after the other; whatever ran before is abandoned. The books of that, and what to send.
    pub fn start(&mut self, studies: Vec<Study>) -> (Vec<Ledger>, Vec<ToSeat>) {
        let before = self.rename();
        self.ledgers = studies
            .into_iter()
            .map(|study| Ledger::new(Arc::new(study)))
            .collect();
        self.is_running = true;
        self.lost = 0;
        for worker in &mut self.workers {
            worker.out.clear();
        }
        (before, self.feed())
    }

    /// Runs no more; what was counted stays.
    pub fn stop(&mut self) {
        self.is_running = false;
        self.ledgers = self.rename();
    }

    /// Takes the books away. What is under way comes in under a name that nobody asks for.
    fn rename(&mut self) -> Vec<Ledger> {
        let before = std::mem::take(&mut self.ledgers);
        let names = u32::try_from(before.len()).unwrap_or(u32::MAX);
        self.first = StudyId(self.first.0.wrapping_add(names).wrapping_add(1));
        before
    }

    /// The books that belong to a name.
    fn place(&self, id: StudyId) -> Option<usize> {
        let place = usize::try_from(id.0.checked_sub(self.first.0)?).ok()?;
        (place < self.ledgers.len()).then_some(place)
    }

    /// Takes in one message of a worker: what changes on screen, and what to send.
    pub fn hear(&mut self, seat: Seat, message: FromLab) -> (Option<PoolUpdate>, Vec<ToSeat>) {
        match message {
            FromLab::Ready { build } => {
                if build != self.build {
                    self.is_running = false;
                    return (Some(PoolUpdate::ReloadNeeded), Vec::new());
                }
                self.unborn = 0;
                if let Some(worker) = self.workers.get_mut(seat.0) {
                    worker.is_up = true;
                }
                (None, self.feed())
            }
            FromLab::Ran { id, piece, batch } => {
                let (Some(place), Some(worker)) = (self.place(id), self.workers.get_mut(seat.0))
                else {
                    return (None, Vec::new());
                };
                worker.out.retain(|out| *out != (id, piece));
                self.ledgers[place].take_in(piece, &batch);
                if self.ledgers.iter().all(Ledger::is_complete) {
                    self.is_running = false;
                    return (Some(PoolUpdate::Complete), Vec::new());
                }
                (Some(PoolUpdate::Progress), self.feed())
            }
        }
    }

    /// The worker on this seat broke down; another one is on its way, unless none can be reached. Its pieces are run by
    /// the others, each counted once.
    pub fn lost(&mut self, seat: Seat) -> (Option<PoolUpdate>, Vec<ToSeat>) {
        let Some(worker) = self.workers.get_mut(seat.0) else {
            return (None, Vec::new());
        };
        let was_up = worker.is_up;
        for (id, piece) in std::mem::take(worker).out {
            if let Some(place) = self.place(id) {
                self.ledgers[place].give_back(piece);
            }
        }
        if !was_up {
            self.unborn += 1;
            if MOST_LOST < self.unborn {
                self.stop();
                return (Some(PoolUpdate::Unreachable), Vec::new());
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

    /// How far the studies have got, together.
    pub fn progress(&self) -> Progress {
        let all = self.ledgers.iter().map(Ledger::progress);
        all.fold(Progress { done: 0, of: 0 }, |sum, one| Progress {
            done: sum.done + one.done,
            of: sum.of + one.of,
        })
    }

    /// The books of the studies that were started last, in their order.
    pub fn ledgers(&self) -> &[Ledger] {
        &self.ledgers
    }

    /// Hands out as many pieces as the workers can have, one after the other, so that all have some.
    fn feed(&mut self) -> Vec<ToSeat> {
        if !self.is_running {
            return Vec::new();
        }
        let mut messages = Vec::new();
        for depth in 0..AHEAD {
            for place in 0..self.workers.len() {
                let worker = &self.workers[place];
                if worker.is_up && worker.out.len() <= depth {
                    messages.extend(self.hand_out(Seat(place)));
                }
            }
        }
        messages
    }

    /// What to say to a worker so that it runs one piece more; nothing if no piece is left.
    fn hand_out(&mut self, seat: Seat) -> Vec<ToSeat> {
        let mut books = (self.first.0..).map(StudyId).zip(&mut self.ledgers);
        let found = books.find_map(|(id, ledger)| Some((id, ledger.hand_out()?, ledger.study())));
        let Some((id, piece, study)) = found else {
            return Vec::new();
        };
        let worker = &mut self.workers[seat.0];
        let mut messages = Vec::new();
        if worker.told != id {
            worker.told = id;
            let study = Box::new(Study::clone(study));
            let message = ToLab::Open { id, study };
            messages.push(ToSeat { seat, message });
        }
        worker.out.push_back((id, piece));
        let message = ToLab::Run { id, piece };
        messages.push(ToSeat { seat, message });
        messages
    }
}

#[cfg(test)]
mod tests;
