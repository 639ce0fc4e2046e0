//! The edit that a typed text means, or why it means none, in words.

use super::Param;
use crate::{
    inspector::typed::{
        at_least_a_second, decimal, duration, optional, percent, positive_duration,
        positive_micros, share, whole, with_unit,
    },
    state::edit::Edit,
};
use coalmine_controller::{Against, Analysis, Bound, Check, Metric, Pods, Time, Trigger};
use coalmine_sim::{Fault, FaultKind, Law, Onset, Platform, Scenario};
use coalmine_wire::{Project, quantity::parse_limit};

impl Param {
    /// What a text typed into this field changes.
    ///
    /// # Errors
    /// In words, with a text that would do.
    pub fn read(self, project: &Project, text: &str) -> Result<Edit, String> {
        let Project {
            policy, scenario, ..
        } = project;
        match self {
            Self::Replicas
            | Self::Build
            | Self::Push
            | Self::PodStart
            | Self::RouterDelay
            | Self::Drain => self.read_platform(scenario, text).map(Edit::Platform),
            Self::Scrape => at_least_a_second(text).map(Edit::Scrape),
            Self::ErrorRate | Self::Cpu | Self::Memory => {
                self.read_law(scenario, text).map(Edit::Stable)
            }
            Self::Slow => positive_micros(text).map(Edit::Slow),
            Self::Tail => duration(text).map(Edit::Tail),
            Self::Window => positive_duration(text).map(Edit::Window),
            Self::NodeWindow(node) => {
                optional(text, positive_duration).map(|window| Edit::NodeWindow(node, window))
            }
            Self::Extensions => whole(text, 0, 20).map(|times| {
                Edit::Extensions(u8::try_from(times).expect("at most 20 was asked for"))
            }),
            Self::ReadyDeadline => positive_duration(text).map(Edit::ReadyDeadline),
            Self::CheckBound(index) | Self::CheckRequests(index) | Self::CheckWindow(index) => self
                .read_check(here(&policy.checks, index)?, text)
                .map(|check| Edit::Check(index, check)),
            Self::TriggerBound(index)
            | Self::TriggerRequests(index)
            | Self::TriggerWindow(index) => self
                .read_trigger(here(&policy.triggers, index)?, text)
                .map(|trigger| Edit::Trigger(index, trigger)),
            Self::FaultSize(index)
            | Self::FaultRamp(index)
            | Self::FaultLasts(index)
            | Self::FaultStart(index) => self
                .read_fault(here(&scenario.faults, index)?, text)
                .map(|fault| Edit::Fault(index, fault)),
        }
    }

    fn read_platform(self, scenario: &Scenario, text: &str) -> Result<Platform, String> {
        let mut platform = scenario.platform;
        match self {
            Self::Replicas => {
                let pods = whole(text, 1, 1_000)?;
                platform.replicas = Pods(u32::try_from(pods).expect("at most 1000 was asked for"));
            }
            Self::Build => platform.build = duration(text)?,
            Self::Push => platform.push = duration(text)?,
            Self::PodStart => platform.pod_start = duration(text)?,
            Self::RouterDelay => platform.router_delay = duration(text)?,
            _ => platform.drain = duration(text)?,
        }
        Ok(platform)
    }

    fn read_law(self, scenario: &Scenario, text: &str) -> Result<Law, String> {
        let mut law = scenario.stable.clone();
        match self {
            Self::ErrorRate => law.error_rate = share(text)?,
            Self::Cpu => law.cpu = share(text)?,
            _ => law.memory = share(text)?,
        }
        Ok(law)
    }

    fn read_check(self, check: &Check, text: &str) -> Result<Check, String> {
        let mut check = *check;
        match self {
            Self::CheckRequests(_) => check.min_requests = whole(text, 0, 1_000_000_000)?,
            Self::CheckWindow(_) => check.window = optional(text, positive_duration)?,
            _ => check.bound = bound(check.metric, check.bound, text)?,
        }
        Ok(check)
    }

