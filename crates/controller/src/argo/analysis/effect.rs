//! What a run does to its rollout.

use crate::argo::Phase;

/// Which run it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Beside the steps.
    Background,
    /// A step.
    Step,
    /// A step that is an experiment.
    Experiment,
}

/// Why a rollout is paused by what it found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PauseReason {
    /// `InconclusiveAnalysisRun`, of an analysis.
    Analysis,
    /// `InconclusiveExperiment`.
    Experiment,
}

impl PauseReason {
    /// As upstream writes it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Analysis => "InconclusiveAnalysisRun",
            Self::Experiment => "InconclusiveExperiment",
        }
    }
}

/// What a run does to its rollout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Nothing.
    None,
    /// The step is complete.
    Advance,
    /// The rollout is paused until a person decides.
    Pause(PauseReason),
    /// The rollout is aborted, and stands at its first step again.
    Abort,
}

/// What a run in this phase does to its rollout.
pub const fn effect_of(kind: Kind, phase: Phase) -> Effect {
    match (kind, phase) {
        (_, Phase::Failed | Phase::Error) => Effect::Abort,
        (Kind::Background | Kind::Step, Phase::Inconclusive) => {
            Effect::Pause(PauseReason::Analysis)
        }
        (Kind::Experiment, Phase::Inconclusive) => Effect::Pause(PauseReason::Experiment),
        (Kind::Step | Kind::Experiment, Phase::Successful) => Effect::Advance,
        (Kind::Background, Phase::Successful) | (_, Phase::Pending | Phase::Running) => {
            Effect::None
        }
    }
}

/// Whether a rollout has not yet come to the step at which its background analysis begins.
pub const fn is_before_starting_step(index: usize, starting_step: usize, steps: usize) -> bool {
    0 < steps && index < starting_step
}

/// What decides whether a background run begins.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own, as upstream's status has them"
)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Situation {
    /// The present step.
    pub index: usize,
    /// The step at which it begins.
    pub starting_step: usize,
    /// How many there are.
    pub steps: usize,
    /// No version has ever been in service.
    pub no_stable: bool,
    /// The new version is in service.
    pub is_promoted: bool,
    /// The rollout is aborted.
    pub is_aborted: bool,
    /// A person wants all of it at once.
    pub promote_full: bool,
    /// An inconclusive pause is in force.
    pub is_inconclusive: bool,
    /// Steps are skipped, because the version was in service a short while ago.
    pub is_within_rollback_window: bool,
}

/// Whether a background run begins, where there is none.
pub const fn background_begins(now: &Situation) -> bool {
    !(now.no_stable
        || now.is_promoted
        || now.is_aborted
        || now.promote_full
        || now.is_inconclusive
        || now.is_within_rollback_window
        || is_before_starting_step(now.index, now.starting_step, now.steps))
}
