//! Users: what they ask for, where their sessions stay, and when they try again.

use super::{
    chance::{Chance, Stream},
    course::Course,
    profile::ratio,
    script::Routing,
    ziggurat::Deviates,
};
use crate::scenario::Traffic;
use alloc::{collections::BinaryHeap, vec::Vec};
use coalmine_controller::Version;
use core::cmp::{Ordering, Reverse};

/// One endpoint's requests of one cohort.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stratum {
    pub(super) endpoint: Option<u8>,
    pub(super) cohort: Option<u8>,
    /// Latencies are those of the version times this.
    pub(super) slower: f64,
    /// This much more of its requests fail.
    pub(super) errors: f64,
}

/// What is asked for, with the share of all up to each.
#[derive(Clone, Debug)]
pub(super) struct Mix {
    pub(super) strata: Vec<Stratum>,
    up_to: Vec<f64>,
}

impl Mix {
    /// Each endpoint crossed with each cohort.
    pub(super) fn new(traffic: &Traffic) -> Self {
        let mut endpoints: Vec<_> = (0_u8..=u8::MAX)
            .zip(&traffic.endpoints)
            .map(|(at, it)| {
                (
                    Some(at),
                    ratio(it.share),
                    ratio(it.latency),
                    ratio(it.errors),
                )
            })
            .collect();
        if endpoints.is_empty() {
            endpoints.push((None, 1.0, 1.0, 0.0));
        }
        let mut cohorts: Vec<_> = (0_u8..=u8::MAX)
            .zip(&traffic.cohorts)
            .map(|(at, it)| (Some(at), ratio(it.share), ratio(it.errors)))
            .collect();
        if cohorts.is_empty() {
            cohorts.push((None, 1.0, 0.0));
        }
        let mut mix = Self {
            strata: Vec::new(),
            up_to: Vec::new(),
        };
        let mut sum = 0.0;
        for (endpoint, share, slower, errors) in endpoints {
            for (cohort, part, more) in &cohorts {
                sum += share.max(0.0) * part.max(0.0);
                mix.up_to.push(sum);
                mix.strata.push(Stratum {
                    endpoint,
                    cohort: *cohort,
                    slower: slower.max(1e-6),
                    errors: errors + more,
                });
            }
        }
        for up_to in &mut mix.up_to {
            *up_to /= sum.max(f64::MIN_POSITIVE);
        }
        mix
    }

    /// Whether a fault strikes a stratum.
    pub(super) fn reaches(&self, course: &Course, stratum: usize) -> bool {
        let Stratum {
            endpoint, cohort, ..
        } = self.strata[stratum];
        course.reaches(endpoint, cohort)
    }

    /// What one request asks for. Costs no chance where there is one thing only.
    #[inline]
    pub(super) fn draw(&self, stream: &mut Stream) -> usize {
        if self.strata.len() < 2 {
            return 0;
        }
        let at = stream.unit();
        let last = self.strata.len() - 1;
        self.up_to
            .iter()
            .take(last)
            .take_while(|up_to| **up_to <= at)
            .count()
    }
}

/// A user, and the session that was last heard of.
#[derive(Clone, Copy, Debug)]
struct Session {
    version: Version,
    /// When it was last known to go on, in seconds.
    known: f64,
}

/// Users of whom each is always in one session after another.
///
/// A session ends by chance at any instant alike, so only requests need to look: it has ended since the last one, or not.
#[derive(Clone, Debug)]
pub(super) struct Users {
    sessions: Vec<Session>,
    mean_seconds: f64,
}

impl Users {
    /// None without sessions.
    pub(super) fn new(mean_seconds: Option<f64>, many: usize) -> Self {
        let many = if mean_seconds.is_some() { many } else { 0 };
        let stable = Session {
            version: Version::Stable,
            known: 0.0,
        };
        let mut sessions = Vec::with_capacity(many);
        sessions.resize(many, stable);
        Self {
            sessions,
            mean_seconds: mean_seconds.unwrap_or(0.0),
        }
    }

    /// How many there are; none where nobody has a session.
    pub(super) fn many(&self) -> u32 {
        u32::try_from(self.sessions.len()).unwrap_or(u32::MAX)
    }

    /// Where a user's session is at an instant, in seconds.
    pub(super) fn version(
        &mut self,
        user: u32,
        now: f64,
        routing: &Routing,
        deviates: &Deviates,
        stream: &mut Stream,
    ) -> Option<Version> {
        let session = self.sessions.get_mut(user as usize)?;
        if session.known < routing.torn {
            // All sessions went back with the rollback.
            *session = Session {
                version: Version::Stable,
                known: routing.torn,
            };
        }
        // Looking back, the last end of a session lies an exponential time ago.
        let begun = now - deviates.exponential(stream) * self.mean_seconds;
        if session.known < begun {
            session.version = pick(stream, Chance::new(routing.share(begun)));
        }
        session.known = now;
        Some(session.version)
    }
}

/// The canary, by chance, or stable.
#[inline]
pub(super) fn pick(stream: &mut Stream, canary: Chance) -> Version {
    if stream.happens(canary) {
        Version::Canary
    } else {
        Version::Stable
    }
}

/// One attempt to come.
#[derive(Clone, Copy, Debug)]
pub(super) struct Attempt {
    /// In seconds.
    pub(super) at: f64,
    pub(super) user: u32,
    pub(super) stratum: u32,
    /// How often it was tried before.
    pub(super) tries: u8,
}

/// Orders attempts by time, those of the same instant as they were added.
#[derive(Clone, Copy, Debug)]
struct Due {
    attempt: Attempt,
    place: u64,
}

impl Ord for Due {
    fn cmp(&self, other: &Self) -> Ordering {
        let by_time = self.attempt.at.total_cmp(&other.attempt.at);
        by_time.then(self.place.cmp(&other.place))
    }
}

impl PartialOrd for Due {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Due {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Due {}

/// Attempts that clients will make again.
#[derive(Clone, Debug, Default)]
pub(super) struct Retries {
    heap: BinaryHeap<Reverse<Due>>,
    added: u64,
}

impl Retries {
    pub(super) fn add(&mut self, attempt: Attempt) {
        let place = self.added;
        self.added += 1;
        self.heap.push(Reverse(Due { attempt, place }));
    }

    /// When the next one comes, in seconds.
    #[inline]
    pub(super) fn next(&self) -> f64 {
        self.heap
            .peek()
            .map_or(f64::INFINITY, |Reverse(due)| due.attempt.at)
    }

    pub(super) fn take(&mut self) -> Option<Attempt> {
        self.heap.pop().map(|Reverse(due)| due.attempt)
    }
}
