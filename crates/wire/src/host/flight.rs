//! One run in the host: its simulation, the snapshots to go back to, and how far the page has followed.

use crate::{Batch, FromWorker, RunId};
use coalmine_controller::{Controller, Millis, Time};
use coalmine_sim::{Intervention, Simulation};

/// Between two snapshots at first.
const SPACING: Millis = Millis::from_mins(2);

/// More snapshots than this are thinned out, so that memory does not grow with the length of a run.
const MOST: usize = 48;

/// The state at an instant, everything up to it told.
#[derive(Clone, Debug)]
struct Snapshot<C: Controller> {
    simulation: Simulation<C>,
    /// How many of the acts it knows of.
    acts: usize,
}

/// A run.
#[derive(Debug)]
pub(super) struct Flight<C: Controller> {
    run: RunId,
    simulation: Simulation<C>,
    /// What people did since the start, in the order of time, those of the project's file not counted.
    acts: Vec<Intervention>,
    /// From the start on, in the order of time; never empty.
    snapshots: Vec<Snapshot<C>>,
    spacing: Millis,
    batches: u32,
    acknowledged: u32,
    is_over: bool,
}

impl<C: Controller> Flight<C> {
    /// A run before its first instant.
    pub(super) fn new(run: RunId, simulation: Simulation<C>) -> Self {
        Self {
            run,
            snapshots: vec![Snapshot {
                simulation: simulation.clone(),
                acts: 0,
            }],
            simulation,
            acts: Vec::new(),
            spacing: SPACING,
            batches: 0,
            acknowledged: 0,
            is_over: false,
        }
    }

    /// Its name.
    pub(super) const fn run(&self) -> RunId {
        self.run
    }

    /// Whether everything has been told.
    pub(super) const fn is_over(&self) -> bool {
        self.is_over
    }

    /// How many batches the page has not acknowledged.
    pub(super) const fn ahead(&self) -> u32 {
        self.batches.saturating_sub(self.acknowledged)
    }

    /// The page has taken in this many batches.
    pub(super) fn acknowledge(&mut self, batches: u32) {
        self.acknowledged = self.acknowledged.max(batches).min(self.batches);
    }

    /// Runs on, and tells what happened.
    pub(super) fn advance(&mut self, instants: u32) -> Vec<FromWorker> {
        let mut batch = Batch::default();
        for _ in 0..instants {
            if self.simulation.is_closed() {
                break;
            }
            self.simulation.step();
            self.keep_snapshot(&mut batch);
        }
        self.collect(&mut batch);
        batch.until = self.simulation.now();
        self.batches += 1;
        let mut messages = vec![FromWorker::Progress {
            run: self.run,
            batch,
        }];
        if let Some(summary) = self.simulation.summary() {
            self.is_over = true;
            messages.push(FromWorker::Finished {
                run: self.run,
                summary: Box::new(summary),
            });
        }
        messages
    }

    /// Goes back to the instant of an act, replays silently up to it, and carries on with it as another run. What
    /// people did later in the run before is forgotten; the acts of the project's file stay.
    ///
    /// Returns the last instant of which everything stays as it was told: people come last in an instant, so the
    /// act's own instant is among them.
    pub(super) fn fork(&mut self, run: RunId, act: Intervention) -> Time {
        let told = self.simulation.now();
        let last = act.at.min(told);
        self.acts.retain(|earlier| earlier.at <= act.at);
        let earlier = self.acts.len();
        self.snapshots
            .retain(|it| it.simulation.now() <= last && it.acts <= earlier);
        if last < told {
            let snapshot = self
                .snapshots
                .last()
                .expect("the snapshot of the start is older than any act");
            self.simulation = snapshot.simulation.clone();
            for missing in &self.acts[snapshot.acts..] {
                intervene(&mut self.simulation, *missing);
            }
            self.simulation.advance_to(last);
            // What the page knows already is not told again.
            self.simulation.take_events();
            self.simulation.take_samples();
        }
        intervene(&mut self.simulation, act);
        self.acts.push(act);
        self.run = run;
        self.batches = 0;
        self.acknowledged = 0;
        self.is_over = false;
        last
    }

    fn keep_snapshot(&mut self, batch: &mut Batch) {
        let now = self.simulation.now();
        let due = self
            .snapshots
            .last()
            .is_none_or(|last| last.simulation.now() + self.spacing <= now);
        if !due {
            return;
        }
        // A snapshot holds nothing that was told already.
        self.collect(batch);
        self.snapshots.push(Snapshot {
            simulation: self.simulation.clone(),
            acts: self.acts.len(),
        });
        if MOST < self.snapshots.len() {
            let mut index = 0;
            self.snapshots.retain(|_| {
                index += 1;
                index % 2 == 1
            });
            self.spacing = Millis(self.spacing.0 * 2);
        }
    }

    fn collect(&mut self, batch: &mut Batch) {
        batch.events.append(&mut self.simulation.take_events());
        batch.samples.append(&mut self.simulation.take_samples());
    }
}

fn intervene<C: Controller>(simulation: &mut Simulation<C>, act: Intervention) {
    // A run that has ended heeds nobody, just as if the act had stood in its file.
    match simulation.intervene(act) {
        Ok(()) | Err(_) => {}
    }
}
