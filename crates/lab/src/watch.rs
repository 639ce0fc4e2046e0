//! Watches a controller work: which nodes and edges it passed, and what stopped it. Changes nothing of what it does.

use alloc::{string::String, sync::Arc, vec::Vec};
use coalmine_controller::{
    Cause, Command, Controller, Decision, FlowController, Input, Metric, Next, Outcome, Output,
    Plan, Position, Record, Recording, Time, Verdict,
};
use coalmine_flow::{EdgeId, NodeId};
use core::fmt;
use serde::{Deserialize, Serialize};

/// What stopped a rollout.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Stop {
    /// Where the token stood: the gate that decided, or the node that was interrupted.
    pub node: NodeId,
    /// What decided.
    pub by: By,
}

/// What decided that a rollout stops.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum By {
    /// A gate's check of this metric failed.
    Check(Metric),
    /// A gate could not tell by this metric, and its fallback is no.
    Undecided(Metric),
    /// The trigger with this place in the policy tripped, by this metric.
    Trigger(u32, Metric),
    /// A person aborted.
    Operator,
    /// Something could not be carried out.
    Failure,
    /// The drawing leads to a rollback whatever was measured.
    Drawn,
}

/// As in `stopped by …`: `error rate`, `latency p99 that could not be told`, `trigger 1 (error rate)`.
impl fmt::Display for By {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Check(metric) => write!(f, "{metric}"),
            Self::Undecided(metric) => write!(f, "{metric} that could not be told"),
            Self::Trigger(place, metric) => {
                write!(f, "trigger {} ({metric})", u64::from(*place) + 1)
            }
            Self::Operator => f.write_str("a person"),
            Self::Failure => f.write_str("something that could not be carried out"),
            Self::Drawn => f.write_str("the drawing"),
        }
    }
}

/// As in `stopped by …`: the gate and the metric, or what stopped it instead.
impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.by {
            By::Check(_) | By::Undecided(_) => write!(f, "{} {}", self.node, self.by),
            By::Trigger(..) | By::Operator | By::Failure | By::Drawn => {
                write!(f, "{} at {}", self.by, self.node)
            }
        }
    }
}

/// What a run passed.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Log {
    /// Nodes as they were entered.
    pub(crate) nodes: Vec<NodeId>,
    /// Edges as they were travelled.
    pub(crate) edges: Vec<EdgeId>,
    /// Where the token left the drawn path, from where to where.
    pub(crate) jumps: Vec<(NodeId, NodeId)>,
    /// What stopped it.
    pub(crate) stop: Option<Stop>,
    /// Why it ended, in the controller's words.
    pub(crate) reason: Option<String>,
    /// What would be to blame if it were stopped now.
    blame: Option<Stop>,
}

impl Log {
    pub(crate) fn record(&mut self, record: &Record) {
        match record {
            Record::Entered(node) => self.nodes.push(*node),
            Record::Travelled(edge) => self.edges.push(*edge),
            Record::Jumped { from, to, cause } => {
                self.jumps.push((*from, *to));
                let by = match cause {
                    Cause::Trigger(place, checked) => By::Trigger(*place, checked.query.metric),
                    Cause::Operator => By::Operator,
                    Cause::Failure(_) => By::Failure,
                };
                self.blame = Some(Stop { node: *from, by });
            }
            Record::Decided(decision) => self.decided(decision),
            Record::Ended { outcome, reason } => {
                self.reason = Some(reason.clone());
                if *outcome != Outcome::Succeeded && self.stop.is_none() {
                    self.stop = Some(self.blamed(By::Failure));
                }
            }
            Record::Observing { .. } | Record::Probed { .. } | Record::Operator { .. } => {}
        }
    }

    fn decided(&mut self, decision: &Decision) {
        let mut checks = decision.checks.iter();
        let decisive = checks.find(|check| check.verdict == decision.verdict);
        let metric = decisive.map(|check| check.query.metric);
        let by = match (decision.verdict, decision.next, metric) {
            (Verdict::Fail, _, Some(metric)) => By::Check(metric),
            (Verdict::Inconclusive, Next::Took(_), Some(metric)) => By::Undecided(metric),
            (Verdict::Pass | Verdict::Fail | Verdict::Inconclusive, _, _) => {
                self.blame = None;
                return;
            }
        };
        let node = decision.node;
        self.blame = Some(Stop { node, by });
    }

    pub(crate) fn command(&mut self, command: Command) {
        if command == Command::RollBack && self.stop.is_none() {
            self.stop = Some(self.blamed(By::Drawn));
        }
    }

    fn blamed(&self, otherwise: By) -> Stop {
        self.blame.unwrap_or(Stop {
            node: self.nodes.last().map_or(NodeId(0), |node| *node),
            by: otherwise,
        })
    }
}

/// A controller whose records are read here and go no further.
#[derive(Clone, Debug)]
pub(crate) struct Watched {
    inner: FlowController,
    pub(crate) log: Log,
}

impl Watched {
    pub(crate) fn new(plan: Arc<Plan>) -> Self {
        Self {
            inner: FlowController::new(plan, Recording::Full),
            log: Log::default(),
        }
    }
}

impl Controller for Watched {
    fn handle(&mut self, now: Time, input: Input) {
        self.inner.handle(now, input);
    }

    fn poll(&mut self) -> Option<Output> {
        loop {
            match self.inner.poll()? {
                Output::Record(record) => {
                    self.log.record(&record);
                    // The engine asks the last record for the reason.
                    if let Record::Ended { .. } = record {
                        return Some(Output::Record(record));
                    }
                }
                Output::Command(id, command) => {
                    self.log.command(command);
                    return Some(Output::Command(id, command));
                }
            }
        }
    }

    fn next_deadline(&self) -> Option<Time> {
        self.inner.next_deadline()
    }

    fn position(&self) -> Position {
        self.inner.position()
    }
}
