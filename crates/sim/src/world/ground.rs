//! What follows from a scenario alone, worked out once and shared by all rollouts of it.

use super::{
    classes::{self, Class, MOST_BOUNDS},
    fault::Release,
    gauges::ratio,
    healthy::{self, Healthy},
    rate,
};
use crate::scenario::{CustomKind, Fault, FaultKind, Law, Reach, Scenario, Target};
use alloc::vec::Vec;

/// Requests of one kind from one group of users: all that cannot be told apart.
#[derive(Clone, Debug)]
pub(crate) struct Stratum {
    /// Its share of all requests.
    pub(crate) share: f64,
    /// Its endpoint, where a fault or a metric asks for it.
    pub(crate) endpoint: Option<u8>,
    /// Its cohort, where a fault asks for it.
    pub(crate) cohort: Option<u8>,
    /// What one of its requests costs in CPU, over that of its version.
    pub(crate) cpu: f64,
    /// By release.
    pub(crate) healthy: [Healthy; 2],
    /// What tells it from others, besides endpoint and cohort: latency and errors, in millionths.
    key: (i64, i64),
}

/// What pods of a release take, over their limits.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Levels {
    /// CPU at the load that it is told for.
    pub(crate) cpu: f64,
    /// The share of that CPU that is used without any load.
    pub(crate) rest: f64,
    /// Memory.
    pub(crate) memory: f64,
}

/// What follows from a scenario alone.
#[derive(Clone, Debug)]
pub(crate) struct Ground {
    /// Finite bounds of the buckets, then infinity, in seconds.
    pub(crate) le: Vec<f64>,
    /// All classes of latency.
    pub(crate) classes: Vec<Class>,
    /// What requests are drawn by.
    pub(crate) strata: Vec<Stratum>,
    /// By release.
    pub(crate) levels: [Levels; 2],
    /// Whether faults or laws may do anything to a release's requests while its pods live.
    pub(crate) may_be_wrong: [bool; 2],
    /// Whether retries, surges or capacity make the traffic depend on how it fares.
    pub(crate) feeds_back: bool,
    /// Whether scrape intervals are alike as long as the traffic is split as it is.
    pub(crate) is_steady: bool,
    /// Attempts a second that the CPU of versions is told for.
    pub(crate) reference: f64,
}

impl Ground {
    pub(crate) fn new(scenario: &Scenario) -> Self {
        let mut le = classes::bounds(&scenario.measurement.buckets_micros);
        debug_assert!(le.len() <= MOST_BOUNDS, "`bounds` keeps to it");
        let patience = scenario.traffic.clients.timeout_micros;
        let classes = classes::classes(
            &le,
            scenario.slow_micros as f64 / 1e6,
            patience.map_or(f64::INFINITY, |micros| micros as f64 / 1e6),
        );
        le.push(f64::INFINITY);
        let may_be_wrong = Release::ALL.map(|release| {
            let law = law_of(scenario, release);
            let strikes =
                |fault: &Fault| strikes(fault.target, release) && is_of_requests(fault.kind);
            law.warm_up.is_some() || law.capacity.is_some() || scenario.faults.iter().any(strikes)
        });
        let multiplies =
            |fault: &Fault| matches!(fault.kind, FaultKind::Surge(_) | FaultKind::RetryStorm(_));
        let (clients, profile) = (scenario.traffic.clients, &scenario.traffic.profile);
        let levels = Release::ALL.map(|release| {
            let law = law_of(scenario, release);
            Levels {
                cpu: ratio(law.cpu),
                rest: ratio(law.cpu_at_rest).min(1.0),
                memory: ratio(law.memory),
            }
        });
        Self {
            levels,
            strata: strata(scenario, &classes),
            may_be_wrong,
            feeds_back: 0 < clients.retries || scenario.faults.iter().any(multiplies),
            is_steady: scenario.traffic.dispersion.0 <= 0 && rate::is_piecewise(profile),
            reference: rate::reference(profile) / 1e3,
            le,
            classes,
        }
    }

    /// Whether a request of a stratum is one that a fault of this reach strikes, as far as the request decides it.
    pub(crate) fn reaches(&self, reach: Reach, stratum: usize) -> bool {
        let stratum = &self.strata[stratum];
        match reach {
            Reach::All | Reach::Pods(_) => true,
            Reach::Endpoint(endpoint) => stratum.endpoint == Some(endpoint),
            Reach::Cohort(cohort) => stratum.cohort == Some(cohort),
        }
    }
}

/// The law of a release.
pub(crate) const fn law_of(scenario: &Scenario, release: Release) -> &Law {
    match release {
        Release::Old => &scenario.stable,
        Release::New => &scenario.canary,
    }
}

/// Whether a target includes a release. A fault of the canary stays with the new version when that is promoted.
pub(crate) const fn strikes(target: Target, release: Release) -> bool {
    match (target, release) {
        (Target::Both | Target::Dependency, _)
        | (Target::Canary, Release::New)
        | (Target::Stable, Release::Old) => true,
        (Target::Canary, Release::Old) | (Target::Stable, Release::New) => false,
    }
}

