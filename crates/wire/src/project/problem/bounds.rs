//! What is possible, in the unit in which the project keeps each quantity.

/// From the least to the most, both allowed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Range {
    pub(super) least: u64,
    pub(super) most: u64,
}

impl Range {
    pub(super) const fn contains(self, value: u64) -> bool {
        self.least <= value && value <= self.most
    }
}

const fn range(least: u64, most: u64) -> Range {
    Range { least, most }
}

const SECOND: u64 = 1_000;
const MINUTE: u64 = 60 * SECOND;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;
/// All, in millionths.
const ONE: u64 = 1_000_000;

/// Characters of a name.
pub(super) const NAME: Range = range(1, 120);
/// Entries of one list.
pub(super) const MANY: usize = 1_000;
/// Observations need time to pass, or a diagram with a loop never ends.
pub(super) const WINDOW: Range = range(SECOND, 30 * DAY);
/// Until pods must be ready.
pub(super) const DEADLINE: Range = range(SECOND, 7 * DAY);
/// Requests that a decision needs.
pub(super) const REQUESTS: Range = range(0, 1_000_000_000_000);
/// Shares of requests or of memory.
pub(super) const RATIO: Range = range(0, ONE);
/// CPU may be beyond its limit for a while.
pub(super) const RESOURCE: Range = range(0, 10 * ONE);
/// A latency that a gate allows, in microseconds.
pub(super) const LATENCY_LIMIT: Range = range(0, 3_600 * ONE);
/// A latency, in microseconds.
pub(super) const LATENCY: Range = range(1, 3_600 * ONE);
/// How many times stable.
pub(super) const FACTOR: Range = range(1, 1_000 * ONE);
/// Thousandths of a request a second: what a scrape counts fits its type.
pub(super) const RATE: Range = range(0, 1_000_000_000);
/// After the end.
pub(super) const TAIL: Range = range(0, 7 * DAY);
/// The longest run.
pub(super) const RUN: Range = range(MINUTE, 366 * DAY);
/// Scrapes of the longest run: what a page can hold.
pub(super) const SCRAPES: u64 = 10_000_000;
/// Pods.
pub(super) const REPLICAS: Range = range(1, 10_000);
/// Stages, starts and delays.
pub(super) const STAGE: Range = range(0, DAY);
/// Between two scrapes: time must pass.
pub(super) const SCRAPE: Range = range(SECOND, 5 * MINUTE);
/// Sigma of a lognormal latency: at 5 its tail is 100 000 times its median already.
pub(super) const SIGMA: Range = range(0, 5 * ONE);
/// How much slower.
pub(super) const SLOWER: Range = range(0, 1_000 * ONE);
/// Memory a minute.
pub(super) const LEAK: Range = range(0, 100 * ONE);
/// Between two crashes.
pub(super) const CRASH: Range = range(SECOND, DAY);
/// Instants of a run.
pub(super) const INSTANT: Range = range(0, 366 * DAY);
/// How long a fault lasts.
pub(super) const LASTS: Range = range(1, 366 * DAY);
/// Times of a day.
pub(super) const TIME_OF_DAY: Range = range(0, DAY);
/// Times of a week, from Monday on.
pub(super) const TIME_OF_WEEK: Range = range(0, 7 * DAY);
/// From one burst to the next: time must pass.
pub(super) const EVERY: Range = range(SECOND, 366 * DAY);
/// Mean length of a session.
pub(super) const SESSION: Range = range(SECOND, 30 * DAY);
/// The wait before the first retry.
pub(super) const BACK_OFF: Range = range(0, HOUR);
/// Kinds of requests: endpoints times cohorts, each drawn by itself.
pub(super) const KINDS: usize = 1_000;
/// Shapes of gamma and Weibull laws: below, quantiles cannot be computed.
pub(super) const SHAPE: Range = range(ONE / 20, 1_000 * ONE);
/// Exponents of a tail.
pub(super) const ALPHA: Range = range(ONE / 10, 1_000 * ONE);
/// The share of a tail; the body has some.
pub(super) const TAIL_SHARE: Range = range(0, ONE - 1);
/// Laws in a mixture.
pub(super) const PARTS: Range = range(1, 20);
/// Mixtures within mixtures.
pub(super) const DEPTH: u32 = 3;
/// Points of a law that was measured.
pub(super) const POINTS: Range = range(2, 1_000);
/// Until most of a pod's youth is over.
pub(super) const FADES: Range = range(1, DAY);
/// Requests that a pod works on.
pub(super) const IN_FLIGHT: Range = range(1, 65_535);
/// What an autoscaler aims at.
pub(super) const AIM: Range = range(ONE / 100, 10 * ONE);
/// From one look of an autoscaler to the next: time must pass.
pub(super) const PERIOD: Range = range(SECOND, HOUR);
/// How long an autoscaler waits before it takes pods away.
pub(super) const CALM: Range = range(0, DAY);
/// Metrics that come late.
pub(super) const LAG: Range = range(0, DAY);
/// Finite buckets of a histogram: what the world has room for.
pub(super) const BUCKETS: Range = range(1, 30);
/// Levels of metrics of the team's own.
pub(super) const LEVEL: Range = range(0, i64::MAX as u64);
/// A share of pods: some.
pub(super) const PODS: Range = range(1, ONE);
/// Raises of the canary's share, counted from one.
pub(super) const STEP: Range = range(1, 255);
/// Flapping: on or off for so long.
pub(super) const TURN: Range = range(1, 366 * DAY);
