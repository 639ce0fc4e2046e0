//! The named failure library, and stories that combine failures: what people have lived through, sized so that the
//! default scenario shows each one's telling picture.

mod stories;

pub use stories::{STORIES, Story};

use crate::scenario::{
    Cohort, Endpoint, Fault, FaultKind, Flapping, Onset, PipelineStage, Reach, Scenario, Target,
};
use alloc::string::ToString;
use coalmine_controller::{Limit, Millis, Time};

/// The endpoint that the one-endpoint bug strikes, by its place; [`Failure::inject`] sees to it that there is one.
pub const STRUCK_ENDPOINT: u8 = 1;
/// The cohort that the one-cohort bug strikes, by its place; [`Failure::inject`] sees to it that there is one.
pub const STRUCK_COHORT: u8 = 1;

/// A failure with a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Failure {
    /// In lower case with hyphens, for files and links.
    pub id: &'static str,
    /// As people call it.
    pub name: &'static str,
    /// What it is and how it shows, in a sentence.
    pub says: &'static str,
    /// What is injected.
    pub fault: Fault,
    /// What it takes besides for the failure to show.
    pub also: Option<Fault>,
}

impl Failure {
    /// Puts it into a scenario, along with the endpoints or cohorts that it needs where there are none.
    pub fn inject(&self, scenario: &mut Scenario) {
        for fault in [self.fault].into_iter().chain(self.also) {
            let traffic = &mut scenario.traffic;
            match fault.reach {
                Reach::Endpoint(_) if traffic.endpoints.is_empty() => {
                    traffic.endpoints = [("browse", 900_000), ("checkout", 100_000)]
                        .map(|(name, share)| endpoint(name, share))
                        .into();
                }
                Reach::Cohort(_) if traffic.cohorts.is_empty() => {
                    traffic.cohorts = [("everybody", 950_000), ("big customers", 50_000)]
                        .map(|(name, share)| cohort(name, share))
                        .into();
                }
                Reach::All | Reach::Pods(_) | Reach::Endpoint(_) | Reach::Cohort(_) => {}
            }
            scenario.faults.push(fault);
        }
    }
}

/// A failure by its id.
pub fn failure(id: &str) -> Option<&'static Failure> {
    FAILURES.iter().find(|failure| failure.id == id)
}

/// An endpoint that behaves as its version does.
fn endpoint(name: &str, share: i64) -> Endpoint {
    Endpoint {
        name: name.to_string(),
        share: Limit(share),
        latency: Limit(1_000_000),
        errors: Limit(0),
        cpu: Limit(1_000_000),
    }
}

/// A cohort whose requests behave as its version does.
fn cohort(name: &str, share: i64) -> Cohort {
    Cohort {
        name: name.to_string(),
        share: Limit(share),
        errors: Limit(0),
    }
}

const START: Onset = Onset::At(Time(0));

const fn minute(minutes: u64) -> Onset {
    Onset::At(Time(minutes * 60_000))
}

const fn of_canary(kind: FaultKind) -> Fault {
    Fault::new(kind, START)
}

/// On a target, from a minute of the run on, for so many minutes.
const fn spell(kind: FaultKind, target: Target, from: u64, minutes: u64) -> Fault {
    Fault {
        target,
        lasts: Some(Millis::from_mins(minutes)),
        ..Fault::new(kind, minute(from))
    }
}

const fn plain(id: &'static str, name: &'static str, says: &'static str, fault: Fault) -> Failure {
    Failure {
        id,
        name,
        says,
        fault,
        also: None,
    }
}

