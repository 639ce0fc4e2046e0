//! Runs studies on all cores: the pool, its workers, and the signals that say how far they are.
//!
//! Messages are taken in as they come, so that a hidden tab goes on; what is on screen changes ten times a second.

use crate::engine::{Engine, Heard, Script};
use coalmine_lab::{Ledger, Study};
use coalmine_wire::{BUILD, FromLab, Pool, PoolUpdate, Seat, ToSeat, decode, encode};
use leptos::prelude::*;
use std::collections::BTreeMap;

/// Between two changes of what is on screen, in milliseconds.
const REFRESH: f64 = 100.0;

/// More workers than this only wait for memory.
const MOST_WORKERS: usize = 32;

/// What can be asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Question {
    /// How often the policy is wrong.
    #[default]
    Ensemble,
    /// What one or two numbers do to that.
    Sweep,
    /// Which of two policies is better.
    Compare,
    /// What should be changed.
    Tune,
}

/// How far a study is.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Pace {
    /// Whether it goes on.
    pub is_running: bool,
    /// Rollouts that are counted.
    pub done: u64,
    /// Of how many.
    pub of: u64,
    /// Since it began, in milliseconds.
    pub millis: f64,
}

impl Pace {
    /// Rollouts a second.
    pub fn rate(self) -> f64 {
        self.done as f64 * 1e3 / self.millis.max(1.0)
    }

    /// What is left, in seconds; nothing before there is a rate.
    pub fn left(self) -> Option<f64> {
        (0 < self.done).then(|| self.of.saturating_sub(self.done) as f64 / self.rate())
    }
}

/// What is not reactive.
struct Stage {
    pool: Pool,
    engines: Vec<Option<Engine>>,
    /// What the pool works on.
    question: Question,
    /// The books of questions that were asked before.
    kept: BTreeMap<Question, Vec<Ledger>>,
    began: f64,
    /// When something is put on screen again.
    due: f64,
}

/// The handle that components share.
#[derive(Clone, Copy)]
pub struct Laboratory {
    stage: StoredValue<Stage, LocalStorage>,
    /// Counts what was put on screen.
    version: RwSignal<u32>,
    pace: RwSignal<Pace>,
    /// Counts the studies that were run to their end.
    completed: RwSignal<u32>,
    trouble: RwSignal<Option<&'static str>>,
}

impl Laboratory {
    /// A laboratory with a worker for each core, which are kept from study to study.
    pub fn open() -> Self {
        let cores = window().navigator().hardware_concurrency();
        let pool = Pool::new(BUILD, whole(cores).clamp(1, MOST_WORKERS));
        let lab = Self {
            stage: StoredValue::new_local(Stage {
                engines: pool.seats().map(|_| None).collect(),
                pool,
                question: Question::default(),
                kept: BTreeMap::new(),
                began: 0.0,
                due: 0.0,
            }),
            version: RwSignal::new(0),
            pace: RwSignal::default(),
            completed: RwSignal::new(0),
            trouble: RwSignal::new(None),
        };
        let seats: Vec<Seat> = lab.stage.with_value(|stage| stage.pool.seats().collect());
        for seat in seats {
            lab.fill(seat);
        }
        lab
    }

    /// Reads the books of a question, none if it was not asked; whoever reads is told when they grow.
    pub fn read<T>(self, question: Question, read: impl FnOnce(&[Ledger]) -> T) -> T {
        self.version.track();
        self.stage.with_value(|stage| {
            if stage.question == question {
                read(stage.pool.ledgers())
            } else {
                read(stage.kept.get(&question).map_or(&[], Vec::as_slice))
            }
        })
    }

    /// Whether what runs answers this question.
    pub fn is_busy_with(self, question: Question) -> bool {
        self.pace.with(|pace| pace.is_running) && self.is_about(question)
    }

    /// Whether what was run last answers this question.
    pub fn is_about(self, question: Question) -> bool {
        self.version.track();
        self.stage.with_value(|stage| stage.question == question)
    }

    /// How far it is.
    pub fn pace(self) -> Signal<Pace> {
        self.pace.into()
    }

    /// Changes whenever what was asked is run to its end.
    pub fn completed(self) -> Signal<u32> {
        self.completed.into()
    }

