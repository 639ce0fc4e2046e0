//! The diagram as a graph of roles: who leads where, the start, what can be reached, and the rules of its shape.

use super::findings::{Findings, Title};
use crate::{
    role::Role,
    vocabulary::{self, Answer, Degree},
};
use alloc::{collections::BTreeMap, format, vec, vec::Vec};
use coalmine_flow::{Diagnostic, Diagram, Edge, EdgeId, Node, NodeId, TextSpan};

/// The place of a node in [`Diagram::nodes`].
pub(crate) type NodeIx = usize;

/// An edge that leaves a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Way {
    pub(crate) edge: EdgeId,
    pub(crate) to: NodeIx,
}

/// A diagram whose nodes have roles.
pub(crate) struct Graph<'a> {
    pub(crate) diagram: &'a Diagram,
    pub(crate) roles: Vec<Role>,
    pub(crate) share_spans: Vec<Option<TextSpan>>,
    pub(crate) ways: Vec<Vec<Way>>,
    pub(crate) start: Option<NodeIx>,
    pub(crate) reachable: Vec<bool>,
}

impl<'a> Graph<'a> {
    /// Reads every node; what is not clear goes to `findings`.
    pub(crate) fn new(diagram: &'a Diagram, findings: &mut Vec<Diagnostic>) -> Self {
        let mut index: BTreeMap<NodeId, NodeIx> = BTreeMap::new();
        for (at, node) in diagram.nodes.iter().enumerate() {
            index.entry(node.id).or_insert(at);
        }
        let mut ways = vec![Vec::new(); diagram.nodes.len()];
        let mut incoming = vec![0; diagram.nodes.len()];
        for (edge, number) in diagram.edges.iter().zip(0..) {
            if let (Some(&from), Some(&to)) = (index.get(&edge.from), index.get(&edge.to)) {
                let edge = EdgeId(number);
                ways[from].push(Way { edge, to });
                incoming[to] += 1;
            }
        }
        let mut graph = Self {
            diagram,
            roles: Vec::new(),
            share_spans: Vec::new(),
            ways,
            start: None,
            reachable: vec![false; diagram.nodes.len()],
        };
        for (at, node) in diagram.nodes.iter().enumerate() {
            let degree = Degree {
                incoming: incoming[at],
                outgoing: graph.ways[at].len(),
            };
            let understood = vocabulary::read(node, degree);
            graph.roles.push(understood.role);
            graph.share_spans.push(understood.share_span);
            findings.extend(understood.findings);
        }
        graph.start = graph.find_start(findings);
        graph.reach();
        graph
    }

