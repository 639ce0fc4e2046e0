//! Every number of the world beside the few that always stand in the inspector: its name, its place, how it is set.
//!
//! Where a [`Param`](super::Param) says for itself how it reads, a knob only says where it stands; the place knows its
//! unit. What no run could have is refused by the same rules as a project file.

mod deeper;
mod place;
#[cfg(test)]
mod tests;

pub use place::{DAY, Place};

use super::mix;
use coalmine_controller::Version;
use coalmine_sim::Scenario;
use coalmine_wire::Project;

/// A number, or a name, of the world.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Knob {
    /// The traffic's rate, or its mean.
    Rate,
    /// The rate before.
    From,
    /// The rate after.
    To,
    /// The rate between bursts.
    Base,
    /// The rate of a burst.
    BurstPeak,
    /// When it changes.
    ChangeAt,
    /// How long the change takes.
    ChangeTakes,
    /// How long a burst lasts.
    BurstLasts,
    /// From burst to burst.
    BurstEvery,
    /// How far a day's wave goes up and down.
    Swing,
    /// When it is highest.
    PeakAt,
    /// When the run begins.
    DayBegins,
    /// A weekend's day over a working day.
    Weekend,
    /// How much more the rate varies than chance alone.
    Dispersion,
    /// How long clients wait.
    Timeout,
    /// How often they try again.
    Retries,
    /// How long before.
    BackOff,
    /// How long they stay with a version.
    Session,
    /// An endpoint's name.
    EndpointName(usize),
    /// Its share.
    EndpointShare(usize),
    /// Its latency over its version's.
    EndpointLatency(usize),
    /// Its errors beside its version's.
    EndpointErrors(usize),
    /// Its CPU over its version's.
    EndpointCpu(usize),
    /// A cohort's name.
    CohortName(usize),
    /// Its share.
    CohortShare(usize),
    /// Its errors beside its version's.
    CohortErrors(usize),
    /// The median of a version's latency.
    Median(Version),
    /// Its mean.
    Mean(Version),
    /// Its spread.
    Sigma(Version),
    /// Its shape.
    Shape(Version),
    /// The share of its tail.
    Tail(Version),
    /// How light its tail is.
    Alpha(Version),
    /// A version's errors.
    Errors(Version),
    /// Its CPU.
    Cpu(Version),
    /// Of that, at rest.
    Rest(Version),
    /// Its memory.
    Memory(Version),
    /// How much slower a new pod is.
    WarmSlower(Version),
    /// For how long.
    WarmLasts(Version),
    /// What a pod works on at once.
    InFlight(Version),
    /// What may wait at a pod.
    Queue(Version),
    /// CPU that the autoscaler aims at.
    ScalerTarget,
    /// No fewer pods than these.
    ScalerLeast,
    /// And no more.
    ScalerMost,
    /// From look to look.
    ScalerPeriod,
    /// How long it waits before it takes pods away.
    ScalerCalm,
    /// Connections that stay with the canary.
    Lingering,
    /// How late a scrape may come.
    Jitter,
    /// How late it can be read.
    Lag,
    /// The latency buckets.
    Buckets,
    /// The name of a metric of the team's own.
    MetricName(usize),
    /// How likely its event is, or its level.
    MetricLevel(usize),
    /// The noise of a gauge.
    MetricNoise(usize),
    /// The share of good requests that was promised.
    Objective,
    /// The share of pods that a fault strikes.
    FaultPods(usize),
    /// The step with which it begins.
    FaultStep(usize),
    /// The age with which it begins.
    FaultAge(usize),
    /// How long it is on.
    FaultOn(usize),
    /// How long it is off.
    FaultOff(usize),
    /// The share of requests that become slow.
    FaultTail(usize),
    /// The load above which it breaks.
    FaultLoad(usize),
    /// How long caches take.
    FaultSettles(usize),
}

/// What the fields of a profile are, in order; those that it does not have are left out.
pub const PROFILE: [Knob; 13] = [
    Knob::Rate,
    Knob::From,
    Knob::To,
    Knob::Base,
    Knob::BurstPeak,
    Knob::ChangeAt,
    Knob::ChangeTakes,
    Knob::BurstLasts,
    Knob::BurstEvery,
    Knob::Swing,
    Knob::PeakAt,
    Knob::Weekend,
    Knob::DayBegins,
];

