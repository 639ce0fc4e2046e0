//! What a person can change in a project, and what it is afterwards.

use coalmine_controller::{Check, Fallback, Millis, NodePolicy, Trigger};
use coalmine_flow::{Fix, NodeId};
use coalmine_sim::{Fault, Law, Platform, Scenario, Seed};
use coalmine_wire::Project;

/// One change of the project. Every change starts the run anew, from the same seed.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// Another project altogether.
    Replace(Box<Project>),
    /// Its name.
    Name(String),
    /// Its code, every byte.
    Code(String),
    /// A patch of its code: a fix, or a number in a label.
    Patch(Fix),
    /// Its seed.
    Seed(Seed),
    /// Observation where nothing else is said.
    Window(Millis),
    /// Observation at a node; without, the policy's.
    NodeWindow(NodeId, Option<Millis>),
    /// What gates judge, by place in the list.
    Check(usize, Check),
    /// Judge one thing more.
    AddCheck(Check),
    /// Judge it no longer.
    RemoveCheck(usize),
    /// A hard limit, by place in the list.
    Trigger(usize, Trigger),
    /// A hard limit more.
    AddTrigger(Trigger),
    /// A hard limit less.
    RemoveTrigger(usize),
    /// How often a gate looks longer.
    Extensions(u8),
    /// Where a gate goes that cannot decide.
    Fallback(Fallback),
    /// How long pods may take to get ready.
    ReadyDeadline(Millis),
    /// How stable behaves; the healthy canary behaves the same.
    Stable(Law),
    /// What the platform takes its time for.
    Platform(Platform),
    /// Between two scrapes.
    Scrape(Millis),
    /// Slower answers are bad, in microseconds.
    Slow(u64),
    /// How long the world runs on after the end.
    Tail(Millis),
    /// Another world altogether: a failure of the library, a story.
    Scenario(Box<Scenario>),
    /// Break one thing more.
    AddFault(Fault),
    /// A fault, by place in the list.
    Fault(usize, Fault),
    /// Break it no longer.
    RemoveFault(usize),
}

impl Edit {
    /// Whether people type it letter by letter, so that the run had better wait for a pause.
    pub const fn is_typed(&self) -> bool {
        matches!(self, Self::Name(_) | Self::Code(_))
    }
}

/// Changes `project`. An edit of something that is no longer there changes nothing.
pub fn apply(project: &mut Project, edit: Edit) {
    let Project {
        policy, scenario, ..
    } = project;
    match edit {
        Edit::Replace(other) => *project = *other,
        Edit::Name(name) => project.name = name,
        Edit::Code(code) => project.code = code,
        Edit::Patch(fix) => patch(&mut project.code, &fix),
        Edit::Seed(seed) => project.seed = seed,
        Edit::Window(window) => policy.window = window,
        Edit::NodeWindow(node, window) => {
            let of_node = policy.nodes.entry(node).or_default();
            of_node.window = window;
            if *of_node == NodePolicy::default() {
                policy.nodes.remove(&node);
            }
        }
        Edit::Check(index, check) => put(&mut policy.checks, index, check),
        Edit::AddCheck(check) => policy.checks.push(check),
        Edit::RemoveCheck(index) => take(&mut policy.checks, index),
        Edit::Trigger(index, trigger) => put(&mut policy.triggers, index, trigger),
        Edit::AddTrigger(trigger) => policy.triggers.push(trigger),
        Edit::RemoveTrigger(index) => take(&mut policy.triggers, index),
        Edit::Extensions(times) => policy.extensions = times,
        Edit::Fallback(fallback) => policy.fallback = fallback,
        Edit::ReadyDeadline(deadline) => policy.ready_deadline = deadline,
        Edit::Stable(law) => {
            // A canary that is healthy behaves as stable does; where it was told apart, it stays apart.
            if scenario.canary == scenario.stable {
                scenario.canary = law.clone();
            }
            scenario.stable = law;
        }
        Edit::Platform(platform) => scenario.platform = platform,
        Edit::Scrape(interval) => scenario.measurement.scrape = interval,
        Edit::Slow(micros) => scenario.slow_micros = micros,
        Edit::Tail(tail) => scenario.tail = tail,
        Edit::Scenario(other) => *scenario = *other,
        Edit::AddFault(fault) => scenario.faults.push(fault),
        Edit::Fault(index, fault) => put(&mut scenario.faults, index, fault),
        Edit::RemoveFault(index) => take(&mut scenario.faults, index),
    }
}

fn put<T>(list: &mut [T], index: usize, item: T) {
    if let Some(place) = list.get_mut(index) {
        *place = item;
    }
}

fn take<T>(list: &mut Vec<T>, index: usize) {
    if index < list.len() {
        list.remove(index);
    }
}

/// A patch whose place is not in the text belongs to another text, and changes nothing.
fn patch(code: &mut String, fix: &Fix) {
    let (start, end) = (fix.span.start as usize, fix.span.end as usize);
    if start <= end && code.is_char_boundary(start) && code.is_char_boundary(end) {
        code.replace_range(start..end, &fix.replacement);
    }
}
