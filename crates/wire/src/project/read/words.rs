//! The words of a project file and what they mean: read and written from the same lists.

use coalmine_controller::{Against, Bound, Fallback, Healthy, NoDataMeans, Operator};
use coalmine_sim::{FaultKind, PipelineStage, Split, Target};

/// Where a gate goes that cannot decide.
pub(crate) const FALLBACKS: [(&str, Fallback); 2] = [("no", Fallback::No), ("yes", Fallback::Yes)];

/// What no data means.
pub(crate) const NO_DATA: [(&str, NoDataMeans); 3] = [
    ("inconclusive", NoDataMeans::Inconclusive),
    ("fail", NoDataMeans::Fail),
    ("pass", NoDataMeans::Pass),
];

/// Which pods a fault strikes.
pub(crate) const TARGETS: [(&str, Target); 4] = [
    ("canary", Target::Canary),
    ("stable", Target::Stable),
    ("both", Target::Both),
    ("dependency", Target::Dependency),
];

/// What a person does.
pub(crate) const ACTS: [(&str, Operator); 4] = [
    ("abort", Operator::Abort),
    ("pause", Operator::Pause),
    ("resume", Operator::Resume),
    ("promote", Operator::Promote),
];

/// What breaks, without its size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    ErrorRate,
    Latency,
    TailLatency,
    MemoryLeak,
    CpuBurn,
    CrashLoop,
    ColdCache,
    ErrorsAbove,
    WrongAnswers,
    Surge,
    RetryStorm,
    NodeLoss,
    ScrapeGap,
    MetricLag,
    MetricReset,
    Pipeline(PipelineStage),
}

/// What breaks.
pub(crate) const KINDS: [(&str, Kind); 17] = [
    ("error-rate", Kind::ErrorRate),
    ("latency", Kind::Latency),
    ("tail-latency", Kind::TailLatency),
    ("memory-leak", Kind::MemoryLeak),
    ("cpu-burn", Kind::CpuBurn),
    ("crash-loop", Kind::CrashLoop),
    ("cold-cache", Kind::ColdCache),
    ("errors-above", Kind::ErrorsAbove),
    ("wrong-answers", Kind::WrongAnswers),
    ("surge", Kind::Surge),
    ("retry-storm", Kind::RetryStorm),
    ("node-loss", Kind::NodeLoss),
    ("scrape-gap", Kind::ScrapeGap),
    ("metric-lag", Kind::MetricLag),
    ("metric-reset", Kind::MetricReset),
    ("build-failure", Kind::Pipeline(PipelineStage::Build)),
    ("push-failure", Kind::Pipeline(PipelineStage::Push)),
];

/// A fault's kind without its size.
pub(crate) const fn kind_of(kind: FaultKind) -> Kind {
    match kind {
        FaultKind::ErrorRate(_) => Kind::ErrorRate,
        FaultKind::Latency(_) => Kind::Latency,
        FaultKind::TailLatency { .. } => Kind::TailLatency,
        FaultKind::MemoryLeak(_) => Kind::MemoryLeak,
        FaultKind::CpuBurn(_) => Kind::CpuBurn,
        FaultKind::CrashLoop(_) => Kind::CrashLoop,
        FaultKind::ColdCache { .. } => Kind::ColdCache,
        FaultKind::ErrorsAbove { .. } => Kind::ErrorsAbove,
        FaultKind::WrongAnswers(_) => Kind::WrongAnswers,
        FaultKind::Surge(_) => Kind::Surge,
        FaultKind::RetryStorm(_) => Kind::RetryStorm,
        FaultKind::NodeLoss(_) => Kind::NodeLoss,
        FaultKind::ScrapeGap => Kind::ScrapeGap,
        FaultKind::MetricLag(_) => Kind::MetricLag,
        FaultKind::MetricReset => Kind::MetricReset,
        FaultKind::Pipeline(stage) => Kind::Pipeline(stage),
    }
}

/// A law of latency without its numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LawKind {
    LogNormal,
    Gamma,
    Weibull,
    ParetoTail,
    Mixture,
    Quantiles,
}

/// Laws of latency.
pub(crate) const LAWS: [(&str, LawKind); 6] = [
    ("lognormal", LawKind::LogNormal),
    ("gamma", LawKind::Gamma),
    ("weibull", LawKind::Weibull),
    ("pareto-tail", LawKind::ParetoTail),
    ("mixture", LawKind::Mixture),
    ("quantiles", LawKind::Quantiles),
];

/// The course of the rate without its numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Course {
    Constant,
    Diurnal,
    Weekly,
    Ramp,
    Step,
    Burst,
    Recorded,
}

/// Courses of the rate.
pub(crate) const COURSES: [(&str, Course); 7] = [
    ("constant", Course::Constant),
    ("diurnal", Course::Diurnal),
    ("weekly", Course::Weekly),
    ("ramp", Course::Ramp),
    ("step", Course::Step),
    ("burst", Course::Burst),
    ("recorded", Course::Recorded),
];

/// What decides the canary's share.
pub(crate) const SPLITS: [(&str, Split); 2] = [
    ("weighted", Split::Weighted),
    ("pod-ratio", Split::PodRatio),
];

/// A metric of the team's own without its numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Own {
    PerMinute,
    PerRequest,
    Gauge,
}

/// Metrics of the team's own.
pub(crate) const OWN: [(&str, Own); 3] = [
    ("per-minute", Own::PerMinute),
    ("per-request", Own::PerRequest),
    ("gauge", Own::Gauge),
];

/// What a bound compares with, without its limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Base {
    Fixed,
    StablePlus,
    StableTimes,
}

/// The keys of a bound.
pub(crate) const BOUNDS: [(&str, Healthy, Base); 6] = [
    ("below", Healthy::Below, Base::Fixed),
    ("above", Healthy::Above, Base::Fixed),
    ("below_stable_plus", Healthy::Below, Base::StablePlus),
    ("above_stable_plus", Healthy::Above, Base::StablePlus),
    ("below_stable_times", Healthy::Below, Base::StableTimes),
    ("above_stable_times", Healthy::Above, Base::StableTimes),
];

/// The key of a bound.
pub(crate) fn bound_key(bound: Bound) -> &'static str {
    let base = match bound.against {
        Against::Fixed(_) => Base::Fixed,
        Against::StablePlus(_) => Base::StablePlus,
        Against::StableTimes(_) => Base::StableTimes,
    };
    BOUNDS
        .iter()
        .find(|(_, healthy, other)| *healthy == bound.healthy && *other == base)
        .map(|(key, _, _)| *key)
        .expect("the list has every pair of a side and a base")
}

/// The word for a meaning.
pub(crate) fn of<T: PartialEq + Copy>(words: &[(&'static str, T)], meaning: T) -> &'static str {
    words
        .iter()
        .find(|(_, other)| *other == meaning)
        .map(|(word, _)| *word)
        .expect("the list has a word for every meaning")
}
