//! The vocabulary: how a node's shape, label and edges say what it does. Small, so that it can be learnt from a table.
//!
//! Case does not matter; only whole words count; the first row that fits wins. A label that fits two steps ("build
//! and push") is reported, one that fits none too: nothing is guessed in silence.
//!
//! | shape | words | role |
//! | --- | --- | --- |
//! | diamond | any | a gate |
//! | circle | start, begin | the start |
//! | circle | end, complete, completed, finish, finished, done | the end |
//! | circle | others | the start without edges that arrive, the end without edges that leave, else passes on |
//! | step | rollback, rollbacks, roll back, abort, revert | rolls back |
//! | step | deploy, increase, rollout, roll out, ramp, raise, shift, scale, release, promote to; with a percentage | raises pods, then traffic; with pod, pods, replicas or instances: pods only |
//! | step | traffic split, split, route, routing, router | sets the router, to its own percentage or to the last one passed |
//! | step | error rate, error rates, errors; latency, response time, p99 (any quantile); resource usage, resources, cpu, memory | a probe of what is named; latency alone is p99, resources are CPU and memory |
//! | step | wait, observe, observation, bake, soak, monitor, pause, hold | an observation |
//! | step | build | builds the image |
//! | step | push, publish | pushes the image |
//! | step | success, successful, succeeded, promote | stable takes over the new version |
//! | step | end, complete, completed, finish, finished, done | passes on |
//! | step | one of the raising words with full, fully, everyone or all | raises to 100 % |
//!
//! A step is a rectangle or a taskbox; a taskbox without label is read from its description. A length of time
//! ("10 min", "1h 30m", "90 seconds") in the label of an observation or a probe is its window. Of several
//! percentages, the one behind "to" counts.
//!
//! The edges of a gate: yes, pass, passed, ok, healthy, true, continue, promote, success; against no, fail, failed,
//! unhealthy, false, abort, aborted, rollback, roll back, not.

mod step;
mod words;

use crate::role::Role;
use alloc::vec::Vec;
use coalmine_flow::{Diagnostic, Node, Shape, TextSpan};
use step::Step;
use words::Words;

const START: &[&str] = &["start", "begin"];
const COMPLETE: &[&str] = &["end", "complete", "completed", "finish", "finished", "done"];
const YES: &[&str] = &[
    "yes", "pass", "passed", "ok", "healthy", "true", "continue", "promote", "success",
];
const NO: &[&str] = &[
    "no",
    "fail",
    "failed",
    "unhealthy",
    "false",
    "abort",
    "aborted",
    "rollback",
    "roll back",
    "not",
];

/// What a gate's edge stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Answer {
    /// Every check is healthy.
    Yes,
    /// A check is unhealthy.
    No,
}

/// The answer that an edge's label gives, if it gives exactly one.
pub(crate) fn answer(label: &str) -> Option<Answer> {
    let words = Words::of(label);
    match (words.say(YES), words.say(NO)) {
        (true, false) => Some(Answer::Yes),
        (false, true) => Some(Answer::No),
        (true, true) | (false, false) => None,
    }
}

/// How many edges arrive at a node and leave it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Degree {
    /// Edges that arrive.
    pub(crate) incoming: usize,
    /// Edges that leave.
    pub(crate) outgoing: usize,
}

/// What the vocabulary makes of one node.
#[derive(Clone, Debug)]
pub(crate) struct Understood {
    /// What it does.
    pub(crate) role: Role,
    /// The percentage's number in the text.
    pub(crate) share_span: Option<TextSpan>,
    /// What was not clear.
    pub(crate) findings: Vec<Diagnostic>,
}

/// Reads one node.
pub(crate) fn read(node: &Node, degree: Degree) -> Understood {
    match node.shape {
        Shape::Diamond => plain(Role::Gate),
        Shape::Circle => plain(circle(&Words::of(&node.label), degree)),
        Shape::Rectangle | Shape::Taskbox => Step::of(node).read(),
    }
}

fn plain(role: Role) -> Understood {
    Understood {
        role,
        share_span: None,
        findings: Vec::new(),
    }
}

fn circle(words: &Words, degree: Degree) -> Role {
    match (words.say(START), words.say(COMPLETE)) {
        (true, false) => Role::Start,
        (false, true) => Role::End,
        (true, true) | (false, false) => match (degree.incoming, degree.outgoing) {
            (0, 0) => Role::Milestone,
            (0, _) => Role::Start,
            (_, 0) => Role::End,
            (_, _) => Role::Milestone,
        },
    }
}
