//! How a number of the project reads in its field.

use super::Param;
use coalmine_controller::{Against, Bound, Metric};
use coalmine_sim::{Fault, FaultKind, Onset};
use coalmine_wire::{
    Project,
    quantity::{format_decimal, format_duration, format_limit, format_micros, format_percent},
};

impl Param {
    /// As its field shows it; empty where it is not said, or is no more.
    pub fn show(self, project: &Project) -> String {
        let Project {
            policy, scenario, ..
        } = project;
        let (stable, platform) = (&scenario.stable, &scenario.platform);
        match self {
            Self::Replicas => platform.replicas.0.to_string(),
            Self::ErrorRate => format_percent(stable.error_rate),
            Self::Cpu => format_percent(stable.cpu),
            Self::Memory => format_percent(stable.memory),
            Self::Slow => format_micros(scenario.slow_micros),
            Self::Build => format_duration(platform.build),
            Self::Push => format_duration(platform.push),
            Self::PodStart => format_duration(platform.pod_start),
            Self::RouterDelay => format_duration(platform.router_delay),
            Self::Drain => format_duration(platform.drain),
            Self::Scrape => format_duration(scenario.measurement.scrape),
            Self::Tail => format_duration(scenario.tail),
            Self::Window => format_duration(policy.window),
            Self::NodeWindow(node) => policy
                .nodes
                .get(&node)
                .and_then(|of_node| of_node.window)
                .map_or_else(String::new, format_duration),
            Self::Extensions => policy.extensions.to_string(),
            Self::ReadyDeadline => format_duration(policy.ready_deadline),
            Self::CheckBound(index) => of(&policy.checks, index, |check| {
                show_bound(check.metric, check.bound)
            }),
            Self::CheckRequests(index) => of(&policy.checks, index, |check| {
                check.min_requests.to_string()
            }),
            Self::CheckWindow(index) => of(&policy.checks, index, |check| {
                check.window.map_or_else(String::new, format_duration)
            }),
            Self::TriggerBound(index) => of(&policy.triggers, index, |trigger| {
                show_bound(trigger.metric, trigger.bound)
            }),
            Self::TriggerRequests(index) => of(&policy.triggers, index, |trigger| {
                trigger.min_requests.to_string()
            }),
            Self::TriggerWindow(index) => of(&policy.triggers, index, |trigger| {
                format_duration(trigger.window)
            }),
            Self::FaultSize(index) => of(&scenario.faults, index, show_size),
            Self::FaultRamp(index) => {
                of(&scenario.faults, index, |fault| format_duration(fault.ramp))
            }
            Self::FaultLasts(index) => of(&scenario.faults, index, |fault| {
                fault.lasts.map_or_else(String::new, format_duration)
            }),
            Self::FaultStart(index) => of(&scenario.faults, index, |fault| match fault.onset {
                Onset::At(time) => format_duration(time.since(coalmine_controller::Time(0))),
                Onset::Weight(_) | Onset::Step(_) | Onset::Age(_) => String::new(),
            }),
        }
    }
}

fn of<T>(list: &[T], index: usize, show: impl FnOnce(&T) -> String) -> String {
    list.get(index).map_or_else(String::new, show)
}

/// The number alone: what it is compared with stands beside it.
fn show_bound(metric: Metric, bound: Bound) -> String {
    match bound.against {
        Against::Fixed(limit) | Against::StablePlus(limit) => format_limit(metric, limit),
        Against::StableTimes(times) => format_decimal(times.0.unsigned_abs(), 6),
    }
}

fn show_size(fault: &Fault) -> String {
    match fault.kind {
        FaultKind::ErrorRate(size)
        | FaultKind::Latency(size)
        | FaultKind::MemoryLeak(size)
        | FaultKind::CpuBurn(size)
        | FaultKind::WrongAnswers(size)
        | FaultKind::Surge(size)
        | FaultKind::NodeLoss(size)
        | FaultKind::TailLatency { more: size, .. }
        | FaultKind::ColdCache { more: size, .. }
        | FaultKind::ErrorsAbove { more: size, .. } => format_percent(size),
        FaultKind::CrashLoop(after) | FaultKind::MetricLag(after) => format_duration(after),
        FaultKind::RetryStorm(more) => more.to_string(),
        FaultKind::ScrapeGap | FaultKind::MetricReset | FaultKind::Pipeline(_) => String::new(),
    }
}