/// Whether a fault changes what becomes of requests that reach a living pod.
const fn is_of_requests(kind: FaultKind) -> bool {
    match kind {
        FaultKind::ErrorRate(_)
        | FaultKind::Latency(_)
        | FaultKind::TailLatency { .. }
        | FaultKind::CpuBurn(_)
        | FaultKind::ColdCache { .. }
        | FaultKind::ErrorsAbove { .. }
        | FaultKind::WrongAnswers(_) => true,
        FaultKind::MemoryLeak(_)
        | FaultKind::CrashLoop(_)
        | FaultKind::Surge(_)
        | FaultKind::RetryStorm(_)
        | FaultKind::NodeLoss(_)
        | FaultKind::ScrapeGap
        | FaultKind::MetricLag(_)
        | FaultKind::MetricReset
        | FaultKind::Pipeline(_) => false,
    }
}

/// A part of the requests by one of two criteria.
struct Part {
    /// Its place, where a fault or a metric asks for it.
    named: Option<u8>,
    share: f64,
    /// Latency over that of its version, in millionths.
    latency: i64,
    /// More of its requests fail, in millionths.
    errors: i64,
    cpu: f64,
}

/// All requests.
const ALL: Part = Part {
    named: None,
    share: 1.0,
    latency: 1_000_000,
    errors: 0,
    cpu: 1.0,
};

/// Endpoints, or all requests where there are none.
fn endpoints(scenario: &Scenario) -> Vec<Part> {
    let is_asked_for = |wanted: u8| {
        let mut faults = scenario.faults.iter();
        faults.any(|fault| fault.reach == Reach::Endpoint(wanted))
            || scenario.measurement.metrics.iter().any(|metric| {
                !matches!(metric.kind, CustomKind::Gauge { .. }) && metric.endpoint == Some(wanted)
            })
    };
    let parts = (0..=u8::MAX).zip(&scenario.traffic.endpoints);
    or_all(parts.map(|(place, endpoint)| Part {
        named: is_asked_for(place).then_some(place),
        share: ratio(endpoint.share),
        latency: endpoint.latency.0,
        errors: endpoint.errors.0,
        cpu: ratio(endpoint.cpu),
    }))
}

/// Cohorts, or all requests where there are none.
fn cohorts(scenario: &Scenario) -> Vec<Part> {
    let is_asked_for = |wanted: u8| {
        let mut faults = scenario.faults.iter();
        faults.any(|fault| fault.reach == Reach::Cohort(wanted))
    };
    let parts = (0..=u8::MAX).zip(&scenario.traffic.cohorts);
    or_all(parts.map(|(place, cohort)| Part {
        named: is_asked_for(place).then_some(place),
        share: ratio(cohort.share),
        errors: cohort.errors.0,
        ..ALL
    }))
}

/// Shares are made to add up to one.
fn or_all(parts: impl Iterator<Item = Part>) -> Vec<Part> {
    let mut parts: Vec<Part> = parts.collect();
    let total: f64 = parts.iter().map(|part| part.share).sum();
    if total <= 0.0 {
        return [ALL].into();
    }
    for part in &mut parts {
        part.share /= total;
    }
    parts
}

/// Endpoints crossed with cohorts, those together that nothing tells apart.
fn strata(scenario: &Scenario, classes: &[Class]) -> Vec<Stratum> {
    let laws = Release::ALL.map(|release| healthy::law(&law_of(scenario, release).latency));
    let mut strata: Vec<Stratum> = Vec::new();
    let (endpoints, cohorts) = (endpoints(scenario), cohorts(scenario));
    let pairs = endpoints
        .iter()
        .flat_map(|endpoint| cohorts.iter().map(move |cohort| (endpoint, cohort)));
    for (endpoint, cohort) in pairs {
        let share = endpoint.share * cohort.share;
        let key = (endpoint.latency, endpoint.errors + cohort.errors);
        let alike = strata.iter_mut().find(|other| {
            other.key == key && other.endpoint == endpoint.named && other.cohort == cohort.named
        });
        if let Some(other) = alike {
            let both = (other.share + share).max(f64::MIN_POSITIVE);
            other.cpu = (other.cpu * other.share + endpoint.cpu * share) / both;
            other.share += share;
            continue;
        }
        let healthy = Release::ALL.map(|release| {
            let law = laws[release as usize].clone();
            let errors = law_of(scenario, release).error_rate.0.max(0) + key.1;
            let factor = (key.0.max(1)) as f64 / 1e6;
            Healthy::new(law, factor, errors as f64 / 1e6, classes)
        });
        strata.push(Stratum {
            share,
            endpoint: endpoint.named,
            cohort: cohort.named,
            cpu: endpoint.cpu,
            healthy,
            key,
        });
    }
    strata
}
