//! Events in words, for logs that people read.

use super::analysis;
use crate::project::metric_name;
use crate::quantity::{
    THIN, format_count, format_decimal, format_duration, format_limit, format_metric,
    format_percent, format_weight,
};
use coalmine_controller::{
    Against, Bound, Cause, Checked, Command, Decision, Healthy, Limit, Metric, Next, Operator,
    Outcome, Reading, Record, Time, Verdict, Version,
};
use coalmine_flow::{Diagram, NodeId};
use coalmine_sim::{
    Event, EventKind, FaultKind, PipelineStage, PodChange, Reach, Scenario, Target,
};

/// An event in a line, or nothing for what a person reads in the lines around it.
pub fn event_line(event: &Event, diagram: &Diagram, scenario: &Scenario) -> Option<String> {
    match &event.kind {
        EventKind::Controller(record) => record_line(event.at, record, diagram, scenario),
        EventKind::Asked(_, command) => asked(*command),
        EventKind::Done(_) => None,
        EventKind::CouldNot(_, why) => Some(format!("could not be done: {why}")),
        EventKind::Routed(weight) => Some(format!(
            "{} of the traffic goes to the canary",
            format_weight(*weight)
        )),
        EventKind::Pod {
            pod,
            version,
            change,
        } => {
            let what = match change {
                PodChange::Crashed => "crashed",
                PodChange::OutOfMemory => "was killed: out of memory",
                PodChange::NodeLost => "was lost with its node",
                PodChange::Starting
                | PodChange::Ready
                | PodChange::Draining
                | PodChange::Gone
                | PodChange::Promoted => return None,
            };
            let version = match version {
                Version::Stable => "stable",
                Version::Canary => "canary",
            };
            Some(format!("{version} pod {} {what}", pod.0))
        }
        EventKind::FaultBegan(index) => {
            Some(format!("fault begins: {}", fault_line(scenario, *index)))
        }
        EventKind::FaultEnded(index) => {
            Some(format!("fault ends: {}", fault_line(scenario, *index)))
        }
        EventKind::Closed => Some("the tail is over".to_owned()),
    }
}

fn record_line(
    at: Time,
    record: &Record,
    diagram: &Diagram,
    scenario: &Scenario,
) -> Option<String> {
    match record {
        Record::Entered(node) => Some(format!("at {}", named(*node, diagram))),
        Record::Travelled(_) => None,
        Record::Jumped { from, to, cause } => {
            let why = match cause {
                Cause::Trigger(_, checked) => {
                    format!("hard limit: {}", checked_line(checked, scenario))
                }
                Cause::Operator => "a person aborted".to_owned(),
                Cause::Failure(why) => why.clone(),
                Cause::BurnRate(it) => format!(
                    "the error budget of {} burns {} times too fast: {} over {}, {} over {}",
                    format_percent(it.rate.objective),
                    format_decimal(it.rate.factor.0.unsigned_abs(), 6),
                    checked_line(&it.long, scenario),
                    format_duration(it.rate.long),
                    checked_line(&it.short, scenario),
                    format_duration(it.rate.short),
                ),
            };
            Some(if from == to {
                format!("rolls back in place: {why}")
            } else {
                format!("leaves the path for {}: {why}", named(*to, diagram))
            })
        }
        Record::Observing { until, .. } => {
            Some(format!("observes for {}", format_duration(until.since(at))))
        }
        Record::Probed { checked, .. } => {
            Some(format!("measures {}", checked_line(checked, scenario)))
        }
        Record::Decided(decision) => Some(decided(at, decision, diagram, scenario)),
        Record::Looked {
            node,
            look,
            verdict,
            checks,
        } => {
            let verdict = verdict_word(*verdict);
            let checks: Vec<String> = checks
                .iter()
                .map(|checked| checked_line(checked, scenario))
                .collect();
            let (number, of) = (look.number, look.of);
            let checks = checks.join("; ");
            Some(format!(
                "look {number} of {of} for {node}: {verdict} ({checks})"
            ))
        }
        Record::Operator { act, heeded } => {
            let act = match act {
                Operator::Pause => "pauses",
                Operator::Resume => "resumes",
                Operator::Promote => "promotes",
                Operator::Abort => "aborts",
            };
            let effect = if *heeded { "" } else { ", without effect" };
            Some(format!("a person {act}{effect}"))
        }
        Record::Ended { outcome, reason } => {
            let outcome = match outcome {
                Outcome::Succeeded => "succeeded",
                Outcome::Aborted => "aborted",
                Outcome::RolledBack => "rolled back",
                Outcome::Failed => "failed",
            };
            Some(format!("{outcome}: {reason}"))
        }
    }
}

