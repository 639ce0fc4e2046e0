//! What each node and edge looks like at a moment: pure, so that the lit path can be compared with the events.

use super::badge::{Badge, check_badge, decision_badge, verdict_word};
use crate::{
    format,
    playback::{Moment, NodeStatus},
};
use coalmine_controller::{Millis, Time, Verdict};
use coalmine_flow::{EdgeId, NodeId};
use std::collections::BTreeSet;

/// The state of a node, as drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    /// The token may still come.
    Untouched,
    /// The token is here.
    Active,
    /// The token went on as drawn.
    Done,
    /// Unhealthy, not carried out, or taken from here.
    Failed,
    /// A gate that could not decide and took its fallback.
    Unsure,
    /// The token was not here and cannot come any more.
    Unreachable,
}

impl Status {
    /// The value of `data-status`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Untouched => "untouched",
            Self::Active => "active",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Unsure => "unsure",
            Self::Unreachable => "unreachable",
        }
    }
}

/// A node, as drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NodeLook {
    /// Its state.
    pub status: Status,
    /// What it found, where it is a gate or a probe.
    pub badge: Option<Badge>,
    /// How often the token came, where that is more than once.
    pub repeats: Option<u32>,
    /// Its state in words, for its accessible name.
    pub words: String,
}

/// What a node looks like. `reach` is where the token can still come to.
pub fn node_look(moment: &Moment, reach: &BTreeSet<NodeId>, node: NodeId) -> NodeLook {
    let state = moment.node(node);
    let verdict = moment.verdict(node);
    let status = match state.status {
        NodeStatus::Untouched if reach.contains(&node) => Status::Untouched,
        NodeStatus::Untouched => Status::Unreachable,
        NodeStatus::Active => Status::Active,
        NodeStatus::Done if verdict == Some(Verdict::Inconclusive) => Status::Unsure,
        NodeStatus::Done => Status::Done,
        NodeStatus::Failed => Status::Failed,
    };
    let decided = moment
        .decisions
        .get(&node)
        .and_then(|judged| decision_badge(&judged.decision));
    let probed = || {
        moment
            .probes
            .get(&node)
            .map(|probed| check_badge(&probed.checked))
    };
    let badge = decided.or_else(probed);
    let words = status_words(status, verdict, badge.as_ref());
    NodeLook {
        status,
        badge,
        repeats: (1 < state.visits).then_some(state.visits),
        words,
    }
}

/// The state of an edge, as drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EdgeStatus {
    /// Not travelled.
    Untouched,
    /// Travelled.
    Travelled,
    /// Travelled just now: at high speed edges light up instead of carrying a token.
    Recent,
    /// Not travelled, and it cannot be any more.
    Unreachable,
}

impl EdgeStatus {
    /// The value of `data-status`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Untouched => "untouched",
            Self::Travelled => "travelled",
            Self::Recent => "recent",
            Self::Unreachable => "unreachable",
        }
    }
}

/// What an edge looks like that leaves `from`.
pub fn edge_status(
    moment: &Moment,
    reach: &BTreeSet<NodeId>,
    recent: &[EdgeId],
    edge: EdgeId,
    from: NodeId,
) -> EdgeStatus {
    if recent.contains(&edge) {
        EdgeStatus::Recent
    } else if moment.edges.contains_key(&edge) {
        EdgeStatus::Travelled
    } else if reach.contains(&from) {
        EdgeStatus::Untouched
    } else {
        EdgeStatus::Unreachable
    }
}

/// The edges travelled within `glow` before `at`.
pub(super) fn recent_edges(moment: &Moment, at: Time, glow: Millis) -> Vec<EdgeId> {
    moment
        .edges
        .iter()
        .filter(|(_, travels)| at.since(travels.last) < glow)
        .map(|(edge, _)| *edge)
        .collect()
}

fn status_words(status: Status, verdict: Option<Verdict>, badge: Option<&Badge>) -> String {
    let word = match (status, verdict) {
        (Status::Untouched, _) => "not reached yet",
        (Status::Unreachable, _) => "out of reach",
        (Status::Active, None) => "active",
        (Status::Active | Status::Done | Status::Failed | Status::Unsure, Some(verdict)) => {
            verdict_word(verdict)
        }
        (Status::Done | Status::Unsure, None) => "done",
        (Status::Failed, None) => "stopped here",
    };
    match badge {
        Some(badge) => format!("{word}: {}", badge.text),
        None => word.to_owned(),
    }
}

/// The words under a node that observes, as in `3:20 left`.
pub(super) fn left_words(until: Time, at: Time) -> String {
    format!("{} left", format::countdown(until.since(at)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        diagram::{example, reach::reachable},
        playback::{Recording, moment_at},
    };
    use coalmine_controller::{Decision, Metric, Next, Record};
    use coalmine_sim::{Event, EventKind};
    use coalmine_wire::Batch;

    fn gate(verdict: Verdict, value: f64) -> Record {
        Record::Decided(Decision {
            node: NodeId(9),
            verdict,
            checks: vec![example::checked(
                Metric::ErrorRate,
                Some(value),
                10_000,
                verdict,
            )],
            next: Next::Took(EdgeId(3)),
        })
    }

    fn statuses(records: Vec<Record>) -> String {
        let diagram = example::diagram();
        let mut recording = Recording::default();
        let events = (1_u64..).zip(records).map(|(at, record)| Event {
            at: Time(at),
            kind: EventKind::Controller(record),
        });
        recording.append(Batch {
            events: events.collect(),
            samples: Vec::new(),
            until: Time(100),
        });
        let moment = moment_at(&recording, Time(100));
        let reach = reachable(&diagram, moment.token);
        let words: Vec<String> = diagram
            .nodes
            .iter()
            .map(|node| {
                let look = node_look(&moment, &reach, node.id);
                format!("{} {}", node.id, look.words.replace(format::THIN, " "))
            })
            .collect();
        words.join("; ")
    }

    fn entered(node: u32) -> Record {
        Record::Entered(NodeId(node))
    }

    #[test]
    fn a_gate_that_fails_shows_its_numbers_and_closes_the_other_way() {
        let records = vec![
            entered(1),
            Record::Travelled(EdgeId(0)),
            entered(2),
            Record::Travelled(EdgeId(1)),
            entered(9),
            gate(Verdict::Fail, 0.021),
            Record::Travelled(EdgeId(3)),
            entered(11),
        ];
        assert_eq!(
            statuses(records),
            "n1 done; n2 done; n5 not reached yet; n9 failed: errors 2.1 % > 1 %; n10 out of reach; n11 active"
        );
    }

    #[test]
    fn before_the_start_everything_can_still_happen() {
        assert!(!statuses(Vec::new()).contains("out of reach"));
    }

    #[test]
    fn edges_that_lead_nowhere_any_more_fade() {
        let diagram = example::diagram();
        let moment = Moment {
            token: Some(NodeId(11)),
            ..Moment::default()
        };
        let reach = reachable(&diagram, moment.token);
        let status = |edge: u32, from| {
            edge_status(&moment, &reach, &[EdgeId(5)], EdgeId(edge), NodeId(from)).name()
        };
        assert_eq!(status(4, 10), "unreachable");
        assert_eq!(status(5, 11), "recent");
    }
}
