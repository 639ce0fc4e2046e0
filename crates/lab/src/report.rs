//! What sums say: shares as "k of n" with the interval of Wilson, quantiles with intervals of order statistics.

use crate::{
    release::{Quality, Release},
    sketch::Sketch,
    study::Study,
    tally::{Measure, Tally},
    watch::Stop,
};
use alloc::{string::String, vec::Vec};
use coalmine_controller::Outcome;
use coalmine_flow::{EdgeId, NodeId};
use coalmine_stats::{
    binomial_cdf,
    proportion::{Count, Interval, wilson},
};

/// How often an interval holds the truth.
pub const CONFIDENCE: f64 = 0.95;

/// A share of runs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    /// How many of how many.
    pub count: Count,
    /// The share. Where releases count differently, their weighted mean, which is not `count`'s.
    pub share: f64,
    /// Holds the true share with the report's confidence.
    pub interval: Interval,
}

impl Share {
    /// A share with its interval.
    pub fn new(successes: u64, trials: u64, confidence: f64) -> Option<Self> {
        let count = Count { successes, trials };
        (0 < trials).then(|| Self {
            count,
            share: count.share(),
            interval: wilson(count, confidence),
        })
    }
}

/// A value with the interval that holds the true one. An end is missing where there are too few runs to tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Estimate {
    /// The value among the runs.
    pub value: u64,
    /// The lower end.
    pub lower: Option<u64>,
    /// The upper end.
    pub upper: Option<u64>,
}

/// A distribution in a few numbers, in the unit of its [`Measure`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// Runs that have a value.
    pub runs: u64,
    /// The mean of their values.
    pub mean: f64,
    /// One in twenty lies below.
    pub p5: Estimate,
    /// The middle.
    pub median: Estimate,
    /// One in twenty lies above.
    pub p95: Estimate,
    /// The highest.
    pub highest: u64,
    /// The number of a run near the middle: the typical one.
    pub typical: u32,
    /// The number of a run near the highest.
    pub extreme: u32,
}

/// How often a rollout was stopped so.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StopShare {
    /// By what.
    pub stop: Stop,
    /// Of all runs.
    pub share: Share,
}

/// How often the token passed each part of the diagram. What it could pass and never did is in the lists, with none.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Passages {
    /// Every node of the plan, in the order of the text.
    pub nodes: Vec<(NodeId, Share)>,
    /// Every edge of the plan, in the order of the nodes that they leave.
    pub edges: Vec<(EdgeId, Share)>,
    /// Leaps off the drawn path that happened, from where to where.
    pub jumps: Vec<((NodeId, NodeId), Share)>,
}

/// What became of one release.
#[derive(Clone, Debug, PartialEq)]
pub struct ReleaseReport {
    /// Its place in the study.
    pub place: u32,
    /// Its name.
    pub name: String,
    /// How much it counts.
    pub weight: u32,
    /// What should have become of it.
    pub quality: Quality,
    /// The opposite did: a false alarm or a miss.
    pub wrong: Share,
    /// How runs ended, for each [`Outcome`].
    pub outcomes: Vec<(Outcome, Share)>,
    /// What stopped it, the most frequent first.
    pub stops: Vec<StopShare>,
    /// Each measure that any run has.
    pub spreads: Vec<(Measure, Spread)>,
    /// What the token passed.
    pub passages: Passages,
}

/// What became of all releases under one plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// How often each interval holds the truth.
    pub confidence: f64,
    /// Good releases rolled back.
    pub false_alarms: Option<Share>,
    /// Bad releases promoted.
    pub misses: Option<Share>,
    /// Releases that have runs, in the study's order.
    pub releases: Vec<ReleaseReport>,
    /// What the token passed, over all releases.
    pub passages: Passages,
}

impl Report {
    /// What sums say of one plan of a study; nothing if there is no such plan.
    pub fn new(study: &Study, plan: usize, sums: &[Vec<Tally>], confidence: f64) -> Option<Self> {
        let (sums, plan) = (sums.get(plan)?, study.plans().get(plan)?);
        let all_releases = (0..).zip(study.releases());
        let pairs: Vec<((u32, &Release), &Tally)> = all_releases
            .zip(sums)
            .filter(|(_, tally)| 0 < tally.runs)
            .collect();
        let mut all = Tally::default();
        for (_, tally) in &pairs {
            all.merge(tally);
        }
        let passages = |tally: &Tally| Passages {
            nodes: plan
                .nodes()
                .filter_map(|node| {
                    Some((node, share_in(tally, tally.nodes.get(&node), confidence)?))
                })
                .collect(),
            edges: plan
                .edges()
                .filter_map(|edge| {
                    Some((edge, share_in(tally, tally.edges.get(&edge), confidence)?))
                })
                .collect(),
            jumps: tally
                .jumps
                .iter()
                .filter_map(|(&jump, count)| {
                    Some((jump, share_in(tally, Some(count), confidence)?))
                })
                .collect(),
        };
        let releases = pairs.iter().filter_map(|((place, release), tally)| {
            Some(ReleaseReport {
                place: *place,
                passages: passages(tally),
                ..of_release(release, tally, confidence)?
            })
        });
        Some(Self {
            confidence,
            false_alarms: pooled(&pairs, Quality::Good, confidence),
            misses: pooled(&pairs, Quality::Bad, confidence),
            releases: releases.collect(),
            passages: passages(&all),
        })
    }