fn decided(at: Time, decision: &Decision, diagram: &Diagram, scenario: &Scenario) -> String {
    let verdict = verdict_word(decision.verdict);
    let next = match decision.next {
        Next::ExtendedTo(until) => {
            format!("looks again in {}", format_duration(until.since(at)))
        }
        Next::Took(id) => match diagram.edge(id) {
            Some(edge) => {
                let label = edge.label.as_deref().unwrap_or("the edge");
                format!("takes {label} to {}", edge.to)
            }
            None => "goes on".to_owned(),
        },
    };
    let checks = decision.checks.iter();
    let checks: Vec<String> = checks.map(|it| checked_line(it, scenario)).collect();
    let checks = if checks.is_empty() {
        String::new()
    } else {
        format!(" ({})", checks.join("; "))
    };
    format!("{} {verdict}{checks}, {next}", decision.node)
}

const fn verdict_word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Pass => "pass",
        Verdict::Fail => "fail",
        Verdict::Inconclusive => "inconclusive",
    }
}

/// `error rate 0.21 % < 1 % over 4,812 requests`, with a cross where it is unhealthy.
fn checked_line(checked: &Checked, scenario: &Scenario) -> String {
    let metric = checked.query.metric;
    let name = match metric {
        Metric::Custom(_) => metric_name(metric, &scenario.measurement.metrics),
        Metric::ErrorRate | Metric::Latency(_) | Metric::Cpu | Metric::Memory => {
            format_metric(metric)
        }
    };
    let mark = match checked.verdict {
        Verdict::Pass => "ok",
        Verdict::Fail => "NOT ok",
        Verdict::Inconclusive => "too little to tell",
    };
    let bound = bound_words(checked.bound, metric);
    match checked.canary {
        Reading::NoData => format!("{name} no data, {bound}: {mark}"),
        Reading::Value { value, samples } => {
            let value = measured(metric, value);
            let stable = match checked.stable {
                Some(Reading::Value { value, .. }) => {
                    format!(", stable {}", measured(metric, value))
                }
                Some(Reading::NoData) => ", stable no data".to_owned(),
                None => String::new(),
            };
            let of = match metric {
                Metric::ErrorRate | Metric::Latency(_) => "requests",
                Metric::Cpu | Metric::Memory => "readings",
                Metric::Custom(_) => "samples",
            };
            let samples = format_count(samples);
            let found = match &checked.evidence {
                Some(evidence) => analysis::found(checked.bound, evidence),
                None => String::new(),
            };
            format!("{name} {value}, {bound}{stable}, {samples} {of}{found}: {mark}")
        }
    }
}

/// When a value is healthy, as in `below 1 %`.
pub(crate) fn bound_words(bound: Bound, metric: Metric) -> String {
    let side = match bound.healthy {
        Healthy::Below => "below",
        Healthy::Above => "above",
    };
    match bound.against {
        Against::Fixed(limit) => format!("{side} {}", format_limit(metric, limit)),
        Against::StablePlus(limit) => {
            format!("{side} stable plus {}", format_limit(metric, limit))
        }
        Against::StableTimes(Limit(factor)) => {
            let factor = format_decimal(factor.unsigned_abs(), 6);
            format!("{side} stable times {factor}")
        }
        Against::Analysis(it) => analysis::asked(it),
    }
}