impl Knob {
    /// What stands before the field.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Rate => "Requests",
            Self::From => "Requests, before",
            Self::To => "Requests, after",
            Self::Base => "Requests, usually",
            Self::BurstPeak => "Requests, in a burst",
            Self::ChangeAt | Self::FaultStep(_) | Self::FaultAge(_) => "At",
            Self::ChangeTakes => "Takes",
            Self::BurstLasts => "Burst lasts",
            Self::BurstEvery => "Again every",
            Self::Swing => "Swing",
            Self::PeakAt => "Highest at",
            Self::DayBegins => "Run begins at",
            Self::Weekend => "Weekend",
            Self::Dispersion => "Over-dispersion",
            Self::Timeout => "Give up after",
            Self::Retries => "Retries",
            Self::BackOff => "First wait",
            Self::Session => "Sticky for",
            Self::EndpointName(_) | Self::CohortName(_) | Self::MetricName(_) => "Name",
            Self::EndpointShare(_) | Self::CohortShare(_) => "Share",
            Self::EndpointLatency(_) => "Latency, times",
            Self::EndpointErrors(_) | Self::CohortErrors(_) => "Errors on top",
            Self::EndpointCpu(_) => "CPU, times",
            Self::Median(_) => "Latency, median",
            Self::Mean(_) => "Latency, mean",
            Self::Sigma(_) => "Latency, spread σ",
            Self::Shape(_) => "Latency, shape",
            Self::Tail(_) => "In the tail",
            Self::Alpha(_) => "Tail’s exponent",
            Self::Errors(_) => "Errors",
            Self::Cpu(_) => "CPU",
            Self::Rest(_) => "CPU at rest, of it",
            Self::Memory(_) => "Memory",
            Self::WarmSlower(_) => "New pods slower by",
            Self::WarmLasts(_) | Self::FaultSettles(_) => "Falls off within",
            Self::InFlight(_) => "At once, a pod",
            Self::Queue(_) => "Waiting, a pod",
            Self::ScalerTarget => "Aims at CPU",
            Self::ScalerLeast => "Pods, least",
            Self::ScalerMost => "Pods, most",
            Self::ScalerPeriod => "Looks every",
            Self::ScalerCalm => "Shrinks after",
            Self::Lingering => "Stay with canary",
            Self::Jitter => "Jitter, up to",
            Self::Lag => "Readable after",
            Self::Buckets => "Buckets up to",
            Self::MetricLevel(_) => "Level",
            Self::MetricNoise(_) => "Noise",
            Self::Objective => "Promised good",
            Self::FaultPods(_) => "Of the pods",
            Self::FaultOn(_) => "On for",
            Self::FaultOff(_) => "Off for",
            Self::FaultTail(_) => "Of the requests",
            Self::FaultLoad(_) => "Above, a pod",
        }
    }

    /// What an empty field means, where it may be empty.
    pub const fn when_empty(self) -> Option<&'static str> {
        match self {
            Self::Timeout => Some("never"),
            Self::Session => Some("not at all"),
            Self::BurstEvery => Some("only once"),
            _ => None,
        }
    }

    /// As its field shows it; nothing where the world has no such number.
    pub fn show(self, scenario: &Scenario) -> Option<String> {
        let mut scenario = scenario.clone();
        self.place(&mut scenario).map(|place| place.show())
    }

    /// The scenario once a text is put there.
    ///
    /// # Errors
    /// In words, with a text that would do.
    pub fn read(self, project: &Project, text: &str) -> Result<Scenario, String> {
        let mut after = project.clone();
        let scenario = &mut after.scenario;
        let is_same = scenario.canary == scenario.stable;
        let place = self.place(scenario);
        place
            .ok_or_else(|| "this is no longer part of the project".to_owned())?
            .put(text)?;
        match self {
            Self::EndpointShare(index) => mix::settle(&mut scenario.traffic.endpoints, index),
            Self::CohortShare(index) => mix::settle(&mut scenario.traffic.cohorts, index),
            _ => {}
        }
        // A canary that is healthy behaves as stable does; where it was told apart, it stays apart.
        if is_same && scenario.canary == project.scenario.canary {
            scenario.canary = scenario.stable.clone();
        }
        possible(project, &after)?;
        Ok(after.scenario)
    }

    /// Where it stands.
    pub fn place(self, scenario: &mut Scenario) -> Option<Place<'_>> {
        Some(match self {
            Self::Dispersion => Place::More(&mut scenario.traffic.dispersion),
            Self::Timeout => Place::MicrosOr(&mut scenario.traffic.clients.timeout_micros),
            Self::Retries => Place::Few(&mut scenario.traffic.clients.retries, 20),
            Self::BackOff => Place::Length(&mut scenario.traffic.clients.back_off),
            Self::Session => Place::SpanOr(&mut scenario.traffic.clients.session),
            Self::Lingering => Place::Share(&mut scenario.platform.lingering),
            Self::Jitter => Place::Length(&mut scenario.measurement.jitter),
            Self::Lag => Place::Length(&mut scenario.measurement.lag),
            Self::Buckets => Place::Buckets(&mut scenario.measurement.buckets_micros),
            Self::Objective => Place::Share(&mut scenario.objective),
            _ => return self.deeper(scenario),
        })
    }
}

/// What the edit brought about that no run could have, if anything.
fn possible(before: &Project, after: &Project) -> Result<(), String> {
    let known = before.problems();
    let new = after
        .problems()
        .into_iter()
        .find(|problem| !known.contains(problem));
    new.map_or(Ok(()), |problem| {
        Err(format!("{}; {}", problem.message, problem.suggestion))
    })
}
