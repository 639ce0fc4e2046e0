//! A step's label: the words that say what it does, and what is said where they do not.

use super::{
    COMPLETE, Understood,
    words::{Percentage, ShareError, Words},
};
use crate::{
    compile::findings::{self, Title},
    query::{Metric, Quantile},
    role::Role,
    units::{Millis, Weight},
};
use alloc::{format, string::String, vec::Vec};
use coalmine_flow::{Diagnostic, Node, Severity, TextSpan};
use core::ops::Range;

const ROLL_BACK: &[&str] = &["rollback", "rollbacks", "roll back", "abort", "revert"];
const RAISE: &[&str] = &[
    "deploy",
    "increase",
    "rollout",
    "roll out",
    "ramp",
    "raise",
    "shift",
    "scale",
    "release",
    "promote to",
];
const FULL: &[&str] = &["full", "fully", "everyone", "all"];
const PODS: &[&str] = &["pod", "pods", "replicas", "instances"];
const SPLIT: &[&str] = &["traffic split", "split", "route", "routing", "router"];
const ERRORS: &[&str] = &["error rate", "error rates", "errors"];
const LATENCY: &[&str] = &["latency", "response time"];
const RESOURCES: &[&str] = &["resource usage", "resources"];
const WAIT: &[&str] = &[
    "wait",
    "observe",
    "observation",
    "bake",
    "soak",
    "monitor",
    "pause",
    "hold",
];
const BUILD: &[&str] = &["build"];
const PUSH: &[&str] = &["push", "publish"];
const SUCCESS: &[&str] = &["success", "successful", "succeeded", "promote"];

/// A rectangle or a taskbox while its label is read.
pub(super) struct Step<'a> {
    node: &'a Node,
    label: &'a str,
    words: Words,
    findings: Vec<Diagnostic>,
}

impl<'a> Step<'a> {
    pub(super) fn of(node: &'a Node) -> Self {
        let label = node.title();
        Self {
            node,
            label,
            words: Words::of(label),
            findings: Vec::new(),
        }
    }

    pub(super) fn read(mut self) -> Understood {
        let percentage = self.percentage();
        let share_span = percentage.as_ref().ok().cloned().flatten();
        let share_span = share_span.and_then(|found| self.place(&found.bytes));
        let role = match percentage {
            Err(Refused) => Role::Unknown,
            Ok(found) => {
                // Only `percentage` lets a percentage through, and only with a share.
                let share = found.and_then(|found| found.share.ok());
                self.role(share)
            }
        };
        Understood {
            share_span: match role {
                Role::Pods(_) | Role::Raise(_) | Role::Split(Some(_)) => share_span,
                _ => None,
            },
            role,
            findings: self.findings,
        }
    }

    fn role(&mut self, share: Option<Weight>) -> Role {
        let metrics = self.metrics();
        let raises = self.words.say(RAISE);
        let splits = self.words.say(SPLIT) && !(raises && share.is_some());
        let waits = self.words.say(WAIT) && metrics.is_empty();
        let candidates = [
            (self.words.say(ROLL_BACK), Reads::RollBack),
            (raises && share.is_some(), Reads::Raise),
            (splits, Reads::Split),
            (!metrics.is_empty(), Reads::Probe),
            (waits, Reads::Wait),
            (self.words.say(BUILD), Reads::Build),
            (self.words.say(PUSH) && share.is_none(), Reads::Push),
            (self.words.say(SUCCESS) && share.is_none(), Reads::Success),
        ];
        let mut fitting = candidates.iter().filter(|(fits, _)| *fits);
        let winner = fitting.next().map(|(_, reads)| *reads);
        if let (Some(winner), Some((_, other))) = (winner, fitting.next()) {
            let (label, winner, other) = (self.label, winner.name(), other.name());
            let message =
                format!("\"{label}\" reads as {winner} and as {other}; taken as {winner}");
            self.warn("two-meanings", message, "draw one node for each step");
        }
        match (winner, share) {
            (Some(Reads::RollBack), _) => Role::RollBack,
            (Some(Reads::Raise), Some(share)) if self.words.say(PODS) => Role::Pods(share),
            (Some(Reads::Raise), Some(share)) => Role::Raise(share),
            (Some(Reads::Split), own) => Role::Split(own),
            (Some(Reads::Probe), _) => Role::Probe {
                metrics,
                window: self.window(),
            },
            (Some(Reads::Wait), _) => Role::Wait(self.window()),
            (Some(Reads::Build), _) => Role::Build,
            (Some(Reads::Push), _) => Role::Push,
            (Some(Reads::Success), _) => Role::Success,
            (Some(Reads::Raise) | None, _) => self.without_step(share),
        }
    }

    /// No step fits: a remark, a raise to everything, or nothing that is understood.
    fn without_step(&mut self, share: Option<Weight>) -> Role {
        let raises = self.words.say(RAISE);
        if self.words.say(COMPLETE) {
            return Role::Complete;
        }
        if raises && self.words.say(FULL) {
            self.note(
                "implicit-share",
                "says no percentage and is taken as 100 %",
                " (100%)",
            );
            return if self.words.say(PODS) {
                Role::Pods(Weight::FULL)
            } else {
                Role::Raise(Weight::FULL)
            };
        }
        let label = self.label;
        if raises {
            let message = format!(
                "\"{label}\" does not say to how much; the token passes on and nothing is raised"
            );
            self.warn(
                "no-percentage",
                message,
                "add a percentage, as in \"Increase to 25%\"",
            );
        } else if share.is_some() {
            let message = format!(
                "\"{label}\" has a percentage but no word for what to do; the token passes on"
            );
            self.warn(
                "not-understood",
                message,
                "begin with a word such as \"Increase to\" or \"Deploy to\"",
            );
        } else {
            let message =
                format!("\"{label}\" is not understood; the token passes on and nothing happens");
            self.warn(
                "not-understood",
                message,
                "use a word such as deploy, wait, error rate, rollback or success",
            );
        }
        Role::Unknown
    }

