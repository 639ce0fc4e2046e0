//! What a fault may not be, alone and in its scenario.

use super::{
    super::read::words::{self, KINDS},
    Problems, bounds,
};
use coalmine_controller::Millis;
use coalmine_sim::{Fault, FaultKind, Onset, Rate, Reach, Scenario, Target};

impl Problems {
    pub(super) fn fault(&mut self, path: &str, fault: &Fault, scenario: &Scenario) {
        self.size(path, fault.kind);
        let start = format!("{path}.start");
        match fault.onset {
            Onset::At(at) => self.duration(&start, Millis(at.0), bounds::INSTANT),
            Onset::Step(step) => self.count(&start, step.into(), bounds::STEP),
            Onset::Age(age) => {
                self.duration(&start, age, bounds::INSTANT);
                if fault.target == Target::Stable {
                    self.wrong(
                        &start,
                        "stable has no age in a rollout, so this fault would never begin",
                        "give an instant such as \"12m\", or strike the canary",
                    );
                }
            }
            Onset::Weight(_) => {}
        }
        self.duration(&format!("{path}.ramp"), fault.ramp, bounds::INSTANT);
        if let Some(lasts) = fault.lasts {
            self.duration(&format!("{path}.lasts"), lasts, bounds::LASTS);
        }
        if let Some(it) = fault.flapping {
            self.duration(&format!("{path}.flapping.on"), it.on, bounds::TURN);
            self.duration(&format!("{path}.flapping.off"), it.off, bounds::TURN);
        }
        if matches!(fault.kind, FaultKind::Pipeline(_)) && fault.target != Target::Canary {
            let message = "a failure of the pipeline strikes the release, and nothing else";
            self.wrong(&format!("{path}.target"), message, "choose the canary");
        }
        self.reach(path, fault, scenario);
    }

    fn size(&mut self, path: &str, kind: FaultKind) {
        let size = format!("{path}.size");
        match kind {
            FaultKind::ErrorRate(ratio)
            | FaultKind::WrongAnswers(ratio)
            | FaultKind::NodeLoss(ratio) => self.percent(&size, ratio, bounds::RATIO),
            FaultKind::Latency(more) | FaultKind::Surge(more) => {
                self.percent(&size, more, bounds::SLOWER);
            }
            FaultKind::TailLatency { share, more } => {
                self.percent(&format!("{path}.share"), share, bounds::RATIO);
                self.percent(&size, more, bounds::SLOWER);
            }
            FaultKind::ColdCache { more, lasts } => {
                self.percent(&size, more, bounds::SLOWER);
                self.duration(&format!("{path}.fades"), lasts, bounds::FADES);
            }
            FaultKind::ErrorsAbove { load_milli, more } => {
                self.rate(&format!("{path}.load"), Rate(load_milli), bounds::RATE);
                self.percent(&size, more, bounds::RATIO);
            }
            FaultKind::MemoryLeak(ratio) => self.percent(&size, ratio, bounds::LEAK),
            FaultKind::CpuBurn(ratio) => self.percent(&size, ratio, bounds::RESOURCE),
            FaultKind::CrashLoop(after) => self.duration(&size, after, bounds::CRASH),
            FaultKind::MetricLag(lag) => self.duration(&size, lag, bounds::LAG),
            FaultKind::RetryStorm(_)
            | FaultKind::ScrapeGap
            | FaultKind::MetricReset
            | FaultKind::Pipeline(_) => {}
        }
    }

    /// A part of a version that there is, and that such a fault can strike by itself.
    fn reach(&mut self, path: &str, fault: &Fault, scenario: &Scenario) {
        let (key, can) = match fault.reach {
            Reach::All => return,
            Reach::Pods(share) => {
                self.percent(&format!("{path}.pods"), share, bounds::PODS);
                ("pods", fault.kind.strikes_pods())
            }
            Reach::Endpoint(place) => {
                self.exists(path, "endpoint", place, scenario.traffic.endpoints.len());
                ("endpoint", strikes_requests(fault.kind))
            }
            Reach::Cohort(place) => {
                self.exists(path, "cohort", place, scenario.traffic.cohorts.len());
                ("cohort", strikes_requests(fault.kind))
            }
        };
        if !can {
            let kind = words::of(&KINDS, words::kind_of(fault.kind));
            self.push(
                &format!("{path}.{key}"),
                format!("`{key}` says nothing about a fault of the kind `{kind}`"),
                "leave the line out".to_owned(),
            );
        }
    }

    /// The place of an endpoint or a cohort, which must be there.
    pub(super) fn exists(&mut self, path: &str, key: &str, place: u8, count: usize) {
        if count <= usize::from(place) {
            let number = u16::from(place) + 1;
            self.push(
                &format!("{path}.{key}"),
                format!("there is no {key} {number}, only {count}"),
                format!("describe it first, in a [[scenario.{key}]]"),
            );
        }
    }
}

/// Whether such a fault can strike the requests of one endpoint or cohort.
const fn strikes_requests(kind: FaultKind) -> bool {
    match kind {
        FaultKind::ErrorRate(_)
        | FaultKind::Latency(_)
        | FaultKind::TailLatency { .. }
        | FaultKind::ErrorsAbove { .. }
        | FaultKind::WrongAnswers(_)
        | FaultKind::Surge(_)
        | FaultKind::RetryStorm(_) => true,
        FaultKind::MemoryLeak(_)
        | FaultKind::CpuBurn(_)
        | FaultKind::CrashLoop(_)
        | FaultKind::ColdCache { .. }
        | FaultKind::NodeLoss(_)
        | FaultKind::ScrapeGap
        | FaultKind::MetricLag(_)
        | FaultKind::MetricReset
        | FaultKind::Pipeline(_) => false,
    }
}
