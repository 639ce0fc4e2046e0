//! The talk between a controller and the world: inputs, commands, records, and the order to use them in.

mod checked;

pub use checked::{Checked, Evidence, Look};

use crate::{
    policy::BurnRate,
    query::{Counted, Query, Reading},
    units::{Pods, Time, Weight},
};
use alloc::{boxed::Box, string::String, vec::Vec};
use coalmine_flow::{EdgeId, NodeId};
use serde::{Deserialize, Serialize};

/// Names one command until it is done, so that late answers are recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CommandId(pub u32);

/// What a person may do in the middle of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Operator {
    /// Leave no node until resumed. Triggers stay armed.
    Pause,
    /// Go on after a pause.
    Resume,
    /// Pass the next gate without its verdict.
    Promote,
    /// Stop the rollout and roll back.
    Abort,
}

/// What happens to a controller.
#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    /// The run begins.
    Start {
        /// Pods that serve all traffic.
        replicas: Pods,
    },
    /// The instant of [`Controller::next_deadline`] has come.
    Wake,
    /// A scrape brought new data.
    Scraped,
    /// The answer to [`Command::Measure`].
    Measured(CommandId, Reading),
    /// A command was carried out.
    Done(CommandId),
    /// A command could not be carried out.
    Failed(CommandId, String),
    /// A person stepped in.
    Operator(Operator),
    /// The answer to [`Command::Count`].
    Counted(CommandId, Counted),
}

/// What a controller wants done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Command {
    /// Build the container image.
    BuildImage,
    /// Push the image to the registry.
    PushImage,
    /// Have this many canary pods; done when all are ready.
    ScaleCanary(Pods),
    /// Send this share of traffic to the canary; done when the router confirms.
    SetWeight(Weight),
    /// Answer a query, with [`Input::Measured`].
    Measure(Query),
    /// Weight to nothing at once, canary pods drained away; done when they are gone.
    RollBack,
    /// Stable takes over the new version and the old pods go; done when they are gone.
    Promote,
    /// The run is over.
    Complete(Outcome),
    /// Answer a query in counts, with [`Input::Counted`].
    Count(Query),
    /// Have this many pods of the version in service; done when all are ready.
    ScaleStable(Pods),
}

/// How a run ended: what happened, never what a label says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Outcome {
    /// The new version serves all traffic.
    Succeeded,
    /// Rolled back before the canary had all traffic.
    Aborted,
    /// Rolled back after the canary had all traffic.
    RolledBack,
    /// Something could not be carried out.
    Failed,
}

/// What a gate found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Verdict {
    /// Every check is healthy.
    Pass,
    /// A check is unhealthy.
    Fail,
    /// Not enough to decide.
    Inconclusive,
}

/// What a gate did with its verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Next {
    /// It took this edge.
    Took(EdgeId),
    /// It looks again at this instant.
    ExtendedTo(Time),
}

/// A gate's decision, with all its numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Decision {
    /// The gate.
    pub node: NodeId,
    /// What it found.
    pub verdict: Verdict,
    /// Every check.
    pub checks: Vec<Checked>,
    /// What followed.
    pub next: Next,
}

/// Why the token left the drawn path.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Cause {
    /// The trigger with this place in the policy tripped.
    Trigger(u32, Checked),
    /// A person aborted.
    Operator,
    /// Something could not be carried out.
    Failure(String),
    /// A budget burned too fast.
    BurnRate(Box<Burned>),
}

/// How fast a budget burned.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Burned {
    /// Its place in the policy.
    pub place: u32,
    /// The budget.
    pub rate: BurnRate,
    /// Over the long window.
    pub long: Checked,
    /// Over the short one.
    pub short: Checked,
}

/// What a controller tells of itself while it works. Every state on screen is one of these.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Record {
    /// The token arrived at a node.
    Entered(NodeId),
    /// The token travelled an edge.
    Travelled(EdgeId),
    /// The token left the drawn path for this node; where `to` equals the node it stood at, the rollback happens in place.
    Jumped {
        /// Where it stood.
        from: NodeId,
        /// Where it goes.
        to: NodeId,
        /// Why.
        cause: Cause,
    },
    /// An observation began at a node.
    Observing {
        /// The wait, probe or gate.
        node: NodeId,
        /// Its end.
        until: Time,
    },
    /// A probe measured.
    Probed {
        /// The probe.
        node: NodeId,
        /// What it measured, judged against the gate's bound where there is one.
        checked: Checked,
    },
    /// A gate decided.
    Decided(Decision),
    /// A person stepped in; `heeded` tells whether it had an effect.
    Operator {
        /// What they did.
        act: Operator,
        /// Whether it had an effect.
        heeded: bool,
    },
    /// The run ended.
    Ended {
        /// How.
        outcome: Outcome,
        /// Why, in a sentence without a full stop.
        reason: String,
    },
    /// A gate was looked at before the end of the observation, which goes on.
    Looked {
        /// The gate.
        node: NodeId,
        /// Which look.
        look: Look,
        /// What it found.
        verdict: Verdict,
        /// Every check.
        checks: Vec<Checked>,
    },
}

/// What a controller puts out.
#[derive(Clone, Debug, PartialEq)]
pub enum Output {
    /// To be carried out.
    Command(CommandId, Command),
    /// To be written down.
    Record(Record),
}

/// Where a controller stands in its diagram.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// The node with the token; before the start, the start node.
    pub node: NodeId,
    /// Whether a person has paused the run.
    pub paused: bool,
    /// How the run ended, once it has.
    pub outcome: Option<Outcome>,
}

/// Who answers questions at once.
pub trait Meter {
    /// The answer to one.
    fn read(&mut self, query: Query) -> Reading;

    /// The same in counts.
    fn count(&mut self, query: Query) -> Counted;
}

/// A controller: time and observations in, commands out.
///
/// The order of use, which everything relies on: one [`handle`](Self::handle), then [`poll`](Self::poll) until
/// `None`, then wait for an input or for [`next_deadline`](Self::next_deadline). `now` never runs backwards.
/// A `Clone` is a snapshot: it carries on identically.
pub trait Controller: Clone + Send {
    /// Takes one input.
    fn handle(&mut self, now: Time, input: Input);

    /// A scrape brought new data, and questions about it can be answered at once: the same as to handle
    /// [`Input::Scraped`] and then each answer, and no more than that where a controller does not ask.
    fn scraped(&mut self, now: Time, _meter: &mut impl Meter) {
        self.handle(now, Input::Scraped);
    }

    /// The next command or record, in order.
    #[must_use]
    fn poll(&mut self) -> Option<Output>;

    /// When to hand in [`Input::Wake`], should nothing else happen first.
    fn next_deadline(&self) -> Option<Time>;

    /// Where it stands.
    fn position(&self) -> Position;
}

/// How much a controller writes down.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Recording {
    /// Every record.
    #[default]
    Full,
    /// Only [`Record::Ended`]: for ensembles, where nobody reads the rest.
    Outcome,
}
