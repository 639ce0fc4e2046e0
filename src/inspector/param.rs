//! Every number that the inspector lets people type: its name, how it reads, and the edit that a text means.

mod read;
mod show;
#[cfg(test)]
mod tests;

use coalmine_flow::NodeId;

/// A number of the project.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Param {
    /// Pods that serve all traffic.
    Replicas,
    /// Stable's error rate.
    ErrorRate,
    /// Stable's use of CPU.
    Cpu,
    /// Stable's use of memory.
    Memory,
    /// Slower answers are bad.
    Slow,
    /// Building the image.
    Build,
    /// Pushing the image.
    Push,
    /// Starting a pod.
    PodStart,
    /// Until the router follows.
    RouterDelay,
    /// Taking a pod away.
    Drain,
    /// Between two scrapes.
    Scrape,
    /// How long the world runs on after the end.
    Tail,
    /// Observation where nothing else is said.
    Window,
    /// Observation at a node; empty is what the drawing or the policy says.
    NodeWindow(NodeId),
    /// How often a gate looks longer.
    Extensions,
    /// How long pods may take to get ready.
    ReadyDeadline,
    /// A check's bound.
    CheckBound(usize),
    /// Requests that a check needs.
    CheckRequests(usize),
    /// How far a check looks back; empty is to the last change of weight.
    CheckWindow(usize),
    /// A trigger's bound.
    TriggerBound(usize),
    /// Requests that a trigger needs.
    TriggerRequests(usize),
    /// How far a trigger looks back.
    TriggerWindow(usize),
    /// How strong a fault is.
    FaultSize(usize),
    /// How long a fault takes to its full strength.
    FaultRamp(usize),
    /// How long a fault lasts; empty is to the end of the run.
    FaultLasts(usize),
    /// When a fault begins, where it begins at an instant.
    FaultStart(usize),
}

impl Param {
    /// What stands before the field.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Replicas => "Pods",
            Self::ErrorRate => "Errors",
            Self::Cpu => "CPU",
            Self::Memory => "Memory",
            Self::Slow => "Slow from",
            Self::Build => "Build",
            Self::Push => "Push",
            Self::PodStart => "Pod start",
            Self::RouterDelay => "Router delay",
            Self::Drain => "Drain",
            Self::Scrape => "Scrape every",
            Self::Tail => "Watch after the end",
            Self::Window | Self::NodeWindow(_) => "Observe",
            Self::Extensions => "Look longer, times",
            Self::ReadyDeadline => "Pods ready within",
            Self::CheckBound(_) | Self::TriggerBound(_) => "Bound",
            Self::CheckRequests(_) | Self::TriggerRequests(_) => "Requests needed",
            Self::CheckWindow(_) | Self::TriggerWindow(_) => "Over the last",
            Self::FaultSize(_) => "Size",
            Self::FaultRamp(_) => "Ramp",
            Self::FaultLasts(_) => "Lasts",
            Self::FaultStart(_) => "At",
        }
    }

    /// What an empty field means, where it may be empty.
    pub const fn when_empty(self) -> Option<&'static str> {
        match self {
            Self::NodeWindow(_) => Some("as the policy"),
            Self::CheckWindow(_) => Some("since step"),
            Self::FaultLasts(_) => Some("to the end"),
            Self::Replicas
            | Self::ErrorRate
            | Self::Cpu
            | Self::Memory
            | Self::Slow
            | Self::Build
            | Self::Push
            | Self::PodStart
            | Self::RouterDelay
            | Self::Drain
            | Self::Scrape
            | Self::Tail
            | Self::Window
            | Self::Extensions
            | Self::ReadyDeadline
            | Self::CheckBound(_)
            | Self::CheckRequests(_)
            | Self::TriggerBound(_)
            | Self::TriggerRequests(_)
            | Self::TriggerWindow(_)
            | Self::FaultSize(_)
            | Self::FaultRamp(_)
            | Self::FaultStart(_) => None,
        }
    }
}
