//! An event as a row of the log: its sentence, and what to filter by.

use super::words::{check_words, command_words, fault_words, outcome_words, pod_words};
use crate::{format, playback::Recording};
use coalmine_controller::{
    Cause, Command, CommandId, Decision, Next, Operator, Outcome, Record, Time, Verdict,
};
use coalmine_flow::{Diagram, LaneIx, NodeId};
use coalmine_sim::{Event, EventKind, PodChange, Scenario};

/// What an event is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The token moves, waits, measures.
    Flow,
    /// A gate or a trigger decides, the run ends.
    Decision,
    /// The router, and what the platform is asked for.
    Platform,
    /// A pod changes.
    Pod,
    /// Injected trouble.
    Fault,
    /// A person steps in.
    Person,
}

impl Kind {
    /// All, in the order of the filter.
    pub const ALL: [Self; 6] = [
        Self::Decision,
        Self::Flow,
        Self::Platform,
        Self::Pod,
        Self::Fault,
        Self::Person,
    ];

    /// What the filter says.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Flow => "Steps",
            Self::Decision => "Decisions",
            Self::Platform => "Traffic and platform",
            Self::Pod => "Pods",
            Self::Fault => "Faults",
            Self::Person => "People",
        }
    }
}

/// How much an event matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// For those who want every step.
    Detail,
    /// A step of the run.
    Normal,
    /// Something was found healthy, or succeeded.
    Good,
    /// Not enough to decide.
    Unsure,
    /// Something broke, failed or was stopped.
    Bad,
}

/// A row of the log.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Row {
    /// The event's place in the recording.
    pub index: usize,
    /// When.
    pub at: Time,
    /// When, as a clock shows it.
    pub time: String,
    /// What it is about.
    pub kind: Kind,
    /// How much it matters.
    pub severity: Severity,
    /// The lane of its node.
    pub lane: Option<LaneIx>,
    /// The node it is about.
    pub node: Option<NodeId>,
    /// The sentence.
    pub text: String,
}

/// The row of the event at a place.
pub fn event_row(
    recording: &Recording,
    index: usize,
    diagram: &Diagram,
    scenario: &Scenario,
) -> Option<Row> {
    let event = recording.events().get(index)?;
    let node = node_of(event);
    let text = match &event.kind {
        EventKind::Controller(record) => record_words(event.at, record, diagram),
        EventKind::Asked(_, command) => {
            format!("Asks to {}", command_words(command))
        }
        EventKind::Done(id) => match asked(recording, index, *id) {
            Some(command) => format!("Done: {}", command_words(&command)),
            None => "Done".to_owned(),
        },
        EventKind::CouldNot(id, why) => match asked(recording, index, *id) {
            Some(command) => format!("Could not {}: {why}", command_words(&command)),
            None => format!("Could not be done: {why}"),
        },
        EventKind::Routed(weight) => {
            format!(
                "{} of the traffic goes to the canary",
                format::weight(*weight)
            )
        }
        EventKind::Pod {
            pod,
            version,
            change,
        } => pod_words(pod.0, *version, *change),
        EventKind::FaultBegan(fault) => format!("Fault begins: {}", fault_of(scenario, *fault)),
        EventKind::FaultEnded(fault) => format!("Fault ends: {}", fault_of(scenario, *fault)),
        EventKind::Closed => "The tail is over: nothing follows".to_owned(),
    };
    let (kind, severity) = classify(event);
    Some(Row {
        index,
        at: event.at,
        time: format::clock(event.at),
        kind,
        severity,
        lane: node.and_then(|id| diagram.node(id)).map(|node| node.lane),
        node,
        text,
    })
}

/// What an event is about and how much it matters, without its words.
pub fn classify(event: &Event) -> (Kind, Severity) {
    match &event.kind {
        EventKind::Controller(record) => classify_record(record),
        EventKind::Asked(..) | EventKind::Done(_) => (Kind::Platform, Severity::Detail),
        EventKind::CouldNot(..) => (Kind::Platform, Severity::Bad),
        EventKind::Routed(_) => (Kind::Platform, Severity::Normal),
        EventKind::Pod { change, .. } => match change {
            PodChange::Crashed | PodChange::OutOfMemory | PodChange::NodeLost => {
                (Kind::Pod, Severity::Bad)
            }
            PodChange::Starting
            | PodChange::Ready
            | PodChange::Draining
            | PodChange::Gone
            | PodChange::Promoted => (Kind::Pod, Severity::Detail),
        },
        EventKind::FaultBegan(_) => (Kind::Fault, Severity::Bad),
        EventKind::FaultEnded(_) => (Kind::Fault, Severity::Normal),
        EventKind::Closed => (Kind::Flow, Severity::Detail),
    }
}

/// The node an event is about.
pub fn node_of(event: &Event) -> Option<NodeId> {
    match &event.kind {
        EventKind::Controller(record) => match record {
            Record::Entered(node)
            | Record::Observing { node, .. }
            | Record::Probed { node, .. }
            | Record::Looked { node, .. }
            | Record::Jumped { to: node, .. } => Some(*node),
            Record::Decided(decision) => Some(decision.node),
            Record::Travelled(_) | Record::Operator { .. } | Record::Ended { .. } => None,
        },
        EventKind::Asked(..)
        | EventKind::Done(_)
        | EventKind::CouldNot(..)
        | EventKind::Routed(_)
        | EventKind::Pod { .. }
        | EventKind::FaultBegan(_)
        | EventKind::FaultEnded(_)
        | EventKind::Closed => None,
    }
}

