//! Everything that is on screen at an instant, folded from the events up to it.

use super::Recording;
use coalmine_controller::{
    Cause, Checked, Command, CommandId, Decision, Operator, Outcome, Record, Time, Verdict,
    Version, Weight,
};
use coalmine_flow::{EdgeId, NodeId};
use coalmine_sim::{Event, EventKind, PodChange, PodId};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

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

/// Everything that is so after a number of events.
///
/// It holds no clock of its own: between two events it stays equal, so that a memo of it wakes nobody. What moves in
/// between ([`Observation::progress`], a [`Departure`](super::Departure)) take the playhead as an argument.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Moment {
    /// How many events have happened: the place of the next one in [`Recording::events`].
    pub events: usize,
    /// Where the token stands; nowhere before the start.
    pub token: Option<NodeId>,
    /// Every node that the token has been to.
    pub nodes: BTreeMap<NodeId, NodeState>,
    /// Every edge that was travelled.
    pub edges: BTreeMap<EdgeId, Travels>,
    /// Where the token left the drawn path, in order.
    pub jumps: Vec<Arc<Jump>>,
    /// The observation that goes on.
    pub observing: Option<Observation>,
    /// The latest decision of each gate on its latest visit, an extension of its window included.
    pub decisions: BTreeMap<NodeId, Judged>,
    /// The latest measurement of each probe.
    pub probes: BTreeMap<NodeId, Probed>,
    /// Where the traffic goes.
    pub traffic: Traffic,
    /// Every pod that exists.
    pub pods: BTreeMap<PodId, Pod>,
    /// The faults of the scenario that are active, by their place in its list.
    pub faults: BTreeSet<u32>,
    /// Whether a person has paused the run.
    pub paused: bool,
    /// What is being carried out.
    pub command: Option<InFlight>,
    /// The end, once it has come; the world runs on for its tail.
    pub ended: Option<Ended>,
    /// Whether the tail is over, too.
    pub closed: bool,
}

/// What is so at an instant: everything up to and at it has happened.
///
/// Costs a copy of a checkpoint and at most 256 events.
pub fn moment_at(recording: &Recording, at: Time) -> Moment {
    recording.after(recording.events_until(at))
}

impl Moment {
    /// What the events say of a node.
    pub fn node(&self, node: NodeId) -> NodeState {
        self.nodes.get(&node).copied().unwrap_or_default()
    }

    /// The latest verdict of a gate on its latest visit.
    pub fn verdict(&self, gate: NodeId) -> Option<Verdict> {
        self.decisions
            .get(&gate)
            .map(|judged| judged.decision.verdict)
    }

    /// The pods of a version, counted.
    pub fn pod_counts(&self, version: Version) -> PodCounts {
        let mut counts = PodCounts::default();
        for pod in self.pods.values().filter(|pod| pod.version == version) {
            let count = match pod.state {
                PodState::Starting => &mut counts.starting,
                PodState::Ready => &mut counts.ready,
                PodState::Crashed | PodState::OutOfMemory => &mut counts.down,
                PodState::Draining => &mut counts.draining,
            };
            *count += 1;
        }
        counts
    }

    /// Takes in the next event.
    pub(super) fn apply(&mut self, event: &Event) {
        let at = event.at;
        self.events += 1;
        match &event.kind {
            EventKind::Controller(record) => self.apply_record(at, record),
            EventKind::Asked(id, command) => self.ask(at, *id, *command),
            EventKind::Done(id) => self.answer(*id),
            EventKind::CouldNot(id, _) => {
                self.answer(*id);
                self.mark_token(NodeStatus::Failed);
            }
            EventKind::Routed(weight) => self.traffic.routed = *weight,
            EventKind::Pod {
                pod,
                version,
                change,
            } => self.change_pod(*pod, *version, *change),
            EventKind::FaultBegan(fault) => {
                self.faults.insert(*fault);
            }
            EventKind::FaultEnded(fault) => {
                self.faults.remove(fault);
            }
            EventKind::Closed => self.closed = true,
        }
    }

