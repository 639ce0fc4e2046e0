//! What breaks: kinds of faults, whom they strike, when they begin, and the shape of their strength over time.

use coalmine_controller::{Limit, Millis, Time, Weight};
use core::fmt;
use serde::{Deserialize, Serialize};

/// Which version a fault strikes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Target {
    /// The version being rolled out.
    Canary,
    /// The version in service.
    Stable,
    /// Both.
    Both,
    /// What both depend on: it strikes both, and the release is not to blame.
    Dependency,
}

/// Which part of its target a fault strikes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Reach {
    /// All of it.
    #[default]
    All,
    /// This share of its pods (millionths), rounded up: those that started first.
    Pods(Limit),
    /// One endpoint, by its place in the traffic's list.
    Endpoint(u8),
    /// One cohort, by its place in the traffic's list.
    Cohort(u8),
}

/// When a fault begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Onset {
    /// At an instant of the run.
    At(Time),
    /// When the canary first has at least this share of traffic.
    Weight(Weight),
    /// When the canary's share is raised for this time, counted from one.
    Step(u8),
    /// When the release has had traffic for this long.
    Age(Millis),
}

/// A stage of the pipeline before any pod is touched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum PipelineStage {
    /// Building the image.
    Build,
    /// Pushing the image.
    Push,
}

/// What breaks, and by how much at full strength.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum FaultKind {
    /// This much more of the requests fail (millionths: 50 000 is 5 points more).
    ErrorRate(Limit),
    /// Latencies are multiplied by one plus this (millionths: 1 000 000 doubles them).
    Latency(Limit),
    /// Some requests become slower, and the median does not move.
    TailLatency {
        /// The share of requests (millionths).
        share: Limit,
        /// Their latencies are multiplied by one plus this (millionths).
        more: Limit,
    },
    /// Memory grows by this share of the limit a minute (millionths); at the limit the pod is killed and starts again.
    MemoryLeak(Limit),
    /// Each pod burns this share of its CPU limit on top (millionths).
    CpuBurn(Limit),
    /// Each pod crashes this long after it got ready, give or take, and starts again with back-off.
    CrashLoop(Millis),
    /// Pods that start while it is on are slow until their caches have filled.
    ColdCache {
        /// Latencies of a new pod are multiplied by one plus this (millionths), falling off with its age.
        more: Limit,
        /// After this, a 1/e of it is left.
        lasts: Millis,
    },
    /// Requests fail while a pod has more than a given load.
    ErrorsAbove {
        /// Requests a second a pod, in thousandths, above which it breaks.
        load_milli: u64,
        /// This much more of its requests fail then (millionths).
        more: Limit,
    },
    /// This share of the answers is wrong although they say success (millionths): no default metric sees it.
    WrongAnswers(Limit),
    /// First attempts are multiplied by one plus this (millionths), whichever version answers.
    Surge(Limit),
    /// Clients try failed requests again this many times more, without waiting.
    RetryStorm(u8),
    /// This share of the pods is lost at once with its node (millionths), and is started again elsewhere.
    NodeLoss(Limit),
    /// Nothing is scraped.
    ScrapeGap,
    /// Queries see what was scraped this much earlier.
    MetricLag(Millis),
    /// The counters start again from zero when it begins.
    MetricReset,
    /// A stage of the pipeline fails.
    Pipeline(PipelineStage),
}

/// In a few words without a full stop, as in `5 points more of the requests fail`; sizes are told in percent.
impl fmt::Display for FaultKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ErrorRate(more) => write!(f, "{} more errors", Percent(*more)),
            Self::Latency(more) => write!(f, "latencies {} longer", Percent(*more)),
            Self::TailLatency { share, more } => write!(
                f,
                "the latencies of {} of the requests {} longer",
                Percent(*share),
                Percent(*more)
            ),
            Self::MemoryLeak(share) => write!(f, "memory grows by {} a minute", Percent(*share)),
            Self::CpuBurn(share) => write!(f, "{} more CPU", Percent(*share)),
            Self::CrashLoop(after) => write!(f, "pods crash after {} s", after.0.div_ceil(1_000)),
            Self::ColdCache { more, .. } => {
                write!(f, "new pods are {} slower", Percent(*more))
            }
            Self::ErrorsAbove { load_milli, more } => write!(
                f,
                "{} more errors above {} requests a second a pod",
                Percent(*more),
                load_milli.div_ceil(1_000)
            ),
            Self::WrongAnswers(share) => write!(f, "{} wrong answers", Percent(*share)),
            Self::Surge(more) => write!(f, "{} more traffic", Percent(*more)),
            Self::RetryStorm(more) => write!(f, "{more} more retries"),
            Self::NodeLoss(share) => {
                write!(f, "a node with {} of the pods is lost", Percent(*share))
            }
            Self::ScrapeGap => f.write_str("nothing is scraped"),
            Self::MetricLag(lag) => write!(f, "metrics come {} s late", lag.0.div_ceil(1_000)),
            Self::MetricReset => f.write_str("counters start again from zero"),
            Self::Pipeline(PipelineStage::Build) => f.write_str("the build breaks"),
            Self::Pipeline(PipelineStage::Push) => f.write_str("the push breaks"),
        }
    }
}

impl FaultKind {
    /// Whether it happens within pods, so that it may strike a version, or some of its pods, and not what is around them:
    /// who comes, how it is measured, and how a release is made.
    pub const fn strikes_pods(self) -> bool {
        match self {
            Self::ErrorRate(_)
            | Self::Latency(_)
            | Self::TailLatency { .. }
            | Self::MemoryLeak(_)
            | Self::CpuBurn(_)
            | Self::CrashLoop(_)
            | Self::ColdCache { .. }
            | Self::ErrorsAbove { .. }
            | Self::WrongAnswers(_) => true,
            Self::Surge(_)
            | Self::RetryStorm(_)
            | Self::NodeLoss(_)
            | Self::ScrapeGap
            | Self::MetricLag(_)
            | Self::MetricReset
            | Self::Pipeline(_) => false,
        }
    }
}

/// Millionths in percent, with as many decimals as they need.
struct Percent(Limit);

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\u{202f}%", self.0.0 as f64 / 1e4)
    }
}

/// On for a while, off for a while, again and again, from its beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Flapping {
    /// How long it is on; at least a millisecond.
    pub on: Millis,
    /// How long it is off.
    pub off: Millis,
}

/// A fault: injected, where a symptom is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Fault {
    /// What breaks.
    pub kind: FaultKind,
    /// On which version.
    pub target: Target,
    /// On which part of it.
    pub reach: Reach,
    /// When it begins.
    pub onset: Onset,
    /// From nothing to full strength, in a straight line.
    pub ramp: Millis,
    /// From its beginning to its end; without, to the end of the run.
    pub lasts: Option<Millis>,
    /// On and off; without, it stays on.
    pub flapping: Option<Flapping>,
}

impl Fault {
    /// A fault of all of the canary from an instant on, at full strength at once and to the end.
    pub const fn new(kind: FaultKind, onset: Onset) -> Self {
        Self {
            kind,
            target: Target::Canary,
            reach: Reach::All,
            onset,
            ramp: Millis(0),
            lasts: None,
            flapping: None,
        }
    }
}
