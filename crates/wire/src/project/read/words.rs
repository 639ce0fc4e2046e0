//! The words of a project file and what they mean: read and written from the same lists.

use coalmine_controller::{Against, Bound, Fallback, Healthy, NoDataMeans, Operator, Sides};
use coalmine_sim::{FaultKind, PipelineStage, Target};

/// Where a gate goes that cannot decide.
pub(crate) const FALLBACKS: [(&str, Fallback); 2] = [("no", Fallback::No), ("yes", Fallback::Yes)];

/// What no data means.
pub(crate) const NO_DATA: [(&str, NoDataMeans); 3] = [
    ("inconclusive", NoDataMeans::Inconclusive),
    ("fail", NoDataMeans::Fail),
    ("pass", NoDataMeans::Pass),
];

/// Which test decides, without its parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MethodKind {
    TwoProportions,
    Fisher,
    MannWhitney,
    Pocock,
    ObrienFleming,
    Sprt,
    AlwaysValid,
    Multinomial,
}

/// Which test decides.
pub(crate) const METHODS: [(&str, MethodKind); 8] = [
    ("z", MethodKind::TwoProportions),
    ("fisher", MethodKind::Fisher),
    ("mann-whitney", MethodKind::MannWhitney),
    ("pocock", MethodKind::Pocock),
    ("obrien-fleming", MethodKind::ObrienFleming),
    ("sprt", MethodKind::Sprt),
    ("always-valid", MethodKind::AlwaysValid),
    ("multinomial", MethodKind::Multinomial),
];

/// Which differences count.
pub(crate) const SIDES: [(&str, Sides); 2] = [("worse", Sides::Worse), ("both", Sides::Both)];

/// Which side is worse.
pub(crate) const WORSE: [(&str, Healthy); 2] =
    [("higher", Healthy::Below), ("lower", Healthy::Above)];

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
    MemoryLeak,
    CrashLoop,
    Pipeline(PipelineStage),
}

/// What breaks.
pub(crate) const KINDS: [(&str, Kind); 6] = [
    ("error-rate", Kind::ErrorRate),
    ("latency", Kind::Latency),
    ("memory-leak", Kind::MemoryLeak),
    ("crash-loop", Kind::CrashLoop),
    ("build-failure", Kind::Pipeline(PipelineStage::Build)),
    ("push-failure", Kind::Pipeline(PipelineStage::Push)),
];

/// A fault's kind without its size.
pub(crate) const fn kind_of(kind: FaultKind) -> Kind {
    match kind {
        FaultKind::Latency(_) => Kind::Latency,
        FaultKind::MemoryLeak(_) => Kind::MemoryLeak,
        FaultKind::CrashLoop(_) => Kind::CrashLoop,
        FaultKind::Pipeline(stage) => Kind::Pipeline(stage),
        // Kinds other than this one have no words yet: they read as the nearest one that has.
        _ => Kind::ErrorRate,
    }
}

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
        Against::Analysis(_) => return "analysis",
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
