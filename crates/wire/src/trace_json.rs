//! The trace of a run for other programs: one JSON object a line. `docs/trace-format.md` is its description.

mod analysis;

use crate::{
    Json, Project,
    project::{fault_word, metric_name, target_word},
    verdict_sentence,
};
use analysis::{analysis, found};
use coalmine_controller::{
    Against, Bound, Cause, Checked, Command, Decision, Healthy, Metric, Next, Operator, Outcome,
    Reading, Record, Time, Verdict, Version, Weight,
};
use coalmine_flow::{Diagram, EdgeId, NodeId};
use coalmine_sim::{
    BadByCause, Event, EventKind, PodChange, Sample, Scenario, Summary, VersionSample,
};

/// Names the format and its version: it changes when a reader of the old one would be misled.
pub const SCHEMA: &str = "coalmine.trace/1";

/// The first line: what was run.
pub fn header(project: &Project) -> String {
    Json::new()
        .text("schema", SCHEMA)
        .text("version", env!("CARGO_PKG_VERSION"))
        .text("name", &project.name)
        .text("seed", &project.seed.0.to_string())
        .finish()
}

/// What the words of a line are taken from.
#[derive(Clone, Copy)]
struct Around<'r> {
    diagram: &'r Diagram,
    scenario: &'r Scenario,
}

impl Around<'_> {
    /// The word of a metric, as in the project file.
    fn metric(self, metric: Metric) -> String {
        metric_name(metric, &self.scenario.measurement.metrics)
    }
}

/// The line of a scrape: what was measured of both versions, and the truth beside it.
pub fn sample(sample: &Sample) -> String {
    let of = |it: &VersionSample| {
        Json::new()
            .number("requests", it.requests)
            .number("failed", it.failed)
            .maybe_float("error_rate", it.error_rate)
            .maybe_float("latency_p99", it.latency_p99)
            .maybe_float("cpu", it.cpu)
            .maybe_float("memory", it.memory)
            .number("ready", it.ready)
            .number("sent", it.sent)
            .maybe_float("true_error_rate", it.true_error_rate)
            .maybe_float("true_latency_p99", it.true_latency_p99)
    };
    Json::new()
        .number("at_ms", sample.at.0)
        .text("event", "sample")
        .number("weight_bp", sample.weight.basis_points())
        .object("stable", of(&sample.stable))
        .object("canary", of(&sample.canary))
        .finish()
}

/// The line of an event.
pub fn event(event: &Event, diagram: &Diagram, scenario: &Scenario) -> String {
    let line = Json::new().number("at_ms", event.at.0);
    let around = Around { diagram, scenario };
    let line = match &event.kind {
        EventKind::Controller(it) => record(line, it, around),
        EventKind::Asked(id, it) => {
            command(line.text("event", "asked").number("id", id.0), *it, around)
        }
        EventKind::Done(id) => line.text("event", "done").number("id", id.0),
        EventKind::CouldNot(id, why) => line
            .text("event", "could-not")
            .number("id", id.0)
            .text("why", why),
        EventKind::Routed(weight) => line
            .text("event", "routed")
            .number("weight_bp", weight.basis_points()),
        EventKind::Pod {
            pod,
            version: of,
            change,
        } => line
            .text("event", "pod")
            .number("pod", pod.0)
            .text("version", version(*of))
            .text("change", pod_change(*change)),
        EventKind::FaultBegan(index) => {
            let line = line.text("event", "fault-began").number("fault", *index);
            match scenario.faults.get(*index as usize) {
                Some(fault) => line
                    .text("kind", fault_word(fault.kind))
                    .text("target", target_word(fault.target)),
                None => line,
            }
        }
        EventKind::FaultEnded(index) => line.text("event", "fault-ended").number("fault", *index),
        EventKind::Closed => line.text("event", "closed"),
    };
    line.finish()
}

