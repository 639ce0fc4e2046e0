//! What a moment is made of: nodes, edges, judgements, traffic, pods, commands, the end.

use coalmine_controller::{
    Cause, Checked, Command, CommandId, Decision, Outcome, Time, Version, Weight,
};
use coalmine_flow::NodeId;
use std::sync::Arc;

/// What the events say of a node.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum NodeStatus {
    /// The token has not been here.
    #[default]
    Untouched,
    /// The token is here, and the run goes on.
    Active,
    /// The token was here and went on as drawn.
    Done,
    /// A gate that found its checks unhealthy, a command that could not be carried out, or a node that the token was
    /// taken from by a trigger or a person.
    Failed,
}

/// What the events say of a node, in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct NodeState {
    /// What the node looks like.
    pub status: NodeStatus,
    /// How often the token came.
    pub visits: u32,
    /// When it came last.
    pub entered: Time,
}

/// How often an edge was travelled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Travels {
    /// How often; at least once.
    pub count: u32,
    /// When last.
    pub last: Time,
}

/// The token left the drawn path.
#[derive(Clone, Debug, PartialEq)]
pub struct Jump {
    /// When.
    pub at: Time,
    /// Where it stood.
    pub from: NodeId,
    /// Where it went; equal to `from` where the rollback happens in place.
    pub to: NodeId,
    /// Why.
    pub cause: Cause,
}

/// An observation that goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Observation {
    /// The wait, probe or gate.
    pub node: NodeId,
    /// Its beginning. An extended observation keeps its first.
    pub from: Time,
    /// Its end.
    pub until: Time,
}

impl Observation {
    /// How much of it is over, 0 to 1.
    pub fn progress(&self, at: Time) -> f64 {
        let whole = self.until.since(self.from).0;
        if whole == 0 {
            return 1.0;
        }
        (at.since(self.from).0 as f64 / whole as f64).min(1.0)
    }
}

/// A gate's latest decision.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// When.
    pub at: Time,
    /// With all its numbers.
    pub decision: Arc<Decision>,
}

/// A probe's latest measurement.
#[derive(Clone, Debug, PartialEq)]
pub struct Probed {
    /// When.
    pub at: Time,
    /// With all its numbers.
    pub checked: Arc<Checked>,
}

/// Where the traffic goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Traffic {
    /// The canary's share that the controller asked for last.
    pub target: Weight,
    /// The canary's share as the router splits it.
    pub routed: Weight,
}

/// What a pod does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PodState {
    /// Not ready yet.
    Starting,
    /// Serves.
    Ready,
    /// Crashed; comes back.
    Crashed,
    /// Killed for using all its memory; comes back.
    OutOfMemory,
    /// Finishes what it has.
    Draining,
}

/// A pod that exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Pod {
    /// Its version now: a promoted pod is stable.
    pub version: Version,
    /// What it does.
    pub state: PodState,
}

/// How many pods of a version do what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct PodCounts {
    /// Not ready yet.
    pub starting: u32,
    /// Serving.
    pub ready: u32,
    /// Crashed or out of memory.
    pub down: u32,
    /// Finishing what they have.
    pub draining: u32,
}

/// A command that is being carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InFlight {
    /// Its name.
    pub id: CommandId,
    /// What was asked.
    pub command: Command,
    /// Since when.
    pub since: Time,
}

/// The end of the run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended {
    /// When.
    pub at: Time,
    /// How.
    pub outcome: Outcome,
    /// Why, in a sentence without a full stop.
    pub reason: String,
}
