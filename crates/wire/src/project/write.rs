//! Writes a project file: canonical, so that equal projects are equal files.

mod fault;
mod law;
mod scenario;
mod traffic;

use super::{
    Project, metric_name,
    read::{
        SCHEMA,
        words::{self, bound_key},
    },
};
use crate::quantity::{
    encode_duration, encode_limit, encode_micros, encode_percent, format_decimal, format_rate,
};
use coalmine_controller::{
    Against, Bound, Check, Limit, Metric, Millis, NodePolicy, Time, Trigger,
};
use coalmine_sim::{CustomMetric, Rate};

/// Lines of a file.
#[derive(Default)]
struct Lines(String);

impl Lines {
    /// A header, after an empty line.
    fn header(&mut self, header: &str) {
        self.0.push('\n');
        self.0 += header;
        self.0.push('\n');
    }

    /// A key and its value as it stands in the file.
    fn raw(&mut self, key: &str, value: &str) {
        self.0 += key;
        self.0 += " = ";
        self.0 += value;
        self.0.push('\n');
    }

    /// A key and a whole number.
    fn count(&mut self, key: &str, count: u64) {
        self.raw(key, &count.to_string());
    }

    /// Keys and values.
    fn pairs(&mut self, pairs: Pairs) {
        for (key, value) in pairs {
            self.raw(key, &value);
        }
    }

    /// A key and a string.
    fn text(&mut self, key: &str, value: &str) {
        self.raw(key, &basic(value));
    }
}

/// The project as a file.
pub(super) fn write(project: &Project) -> String {
    let mut lines = Lines::default();
    lines.count("schema", SCHEMA);
    lines.text("name", &project.name);
    // Integers of the format end at 2^63 - 1.
    let seed = project.seed.0;
    if i64::try_from(seed).is_ok() {
        lines.count("seed", seed);
    } else {
        lines.text("seed", &seed.to_string());
    }
    lines.raw("flow", &multi_line(&project.code));
    policy(&mut lines, project);
    scenario::write(&mut lines, &project.scenario);
    lines.0
}

fn policy(lines: &mut Lines, project: &Project) {
    let (policy, own) = (&project.policy, &project.scenario.measurement.metrics[..]);
    lines.header("[policy]");
    lines.text("window", &encode_duration(policy.window));
    lines.count("extensions", policy.extensions.into());
    lines.text(
        "inconclusive",
        words::of(&words::FALLBACKS, policy.fallback),
    );
    lines.text("ready_deadline", &encode_duration(policy.ready_deadline));
    if policy.checks.is_empty() {
        lines.raw("check", "[]");
    }
    if policy.triggers.is_empty() {
        lines.raw("trigger", "[]");
    }
    for it in &policy.checks {
        check(lines, own, "[[policy.check]]", it);
    }
    for it in &policy.triggers {
        trigger(lines, own, it);
    }
    for (id, it) in &policy.nodes {
        node(lines, own, &format!("policy.node.{id}"), it);
    }
}

fn node(lines: &mut Lines, own: &[CustomMetric], path: &str, node: &NodePolicy) {
    lines.header(&format!("[{path}]"));
    if let Some(window) = node.window {
        lines.text("window", &encode_duration(window));
    }
    if let Some(extensions) = node.extensions {
        lines.count("extensions", extensions.into());
    }
    if let Some(fallback) = node.fallback {
        lines.text("inconclusive", words::of(&words::FALLBACKS, fallback));
    }
    match &node.checks {
        None => {}
        Some(checks) if checks.is_empty() => lines.raw("check", "[]"),
        Some(checks) => {
            for it in checks {
                check(lines, own, &format!("[[{path}.check]]"), it);
            }
        }
    }
}

fn check(lines: &mut Lines, own: &[CustomMetric], header: &str, check: &Check) {
    lines.header(header);
    lines.text("metric", &metric_name(check.metric, own));
    bound(lines, check.metric, check.bound);
    if let Some(window) = check.window {
        lines.text("window", &encode_duration(window));
    }
    min_requests(lines, check.metric, check.min_requests);
    lines.text("no_data", words::of(&words::NO_DATA, check.no_data));
}

fn trigger(lines: &mut Lines, own: &[CustomMetric], trigger: &Trigger) {
    lines.header("[[policy.trigger]]");
    lines.text("metric", &metric_name(trigger.metric, own));
    bound(lines, trigger.metric, trigger.bound);
    lines.text("window", &encode_duration(trigger.window));
    min_requests(lines, trigger.metric, trigger.min_requests);
}

fn bound(lines: &mut Lines, metric: Metric, bound: Bound) {
    let key = bound_key(bound);
    match bound.against {
        Against::Fixed(limit) | Against::StablePlus(limit)
            if matches!(metric, Metric::Custom(_)) =>
        {
            lines.raw(key, &number(limit));
        }
        Against::Fixed(limit) | Against::StablePlus(limit) => {
            lines.text(key, &encode_limit(metric, limit));
        }
        Against::StableTimes(factor) => lines.raw(key, &number(factor)),
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
            lines.count("min_requests", requests);
        }
    }
}

fn instant(at: Time) -> String {
    encode_duration(at.since(Time(0)))
}

/// Keys and values of a table, each value as it stands in the file.
type Pairs = Vec<(&'static str, String)>;

/// A table on one line: `{ law = "gamma", shape = 2 }`.
fn inline(pairs: &[(&'static str, String)]) -> String {
    let mut out = String::from("{ ");
    for (index, (key, value)) in pairs.iter().enumerate() {
        if index != 0 {
            out += ", ";
        }
        out += key;
        out += " = ";
        out += value;
    }
    out + " }"
}

/// A list on one line.
fn array(values: impl Iterator<Item = String>) -> String {
    let mut out = String::from("[");
    for value in values {
        if out.len() != 1 {
            out += ", ";
        }
        out += &value;
    }
    out + "]"
}

fn length(it: Millis) -> String {
    basic(&encode_duration(it))
}

fn moment(it: Time) -> String {
    basic(&instant(it))
}

fn latency_of(micros: u64) -> String {
    basic(&encode_micros(micros))
}

fn percent(it: Limit) -> String {
    basic(&encode_percent(it))
}

fn rate(it: Rate) -> String {
    basic(&format_rate(it.0))
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
            out.push_str("\\u");
            let digits = (0..4).rev().map(|place| u32::from(c) >> (4 * place) & 0xf);
            out.extend(
                digits
                    .filter_map(|digit| char::from_digit(digit, 16))
                    .map(|c| c.to_ascii_uppercase()),
            );
        }
        c => out.push(c),
    }
}