    /// The node at this place.
    pub(crate) fn node(&self, at: NodeIx) -> &'a Node {
        &self.diagram.nodes[at]
    }

    /// The edge of a way.
    pub(crate) fn edge(&self, way: Way) -> &'a Edge {
        self.diagram
            .edge(way.edge)
            .expect("ways are edges of the diagram")
    }

    /// The places of all nodes that the token may reach.
    pub(crate) fn reached(&self) -> impl Iterator<Item = NodeIx> {
        (0..self.roles.len()).filter(|&at| self.reachable[at])
    }

    /// The ways out of a gate: the one for this answer, where there is exactly one.
    pub(crate) fn answered(&self, gate: NodeIx, answer: Answer) -> Option<Way> {
        let mut fitting = self.ways[gate]
            .iter()
            .filter(|way| self.answer(**way) == Some(answer));
        match (fitting.next(), fitting.next()) {
            (Some(way), None) => Some(*way),
            (_, _) => None,
        }
    }

    /// The first gate at or behind this node along single edges.
    pub(crate) fn gate_ahead(&self, from: NodeIx) -> Option<NodeIx> {
        let mut at = from;
        for _ in 0..=self.roles.len() {
            match (&self.roles[at], self.ways[at].as_slice()) {
                (Role::Gate, _) => return Some(at),
                (Role::End, _) => return None,
                (_, [only]) => at = only.to,
                (_, _) => return None,
            }
        }
        None
    }

    /// Whether this node is a rollback or passes on to one through nodes that do nothing.
    pub(crate) fn leads_to_rollback(&self, from: NodeIx) -> bool {
        let mut at = from;
        for _ in 0..=self.roles.len() {
            match (&self.roles[at], self.ways[at].as_slice()) {
                (Role::RollBack, _) => return true,
                (Role::Complete | Role::Milestone | Role::Unknown, [only]) => at = only.to,
                (_, _) => return false,
            }
        }
        false
    }

    fn answer(&self, way: Way) -> Option<Answer> {
        vocabulary::answer(self.edge(way).label.as_deref()?)
    }

    fn find_start(&self, findings: &mut Vec<Diagnostic>) -> Option<NodeIx> {
        let starts = (0..self.roles.len()).filter(|&at| self.roles[at] == Role::Start);
        let starts: Vec<NodeIx> = starts.collect();
        match starts.as_slice() {
            [] if self.roles.is_empty() => findings.error(
                "empty-diagram",
                TextSpan::default(),
                "the diagram has no nodes".into(),
                "begin with a circle labelled \"Start\" inside a lane",
            ),
            [] => findings.error(
                "no-start",
                self.node(0).span,
                "the diagram has no start".into(),
                "add a circle labelled \"Start\" and lead it to the first step",
            ),
            [_] => {}
            [first, others @ ..] => {
                for &other in others {
                    let (first, node) = (self.node(*first).id, self.node(other));
                    findings.error(
                        "several-starts",
                        node.span,
                        format!(
                            "{} is a start, but so is {first}; there is one token",
                            node.id
                        ),
                        "keep one start",
                    );
                }
            }
        }
        starts.first().copied()
    }

    fn reach(&mut self) {
        let mut open: Vec<NodeIx> = self.start.into_iter().collect();
        while let Some(at) = open.pop() {
            if !core::mem::replace(&mut self.reachable[at], true) && self.roles[at] != Role::End {
                open.extend(self.ways[at].iter().map(|way| way.to));
            }
        }
    }

    /// The rules of shape, for all that the token can reach.
    pub(crate) fn check(&self, findings: &mut Vec<Diagnostic>) {
        for at in 0..self.roles.len() {
            let node = self.node(at);
            match (&self.roles[at], self.reachable[at], self.ways[at].as_slice()) {
                (Role::Start, false, _) | (Role::End, true, []) => {}
                (_, false, _) if self.start.is_some() => findings.warning(
                    "unreachable",
                    node.span,
                    format!("no path leads to {} ({})", node.id, node.title()),
                    "lead an edge to it, or remove it",
                ),
                (Role::Gate, true, _) => self.check_gate(at, findings),
                (Role::End, true, [first, ..]) => findings.warning(
                    "edge-after-end",
                    self.edge(*first).span,
                    format!("the run is over at {}; this edge is never travelled", node.id),
                    "remove the edge, or give the circle another label",
                ),
                (_, true, []) => findings.error(
                    "dead-end",
                    node.span,
                    format!("{} ({}) leads nowhere and is not an end", node.id, node.title()),
                    "lead it on, in the end to a circle labelled \"End\"",
                ),
                (_, false, _) | (_, true, [_]) => {}
                (_, true, [_, second, ..]) => findings.error(
                    "several-ways-out",
                    self.edge(*second).span,
                    format!("{} has several ways out, but there is one token and only a diamond decides", node.id),
                    "make it a diamond, or keep one edge",
                ),
            }
        }
    }

    fn check_gate(&self, at: NodeIx, findings: &mut Vec<Diagnostic>) {
        let node = self.node(at);
        let ways = self.ways[at].as_slice();
        if ways.is_empty() {
            return findings.error(
                "gate-without-exit",
                node.span,
                format!("the gate {} has no way out", node.id),
                "lead one edge labelled \"Yes\" and one labelled \"No\" out of it",
            );
        }
        let mut unclear = ways
            .iter()
            .filter(|way| self.answer(**way).is_none())
            .peekable();
        if unclear.peek().is_some() {
            return unclear.for_each(|way| {
                let edge = self.edge(*way);
                let label = edge.label.as_deref().unwrap_or_default();
                findings.error(
                    "gate-ambiguous",
                    edge.span,
                    format!(
                        "the label \"{label}\" of this edge of the gate {} says neither yes nor no",
                        node.id
                    ),
                    "label it \"Yes\" or \"No\"",
                );
            });
        }
        for (answer, word) in [(Answer::Yes, "Yes"), (Answer::No, "No")] {
            let mut fitting = ways.iter().filter(|way| self.answer(**way) == Some(answer));
            match (fitting.next(), fitting.next()) {
                (None, _) => findings.error(
                    "gate-missing-edge",
                    node.span,
                    format!("the gate {} has no edge for {word}", node.id),
                    "lead one edge labelled \"Yes\" and one labelled \"No\" out of it",
                ),
                (Some(_), None) => {}
                (Some(_), Some(second)) => findings.error(
                    "gate-ambiguous",
                    self.edge(*second).span,
                    format!("the gate {} has several edges for {word}", node.id),
                    "keep one",
                ),
            }
        }
    }
}
