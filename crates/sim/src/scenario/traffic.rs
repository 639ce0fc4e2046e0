//! Who asks for how much: the rate over time, the mix of endpoints, cohorts of users, and how clients behave.

use alloc::{string::String, vec::Vec};
use coalmine_controller::{Limit, Millis, Time};
use serde::{Deserialize, Serialize};

/// Requests a second in thousandths: 200 000 is 200 requests a second.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Rate(pub u64);

/// The rate of first attempts over the run. Retries come on top.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Profile {
    /// The same all the time.
    Constant(Rate),
    /// A day's wave, a cosine: `mean * (1 + swing * cos)`, highest at `peak`.
    Diurnal {
        /// Over a whole day.
        mean: Rate,
        /// How far it goes up and down, as a ratio of the mean (millionths, at most all of it).
        swing: Limit,
        /// Time of day at which it is highest.
        peak: Millis,
        /// Time of day at which the run begins.
        begins: Millis,
    },
    /// A day's wave that is lower on Saturday and Sunday.
    Weekly {
        /// Over a working day.
        mean: Rate,
        /// As for a day.
        swing: Limit,
        /// Time of day at which it is highest.
        peak: Millis,
        /// Rate of a weekend's day as a ratio of a working day's (millionths).
        weekend: Limit,
        /// Time since Monday, midnight, at which the run begins.
        begins: Millis,
    },
    /// A straight line from one rate to another.
    Ramp {
        /// Before.
        from: Rate,
        /// After.
        to: Rate,
        /// Its beginning.
        at: Time,
        /// Its length.
        takes: Millis,
    },
    /// From one rate to another in an instant.
    Step {
        /// Before.
        from: Rate,
        /// After.
        to: Rate,
        /// When.
        at: Time,
    },
    /// Higher for a while, once or again and again.
    Burst {
        /// Between bursts.
        base: Rate,
        /// During one.
        peak: Rate,
        /// When the first begins.
        at: Time,
        /// How long one lasts.
        lasts: Millis,
        /// From the beginning of one to that of the next; without, there is one.
        every: Option<Millis>,
    },
    /// As recorded: straight lines between points in order of time; the first and the last rate hold beyond them.
    Recorded(Vec<(Time, Rate)>),
}

/// One kind of request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Endpoint {
    /// What faults and metrics call it.
    pub name: String,
    /// Its share of all requests (millionths); those of all endpoints add up to one.
    pub share: Limit,
    /// Its latency over that of its version (millionths: 2 000 000 is twice as slow).
    pub latency: Limit,
    /// This much more of its requests fail, on any version (millionths).
    pub errors: Limit,
    /// What one of its requests costs in CPU over that of its version (millionths).
    pub cpu: Limit,
}

/// A group of users.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cohort {
    /// What faults call it.
    pub name: String,
    /// Its share of all requests (millionths); those of all cohorts add up to one.
    pub share: Limit,
    /// This much more of its requests fail, on any version (millionths).
    pub errors: Limit,
}

/// How clients behave.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clients {
    /// Clients wait no longer than this, in microseconds: what takes longer has failed for them, although the server
    /// counts it as answered. Without, they wait for ever.
    pub timeout_micros: Option<u64>,
    /// How often a failed request is tried again, at most.
    pub retries: u8,
    /// The wait before the first retry (the aggregated engine lets retries come in the scrape interval after the failure
    /// whatever this is); it doubles from one to the next. Some of it is chance (half to all of it).
    pub back_off: Millis,
    /// Mean length of a session that stays with the version it began on; without, each request is routed anew.
    pub session: Option<Millis>,
}

/// Everything about the requests that come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Traffic {
    /// First attempts over time.
    pub profile: Profile,
    /// Over-dispersion: variance of the rate from scrape to scrape over the square of its mean (millionths). At zero
    /// arrivals are Poisson; otherwise the rate of each scrape interval is drawn from a gamma law.
    pub dispersion: Limit,
    /// Kinds of requests; without any, all are alike.
    pub endpoints: Vec<Endpoint>,
    /// Groups of users; without any, all are alike.
    pub cohorts: Vec<Cohort>,
    /// How clients behave.
    pub clients: Clients,
}

/// A constant 200 requests a second, all alike, none tried again.
impl Default for Traffic {
    fn default() -> Self {
        Self {
            profile: Profile::Constant(Rate(200_000)),
            dispersion: Limit(0),
            endpoints: Vec::new(),
            cohorts: Vec::new(),
            clients: Clients::default(),
        }
    }
}

impl Profile {
    /// The one rate of a constant profile; nothing for any other.
    pub const fn as_constant(&self) -> Option<Rate> {
        match self {
            Self::Constant(rate) => Some(*rate),
            Self::Diurnal { .. }
            | Self::Weekly { .. }
            | Self::Ramp { .. }
            | Self::Step { .. }
            | Self::Burst { .. }
            | Self::Recorded(_) => None,
        }
    }
}

impl Traffic {
    /// All alike at a constant rate.
    pub fn constant(rate: Rate) -> Self {
        Self {
            profile: Profile::Constant(rate),
            ..Self::default()
        }
    }
}