    fn apply_record(&mut self, at: Time, record: &Record) {
        match record {
            Record::Entered(node) => self.enter(at, *node),
            Record::Travelled(edge) => {
                let travels = self.edges.entry(*edge).or_default();
                travels.count += 1;
                travels.last = at;
            }
            Record::Jumped { from, to, cause } => {
                self.observing = None;
                self.mark(*from, NodeStatus::Failed);
                self.jumps.push(Arc::new(Jump {
                    at,
                    from: *from,
                    to: *to,
                    cause: cause.clone(),
                }));
            }
            Record::Observing { node, until } => {
                // An extension begins where the first look began, so that its ring does not start over.
                let from = match self.observing {
                    Some(before) if before.node == *node => before.from,
                    Some(_) | None => at,
                };
                self.observing = Some(Observation {
                    node: *node,
                    from,
                    until: *until,
                });
            }
            Record::Probed { node, checked } => {
                let checked = Arc::new(checked.clone());
                self.probes.insert(*node, Probed { at, checked });
            }
            Record::Decided(decision) => {
                let decision = Arc::new(decision.clone());
                self.decisions
                    .insert(decision.node, Judged { at, decision });
            }
            Record::Operator { act, heeded } => match (act, heeded) {
                (Operator::Pause, true) => self.paused = true,
                (Operator::Resume | Operator::Abort, true) => self.paused = false,
                (Operator::Promote, true) | (_, false) => {}
            },
            Record::Ended { outcome, reason } => {
                self.settle();
                self.paused = false;
                self.ended = Some(Ended {
                    at,
                    outcome: *outcome,
                    reason: reason.clone(),
                });
            }
        }
    }

    fn enter(&mut self, at: Time, node: NodeId) {
        self.settle();
        self.token = Some(node);
        // What a gate found on an earlier visit says nothing about this one.
        self.decisions.remove(&node);
        let state = self.nodes.entry(node).or_default();
        state.status = NodeStatus::Active;
        state.visits += 1;
        state.entered = at;
    }

    /// The token is through with where it stands.
    fn settle(&mut self) {
        self.observing = None;
        let Some(node) = self.token else { return };
        if self.node(node).status != NodeStatus::Active {
            return;
        }
        let status = match self.verdict(node) {
            Some(Verdict::Fail) => NodeStatus::Failed,
            Some(Verdict::Pass | Verdict::Inconclusive) | None => NodeStatus::Done,
        };
        self.mark(node, status);
    }

    fn mark(&mut self, node: NodeId, status: NodeStatus) {
        self.nodes.entry(node).or_default().status = status;
    }

    fn mark_token(&mut self, status: NodeStatus) {
        if let Some(node) = self.token {
            self.mark(node, status);
        }
    }

    fn ask(&mut self, at: Time, id: CommandId, command: Command) {
        match command {
            Command::SetWeight(weight) => self.traffic.target = weight,
            Command::RollBack => self.traffic.target = Weight::ZERO,
            Command::BuildImage
            | Command::PushImage
            | Command::ScaleCanary(_)
            | Command::Measure(_)
            | Command::Promote
            | Command::Complete(_) => {}
        }
        self.command = match command {
            // Nothing answers it.
            Command::Complete(_) => None,
            _ => Some(InFlight {
                id,
                command,
                since: at,
            }),
        };
    }

    fn answer(&mut self, id: CommandId) {
        if self.command.is_some_and(|command| command.id == id) {
            self.command = None;
        }
    }

    fn change_pod(&mut self, pod: PodId, version: Version, change: PodChange) {
        let state = match change {
            PodChange::Starting => PodState::Starting,
            PodChange::Ready => PodState::Ready,
            PodChange::Crashed => PodState::Crashed,
            PodChange::OutOfMemory => PodState::OutOfMemory,
            PodChange::Draining => PodState::Draining,
            PodChange::Gone => {
                self.pods.remove(&pod);
                return;
            }
            PodChange::Promoted => {
                if let Some(pod) = self.pods.get_mut(&pod) {
                    pod.version = Version::Stable;
                }
                return;
            }
        };
        self.pods.insert(pod, Pod { version, state });
    }
}
