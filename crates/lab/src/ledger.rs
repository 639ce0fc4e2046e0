//! Hands pieces of a study out to workers and adds up what comes back, each piece once.
//!
//! Who runs a piece, in which order, and whether somebody lost it on the way does not show in the sums. A study that
//! stops when it is precise enough is looked at only after fixed numbers of rollouts, all of them, so that it stops at
//! the same number for one worker and for many.

use crate::{
    pair::Pair,
    release::Quality,
    report::{CONFIDENCE, Report},
    study::{Batch, Piece, Precision, Study},
    tally::Tally,
};
use alloc::{collections::BTreeSet, sync::Arc, vec, vec::Vec};
use serde::{Deserialize, Serialize};

/// Rollouts of each release before the first look at the precision; the number doubles from look to look.
const FIRST_LOOK: u32 = 250;

/// How far a study has got, in runs of one plan with one release.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// Runs that are counted.
    pub done: u64,
    /// Runs of the whole study, or of the shard; fewer if it is precise enough before.
    pub of: u64,
}

/// The books of a study.
#[derive(Clone, Debug)]
pub struct Ledger {
    study: Arc<Study>,
    /// Pieces to hand out, the next one last.
    waiting: Vec<Piece>,
    /// Pieces that somebody works on.
    out: BTreeSet<Piece>,
    /// Rollouts of each release in the rounds that were opened.
    opened: u32,
    sums: Vec<Vec<Tally>>,
    pairs: Vec<Vec<Pair>>,
    done: u64,
    of: u64,
}

impl Ledger {
    /// The books before the first run.
    pub fn new(study: Arc<Study>) -> Self {
        let sums = vec![vec![Tally::default(); study.releases().len()]; study.plans().len()];
        let pairs = vec![vec![Pair::default(); study.releases().len()]; study.pairs()];
        let plans = study.plans().len() as u64;
        let pieces = study.pieces(0, study.rollouts());
        let of = pieces
            .map(|piece| u64::from(piece.to - piece.from))
            .sum::<u64>()
            * plans;
        let mut ledger = Self {
            study,
            waiting: Vec::new(),
            out: BTreeSet::new(),
            opened: 0,
            sums,
            pairs,
            done: 0,
            of,
        };
        ledger.open();
        ledger
    }

    /// The study.
    pub const fn study(&self) -> &Arc<Study> {
        &self.study
    }

    /// The next piece to run. Nothing while all that may be run is out, and once the study is complete.
    pub fn hand_out(&mut self) -> Option<Piece> {
        let piece = self.waiting.pop()?;
        self.out.insert(piece);
        Some(piece)
    }

    /// Takes in what a piece came to. What was not handed out, or came in before, is left aside.
    pub fn take_in(&mut self, piece: Piece, batch: &Batch) {
        if !self.out.remove(&piece) {
            return;
        }
        for (sums, tally) in self.sums.iter_mut().zip(&batch.tallies) {
            if let Some(sum) = sums.get_mut(piece.release as usize) {
                sum.merge(tally);
                self.done += tally.runs;
            }
        }
        for (sums, pair) in self.pairs.iter_mut().zip(&batch.pairs) {
            if let Some(sum) = sums.get_mut(piece.release as usize) {
                sum.merge(pair);
            }
        }
        let is_round_over = self.waiting.is_empty() && self.out.is_empty();
        if is_round_over && self.opened < self.study.rollouts() && !self.is_precise() {
            self.open();
        }
    }

    /// A worker is gone: the piece that it had is handed out again.
    pub fn give_back(&mut self, piece: Piece) {
        if self.out.remove(&piece) {
            self.waiting.push(piece);
        }
    }

    /// Whether nothing is left to run.
    pub fn is_complete(&self) -> bool {
        self.waiting.is_empty() && self.out.is_empty()
    }

    /// How far it has got.
    pub const fn progress(&self) -> Progress {
        Progress {
            done: self.done,
            of: self.of,
        }
    }

    /// The sums so far, by plan and release.
    pub fn sums(&self) -> &[Vec<Tally>] {
        &self.sums
    }

    /// The differences so far, by plan, the first one left out, and release.
    pub fn pairs(&self) -> &[Vec<Pair>] {
        &self.pairs
    }

    /// What the sums so far say of a plan, by its place; nothing if there is no such plan.
    pub fn report(&self, plan: usize) -> Option<Report> {
        Report::new(&self.study, plan, &self.sums, CONFIDENCE)
    }

    /// Opens the next round of pieces, if there is one.
    fn open(&mut self) {
        let rollouts = self.study.rollouts();
        let next = match (self.study.precision(), self.opened) {
            (None, _) => rollouts,
            (Some(_), 0) => FIRST_LOOK.min(rollouts),
            (Some(_), opened) => opened.saturating_mul(2).min(rollouts),
        };
        self.waiting = self.study.pieces(self.opened, next).collect();
        self.waiting.reverse();
        self.opened = next;
    }

    /// Whether the intervals of all plans are as narrow as asked.
    fn is_precise(&self) -> bool {
        let Some(Precision { half_width }) = self.study.precision() else {
            return false;
        };
        let wanted = 2.0 * half_width.0 as f64 / 1e6;
        (0..self.sums.len())
            .filter_map(|plan| self.report(plan))
            .flat_map(|report| [Quality::Good, Quality::Bad].map(|quality| report.wrong(quality)))
            .flatten()
            .all(|share| share.interval.upper - share.interval.lower <= wanted)
    }
}
