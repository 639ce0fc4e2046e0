//! The places that stand in a part which may not be there, or may be of another kind.

use super::{Knob, Place};
use coalmine_controller::Version;
use coalmine_sim::{
    Autoscaler, CustomKind, CustomMetric, Fault, FaultKind, Latency, Law, Onset, Profile, Reach,
    Scenario, Traffic,
};

impl Knob {
    pub(super) fn deeper(self, scenario: &mut Scenario) -> Option<Place<'_>> {
        match self {
            Self::Rate
            | Self::From
            | Self::To
            | Self::Base
            | Self::BurstPeak
            | Self::ChangeAt
            | Self::ChangeTakes
            | Self::BurstLasts
            | Self::BurstEvery
            | Self::Swing
            | Self::PeakAt
            | Self::DayBegins
            | Self::Weekend => self.of_profile(&mut scenario.traffic.profile),
            Self::Median(version)
            | Self::Mean(version)
            | Self::Sigma(version)
            | Self::Shape(version)
            | Self::Tail(version)
            | Self::Alpha(version) => self.of_latency(&mut law(scenario, version).latency),
            Self::Errors(version)
            | Self::Cpu(version)
            | Self::Rest(version)
            | Self::Memory(version)
            | Self::WarmSlower(version)
            | Self::WarmLasts(version)
            | Self::InFlight(version)
            | Self::Queue(version) => self.of_law(law(scenario, version)),
            Self::ScalerTarget
            | Self::ScalerLeast
            | Self::ScalerMost
            | Self::ScalerPeriod
            | Self::ScalerCalm => Some(self.of_scaler(scenario.platform.autoscaler.as_mut()?)),
            Self::MetricName(index) | Self::MetricLevel(index) | Self::MetricNoise(index) => {
                self.of_metric(scenario.measurement.metrics.get_mut(index)?)
            }
            Self::FaultPods(index)
            | Self::FaultStep(index)
            | Self::FaultAge(index)
            | Self::FaultOn(index)
            | Self::FaultOff(index)
            | Self::FaultTail(index)
            | Self::FaultLoad(index)
            | Self::FaultSettles(index) => self.of_fault(scenario.faults.get_mut(index)?),
            _ => self.of_mix(&mut scenario.traffic),
        }
    }

    fn of_profile(self, profile: &mut Profile) -> Option<Place<'_>> {
        Some(match (self, profile) {
            (
                Self::Rate,
                Profile::Constant(rate)
                | Profile::Diurnal { mean: rate, .. }
                | Profile::Weekly { mean: rate, .. },
            )
            | (Self::From, Profile::Ramp { from: rate, .. } | Profile::Step { from: rate, .. })
            | (Self::To, Profile::Ramp { to: rate, .. } | Profile::Step { to: rate, .. })
            | (Self::Base, Profile::Burst { base: rate, .. })
            | (Self::BurstPeak, Profile::Burst { peak: rate, .. }) => Place::Rate(rate),
            (
                Self::ChangeAt,
                Profile::Ramp { at, .. } | Profile::Step { at, .. } | Profile::Burst { at, .. },
            ) => Place::Instant(at),
            (Self::ChangeTakes, Profile::Ramp { takes, .. }) => Place::Span(takes),
            (Self::BurstLasts, Profile::Burst { lasts, .. }) => Place::Span(lasts),
            (Self::BurstEvery, Profile::Burst { every, .. }) => Place::SpanOr(every),
            (Self::Swing, Profile::Diurnal { swing, .. } | Profile::Weekly { swing, .. }) => {
                Place::Share(swing)
            }
            (
                Self::PeakAt,
                Profile::Diurnal { peak: of_day, .. } | Profile::Weekly { peak: of_day, .. },
            )
            | (
                Self::DayBegins,
                Profile::Diurnal { begins: of_day, .. } | Profile::Weekly { begins: of_day, .. },
            ) => Place::OfDay(of_day),
            (Self::Weekend, Profile::Weekly { weekend, .. }) => Place::More(weekend),
            _ => return None,
        })
    }

    fn of_mix(self, traffic: &mut Traffic) -> Option<Place<'_>> {
        let Traffic {
            endpoints, cohorts, ..
        } = traffic;
        let times = |place| Place::Number(place, 1_000_000_000, "1.5");
        Some(match self {
            Self::EndpointName(index) => Place::Name(&mut endpoints.get_mut(index)?.name),
            Self::EndpointShare(index) => Place::Share(&mut endpoints.get_mut(index)?.share),
            Self::EndpointLatency(index) => times(&mut endpoints.get_mut(index)?.latency),
            Self::EndpointErrors(index) => Place::Share(&mut endpoints.get_mut(index)?.errors),
            Self::EndpointCpu(index) => times(&mut endpoints.get_mut(index)?.cpu),
            Self::CohortName(index) => Place::Name(&mut cohorts.get_mut(index)?.name),
            Self::CohortShare(index) => Place::Share(&mut cohorts.get_mut(index)?.share),
            Self::CohortErrors(index) => Place::Share(&mut cohorts.get_mut(index)?.errors),
            _ => return None,
        })
    }

    fn of_latency(self, latency: &mut Latency) -> Option<Place<'_>> {
        Some(match (self, latency) {
            (
                Self::Median(_),
                Latency::LogNormal { median_micros, .. }
                | Latency::Weibull { median_micros, .. }
                | Latency::ParetoTail { median_micros, .. },
            ) => Place::Micros(median_micros),
            (Self::Mean(_), Latency::Gamma { mean_micros, .. }) => Place::Micros(mean_micros),
            (
                Self::Sigma(_),
                Latency::LogNormal { sigma, .. } | Latency::ParetoTail { sigma, .. },
            ) => Place::Number(sigma, 3_000_000, "0.5"),
            (Self::Shape(_), Latency::Gamma { shape, .. } | Latency::Weibull { shape, .. }) => {
                Place::Number(shape, 1_000_000_000, "1.5")
            }
            (Self::Tail(_), Latency::ParetoTail { tail, .. }) => Place::Share(tail),
            (Self::Alpha(_), Latency::ParetoTail { alpha, .. }) => {
                Place::Number(alpha, 1_000_000_000, "1.5")
            }
            _ => return None,
        })
    }

    fn of_law(self, law: &mut Law) -> Option<Place<'_>> {
        Some(match self {
            Self::Errors(_) => Place::Share(&mut law.error_rate),
            Self::Cpu(_) => Place::Share(&mut law.cpu),
            Self::Rest(_) => Place::Share(&mut law.cpu_at_rest),
            Self::Memory(_) => Place::Share(&mut law.memory),
            Self::WarmSlower(_) => Place::More(&mut law.warm_up.as_mut()?.slower),
            Self::WarmLasts(_) => Place::Span(&mut law.warm_up.as_mut()?.lasts),
            Self::InFlight(_) => Place::Many(&mut law.capacity.as_mut()?.in_flight),
            _ => Place::Count(&mut law.capacity.as_mut()?.queue),
        })
    }

    const fn of_scaler(self, scaler: &mut Autoscaler) -> Place<'_> {
        match self {
            Self::ScalerTarget => Place::Share(&mut scaler.target),
            Self::ScalerLeast => Place::Pods(&mut scaler.least),
            Self::ScalerMost => Place::Pods(&mut scaler.most),
            Self::ScalerPeriod => Place::Span(&mut scaler.period),
            _ => Place::Length(&mut scaler.calm),
        }
    }

    const fn of_metric(self, metric: &mut CustomMetric) -> Option<Place<'_>> {
        Some(match (self, &mut metric.kind) {
            (Self::MetricName(_), _) => Place::Name(&mut metric.name),
            (
                Self::MetricLevel(_),
                CustomKind::PerMinute(chance) | CustomKind::PerRequest(chance),
            ) => Place::Share(chance),
            (Self::MetricLevel(_), CustomKind::Gauge { level, .. }) => {
                Place::Number(level, 1_000_000_000_000, "100")
            }
            (Self::MetricNoise(_), CustomKind::Gauge { noise, .. }) => {
                Place::Number(noise, 1_000_000_000_000, "5")
            }
            _ => return None,
        })
    }

    fn of_fault(self, fault: &mut Fault) -> Option<Place<'_>> {
        Some(match self {
            Self::FaultPods(_) => match &mut fault.reach {
                Reach::Pods(share) => Place::Share(share),
                Reach::All | Reach::Endpoint(_) | Reach::Cohort(_) => return None,
            },
            Self::FaultStep(_) | Self::FaultAge(_) => match (self, &mut fault.onset) {
                (Self::FaultStep(_), Onset::Step(step)) => Place::Few(step, 50),
                (Self::FaultAge(_), Onset::Age(age)) => Place::Span(age),
                _ => return None,
            },
            Self::FaultOn(_) => Place::Span(&mut fault.flapping.as_mut()?.on),
            Self::FaultOff(_) => Place::Span(&mut fault.flapping.as_mut()?.off),
            _ => match (self, &mut fault.kind) {
                (Self::FaultTail(_), FaultKind::TailLatency { share, .. }) => Place::Share(share),
                (Self::FaultLoad(_), FaultKind::ErrorsAbove { load_milli, .. }) => {
                    Place::MilliRate(load_milli)
                }
                (Self::FaultSettles(_), FaultKind::ColdCache { lasts, .. }) => Place::Span(lasts),
                _ => return None,
            },
        })
    }
}

const fn law(scenario: &mut Scenario, version: Version) -> &mut Law {
    match version {
        Version::Stable => &mut scenario.stable,
        Version::Canary => &mut scenario.canary,
    }
}