    /// What keeps the lab from working, in words.
    pub fn trouble(self) -> Signal<Option<&'static str>> {
        self.trouble.into()
    }

    /// Runs studies to answer a question; whatever ran before is abandoned, and what it found is kept.
    pub fn run(self, question: Question, studies: Vec<Study>) {
        self.stage.update_value(|stage| {
            stage.began = now();
            let (before, messages) = stage.pool.start(studies);
            let asked = std::mem::replace(&mut stage.question, question);
            stage.kept.insert(asked, before);
            send(stage, &messages);
        });
        self.trouble.set(None);
        self.show();
    }

    /// Runs no more; what was found stays.
    pub fn stop(self) {
        self.stage.update_value(|stage| stage.pool.stop());
        self.show();
    }

    /// Puts a worker on a seat.
    fn fill(self, seat: Seat) {
        let started = Engine::start(Script::Lab, move |heard| self.hear(seat, heard));
        match started {
            Ok(engine) => self.stage.update_value(|stage| {
                if let Some(place) = stage.engines.get_mut(seat.0) {
                    *place = Some(engine);
                }
            }),
            Err(_) => self
                .trouble
                .set(Some("The browser starts no workers; the lab needs them.")),
        }
    }

    fn hear(self, seat: Seat, heard: Heard) {
        let message = match heard {
            // Bytes of another build: the greeting told of it.
            Heard::Bytes(bytes) => match decode::<FromLab>(&bytes) {
                Ok(message) => message,
                Err(_) => return,
            },
            Heard::Broken(_) => return self.lost(seat),
        };
        let update = self.stage.try_update_value(|stage| {
            let (update, messages) = stage.pool.hear(seat, message);
            send(stage, &messages);
            update
        });
        if let Some(update) = update.flatten() {
            self.change(update);
        }
    }

    fn lost(self, seat: Seat) {
        let update = self.stage.try_update_value(|stage| {
            let (update, messages) = stage.pool.lost(seat);
            send(stage, &messages);
            update
        });
        let update = update.flatten();
        if update != Some(PoolUpdate::Unreachable) {
            // Not from within the broken worker's own event: the closure that runs now belongs to it.
            set_timeout(move || self.fill(seat), std::time::Duration::ZERO);
        }
        if let Some(update) = update {
            self.change(update);
        }
    }

    fn change(self, update: PoolUpdate) {
        match update {
            PoolUpdate::Progress => {
                if self.stage.with_value(|stage| stage.due) <= now() {
                    self.show();
                }
            }
            PoolUpdate::Complete => {
                self.show();
                self.completed
                    .update(|count| *count = count.wrapping_add(1));
            }
            PoolUpdate::ReloadNeeded => self.trouble.set(Some(
                "The lab is of another version than this page; reload the page.",
            )),
            PoolUpdate::Unreachable => {
                self.trouble.set(Some(
                    "The lab's workers do not load. Reload the page to try again; your work is kept.",
                ));
                self.show();
            }
            PoolUpdate::GivenUp => {
                self.trouble.set(Some(
                    "Worker after worker broke down over this study. What was counted so far stands below; \
                     try fewer releases or a shorter scenario.",
                ));
                self.show();
            }
        }
    }

    /// Puts on screen what is so, and lets at least as much time pass before the next time as that took.
    fn show(self) {
        let begin = now();
        let pace = self.stage.try_update_value(|stage| {
            let progress = stage.pool.progress();
            Pace {
                is_running: stage.pool.is_running(),
                done: progress.done,
                of: progress.of,
                millis: begin - stage.began,
            }
        });
        let Some(pace) = pace else {
            return;
        };
        self.pace.set(pace);
        self.version
            .update(|version| *version = version.wrapping_add(1));
        let took = now() - begin;
        self.stage
            .update_value(|stage| stage.due = now() + REFRESH.max(10.0 * took));
    }
}

fn send(stage: &Stage, messages: &[ToSeat]) {
    for ToSeat { seat, message } in messages {
        if let Some(Some(engine)) = stage.engines.get(seat.0) {
            // A worker that takes no messages breaks down, and is heard of by that.
            let _ = engine.send(&encode(message));
        }
    }
}

fn now() -> f64 {
    window()
        .performance()
        .map_or(0.0, |performance| performance.now())
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "browsers have few cores"
)]
fn whole(cores: f64) -> usize {
    cores.max(1.0) as usize
}