/// The last line: how it went.
pub fn verdict(summary: &Summary) -> String {
    let optional = |time: Option<Time>| time.map(|it| it.0);
    Json::new()
        .text("verdict", outcome(summary.outcome))
        .text("sentence", &verdict_sentence(summary))
        .text("reason", &summary.reason)
        .number("ended_ms", summary.ended.0)
        .number("closed_ms", summary.closed.0)
        .maybe("onset_ms", optional(summary.onset))
        .maybe("detected_ms", optional(summary.detected))
        .maybe(
            "weight_at_detection_bp",
            summary.weight_at_detection.map(Weight::basis_points),
        )
        .number("canary_requests", summary.canary_requests)
        .number("canary_bad", summary.canary_bad)
        .number("bad_by_fault", summary.bad_by_fault)
        .number("requests", summary.requests)
        .number("bad", summary.bad)
        .object("bad_by_cause", causes(&summary.bad_by_cause))
        .numbers(
            "fault_onsets_ms",
            summary.fault_onsets.iter().map(|it| optional(*it)),
        )
        .float("budget_burned", summary.budget_burned as f64 / 1e6)
        .text("trace_hash", &format!("{:016x}", summary.trace_hash))
        .finish()
}

fn causes(bad: &BadByCause) -> Json {
    Json::new()
        .numbers("faults", bad.faults.iter().copied().map(Some))
        .number("load", bad.load)
        .number("plan", bad.plan)
        .number("background", bad.background)
}

fn record(line: Json, record: &Record, around: Around<'_>) -> Json {
    match record {
        Record::Entered(id) => line.text("event", "entered").text("node", &node(*id)),
        Record::Travelled(id) => edge(line.text("event", "travelled"), *id, around.diagram),
        Record::Jumped { from, to, cause } => {
            let line = line
                .text("event", "jumped")
                .text("from", &node(*from))
                .text("to", &node(*to));
            match cause {
                Cause::Trigger(index, it) => line
                    .text("cause", "trigger")
                    .number("trigger", *index)
                    .object("check", checked(it, around)),
                Cause::Operator => line.text("cause", "operator"),
                Cause::Failure(why) => line.text("cause", "failure").text("why", why),
                Cause::BurnRate(it) => line
                    .text("cause", "burn-rate")
                    .number("burn_rate", it.place)
                    .float("objective", it.rate.objective.0 as f64 / 1e6)
                    .float("factor", it.rate.factor.0 as f64 / 1e6)
                    .object("long", checked(&it.long, around))
                    .object("short", checked(&it.short, around)),
            }
        }
        Record::Observing { node: id, until } => line
            .text("event", "observing")
            .text("node", &node(*id))
            .number("until_ms", until.0),
        Record::Probed {
            node: id,
            checked: it,
        } => line
            .text("event", "probed")
            .text("node", &node(*id))
            .object("check", checked(it, around)),
        Record::Decided(it) => decision(line, it, around),
        Record::Looked {
            node: id,
            look,
            verdict,
            checks,
        } => line
            .text("event", "looked")
            .text("node", &node(*id))
            .number("look", look.number)
            .number("looks", look.of)
            .text("verdict", verdict_word(*verdict))
            .objects("checks", checks.iter().map(|it| checked(it, around))),
        Record::Operator { act, heeded } => line
            .text("event", "operator")
            .text("act", operator(*act))
            .flag("heeded", *heeded),
        Record::Ended {
            outcome: how,
            reason,
        } => line
            .text("event", "ended")
            .text("outcome", outcome(*how))
            .text("reason", reason),
    }
}

fn decision(line: Json, decision: &Decision, around: Around<'_>) -> Json {
    let line = line
        .text("event", "decided")
        .text("node", &node(decision.node))
        .text("verdict", verdict_word(decision.verdict))
        .objects(
            "checks",
            decision.checks.iter().map(|it| checked(it, around)),
        );
    match decision.next {
        Next::Took(id) => edge(line.text("next", "took"), id, around.diagram),
        Next::ExtendedTo(until) => line.text("next", "extended").number("until_ms", until.0),
    }
}

fn edge(line: Json, id: EdgeId, diagram: &Diagram) -> Json {
    let line = line.number("edge", id.0);
    match diagram.edge(id) {
        Some(edge) => line
            .text("from", &node(edge.from))
            .text("to", &node(edge.to)),
        None => line,
    }
}