    fn read_trigger(self, trigger: &Trigger, text: &str) -> Result<Trigger, String> {
        let mut trigger = *trigger;
        match self {
            Self::TriggerRequests(_) => trigger.min_requests = whole(text, 0, 1_000_000_000)?,
            Self::TriggerWindow(_) => trigger.window = positive_duration(text)?,
            _ => trigger.bound = bound(trigger.metric, trigger.bound, text)?,
        }
        Ok(trigger)
    }

    fn read_fault(self, fault: &Fault, text: &str) -> Result<Fault, String> {
        let mut fault = *fault;
        match self {
            Self::FaultRamp(_) => fault.ramp = duration(text)?,
            Self::FaultLasts(_) => fault.lasts = optional(text, positive_duration)?,
            Self::FaultStart(_) => fault.onset = Onset::At(Time(duration(text)?.0)),
            _ => fault.kind = sized(fault.kind, text)?,
        }
        Ok(fault)
    }
}

/// The same kind of fault in another size.
fn sized(kind: FaultKind, text: &str) -> Result<FaultKind, String> {
    Ok(match kind {
        FaultKind::ErrorRate(_) => FaultKind::ErrorRate(share(text)?),
        FaultKind::Latency(_) => FaultKind::Latency(percent(text)?),
        FaultKind::TailLatency { share, .. } => FaultKind::TailLatency {
            share,
            more: percent(text)?,
        },
        FaultKind::MemoryLeak(_) => FaultKind::MemoryLeak(share(text)?),
        FaultKind::CpuBurn(_) => FaultKind::CpuBurn(share(text)?),
        FaultKind::CrashLoop(_) => FaultKind::CrashLoop(at_least_a_second(text)?),
        FaultKind::ColdCache { lasts, .. } => FaultKind::ColdCache {
            more: percent(text)?,
            lasts,
        },
        FaultKind::ErrorsAbove { load_milli, .. } => FaultKind::ErrorsAbove {
            load_milli,
            more: share(text)?,
        },
        FaultKind::WrongAnswers(_) => FaultKind::WrongAnswers(share(text)?),
        FaultKind::Surge(_) => FaultKind::Surge(percent(text)?),
        FaultKind::RetryStorm(_) => FaultKind::RetryStorm(
            u8::try_from(whole(text, 1, 20)?).expect("at most 20 was asked for"),
        ),
        FaultKind::NodeLoss(_) => FaultKind::NodeLoss(share(text)?),
        FaultKind::MetricLag(_) => FaultKind::MetricLag(at_least_a_second(text)?),
        same @ (FaultKind::ScrapeGap | FaultKind::MetricReset | FaultKind::Pipeline(_)) => same,
    })
}

fn here<T>(list: &[T], index: usize) -> Result<&T, String> {
    list.get(index)
        .ok_or_else(|| "this is no longer part of the project".to_owned())
}

fn bound(metric: Metric, bound: Bound, text: &str) -> Result<Bound, String> {
    let number = |text: &str| {
        let (unit, example) = match metric {
            Metric::Latency(_) => ("ms", "500 ms"),
            Metric::ErrorRate | Metric::Cpu | Metric::Memory => ("%", "1 %"),
            Metric::Custom(_) => ("", "100"),
        };
        with_unit(text, unit, example, |text| parse_limit(metric, text))
    };
    let against = match bound.against {
        Against::Fixed(_) => Against::Fixed(number(text)?),
        Against::StablePlus(_) => Against::StablePlus(number(text)?),
        Against::StableTimes(_) => Against::StableTimes(decimal(text, "1.5", 1_000_000_000)?),
        Against::Analysis(analysis) => Against::Analysis(Analysis {
            alpha: with_unit(text, "%", "5 %", |text| {
                parse_limit(Metric::ErrorRate, text)
            })?,
            ..analysis
        }),
    };
    Ok(Bound { against, ..bound })
}
