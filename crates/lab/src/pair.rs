//! Two plans on the same seeds: differences run by run, which vary less than the difference of two separate averages.

use crate::{
    release::Quality,
    run::Ran,
    sketch::variance,
    study::Study,
    tally::{Measure, is_wrong},
};
use alloc::{sync::Arc, vec::Vec};
use coalmine_controller::{FlowController, Plan, Record, Recording};
use coalmine_sim::{Event, EventKind, Kit, Scenario, Seed, Simulation};
use coalmine_stats::{normal_quantile, proportion::Interval};
use serde::{Deserialize, Serialize};

/// Differences of one measure over the runs that have it under both plans: exact sums.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Moments {
    count: u64,
    /// Of the second less the first; of the first; of the second.
    sums: [i128; 3],
    squares: [u128; 3],
}

/// Sums over runs of two plans with one release: the first plan of the study, and another one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pair {
    /// How many runs.
    pub runs: u64,
    /// Runs in which only the first plan did the wrong thing with the release.
    pub only_first: u64,
    /// Runs in which only the second one did.
    pub only_second: u64,
    /// Runs that ended otherwise, at another time, or with another exposure.
    pub apart: u64,
    /// The lowest number of such a run.
    pub example: Option<u32>,
    moments: [Moments; Measure::ALL.len()],
}

/// A difference with its interval: the second plan less the first.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Difference {
    /// Runs that it rests on.
    pub runs: u64,
    /// The mean difference.
    pub mean: f64,
    /// Holds the true one.
    pub interval: Interval,
    /// The variance of the difference of separate averages over that of this one: as many times more runs would be
    /// needed without common seeds. Nothing where runs do not differ at all.
    pub gain: Option<f64>,
}

impl Pair {
    /// Counts the run with this number.
    pub fn add(&mut self, run: u32, quality: Quality, first: &Ran, second: &Ran) {
        self.runs += 1;
        match (is_wrong(first, quality), is_wrong(second, quality)) {
            (true, false) => self.only_first += 1,
            (false, true) => self.only_second += 1,
            (true, true) | (false, false) => {}
        }
        let (one, other) = (&first.summary, &second.summary);
        if (one.outcome, one.ended, one.canary_requests)
            != (other.outcome, other.ended, other.canary_requests)
        {
            self.apart += 1;
            self.example = Some(self.example.map_or(run, |known| known.min(run)));
        }
        for (measure, moments) in Measure::ALL.into_iter().zip(&mut self.moments) {
            if let (Some(one), Some(other)) = (measure.of(first), measure.of(second)) {
                moments.add(one, other);
            }
        }
    }

    /// Adds what another pair holds of other runs.
    pub fn merge(&mut self, other: &Self) {
        self.runs += other.runs;
        self.only_first += other.only_first;
        self.only_second += other.only_second;
        self.apart += other.apart;
        self.example = match (self.example, other.example) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
        for (own, more) in self.moments.iter_mut().zip(&other.moments) {
            own.merge(more);
        }
    }

    /// How much more often the second plan did the wrong thing, as a share of runs. The interval for matched pairs of
    /// A. Agresti and Y. Min (2005): half a run is added to each of the four ways in which a pair can come out.
    pub fn wrong(&self, confidence: f64) -> Option<Difference> {
        if self.runs == 0 {
            return None;
        }
        let runs = self.runs as f64;
        let (second, first) = (self.only_second as f64, self.only_first as f64);
        let (more, all) = (second - first, runs + 2.0);
        let spread = second + first + 1.0 - more * more / all;
        let half = z(confidence) * libm::sqrt(spread) / all;
        Some(Difference {
            runs: self.runs,
            mean: more / runs,
            interval: Interval {
                lower: (more / all - half).max(-1.0),
                upper: (more / all + half).min(1.0),
            },
            gain: None,
        })
    }

