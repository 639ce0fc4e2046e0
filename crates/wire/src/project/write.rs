//! Writes a project file: canonical, so that equal projects are equal files.

mod analysis;

use super::{
    Project,
    read::{
        SCHEMA,
        words::{self, bound_key},
    },
};
use crate::quantity::{
    encode_duration, encode_limit, encode_micros, encode_percent, format_decimal, format_rate,
    metric_word,
};
use coalmine_controller::{
    Against, Bound, Check, Limit, Metric, Millis, NodePolicy, Policy, Time, Trigger,
};
use coalmine_sim::{Fault, FaultKind, Law, Onset, Platform, Scenario};
use std::fmt::Write as _;

/// Lines of a file.
#[derive(Default)]
struct Lines(String);

impl Lines {
    /// A header, after an empty line.
    fn header(&mut self, header: &str) {
        writeln!(self.0, "\n{header}").expect("writing to a string does not fail");
    }

    /// A key and its value as it stands in the file.
    fn raw(&mut self, key: &str, value: impl std::fmt::Display) {
        writeln!(self.0, "{key} = {value}").expect("writing to a string does not fail");
    }

    /// A key and a string.
    fn text(&mut self, key: &str, value: &str) {
        self.raw(key, basic(value));
    }
}

/// The project as a file.
pub(super) fn write(project: &Project) -> String {
    let mut lines = Lines::default();
    lines.raw("schema", SCHEMA);
    lines.text("name", &project.name);
    // Integers of the format end at 2^63 - 1.
    match i64::try_from(project.seed.0) {
        Ok(seed) => lines.raw("seed", seed),
        Err(_) => lines.text("seed", &project.seed.0.to_string()),
    }
    lines.raw("flow", multi_line(&project.code));
    policy(&mut lines, &project.policy);
    scenario(&mut lines, &project.scenario);
    lines.0
}

fn policy(lines: &mut Lines, policy: &Policy) {
    lines.header("[policy]");
    lines.text("window", &encode_duration(policy.window));
    lines.raw("extensions", policy.extensions);
    lines.text(
        "inconclusive",
        words::of(&words::FALLBACKS, policy.fallback),
    );
    lines.text("ready_deadline", &encode_duration(policy.ready_deadline));
    if let Some(every) = policy.look_every {
        lines.text("look_every", &encode_duration(every));
    }
    if policy.checks.is_empty() {
        lines.raw("check", "[]");
    }
    if policy.triggers.is_empty() {
        lines.raw("trigger", "[]");
    }
    for it in &policy.checks {
        check(lines, "[[policy.check]]", it);
    }
    for it in &policy.triggers {
        trigger(lines, it);
    }
    for it in &policy.burn_rates {
        analysis::burn_rate(lines, it);
    }
    for (id, it) in &policy.nodes {
        node(lines, &format!("policy.node.{id}"), it);
    }
}

fn node(lines: &mut Lines, path: &str, node: &NodePolicy) {
    lines.header(&format!("[{path}]"));
    if let Some(window) = node.window {
        lines.text("window", &encode_duration(window));
    }
    if let Some(extensions) = node.extensions {
        lines.raw("extensions", extensions);
    }
    if let Some(fallback) = node.fallback {
        lines.text("inconclusive", words::of(&words::FALLBACKS, fallback));
    }
    if let Some(every) = node.look_every {
        lines.text("look_every", &encode_duration(every));
    }
    match &node.checks {
        None => {}
        Some(checks) if checks.is_empty() => lines.raw("check", "[]"),
        Some(checks) => {
            for it in checks {
                check(lines, &format!("[[{path}.check]]"), it);
            }
        }
    }
}

fn check(lines: &mut Lines, header: &str, check: &Check) {
    lines.header(header);
    lines.text("metric", &metric_word(check.metric));
    bound(lines, check.metric, check.bound);
    if let Some(window) = check.window {
        lines.text("window", &encode_duration(window));
    }
    min_requests(lines, check.metric, check.min_requests);
    lines.text("no_data", words::of(&words::NO_DATA, check.no_data));
}

fn trigger(lines: &mut Lines, trigger: &Trigger) {
    lines.header("[[policy.trigger]]");
    lines.text("metric", &metric_word(trigger.metric));
    bound(lines, trigger.metric, trigger.bound);
    lines.text("window", &encode_duration(trigger.window));
    min_requests(lines, trigger.metric, trigger.min_requests);
}

fn bound(lines: &mut Lines, metric: Metric, bound: Bound) {
    let key = bound_key(bound);
    match bound.against {
        Against::Fixed(limit) | Against::StablePlus(limit) => {
            lines.text(key, &encode_limit(metric, limit));
        }
        Against::StableTimes(factor) => lines.raw(key, number(factor)),
        Against::Analysis(it) => analysis::write(lines, it, bound.healthy),
    }
}

/// Gauges need no requests, so a nothing goes without saying there.
fn min_requests(lines: &mut Lines, metric: Metric, requests: u64) {
    match metric {
        Metric::Cpu | Metric::Memory if requests == 0 => {}
        Metric::ErrorRate
        | Metric::Latency(_)
        | Metric::Cpu
        | Metric::Memory
        | Metric::Custom(_) => {
            lines.raw("min_requests", requests);
        }
    }
}

