//! Everything that is on screen at an instant, folded from the events up to it.

use super::{
    Recording,
    parts::{
        Ended, InFlight, Judged, Jump, NodeState, NodeStatus, Observation, Pod, PodCounts,
        PodState, Probed, Traffic, Travels,
    },
};
use coalmine_controller::{Command, CommandId, Operator, Record, Time, Verdict, Version, Weight};
use coalmine_flow::{EdgeId, NodeId};
use coalmine_sim::{Event, EventKind, PodChange, PodId};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

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
            // The observation goes on.
            Record::Looked { .. } => {}
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
                let checked = Arc::new(*checked);
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
            | Command::ScaleStable(_)
            | Command::Measure(_)
            | Command::Count(_)
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
            PodChange::Crashed | PodChange::NodeLost => PodState::Crashed,
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