fn checked(checked: &Checked, around: Around<'_>) -> Json {
    let line = Json::new()
        .text("metric", &around.metric(checked.query.metric))
        .number("from_ms", checked.query.window.from.0)
        .number("to_ms", checked.query.window.to.0);
    let line = reading(line, "value", "samples", checked.canary);
    let line = match checked.stable {
        Some(stable) => reading(line, "stable_value", "stable_samples", stable),
        None => line,
    };
    let line = bound(line, checked.bound)
        .number("min_requests", checked.min_requests)
        .text("verdict", verdict_word(checked.verdict));
    match &checked.evidence {
        Some(evidence) => found(line, evidence),
        None => line,
    }
}

fn reading(line: Json, value: &'static str, samples: &'static str, reading: Reading) -> Json {
    match reading {
        Reading::NoData => line.null(value).number(samples, 0u64),
        Reading::Value {
            value: it,
            samples: count,
        } => line.float(value, it).number(samples, count),
    }
}

fn bound(line: Json, bound: Bound) -> Json {
    let healthy = match bound.healthy {
        Healthy::Below => "below",
        Healthy::Above => "above",
    };
    let (against, limit) = match bound.against {
        Against::Fixed(limit) => ("fixed", limit),
        Against::StablePlus(limit) => ("stable-plus", limit),
        Against::StableTimes(limit) => ("stable-times", limit),
        Against::Analysis(it) => {
            return analysis(
                line.text("healthy", healthy).text("against", "analysis"),
                it,
            );
        }
    };
    line.text("healthy", healthy)
        .text("against", against)
        .float("limit", limit.0 as f64 / 1e6)
}

fn command(line: Json, command: Command, around: Around<'_>) -> Json {
    match command {
        Command::BuildImage => line.text("command", "build-image"),
        Command::PushImage => line.text("command", "push-image"),
        Command::ScaleCanary(pods) => line.text("command", "scale-canary").number("pods", pods.0),
        Command::ScaleStable(pods) => line.text("command", "scale-stable").number("pods", pods.0),
        Command::SetWeight(weight) => line
            .text("command", "set-weight")
            .number("weight_bp", weight.basis_points()),
        Command::Measure(query) => line
            .text("command", "measure")
            .text("metric", &around.metric(query.metric))
            .text("version", version(query.version))
            .number("from_ms", query.window.from.0)
            .number("to_ms", query.window.to.0),
        // As measurements, counts are told in records.
        Command::Count(query) => line
            .text("command", "count")
            .text("metric", &around.metric(query.metric))
            .text("version", version(query.version))
            .number("from_ms", query.window.from.0)
            .number("to_ms", query.window.to.0),
        Command::RollBack => line.text("command", "roll-back"),
        Command::Promote => line.text("command", "promote"),
        Command::Complete(how) => line
            .text("command", "complete")
            .text("outcome", outcome(how)),
    }
}

fn node(id: NodeId) -> String {
    id.to_string()
}

/// The word of an outcome.
pub const fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Succeeded => "succeeded",
        Outcome::Aborted => "aborted",
        Outcome::RolledBack => "rolled-back",
        Outcome::Failed => "failed",
    }
}

const fn verdict_word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Pass => "pass",
        Verdict::Fail => "fail",
        Verdict::Inconclusive => "inconclusive",
    }
}

const fn operator(act: Operator) -> &'static str {
    match act {
        Operator::Pause => "pause",
        Operator::Resume => "resume",
        Operator::Promote => "promote",
        Operator::Abort => "abort",
    }
}

const fn version(version: Version) -> &'static str {
    match version {
        Version::Stable => "stable",
        Version::Canary => "canary",
    }
}

const fn pod_change(change: PodChange) -> &'static str {
    match change {
        PodChange::Starting => "starting",
        PodChange::Ready => "ready",
        PodChange::Crashed => "crashed",
        PodChange::OutOfMemory => "out-of-memory",
        PodChange::NodeLost => "node-lost",
        PodChange::Draining => "draining",
        PodChange::Gone => "gone",
        PodChange::Promoted => "promoted",
    }
}

#[cfg(test)]
mod tests;