    fn metrics(&mut self) -> Vec<Metric> {
        let mut metrics = Vec::new();
        if self.words.say(ERRORS) {
            metrics.push(Metric::ErrorRate);
        }
        let quantiles = metrics.len();
        metrics.extend(
            self.words
                .quantiles()
                .map(|points| Metric::Latency(Quantile(points))),
        );
        if metrics.len() == quantiles && self.words.say(LATENCY) {
            self.note(
                "implicit-quantile",
                "names no quantile and is taken as p99",
                " p99",
            );
            metrics.push(Metric::Latency(Quantile(9_900)));
        }
        let resources = self.words.say(RESOURCES);
        if resources || self.words.say(&["cpu"]) {
            metrics.push(Metric::Cpu);
        }
        if resources || self.words.say(&["memory"]) {
            metrics.push(Metric::Memory);
        }
        metrics
    }

    fn window(&mut self) -> Option<Millis> {
        let found = self.words.duration()?;
        if found.is_err() {
            let message = format!("the length of time in \"{}\" cannot be read", self.label);
            self.warn("unreadable-duration", message, "write it as in \"10 min\"");
        }
        found.ok()
    }

    /// The one percentage that counts, if there is one.
    fn percentage(&mut self) -> Result<Option<Percentage>, Refused> {
        let several = 1 < self.words.percentages().count();
        let counts = if several {
            self.words.percentage_after_to()
        } else {
            self.words.percentages().next()
        };
        let found = match (counts, several) {
            (Some(found), _) => found,
            (None, false) => return Ok(None),
            (None, true) => {
                let message = format!(
                    "\"{}\" has several percentages; the token passes on",
                    self.label
                );
                let suggestion = "keep one, or write \"from 5% to 25%\"";
                self.warn("several-percentages", message, suggestion);
                return Err(Refused);
            }
        };
        let number = &self.label[found.bytes.clone()];
        let (code, message, suggestion) = match found.share {
            Ok(_) => return Ok(Some(found)),
            Err(ShareError::TooLarge) => (
                "share-too-large",
                format!("{number} % is more than everything"),
                "write at most 100%",
            ),
            Err(ShareError::Zero) => (
                "share-zero",
                format!("{number} % deploys nothing"),
                "write more than 0%, or draw a rollback",
            ),
            Err(ShareError::TooFine) => (
                "share-too-fine",
                format!("{number} % has more than two decimals"),
                "round it to a hundredth of a percent",
            ),
            Err(ShareError::Unreadable) => (
                "share-unreadable",
                format!("the percentage in \"{}\" cannot be read", self.label),
                "write one plain number, as in 25%",
            ),
        };
        let span = self.place(&found.bytes).unwrap_or(self.span());
        self.findings.push(Diagnostic {
            severity: Severity::Error,
            code: code.into(),
            span,
            message,
            suggestion: Some(suggestion.into()),
            fix: None,
        });
        Err(Refused)
    }

    /// Bytes of the label as bytes of the text, where the label stands there as it reads.
    fn place(&self, bytes: &Range<usize>) -> Option<TextSpan> {
        let span = self
            .node
            .label_span
            .filter(|_| !self.node.label.is_empty())?;
        let as_it_reads = (span.end - span.start) as usize == self.label.len();
        let offset = |at: usize| Some(span.start + u32::try_from(at).ok()?);
        as_it_reads.then_some(TextSpan {
            start: offset(bytes.start)?,
            end: offset(bytes.end)?,
        })
    }

    fn span(&self) -> TextSpan {
        self.node.label_span.unwrap_or(self.node.span)
    }

    fn warn(&mut self, code: &str, message: String, suggestion: &str) {
        self.findings.push(Diagnostic {
            severity: Severity::Warning,
            code: code.into(),
            span: self.span(),
            message,
            suggestion: Some(suggestion.into()),
            fix: None,
        });
    }

    fn note(&mut self, code: &str, what: &str, addition: &str) {
        let message = format!("\"{}\" {what}", self.label);
        let finding = findings::implicit(self.node, code, message);
        self.findings
            .push(findings::with_addition(finding, self.node, addition));
    }
}

/// A diagnostic has been written; the node does nothing.
struct Refused;

/// The steps that a label may read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reads {
    RollBack,
    Raise,
    Split,
    Probe,
    Wait,
    Build,
    Push,
    Success,
}

impl Reads {
    fn name(self) -> &'static str {
        match self {
            Self::RollBack => "a rollback",
            Self::Raise => "a raise",
            Self::Split => "a traffic split",
            Self::Probe => "a measurement",
            Self::Wait => "an observation",
            Self::Build => "a build",
            Self::Push => "a push",
            Self::Success => "a success",
        }
    }
}
