//! What is seen of requests: one by one, and counted by interval.

use super::thresholds::MOST_BUCKETS;
use coalmine_controller::{Time, Version};

/// What became of a request at the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Answered rightly.
    Right,
    /// Answered wrongly, although it says success.
    Wrong,
    /// Failed.
    Failed,
    /// Turned away by a pod whose queue was full, and failed.
    Shed,
    /// Sent to a version without pods, and failed.
    Lost,
}

/// One attempt, with the truth about it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Request {
    /// When it came, in seconds since the run began.
    pub at_seconds: f64,
    /// To which version.
    pub version: Version,
    /// Of which endpoint, by its place; zero where all are alike.
    pub endpoint: u8,
    /// Of which cohort, by its place; zero where all are alike.
    pub cohort: u8,
    /// Whose, by their place among the users; zero without sessions.
    pub user: u32,
    /// Which pod, by its place among those of its version; zero where pods do not matter.
    pub pod: u32,
    /// How often its client had tried before.
    pub tries: u8,
    /// How long it waited for a free slot, in seconds.
    pub wait_seconds: f64,
    /// From when it came to its answer, in seconds; where no pod worked on it, what it would have taken.
    pub latency_seconds: f64,
    /// What became of it.
    pub fate: Fate,
    /// Whether its client had given up waiting by then.
    pub is_late: bool,
}

/// Into which interval a request counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CountedAt {
    /// That in which it came, as in the aggregated engine.
    #[default]
    Arrival,
    /// That in which it was answered, as at a real server.
    Completion,
}

/// Counts of one version in one interval.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Counts {
    /// Answered, by latency bucket; the infinite one follows the last finite one.
    pub answered: [u64; MOST_BUCKETS],
    /// Failed, shed and lost ones, by latency bucket.
    pub failed: [u64; MOST_BUCKETS],
    /// Answered wrongly.
    pub wrong: u64,
    /// Turned away by a full queue.
    pub shed: u64,
    /// Sent to where no pod was.
    pub lost: u64,
    /// That waited for a free slot.
    pub waited: u64,
    /// The time that they waited, in seconds.
    pub wait_seconds: f64,
    /// Attempts that are not the first.
    pub retries: u64,
    /// Whose clients gave up waiting.
    pub timed_out: u64,
    /// That failed for their clients, late ones included, and were not tried again.
    pub given_up: u64,
}

impl Counts {
    /// All attempts.
    pub fn requests(&self) -> u64 {
        self.answered.iter().chain(&self.failed).sum()
    }

    /// Those that failed at the server.
    pub fn errors(&self) -> u64 {
        self.failed.iter().sum()
    }

    /// All attempts, by latency bucket.
    pub fn buckets(&self) -> [u64; MOST_BUCKETS] {
        core::array::from_fn(|at| self.answered[at] + self.failed[at])
    }

    /// Adds another interval's.
    pub fn add(&mut self, other: &Self) {
        let cells = self.answered.iter_mut().chain(&mut self.failed);
        for (cell, more) in cells.zip(other.answered.iter().chain(&other.failed)) {
            *cell += more;
        }
        self.wrong += other.wrong;
        self.shed += other.shed;
        self.lost += other.lost;
        self.waited += other.waited;
        self.wait_seconds += other.wait_seconds;
        self.retries += other.retries;
        self.timed_out += other.timed_out;
        self.given_up += other.given_up;
    }

    /// Adds one request, in its bucket.
    pub(super) fn count(&mut self, request: &Request, bucket: usize, is_given_up: bool) {
        let cells = match request.fate {
            Fate::Right | Fate::Wrong => &mut self.answered,
            Fate::Failed | Fate::Shed | Fate::Lost => &mut self.failed,
        };
        cells[bucket.min(MOST_BUCKETS - 1)] += 1;
        match request.fate {
            Fate::Wrong => self.wrong += 1,
            Fate::Shed => self.shed += 1,
            Fate::Lost => self.lost += 1,
            Fate::Right | Fate::Failed => {}
        }
        if 0.0 < request.wait_seconds {
            self.waited += 1;
            self.wait_seconds += request.wait_seconds;
        }
        self.retries += u64::from(0 < request.tries);
        self.timed_out += u64::from(request.is_late);
        self.given_up += u64::from(is_given_up);
    }
}

/// One scrape interval.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Interval {
    /// Its end.
    pub until: Time,
    /// Stable and canary.
    pub versions: [Counts; 2],
}

impl Interval {
    /// Counts of a version.
    pub const fn of(&self, version: Version) -> &Counts {
        match version {
            Version::Stable => &self.versions[0],
            Version::Canary => &self.versions[1],
        }
    }
}