    /// Good releases rolled back, or bad ones promoted.
    pub const fn wrong(&self, quality: Quality) -> Option<Share> {
        match quality {
            Quality::Good => self.false_alarms,
            Quality::Bad => self.misses,
        }
    }
}

fn share_in(tally: &Tally, count: Option<&u64>, confidence: f64) -> Option<Share> {
    Share::new(count.copied().unwrap_or(0), tally.runs, confidence)
}

fn of_release(release: &Release, tally: &Tally, confidence: f64) -> Option<ReleaseReport> {
    let share = |count| Share::new(count, tally.runs, confidence);
    let outcomes = [
        Outcome::Succeeded,
        Outcome::Aborted,
        Outcome::RolledBack,
        Outcome::Failed,
    ];
    let outcomes = outcomes
        .into_iter()
        .filter_map(|outcome| Some((outcome, share(tally.ended(outcome))?)));
    let stops = tally.stops.iter().filter_map(|(&stop, &count)| {
        Some(StopShare {
            stop,
            share: share(count)?,
        })
    });
    let mut stops: Vec<StopShare> = stops.collect();
    stops.sort_by_key(|stop| core::cmp::Reverse(stop.share.count.successes));
    let spreads = Measure::ALL
        .into_iter()
        .filter_map(|measure| Some((measure, spread(tally.sketch(measure), confidence)?)));
    Some(ReleaseReport {
        place: 0,
        name: release.name.clone(),
        weight: release.weight,
        quality: release.quality,
        wrong: share(tally.wrong(release.quality))?,
        outcomes: outcomes.collect(),
        stops,
        spreads: spreads.collect(),
        passages: Passages::default(),
    })
}

/// The weighted share over all releases of a quality. Its interval is that of as many runs of one release as tell the
/// same (L. Kish's effective sample size), which is all runs where releases count alike.
fn pooled(pairs: &[((u32, &Release), &Tally)], quality: Quality, confidence: f64) -> Option<Share> {
    let mut count = Count {
        successes: 0,
        trials: 0,
    };
    let (mut weights, mut squares, mut sum) = (0.0, 0.0, 0.0);
    for ((_, release), tally) in pairs {
        if release.quality != quality || release.weight == 0 {
            continue;
        }
        let (weight, runs) = (f64::from(release.weight), tally.runs as f64);
        let wrong = tally.wrong(quality);
        count.successes += wrong;
        count.trials += tally.runs;
        weights += weight;
        squares += weight * weight / runs;
        sum += weight * wrong as f64 / runs;
    }
    let plain = Share::new(count.successes, count.trials, confidence)?;
    let share = sum / weights;
    let effective = weights * weights / squares;
    if libm::fabs(effective - count.trials as f64) < 0.5 {
        return Some(plain);
    }
    Some(Share {
        count,
        share,
        interval: wilson_of(share, effective, confidence),
    })
}

/// The interval of Wilson (1927) for a share of a number of trials that need not be whole.
fn wilson_of(share: f64, trials: f64, confidence: f64) -> Interval {
    let z = -coalmine_stats::normal_quantile((1.0 - confidence) / 2.0);
    let square = z * z;
    let centre = (share * trials + square / 2.0) / (trials + square);
    let inside = trials * share * (1.0 - share) + square / 4.0;
    let half = z / (trials + square) * libm::sqrt(inside.max(0.0));
    Interval {
        lower: (centre - half).max(0.0),
        upper: (centre + half).min(1.0),
    }
}

/// A distribution in a few numbers; nothing without values.
pub fn spread(sketch: &Sketch, confidence: f64) -> Option<Spread> {
    let runs = sketch.count();
    let quantile = |p| estimate(sketch, p, confidence);
    Some(Spread {
        runs,
        mean: sketch.mean()?,
        p5: quantile(0.05)?,
        median: quantile(0.5)?,
        p95: quantile(0.95)?,
        highest: sketch.highest()?,
        typical: sketch.example_at(rank_of(runs, 0.5))?,
        extreme: sketch.example_at(runs)?,
    })
}

/// A quantile with the order statistics around it: the number of values below the true one is binomial.
fn estimate(sketch: &Sketch, p: f64, confidence: f64) -> Option<Estimate> {
    let runs = sketch.count();
    let value = sketch.at_rank(rank_of(runs, p))?;
    let tail = (1.0 - confidence) / 2.0;
    // The value of rank r lies below the true quantile unless fewer than r values do.
    let lower = first(runs, |rank| tail < binomial_cdf(runs, p, rank));
    let upper = first(runs, |rank| 1.0 - tail <= binomial_cdf(runs, p, rank));
    Some(Estimate {
        value,
        lower: sketch.at_rank(lower),
        upper: sketch.at_rank(upper + 1),
    })
}

/// The lowest number for which something holds that holds for all greater ones, or `most`.
fn first(most: u64, holds: impl Fn(u64) -> bool) -> u64 {
    let (mut low, mut high) = (0, most);
    while low < high {
        let middle = u64::midpoint(low, high);
        if holds(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    low
}

/// The rank of a quantile, counted from one.
fn rank_of(runs: u64, p: f64) -> u64 {
    let rank = libm::ceil(runs as f64 * p);
    first(runs, |whole| rank <= whole as f64).max(1)
}
