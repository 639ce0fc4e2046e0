//! How much is asked for: first attempts, how they disperse, and what surges and retries put on top.
//!
//! Retries are quasi-steady: their rate follows from the share of attempts that failed for their clients in the last
//! scrape interval, whichever version failed them, and they come within the interval.

use super::{World, fault::Release, rate};
use crate::{
    draws::{Concern, gamma_of_mean_one},
    scenario::{FaultKind, Reach},
};
use alloc::vec::Vec;
use coalmine_controller::{Millis, Time};

/// The demand of the current scrape interval, as far as the last one decides it.
#[derive(Clone, Debug)]
pub(crate) struct Demand {
    /// The rate over its expectation.
    multiplier: f64,
    /// Expected attempts a second in the last scrape interval, on both releases.
    pub(super) rate: f64,
    /// Expected attempts since the last scrape.
    pub(super) attempts: f64,
    since: Time,
    /// By stratum.
    pub(super) fates: Vec<Fates>,
}

/// What became of a stratum's attempts.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Fates {
    /// Attempts since the last scrape.
    pub(super) requests: u64,
    /// Of these, failed for their clients.
    pub(super) unserved: u64,
    /// The share that failed in the last scrape interval.
    failing: f64,
}

impl Demand {
    pub(super) fn new(strata: usize, rate: f64, mut fates: Vec<Fates>) -> Self {
        fates.clear();
        fates.resize(strata, Fates::default());
        Self {
            multiplier: 1.0,
            rate,
            attempts: 0.0,
            since: Time(0),
            fates,
        }
    }
}

impl World {
    /// First attempts expected between two instants of one scrape interval.
    pub(super) fn first_attempts(&self, from: Time, to: Time) -> f64 {
        rate::expected(&self.scenario.traffic.profile, from, to) * self.demand.multiplier
    }

    /// What comes on top of each first attempt of a stratum, between two instants.
    pub(super) fn extra(&self, stratum: usize, from: Time, to: Time) -> f64 {
        let (mut surge, mut retries) = (1.0, f64::from(self.scenario.traffic.clients.retries));
        for course in &self.faults {
            if !self.ground.reaches(course.fault.reach, stratum) {
                continue;
            }
            match course.fault.kind {
                FaultKind::Surge(more) => {
                    surge *= 1.0 + more.0.max(0) as f64 / 1e6 * course.strength(from, to);
                }
                FaultKind::RetryStorm(more) => {
                    retries += f64::from(more) * course.strength(from, to);
                }
                _ => {}
            }
        }
        surge * (1.0 + again(self.demand.fates[stratum].failing, retries)) - 1.0
    }

    /// A scrape interval is over: what happened in it decides what clients do in the next.
    pub(super) fn turn_demand(&mut self) {
        let demand = &mut self.demand;
        let seconds = self.now.since(demand.since).0 as f64 / 1e3;
        if 0.0 < seconds {
            demand.rate = demand.attempts / seconds;
        }
        demand.attempts = 0.0;
        demand.since = self.now;
        if !self.ground.feeds_back {
            return self.disperse();
        }
        for fates in &mut demand.fates {
            if 0 < fates.requests {
                fates.failing = fates.unserved as f64 / fates.requests as f64;
            }
            (fates.requests, fates.unserved) = (0, 0);
        }
        self.disperse();
    }

    /// How much comes in this scrape interval, over what is expected.
    pub(super) fn disperse(&mut self) {
        let variance = self.scenario.traffic.dispersion.0.max(0) as f64 / 1e6;
        if 0.0 < variance {
            let mut stream = self.draws.stream(Concern::Dispersion, 0, self.now.0);
            self.demand.multiplier = gamma_of_mean_one(&mut stream, variance);
        }
    }

    /// When the next scrape comes: on time, or by chance up to the jitter late.
    pub(super) fn next_scrape_after(&mut self) -> Time {
        self.scrapes += 1;
        let interval = self.scenario.scrape_interval().0;
        let due = interval.saturating_mul(self.scrapes);
        let jitter = self.scenario.measurement.jitter.0.min(interval - 1);
        let late = if jitter == 0 {
            0
        } else {
            let mut stream = self.draws.stream(Concern::Jitter, 0, self.scrapes);
            stream.word() % (jitter + 1)
        };
        Time(due) + Millis(late)
    }

    /// Whether a fault keeps scrapes from a release.
    pub(super) fn is_in_the_dark(&self, release: Release) -> bool {
        self.faults.iter().any(|course| {
            course.fault.kind == FaultKind::ScrapeGap
                && course.strikes(release)
                && course.is_on(self.now)
        })
    }

    /// How late what is scraped now can be read.
    pub(super) fn lag_of(&self, release: Release) -> Millis {
        let late = self
            .faults
            .iter()
            .filter_map(|course| match course.fault.kind {
                FaultKind::MetricLag(lag) if course.strikes(release) && course.is_on(self.now) => {
                    Some(lag.0)
                }
                _ => None,
            });
        Millis(self.scenario.measurement.lag.0.saturating_add(late.sum()))
    }

    /// Whether a fault strikes a share of the pods, which changes with how many there are.
    pub(super) const fn is_of_pods(reach: Reach) -> bool {
        matches!(reach, Reach::Pods(_))
    }
}

/// Retries for each first attempt where each attempt fails with probability `failing`: `p + p^2 + ...`, up to so many.
fn again(failing: f64, retries: f64) -> f64 {
    let (mut sum, mut reach, mut left) = (0.0, 1.0, retries);
    while 0.0 < left && 1e-9 < reach {
        reach *= failing;
        sum += reach * left.min(1.0);
        left -= 1.0;
    }
    sum
}
