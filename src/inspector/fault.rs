//! Faults in words: what the cards offer, what they inject, and how an injected one reads.

use crate::format;
use coalmine_controller::{Limit, Millis, Time};
use coalmine_sim::{Fault, FaultKind, Onset, PipelineStage, Reach, Target, Traffic};
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
        FaultKind::TailLatency { .. } => "Tail latency",
        FaultKind::MemoryLeak(_) => FaultChoice::MemoryLeak.label(),
        FaultKind::CpuBurn(_) => "CPU burn",
        FaultKind::CrashLoop(_) => FaultChoice::CrashLoop.label(),
        FaultKind::ColdCache { .. } => "Cold cache",
        FaultKind::ErrorsAbove { .. } => "Errors above a load",
        FaultKind::WrongAnswers(_) => "Wrong answers",
        FaultKind::Surge(_) => "Traffic surge",
        FaultKind::RetryStorm(_) => "Retry storm",
        FaultKind::NodeLoss(_) => "Node loss",
        FaultKind::ScrapeGap => "Scrape gap",
        FaultKind::MetricLag(_) => "Metric lag",
        FaultKind::MetricReset => "Metric reset",
        FaultKind::Pipeline(PipelineStage::Build) => FaultChoice::Build.label(),
        FaultKind::Pipeline(PipelineStage::Push) => FaultChoice::Push.label(),
    }
}

/// How strong it is, in a few words; nothing where there is no more or less.
pub fn size_of(kind: FaultKind) -> Option<String> {
    match kind {
        FaultKind::ErrorRate(size) => Some(format!("+{} of requests", format_percent(size))),
        FaultKind::Latency(size) => Some(format!("+{}", format_percent(size))),
        FaultKind::MemoryLeak(size) => Some(format!("+{} a minute", format_percent(size))),
        FaultKind::CrashLoop(after) => Some(format!("after {}", format_duration(after))),
        FaultKind::ScrapeGap | FaultKind::MetricReset | FaultKind::Pipeline(_) => None,
        other => Some(other.to_string()),
    }
}

/// Whom it strikes, or nothing where it strikes no version: `on one endpoint (checkout) of the canary`.
fn whom(fault: &Fault, traffic: &Traffic) -> Option<String> {
    if let FaultKind::Surge(_) | FaultKind::RetryStorm(_) = fault.kind {
        return None;
    }
    let target = match fault.target {
        Target::Canary => "the canary",
        Target::Stable => "stable",
        Target::Both => "both versions",
        Target::Dependency => "what both versions depend on",
    };
    let named = |name: Option<&String>, place: u8| {
        name.map_or_else(|| format!("no. {}", u16::from(place) + 1), String::clone)
    };
    Some(match fault.reach {
        Reach::All => format!("on {target}"),
        Reach::Pods(share) => format!("on {} of the pods of {target}", format_percent(share)),
        Reach::Endpoint(place) => {
            let endpoint = traffic.endpoints.get(usize::from(place));
            let name = named(endpoint.map(|endpoint| &endpoint.name), place);
            format!("on the endpoint {name} of {target}")
        }
        Reach::Cohort(place) => {
            let cohort = traffic.cohorts.get(usize::from(place));
            let name = named(cohort.map(|cohort| &cohort.name), place);
            format!("for the cohort {name} on {target}")
        }
    })
}

/// A fault in a sentence without a full stop: `+5 % of requests, on the canary, once it has 25 %`.
pub fn describe(fault: &Fault, traffic: &Traffic) -> String {
    if let FaultKind::Pipeline(_) = fault.kind {
        return "before any pod is touched".to_owned();
    }
    let mut words: Vec<String> = size_of(fault.kind).into_iter().collect();
    words.extend(whom(fault, traffic));
    words.push(onset_words(fault.onset));
    if fault.ramp != Millis(0) {
        words.push(format!(
            "at full strength after {}",
            format_duration(fault.ramp)
        ));
    }
    if let Some(lasts) = fault.lasts {
        words.push(format!("for {}", format_duration(lasts)));
    }
    if let Some(flapping) = fault.flapping {
        let (on, off) = (format_duration(flapping.on), format_duration(flapping.off));
        words.push(format!("{on} on and {off} off in turn"));
    }
    words.join(", ")
}

/// When it begins: `from the start`, `from 12:30`, `once the canary has 25 %`.
pub fn onset_words(onset: Onset) -> String {
    match onset {
        Onset::At(Time(0)) => "from the start".to_owned(),
        Onset::At(time) => format!("from {}", format::clock(time)),
        Onset::Weight(weight) => format!("once the canary has {}", format_weight(weight)),
        Onset::Step(step) => format!("from step {step} on"),
        Onset::Age(age) => format!("once the release has served for {}", format_duration(age)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use coalmine_controller::Weight;
    use coalmine_sim::{Scenario, library::FAILURES};

    fn words(choice: FaultChoice, onset: Onset) -> String {
        describe(&choice.fault(onset), &Traffic::default()).replace('\u{202f}', " ")
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

    /// How the library's failure reads once it is injected.
    fn injected(id: &str) -> String {
        let mut scenario = Scenario::default();
        let failure = coalmine_sim::library::failure(id).unwrap();
        failure.inject(&mut scenario);
        describe(&scenario.faults[0], &scenario.traffic).replace('\u{202f}', " ")
    }

    #[test]
    fn whom_it_strikes_when_and_in_which_rhythm_is_said() {
        for (id, words) in [
            (
                "one-endpoint",
                "+30 % of requests, on the endpoint checkout of the canary, from the start",
            ),
            (
                "one-cohort",
                "+40 % of requests, for the cohort big customers on the canary, from the start",
            ),
            (
                "noisy-neighbour",
                "+300 %, on 20 % of the pods of both versions, from 4:00, for 10 min",
            ),
            (
                "dependency-outage",
                "+20 % of requests, on what both versions depend on, from 6:00, for 5 min",
            ),
            (
                "late-bomb",
                "+10 % of requests, on the canary, once the release has served for 25 min",
            ),
            ("scrape-gap", "on both versions, from 5:00, for 8 min"),
            ("surge", "150 % more traffic, from 6:00, for 5 min"),
            (
                "flapping",
                "+5 % of requests, on the canary, from the start, 30 s on and 1 min 30 s off in turn",
            ),
        ] {
            assert_eq!(injected(id), words, "{id}");
        }
    }

    #[test]
    fn every_failure_of_the_library_has_words() {
        for failure in FAILURES {
            assert!(!injected(failure.id).is_empty(), "{}", failure.id);
        }
    }
}