/// All failures that have a name.
pub const FAILURES: [Failure; 23] = [
    plain(
        "error-rate",
        "Error-rate rise",
        "One request in twenty fails on the canary, at once and for good.",
        of_canary(FaultKind::ErrorRate(Limit(50_000))),
    ),
    plain(
        "latency",
        "Latency shift",
        "Every answer of the canary takes two and a half times as long, so that the whole histogram moves.",
        of_canary(FaultKind::Latency(Limit(1_500_000))),
    ),
    plain(
        "tail-latency",
        "Tail-only latency",
        "One request in thirty takes ten times as long: the 99th percentile moves, the median does not.",
        of_canary(FaultKind::TailLatency {
            share: Limit(33_000),
            more: Limit(9_000_000),
        }),
    ),
    plain(
        "memory-leak",
        "Slow leak to out-of-memory",
        "Memory climbs by an eighth of the limit a minute until the pod is killed, starts again and climbs again.",
        of_canary(FaultKind::MemoryLeak(Limit(120_000))),
    ),
    plain(
        "cpu-burn",
        "CPU burn",
        "Each pod of the canary burns four tenths of its CPU on top, and no request fails.",
        of_canary(FaultKind::CpuBurn(Limit(400_000))),
    ),
    plain(
        "crash-loop",
        "Crash loop",
        "Each pod of the canary crashes about 45 seconds after it got ready, and comes back ever later.",
        of_canary(FaultKind::CrashLoop(Millis::from_secs(45))),
    ),
    plain(
        "cold-cache",
        "Cold cache",
        "New pods of the canary are six times as slow until their caches have filled: each step looks bad at first.",
        of_canary(FaultKind::ColdCache {
            more: Limit(5_000_000),
            lasts: Millis::from_mins(2),
        }),
    ),
    Failure {
        id: "overload",
        name: "Failure only above a load",
        says: "Nothing is wrong until traffic rises by half; then a third of the canary's requests fails.",
        fault: of_canary(FaultKind::ErrorsAbove {
            load_milli: 12_000,
            more: Limit(300_000),
        }),
        also: Some(spell(FaultKind::Surge(Limit(500_000)), Target::Both, 9, 5)),
    },
    plain(
        "one-endpoint",
        "One-endpoint bug",
        "Three in ten requests of one endpoint fail, which the other endpoints dilute to a tenth of that.",
        Fault {
            reach: Reach::Endpoint(STRUCK_ENDPOINT),
            ..of_canary(FaultKind::ErrorRate(Limit(300_000)))
        },
    ),
    plain(
        "one-cohort",
        "One-cohort bug",
        "Four in ten requests of the few biggest customers fail, and hardly anybody else notices.",
        Fault {
            reach: Reach::Cohort(STRUCK_COHORT),
            ..of_canary(FaultKind::ErrorRate(Limit(400_000)))
        },
    ),
    plain(
        "dependency-outage",
        "Shared-dependency outage",
        "What both versions depend on fails for five minutes: stable suffers as the canary does, and no release is to blame.",
        spell(
            FaultKind::ErrorRate(Limit(200_000)),
            Target::Dependency,
            6,
            5,
        ),
    ),
    plain(
        "surge",
        "Traffic surge",
        "Two and a half times the traffic comes for five minutes, and CPU climbs on every pod.",
        spell(FaultKind::Surge(Limit(1_500_000)), Target::Both, 6, 5),
    ),
    Failure {
        id: "retry-storm",
        name: "Retry storm",
        says: "While a dependency fails four requests in ten, clients try each again up to four times: failure feeds traffic.",
        fault: spell(FaultKind::RetryStorm(4), Target::Both, 6, 5),
        also: Some(spell(
            FaultKind::ErrorRate(Limit(400_000)),
            Target::Dependency,
            6,
            5,
        )),
    },
    plain(
        "noisy-neighbour",
        "Noisy neighbour",
        "One pod in five of either version answers four times as slowly for ten minutes, whichever version it runs.",
        Fault {
            reach: Reach::Pods(Limit(200_000)),
            ..spell(FaultKind::Latency(Limit(3_000_000)), Target::Both, 4, 10)
        },
    ),
    plain(
        "flapping",
        "Flapping",
        "One request in twenty fails for half a minute, then none for a minute and a half, again and again.",
        Fault {
            flapping: Some(Flapping {
                on: Millis::from_secs(30),
                off: Millis::from_secs(90),
            }),
            ..of_canary(FaultKind::ErrorRate(Limit(50_000)))
        },
    ),
    plain(
        "late-bomb",
        "Late bomb",
        "All is well until the release has served for 25 minutes and nobody looks any more; then a tenth of it fails.",
        Fault::new(
            FaultKind::ErrorRate(Limit(100_000)),
            Onset::Age(Millis::from_mins(25)),
        ),
    ),
    plain(
        "stale-data",
        "Data that goes stale",
        "One answer in five is wrong although it says success: no default metric sees it.",
        of_canary(FaultKind::WrongAnswers(Limit(200_000))),
    ),
    plain(
        "scrape-gap",
        "Scrape gap",
        "Nothing is scraped for eight minutes: charts have a hole, and gates have nothing to judge.",
        spell(FaultKind::ScrapeGap, Target::Both, 5, 8),
    ),
    plain(
        "metric-lag",
        "Metric lag",
        "What is scraped can be read three minutes later: gates judge the past.",
        Fault {
            target: Target::Both,
            ..of_canary(FaultKind::MetricLag(Millis::from_mins(3)))
        },
    ),
    plain(
        "metric-reset",
        "Metric reset",
        "The canary's counters start again from zero in the middle of a step, and rates must not show it.",
        Fault::new(FaultKind::MetricReset, minute(6)),
    ),
    plain(
        "build-failure",
        "Build failure",
        "The image cannot be built, and no pod is ever touched.",
        of_canary(FaultKind::Pipeline(PipelineStage::Build)),
    ),
    plain(
        "push-failure",
        "Push failure",
        "The registry refuses the image, and no pod is ever touched.",
        of_canary(FaultKind::Pipeline(PipelineStage::Push)),
    ),
    plain(
        "node-loss",
        "Node loss",
        "A node goes down with three pods in ten of either version, which start again elsewhere.",
        Fault {
            target: Target::Both,
            ..Fault::new(FaultKind::NodeLoss(Limit(300_000)), minute(6))
        },
    ),
];
