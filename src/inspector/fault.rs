//! Faults in words: what the cards offer, what they inject, and how an injected one reads.

use crate::format;
use coalmine_controller::{Limit, Millis};
use coalmine_sim::{Fault, FaultKind, Onset, PipelineStage, Target};
use coalmine_wire::quantity::{format_duration, format_percent, format_weight};

/// What a card offers to break.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FaultChoice {
    /// Requests fail.
    ErrorRate,
    /// Requests take longer.
    Latency,
    /// Memory grows until the pod is killed.
    MemoryLeak,
    /// Pods crash and start again.
    CrashLoop,
    /// The image cannot be built.
    Build,
    /// The image cannot be pushed.
    Push,
}

impl FaultChoice {
    /// What strikes the canary once it runs.
    pub const RUNNING: [Self; 4] = [
        Self::ErrorRate,
        Self::Latency,
        Self::MemoryLeak,
        Self::CrashLoop,
    ];

    /// What strikes before any pod is touched; there is nothing to choose about its beginning.
    pub const PIPELINE: [Self; 2] = [Self::Build, Self::Push];

    /// What is injected at first: enough to be found by a sound policy, not so much that nothing needs deciding.
    pub const fn kind(self) -> FaultKind {
        match self {
            Self::ErrorRate => FaultKind::ErrorRate(Limit(50_000)),
            Self::Latency => FaultKind::Latency(Limit(1_500_000)),
            Self::MemoryLeak => FaultKind::MemoryLeak(Limit(120_000)),
            Self::CrashLoop => FaultKind::CrashLoop(Millis::from_secs(45)),
            Self::Build => FaultKind::Pipeline(PipelineStage::Build),
            Self::Push => FaultKind::Pipeline(PipelineStage::Push),
        }
    }

    /// The fault, on the canary, from `onset`.
    pub const fn fault(self, onset: Onset) -> Fault {
        Fault::new(self.kind(), onset)
    }

    /// What the card says.
    pub const fn label(self) -> &'static str {
        match self {
            Self::ErrorRate => "Error rate",
            Self::Latency => "Latency",
            Self::MemoryLeak => "Memory leak",
            Self::CrashLoop => "Crash loop",
            Self::Build => "Build fails",
            Self::Push => "Push fails",
        }
    }
}

/// What a fault is called.
pub const fn name_of(kind: FaultKind) -> &'static str {
    match kind {
        FaultKind::ErrorRate(_) => FaultChoice::ErrorRate.label(),
        FaultKind::Latency(_) => FaultChoice::Latency.label(),
        FaultKind::MemoryLeak(_) => FaultChoice::MemoryLeak.label(),
        FaultKind::CrashLoop(_) => FaultChoice::CrashLoop.label(),
        FaultKind::Pipeline(PipelineStage::Build) => FaultChoice::Build.label(),
        FaultKind::Pipeline(PipelineStage::Push) => FaultChoice::Push.label(),
        _ => "Other failure",
    }
}

/// How strong it is, in a few words; nothing where there is no more or less.
pub fn size_of(kind: FaultKind) -> Option<String> {
    match kind {
        FaultKind::ErrorRate(size) => Some(format!("+{} of requests", format_percent(size))),
        FaultKind::Latency(size) => Some(format!("+{}", format_percent(size))),
        FaultKind::MemoryLeak(size) => Some(format!("+{} a minute", format_percent(size))),
        FaultKind::CrashLoop(after) => Some(format!("after {}", format_duration(after))),
        FaultKind::Pipeline(_) => None,
        other => Some(other.to_string()),
    }
}

/// A fault in a sentence without a full stop: `+5 % of requests, on the canary, once it has 25 %`.
pub fn describe(fault: &Fault) -> String {
    if let FaultKind::Pipeline(_) = fault.kind {
        return "before any pod is touched".to_owned();
    }
    let mut words: Vec<String> = size_of(fault.kind).into_iter().collect();
    words.push(
        match fault.target {
            Target::Canary => "on the canary",
            Target::Stable => "on stable",
            Target::Both => "on both versions",
            Target::Dependency => "on what both versions depend on",
        }
        .to_owned(),
    );
    words.push(onset_words(fault.onset));
    if let Some(lasts) = fault.lasts {
        words.push(format!("for {}", format_duration(lasts)));
    }
    words.join(", ")
}

/// When it begins: `from the start`, `from 12:30`, `once the canary has 25 %`.
pub fn onset_words(onset: Onset) -> String {
    match onset {
        Onset::At(coalmine_controller::Time(0)) => "from the start".to_owned(),
        Onset::At(time) => format!("from {}", format::clock(time)),
        Onset::Weight(weight) => format!("once the canary has {}", format_weight(weight)),
        Onset::Step(step) => format!("at step {step}"),
        Onset::Age(age) => format!("{} after its first traffic", format_duration(age)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use coalmine_controller::{Time, Weight};

    fn words(choice: FaultChoice, onset: Onset) -> String {
        describe(&choice.fault(onset)).replace('\u{202f}', " ")
    }

    #[test]
    fn a_fault_reads_as_a_sentence() {
        let quarter = Weight::from_basis_points(2_500).unwrap();
        assert_eq!(
            words(FaultChoice::ErrorRate, Onset::Weight(quarter)),
            "+5 % of requests, on the canary, once the canary has 25 %"
        );
        assert_eq!(
            words(FaultChoice::CrashLoop, Onset::At(Time(750_000))),
            "after 45 s, on the canary, from 12:30"
        );
        assert_eq!(
            words(FaultChoice::Build, Onset::At(Time(0))),
            "before any pod is touched"
        );
    }
}
