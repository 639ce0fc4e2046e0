//! Checks, faults and commands in words.

use crate::format;
use coalmine_controller::{Checked, Command, Evidence, Metric, Outcome, Reading, Verdict, Version};
use coalmine_sim::{Fault, FaultKind, PipelineStage, PodChange, Target};

/// A check in words: `error rate 2.1 % is not < 1 %`, `p99 latency 180 ms < 500 ms`.
pub fn check_words(checked: &Checked) -> String {
    let metric = checked.query.metric;
    let name = format::metric(metric);
    let bound = format::bound(metric, checked.bound);
    match (checked.canary, checked.verdict) {
        (Reading::NoData, _) => format!("{name}: no data ({bound} needed)"),
        (Reading::Value { .. }, verdict) if let Some(evidence) = &checked.evidence => {
            let found = match verdict {
                Verdict::Pass => "healthy",
                Verdict::Fail => "unhealthy",
                Verdict::Inconclusive => "undecided",
            };
            let (value, numbers) = (value_words(checked), evidence_words(evidence));
            format!("{name} {value} is {found} by {bound} ({numbers})")
        }
        (Reading::Value { samples, .. }, Verdict::Inconclusive) => format!(
            "{name}: {} of {} requests needed to decide",
            format::count(samples),
            format::count(checked.min_requests)
        ),
        (Reading::Value { .. }, Verdict::Pass) => {
            format!("{name} {} {bound}", value_words(checked))
        }
        (Reading::Value { .. }, Verdict::Fail) => {
            format!("{name} {} is not {bound}", value_words(checked))
        }
    }
}

/// The canary's value, told apart from the bound where they are close.
pub fn value_words(checked: &Checked) -> String {
    let metric = checked.query.metric;
    let stable = match checked.stable {
        Some(Reading::Value { value, .. }) => Some(value),
        Some(Reading::NoData) | None => None,
    };
    match checked.canary {
        Reading::NoData => "no data".to_owned(),
        Reading::Value { value, .. } => match format::bound_value(checked.bound.against, stable) {
            Some(bound) => format::value_beside(metric, value, bound),
            None => format::value(metric, value),
        },
    }
}

/// What a test found, in short: `p 0.0104, look 3 of 10`.
pub fn evidence_words(evidence: &Evidence) -> String {
    let chance = match format::trimmed(evidence.p_value, 4) {
        none if none == "0" => "p < 0.0001".to_owned(),
        shown => format!("p {shown}"),
    };
    match (evidence.look.number, evidence.look.of) {
        (1, 1) => chance,
        (number, of) => format!("{chance}, look {number} of {of}"),
    }
}

/// What a reading rests on: `4,812 requests`, `60 readings`.
pub fn samples_words(metric: Metric, samples: u64) -> String {
    match metric {
        Metric::ErrorRate | Metric::Latency(_) => format::counted(samples, "request", "requests"),
        Metric::Cpu | Metric::Memory => format::counted(samples, "reading", "readings"),
        Metric::Custom(_) => format::counted(samples, "sample", "samples"),
    }
}

/// A fault in words: `5 % more errors on the canary`.
pub fn fault_words(fault: &Fault) -> String {
    let percent = |limit: coalmine_controller::Limit| {
        format!(
            "{}{}%",
            format::trimmed(limit.0 as f64 / 1e4, 4),
            format::THIN
        )
    };
    let what = match fault.kind {
        FaultKind::ErrorRate(size) => format!("{} more errors", percent(size)),
        FaultKind::Latency(size) => format!("latency up by {}", percent(size)),
        FaultKind::MemoryLeak(size) => format!("memory grows by {} a minute", percent(size)),
        FaultKind::CrashLoop(after) => format!("pods crash after {}", format::duration(after)),
        FaultKind::Pipeline(PipelineStage::Build) => return "the build breaks".to_owned(),
        FaultKind::Pipeline(PipelineStage::Push) => return "the push breaks".to_owned(),
        other => other.to_string(),
    };
    let whom = match fault.target {
        Target::Canary => "the canary",
        Target::Stable => "stable",
        Target::Both => "both versions",
        Target::Dependency => "what both versions depend on",
    };
    format!("{what} on {whom}")
}

/// What a command asks for, as something to do: `build the image`.
pub fn command_words(command: &Command) -> String {
    match command {
        Command::BuildImage => "build the image".to_owned(),
        Command::PushImage => "push the image".to_owned(),
        Command::ScaleCanary(pods) => {
            let pods = format::counted(u64::from(pods.0), "canary pod", "canary pods");
            format!("have {pods} ready")
        }
        Command::ScaleStable(pods) => {
            let pods = format::counted(u64::from(pods.0), "stable pod", "stable pods");
            format!("have {pods} ready")
        }
        Command::SetWeight(weight) => {
            format!(
                "send {} of the traffic to the canary",
                format::weight(*weight)
            )
        }
        Command::Measure(query) => format!("measure {}", format::metric(query.metric)),
        Command::Count(query) => format!("count {}", format::metric(query.metric)),
        Command::RollBack => "roll back to stable".to_owned(),
        Command::Promote => "make the new version stable".to_owned(),
        Command::Complete(_) => "complete the rollout".to_owned(),
    }
}

/// A change of a pod, as what it does: `pod 21 (canary) is ready`.
pub fn pod_words(pod: u32, version: Version, change: PodChange) -> String {
    let what = match change {
        PodChange::Starting => "starts",
        PodChange::Ready => "is ready",
        PodChange::Crashed => "crashed; it starts again after a pause",
        PodChange::OutOfMemory => "was killed: out of memory",
        PodChange::NodeLost => "was lost with its node",
        PodChange::Draining => "drains: no new traffic",
        PodChange::Gone => "is gone",
        PodChange::Promoted => "counts as stable now",
    };
    format!("Pod {pod} ({}) {what}", version_word(version))
}

/// `stable` or `canary`.
pub const fn version_word(version: Version) -> &'static str {
    match version {
        Version::Stable => "stable",
        Version::Canary => "canary",
    }
}

/// How a run ended, in two words at most.
pub const fn outcome_words(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Succeeded => "Succeeded",
        Outcome::Aborted => "Aborted",
        Outcome::RolledBack => "Rolled back",
        Outcome::Failed => "Failed",
    }
}