fn scenario(lines: &mut Lines, scenario: &Scenario) {
    lines.header("[scenario]");
    if let Some(rate) = scenario.traffic.profile.as_constant() {
        lines.text("rate", &format_rate(rate.0));
    }
    lines.text("slow", &encode_micros(scenario.slow_micros));
    lines.text("tail", &encode_duration(scenario.tail));
    lines.text("limit", &encode_duration(scenario.limit));
    platform(lines, scenario.platform, scenario.measurement.scrape);
    lines.header("[scenario.stable]");
    law(lines, &scenario.stable, None);
    if scenario.canary != scenario.stable {
        lines.header("[scenario.canary]");
        law(lines, &scenario.canary, Some(&scenario.stable));
    }
    for it in &scenario.faults {
        fault(lines, it);
    }
    for it in &scenario.interventions {
        lines.header("[[scenario.intervention]]");
        lines.text("at", &instant(it.at));
        lines.text("do", words::of(&words::ACTS, it.act));
    }
}

fn platform(lines: &mut Lines, platform: Platform, scrape: Millis) {
    lines.header("[scenario.platform]");
    lines.raw("replicas", platform.replicas.0);
    for (key, length) in [
        ("build", platform.build),
        ("push", platform.push),
        ("pod_start", platform.pod_start),
        ("router_delay", platform.router_delay),
        ("drain", platform.drain),
        ("scrape", scrape),
    ] {
        lines.text(key, &encode_duration(length));
    }
}

/// What differs from `base`, or everything.
fn law(lines: &mut Lines, law: &Law, base: Option<&Law>) {
    if let Some((median, sigma)) = law.latency.as_log_normal() {
        let (other_median, other_sigma) =
            base.and_then(|base| base.latency.as_log_normal()).unzip();
        if other_median != Some(median) {
            lines.text("latency_median", &encode_micros(median));
        }
        if other_sigma != Some(sigma) {
            lines.raw("latency_sigma", number(sigma));
        }
    }
    for (key, ratio, other) in [
        (
            "error_rate",
            law.error_rate,
            base.map(|base| base.error_rate),
        ),
        ("cpu", law.cpu, base.map(|base| base.cpu)),
        ("memory", law.memory, base.map(|base| base.memory)),
    ] {
        if other != Some(ratio) {
            lines.text(key, &encode_percent(ratio));
        }
    }
}

fn fault(lines: &mut Lines, fault: &Fault) {
    lines.header("[[scenario.fault]]");
    lines.text("kind", words::of(&words::KINDS, words::kind_of(fault.kind)));
    match fault.kind {
        FaultKind::ErrorRate(size) | FaultKind::Latency(size) => {
            lines.text("size", &encode_percent(size));
        }
        FaultKind::MemoryLeak(size) => {
            lines.text("size", &format!("{}/min", encode_percent(size)));
        }
        FaultKind::CrashLoop(after) => lines.text("size", &encode_duration(after)),
        // The other kinds have no keys yet.
        _ => {}
    }
    match fault.kind {
        FaultKind::Pipeline(_) => {}
        _ => {
            lines.text("target", words::of(&words::TARGETS, fault.target));
        }
    }
    match fault.onset {
        Onset::At(at) => lines.text("start", &instant(at)),
        Onset::Weight(weight) => {
            let points = u64::from(weight.basis_points());
            lines.text("start", &format!("at {}%", format_decimal(points, 2)));
        }
        // The other beginnings have no form yet.
        Onset::Step(_) | Onset::Age(_) => {}
    }
    lines.text("ramp", &encode_duration(fault.ramp));
    if let Some(lasts) = fault.lasts {
        lines.text("lasts", &encode_duration(lasts));
    }
}

fn instant(at: Time) -> String {
    encode_duration(at.since(Time(0)))
}

/// Millionths as a plain number. Below zero is nothing that a project may hold, and is refused when it is read.
fn number(millionths: Limit) -> String {
    let sign = if millionths.0 < 0 { "-" } else { "" };
    format!("{sign}{}", format_decimal(millionths.0.unsigned_abs(), 6))
}

/// A string on one line.
fn basic(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out += "\\\"",
            '\n' => out += "\\n",
            other => escape(&mut out, other),
        }
    }
    out.push('"');
    out
}

/// A string over many lines: as it is between `'''`, or where that cannot hold it, with escapes between `"""`.
pub(super) fn multi_line(text: &str) -> String {
    let literal = text
        .chars()
        .all(|c| matches!(c, '\n' | '\t') || !is_control(c))
        && !text.contains("'''")
        && !text.ends_with('\'');
    if literal {
        return format!("'''\n{text}'''");
    }
    let mut out = String::from("\"\"\"\n");
    let mut quotes = 0;
    for c in text.chars() {
        quotes = if c == '"' { quotes + 1 } else { 0 };
        match c {
            // Two quotes may stand, three would end the string.
            '"' if quotes == 3 => {
                out += "\\\"";
                quotes = 0;
            }
            '"' | '\n' | '\t' => out.push(c),
            other => escape(&mut out, other),
        }
    }
    if 0 < quotes {
        out.pop();
        out += "\\\"";
    }
    out + "\"\"\""
}

fn is_control(c: char) -> bool {
    c < ' ' || c == '\u{7f}'
}

fn escape(out: &mut String, c: char) {
    match c {
        '\\' => out.push_str("\\\\"),
        '\t' => out.push_str("\\t"),
        '\r' => out.push_str("\\r"),
        c if is_control(c) => {
            write!(out, "\\u{:04X}", u32::from(c)).expect("writing to a string does not fail");
        }
        c => out.push(c),
    }
}
