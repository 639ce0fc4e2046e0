//! What a project may not hold although its file could say it: numbers that no run could have.
//!
//! Kept apart from reading files, because the page builds projects too, and the engine relies on these bounds: a scrape
//! every 0 ms would never let time pass.

mod bounds;
mod fault;
mod law;
mod scenario;
mod traffic;

use super::{Project, read::words::bound_key};
use crate::quantity::{
    encode_duration, encode_limit, encode_micros, encode_percent, format_count, format_decimal,
    format_rate,
};
use bounds::Range;
use coalmine_controller::{Against, Bound, Check, Limit, Metric, Millis};
use coalmine_flow::{Diagnostic, Severity, TextSpan};
use coalmine_sim::Rate;

/// A number that no run could have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The path of the key in the project file, as in `policy.check.0.window`.
    pub path: String,
    /// What is wrong: lower case, no full stop.
    pub message: String,
    /// What to write instead.
    pub suggestion: String,
}

impl Problem {
    /// The problem at its place in a text; without a text, at an empty span.
    pub fn diagnostic(&self, span: TextSpan) -> Diagnostic {
        Diagnostic {
            severity: Severity::Error,
            code: "impossible-number".to_owned(),
            span,
            message: self.message.clone(),
            suggestion: Some(self.suggestion.clone()),
            fix: None,
        }
    }
}

impl Project {
    /// Every number that no run could have; empty for a project that can be run and saved.
    pub fn problems(&self) -> Vec<Problem> {
        let mut problems = Problems::default();
        problems.name("name", &self.name);
        problems.policy(self);
        problems.scenario(&self.scenario);
        problems.0
    }
}

#[derive(Default)]
struct Problems(Vec<Problem>);

impl Problems {
    fn wrong(&mut self, path: &str, message: &str, suggestion: &str) {
        self.push(path, message.to_owned(), suggestion.to_owned());
    }

    fn push(&mut self, path: &str, message: String, suggestion: String) {
        self.0.push(Problem {
            path: path.to_owned(),
            message,
            suggestion,
        });
    }

    /// Checks a number against what is possible, shown as the file has it.
    fn range(&mut self, path: &str, value: i128, range: Range, show: impl Fn(u64) -> String) {
        let key = path.rsplit_once('.').map_or(path, |(_, key)| key);
        let (least, most) = (show(range.least), show(range.most));
        let written = match u64::try_from(value) {
            Ok(value) => show(value),
            Err(_) => "below zero".to_owned(),
        };
        let message = if value < i128::from(range.least) {
            format!("`{key}` is {written}, and cannot be less than {least}")
        } else if i128::from(range.most) < value {
            format!("`{key}` is {written}, and cannot be more than {most}")
        } else {
            return;
        };
        self.push(path, message, format!("choose from {least} to {most}"));
    }

    fn duration(&mut self, path: &str, length: Millis, range: Range) {
        self.range(path, length.0.into(), range, |millis| {
            encode_duration(Millis(millis))
        });
    }

    fn micros(&mut self, path: &str, micros: u64, range: Range) {
        self.range(path, micros.into(), range, encode_micros);
    }

    fn percent(&mut self, path: &str, ratio: Limit, range: Range) {
        self.range(path, ratio.0.into(), range, |millionths| {
            encode_percent(limit(millionths))
        });
    }

    fn number(&mut self, path: &str, number: Limit, range: Range) {
        self.range(path, number.0.into(), range, |millionths| {
            format_decimal(millionths, 6)
        });
    }

    fn rate(&mut self, path: &str, rate: Rate, range: Range) {
        self.range(path, rate.0.into(), range, format_rate);
    }

    fn count(&mut self, path: &str, count: u64, range: Range) {
        self.range(path, count.into(), range, format_count);
    }

    /// How many entries a list has.
    fn entries(&mut self, path: &str, count: usize, range: Range) {
        if !range.contains(count as u64) {
            let key = path.rsplit_once('.').map_or(path, |(_, key)| key);
            let (least, most) = (range.least, range.most);
            self.push(
                path,
                format!("`{key}` has {count} entries, and needs {least} to {most}"),
                "add some, or keep those that matter".to_owned(),
            );
        }
    }

    fn name(&mut self, path: &str, name: &str) {
        let letters = name.chars().count() as u64;
        if !bounds::NAME.contains(letters) || name.chars().any(char::is_control) {
            let message = "`name` must have 1 to 120 characters on one line";
            self.wrong(path, message, "shorten it");
        }
    }

    fn many(&mut self, path: &str, count: usize) {
        if bounds::MANY < count {
            self.push(
                path,
                format!("there are {count} of `{path}`, more than {}", bounds::MANY),
                "keep those that matter".to_owned(),
            );
        }
    }

    fn policy(&mut self, project: &Project) {
        let policy = &project.policy;
        self.duration("policy.window", policy.window, bounds::WINDOW);
        self.duration(
            "policy.ready_deadline",
            policy.ready_deadline,
            bounds::DEADLINE,
        );
        self.checks("policy.check", &policy.checks);
        self.many("policy.trigger", policy.triggers.len());
        for (index, trigger) in policy.triggers.iter().enumerate() {
            let path = format!("policy.trigger.{index}");
            self.bound(&path, trigger.metric, trigger.bound);
            self.duration(&format!("{path}.window"), trigger.window, bounds::WINDOW);
            self.count(
                &format!("{path}.min_requests"),
                trigger.min_requests,
                bounds::REQUESTS,
            );
        }
        for (id, node) in &policy.nodes {
            let path = format!("policy.node.{id}");
            if let Some(window) = node.window {
                self.duration(&format!("{path}.window"), window, bounds::WINDOW);
            }
            self.checks(
                &format!("{path}.check"),
                node.checks.as_deref().unwrap_or(&[]),
            );
        }
    }

    fn checks(&mut self, path: &str, checks: &[Check]) {
        self.many(path, checks.len());
        for (index, check) in checks.iter().enumerate() {
            let path = format!("{path}.{index}");
            self.bound(&path, check.metric, check.bound);
            if let Some(window) = check.window {
                self.duration(&format!("{path}.window"), window, bounds::WINDOW);
            }
            self.count(
                &format!("{path}.min_requests"),
                check.min_requests,
                bounds::REQUESTS,
            );
        }
    }

    fn bound(&mut self, path: &str, metric: Metric, bound: Bound) {
        let path = format!("{path}.{}", bound_key(bound));
        match bound.against {
            Against::Fixed(value) | Against::StablePlus(value) => {
                let range = match metric {
                    Metric::ErrorRate => bounds::RATIO,
                    Metric::Latency(_) => bounds::LATENCY_LIMIT,
                    Metric::Cpu | Metric::Memory => bounds::RESOURCE,
                    Metric::Custom(_) => bounds::LEVEL,
                };
                self.range(&path, value.0.into(), range, |millionths| {
                    encode_limit(metric, limit(millionths))
                });
            }
            Against::StableTimes(factor) => self.number(&path, factor, bounds::FACTOR),
        }
    }
}

/// A bound of this module as a limit; all of them fit.
fn limit(millionths: u64) -> Limit {
    Limit(i64::try_from(millionths).unwrap_or(i64::MAX))
}