/// A node by its label, or by its id where it has none.
pub fn node_name(diagram: &Diagram, id: NodeId) -> String {
    match diagram.node(id) {
        Some(node) if !node.label.is_empty() => node.label.clone(),
        Some(_) | None => id.to_string(),
    }
}

fn classify_record(record: &Record) -> (Kind, Severity) {
    match record {
        // What is found early is no reason to go on.
        Record::Travelled(_) | Record::Looked { .. } => (Kind::Flow, Severity::Detail),
        Record::Entered(_) | Record::Observing { .. } => (Kind::Flow, Severity::Normal),
        Record::Probed { checked, .. } => (Kind::Flow, severity_of(checked.verdict)),
        Record::Decided(decision) => (Kind::Decision, severity_of(decision.verdict)),
        Record::Jumped { cause, .. } => match cause {
            Cause::Operator => (Kind::Person, Severity::Bad),
            Cause::Trigger(..) | Cause::Failure(_) | Cause::BurnRate(_) => {
                (Kind::Decision, Severity::Bad)
            }
        },
        Record::Operator { .. } => (Kind::Person, Severity::Normal),
        Record::Ended { outcome, .. } => match outcome {
            Outcome::Succeeded => (Kind::Decision, Severity::Good),
            Outcome::Aborted | Outcome::RolledBack | Outcome::Failed => {
                (Kind::Decision, Severity::Bad)
            }
        },
    }
}

const fn severity_of(verdict: Verdict) -> Severity {
    match verdict {
        Verdict::Pass => Severity::Good,
        Verdict::Fail => Severity::Bad,
        Verdict::Inconclusive => Severity::Unsure,
    }
}

fn record_words(at: Time, record: &Record, diagram: &Diagram) -> String {
    match record {
        Record::Entered(node) => node_name(diagram, *node),
        Record::Travelled(edge) => match diagram.edge(*edge) {
            Some(edge) => {
                let to = node_name(diagram, edge.to);
                match &edge.label {
                    Some(label) => format!("Takes “{label}” to {to}"),
                    None => format!("Goes on to {to}"),
                }
            }
            None => "Goes on".to_owned(),
        },
        Record::Jumped { from, to, cause } => {
            let why = match cause {
                Cause::Trigger(_, checked) => format!("Hard limit: {}", check_words(checked)),
                Cause::BurnRate(burned) => {
                    let long = check_words(&burned.long);
                    format!("The error budget burns too fast: {long}")
                }
                Cause::Operator => "A person aborts".to_owned(),
                Cause::Failure(why) => format::sentence_case(why),
            };
            if from == to {
                format!("{why}. Rolls back in place")
            } else {
                format!("{why}. Goes to {}", node_name(diagram, *to))
            }
        }
        Record::Observing { until, .. } => format!(
            "Observes for {}, until {}",
            format::duration(until.since(at)),
            format::clock(*until)
        ),
        Record::Probed { checked, .. } => format::sentence_case(&check_words(checked)),
        Record::Decided(decision) => decision_words(decision, diagram),
        Record::Looked {
            node, look, checks, ..
        } => {
            let checks: Vec<_> = checks.iter().map(check_words).collect();
            let name = node_name(diagram, *node);
            let checks = checks.join("; ");
            format!("{name}, look {} of {}: {checks}", look.number, look.of)
        }
        Record::Operator { act, heeded } => {
            let act = match act {
                Operator::Pause => "A person pauses the run",
                Operator::Resume => "A person resumes the run",
                Operator::Promote => "A person passes the gate",
                Operator::Abort => "A person aborts the run",
            };
            format!("{act}{}", if *heeded { "" } else { ", without effect" })
        }
        Record::Ended { outcome, reason } => format!("{}: {reason}", outcome_words(*outcome)),
    }
}

/// A decision in words: what decided it, and what follows.
pub fn decision_words(decision: &Decision, diagram: &Diagram) -> String {
    let name = node_name(diagram, decision.node);
    let of = |verdict: Verdict| {
        let found: Vec<_> = decision
            .checks
            .iter()
            .filter(|checked| checked.verdict == verdict)
            .map(check_words)
            .collect();
        found.join("; ")
    };
    let next = match decision.next {
        Next::ExtendedTo(until) => format!("looks again at {}", format::clock(until)),
        Next::Took(edge) => match diagram.edge(edge) {
            Some(edge) => {
                let label = edge.label.as_deref().unwrap_or("on");
                format!("{label}, to {}", node_name(diagram, edge.to))
            }
            None => "goes on".to_owned(),
        },
    };
    match decision.verdict {
        Verdict::Pass if decision.checks.is_empty() => format!("{name} {next}"),
        Verdict::Pass => {
            let checks = format::counted(decision.checks.len() as u64, "check", "checks");
            format!("{name} {next}: {checks} healthy")
        }
        Verdict::Fail => format!("{name} {next}: {}", of(Verdict::Fail)),
        Verdict::Inconclusive => {
            format!(
                "{name} Not enough to decide, {next}: {}",
                of(Verdict::Inconclusive)
            )
        }
    }
}

fn fault_of(scenario: &Scenario, index: u32) -> String {
    scenario
        .faults
        .get(index as usize)
        .map_or_else(|| format!("fault {}", index + 1), fault_words)
}

/// The command that an answer belongs to.
fn asked(recording: &Recording, before: usize, wanted: CommandId) -> Option<Command> {
    recording
        .events()
        .range(0, before)
        .rev()
        .find_map(|event| match &event.kind {
            EventKind::Asked(id, command) if *id == wanted => Some(*command),
            _ => None,
        })
}

#[cfg(test)]
mod tests;