    /// By how much a measure is higher under the second plan, over the runs that have it under both. By the normal law.
    pub fn difference(&self, measure: Measure, confidence: f64) -> Option<Difference> {
        let moments = self.moments.get(measure as usize)?;
        let of = |at: usize| variance(moments.count, moments.sums[at], moments.squares[at]);
        let (paired, separate) = (of(0)?, of(1)? + of(2)?);
        let runs = moments.count as f64;
        let mean = moments.sums[0] as f64 / runs;
        let half = z(confidence) * libm::sqrt(paired / runs);
        Some(Difference {
            runs: moments.count,
            mean,
            interval: Interval {
                lower: mean - half,
                upper: mean + half,
            },
            gain: (0.0 < paired).then(|| separate / paired),
        })
    }
}

impl Moments {
    fn add(&mut self, one: u64, other: u64) {
        let (one, other) = (i128::from(one), i128::from(other));
        self.count += 1;
        let values = [other - one, one, other];
        for ((sum, square), value) in self.sums.iter_mut().zip(&mut self.squares).zip(values) {
            *sum += value;
            let size = value.unsigned_abs();
            *square = square.saturating_add(size.saturating_mul(size));
        }
    }

    fn merge(&mut self, other: &Self) {
        self.count += other.count;
        for (own, more) in self.sums.iter_mut().zip(other.sums) {
            *own += more;
        }
        for (own, more) in self.squares.iter_mut().zip(other.squares) {
            *own = own.saturating_add(more);
        }
    }
}

fn z(confidence: f64) -> f64 {
    -normal_quantile((1.0 - confidence) / 2.0)
}

/// Where two runs of one seed part.
#[derive(Clone, Debug, PartialEq)]
pub struct Parting {
    /// How many events they have in common.
    pub common: usize,
    /// What happened next under the first plan; nothing if that was the end.
    pub first: Option<Event>,
    /// And under the second.
    pub second: Option<Event>,
}

impl Study {
    /// The first event at which a run under the first plan and one under another part; nothing if they never do. Numbers
    /// that lead to the same are the same here: another bound that is kept is no parting.
    pub fn parting(&self, plan: usize, release: u32, number: u32) -> Option<Parting> {
        let scenario = &self.releases().get(release as usize)?.scenario;
        let seed = crate::run::seed_of(self.seed(), release, number);
        let [one, other] =
            [0, plan].map(|plan| Some(events(self.plans().get(plan)?, scenario, seed)));
        let (one, other) = (one?, other?);
        let is_same = |(one, other): &(&Event, &Event)| happens_alike(one, other);
        let common = one.iter().zip(&other).take_while(is_same).count();
        let (first, second) = (one.get(common).cloned(), other.get(common).cloned());
        (first.is_some() || second.is_some()).then_some(Parting {
            common,
            first,
            second,
        })
    }
}

fn events(plan: &Arc<Plan>, scenario: &Arc<Scenario>, seed: Seed) -> Vec<Event> {
    let controller = FlowController::new(Arc::clone(plan), Recording::Full);
    let kit = Kit::default();
    let full = Recording::Full;
    let mut run = Simulation::with_kit(Arc::clone(scenario), controller, seed, 0, full, kit);
    run.run_to_close();
    run.take_events()
}

/// Whether two events come to the same, whatever the names of commands and the bounds of checks.
fn happens_alike(one: &Event, other: &Event) -> bool {
    if one.at != other.at {
        return false;
    }
    match (&one.kind, &other.kind) {
        (EventKind::Asked(_, one), EventKind::Asked(_, other)) => one == other,
        (EventKind::Done(_), EventKind::Done(_)) => true,
        (EventKind::CouldNot(_, one), EventKind::CouldNot(_, other)) => one == other,
        (
            EventKind::Controller(Record::Decided(one)),
            EventKind::Controller(Record::Decided(other)),
        ) => (one.node, one.next) == (other.node, other.next),
        (
            EventKind::Controller(Record::Probed { node: one, .. }),
            EventKind::Controller(Record::Probed { node: other, .. }),
        ) => one == other,
        (one, other) => one == other,
    }
}