/// A measured value with about three digits.
fn measured(metric: Metric, value: f64) -> String {
    let (scaled, unit) = match metric {
        Metric::Latency(_) => (value * 1_000.0, "ms"),
        Metric::ErrorRate | Metric::Cpu | Metric::Memory => (value * 100.0, "%"),
        Metric::Custom(_) => (value, ""),
    };
    let digits = match scaled.abs() {
        size if size < 1.0 => 3,
        size if size < 10.0 => 2,
        size if size < 100.0 => 1,
        _ => 0,
    };
    if unit.is_empty() {
        format!("{scaled:.digits$}")
    } else {
        format!("{scaled:.digits$}{THIN}{unit}")
    }
}

fn asked(command: Command) -> Option<String> {
    match command {
        Command::BuildImage => Some("builds the image".to_owned()),
        Command::PushImage => Some("pushes the image".to_owned()),
        Command::ScaleCanary(pods) if pods.0 == 1 => Some("asks for 1 canary pod".to_owned()),
        Command::ScaleCanary(pods) => Some(format!("asks for {} canary pods", pods.0)),
        Command::ScaleStable(pods) if pods.0 == 1 => Some("asks for 1 stable pod".to_owned()),
        Command::ScaleStable(pods) => Some(format!("asks for {} stable pods", pods.0)),
        Command::SetWeight(weight) => {
            Some(format!("asks the router for {}", format_weight(weight)))
        }
        Command::RollBack => Some("rolls back".to_owned()),
        Command::Promote => Some("promotes the canary".to_owned()),
        Command::Measure(_) | Command::Count(_) | Command::Complete(_) => None,
    }
}

/// A fault of a scenario in a few words, as in `5 % more errors on canary`.
pub fn fault_line(scenario: &Scenario, index: u32) -> String {
    let Some(fault) = scenario.faults.get(index as usize) else {
        return "unknown".to_owned();
    };
    let what = match fault.kind {
        FaultKind::ErrorRate(size) => format!("{} more errors", format_percent(size)),
        FaultKind::Latency(size) => format!("latencies {} longer", format_percent(size)),
        FaultKind::MemoryLeak(size) => {
            format!("memory grows by {} a minute", format_percent(size))
        }
        FaultKind::CrashLoop(after) => format!("pods crash after {}", format_duration(after)),
        FaultKind::Pipeline(PipelineStage::Build) => return "the build breaks".to_owned(),
        FaultKind::Pipeline(PipelineStage::Push) => return "the push breaks".to_owned(),
        other => other.to_string(),
    };
    let whom = match fault.target {
        Target::Canary => "canary",
        Target::Stable => "stable",
        Target::Both => "both versions",
        Target::Dependency => "what both versions depend on",
    };
    format!("{what} on {whom}{}", part(fault.reach, scenario))
}

/// The part of its target that a fault strikes.
fn part(reach: Reach, scenario: &Scenario) -> String {
    let traffic = &scenario.traffic;
    match reach {
        Reach::All => String::new(),
        Reach::Pods(share) => format!(", {} of the pods", format_percent(share)),
        Reach::Endpoint(place) => match traffic.endpoints.get(usize::from(place)) {
            Some(endpoint) => format!(", endpoint {}", endpoint.name),
            None => String::new(),
        },
        Reach::Cohort(place) => match traffic.cohorts.get(usize::from(place)) {
            Some(cohort) => format!(", cohort {}", cohort.name),
            None => String::new(),
        },
    }
}

fn named(id: NodeId, diagram: &Diagram) -> String {
    match diagram.node(id) {
        Some(node) if !node.label.is_empty() => format!("{id} {}", node.label),
        Some(_) | None => id.to_string(),
    }
}
