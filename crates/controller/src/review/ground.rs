//! What the rules of a review look at: the roles, the paths, the policy, and the world around.

use super::{Finding, Repair, Surroundings, sketch::Sketch};
use crate::{
    compile::{
        graph::{Graph, NodeIx, Way},
        outline,
        paths::{self, Paths, Seen, Token},
    },
    policy::Policy,
    role::Role,
    units::{Millis, Weight},
};
use alloc::{string::String, vec, vec::Vec};
use coalmine_flow::{EdgeId, NodeId, Parsed, Severity, TextSpan};

/// A rollout that runs.
pub(super) struct Ground<'g> {
    pub(super) code: &'g str,
    pub(super) graph: Graph<'g>,
    pub(super) paths: Paths,
    pub(super) policy: &'g Policy,
    pub(super) around: Surroundings,
}

impl<'g> Ground<'g> {
    /// Nothing where the drawing cannot run.
    pub(super) fn new(
        parsed: &'g Parsed,
        policy: &'g Policy,
        around: Surroundings,
    ) -> Option<Self> {
        let runs = parsed.is_sound()
            && crate::compile::compile_to_look_at(&parsed.diagram, policy)
                .plan
                .is_some();
        if !runs {
            return None;
        }
        // What is unclear was told by the compiler.
        let graph = Graph::new(&parsed.diagram, &mut Vec::new());
        Some(Self {
            code: parsed.syntax.text(),
            paths: Paths::walk(&graph, policy),
            graph,
            policy,
            around,
        })
    }

    pub(super) fn id(&self, at: NodeIx) -> NodeId {
        self.graph.node(at).id
    }

    /// A node as a sentence names it.
    pub(super) fn named(&self, at: NodeIx) -> String {
        let node = self.graph.node(at);
        alloc::format!("{} ({})", node.id, node.label)
    }

    pub(super) fn role(&self, at: NodeIx) -> &Role {
        &self.graph.roles[at]
    }

    /// The ways that lead to a node, from nodes that the token reaches.
    pub(super) fn into(&self, to: NodeIx) -> impl Iterator<Item = (NodeIx, Way)> {
        self.graph.reached().flat_map(move |from| {
            let ways = self.graph.ways[from].iter();
            ways.filter(move |way| way.to == to)
                .map(move |way| (from, *way))
        })
    }

    /// The tokens that leave a node.
    pub(super) fn leaving(&self, at: NodeIx) -> impl Iterator<Item = Token> {
        let arrivals = self.paths.arrivals[at].iter();
        arrivals.map(move |token| paths::pass(&self.graph, self.policy, at, *token).0)
    }

    /// The smallest share of traffic with which a token arrives that has a canary; nothing where none has.
    pub(super) fn least_traffic(&self, at: NodeIx) -> Option<Weight> {
        let arrivals = self.paths.arrivals[at].iter();
        let shares = arrivals.map(|token| token.fate.traffic());
        shares.filter(|share| *share != Weight::ZERO).min()
    }

    /// Whether a token may arrive before anything observed.
    pub(super) fn arrives_unobserved(&self, at: NodeIx) -> bool {
        let arrivals = self.paths.arrivals[at].iter();
        arrivals.clone().any(|token| token.seen == Seen::Nothing)
    }

    /// How long is observed at a node, where anything is.
    pub(super) fn observation(&self, at: NodeIx) -> Option<Millis> {
        let found = outline::observation(&self.graph, &self.paths, self.policy, at);
        found.map(|(window, _)| window)
    }

    /// Backwards from a node, over those that `passes` lets through: the nodes at which that ends.
    pub(super) fn behind(
        &self,
        from: NodeIx,
        passes: impl Fn(&Role) -> bool,
    ) -> Vec<(NodeIx, Way)> {
        let mut seen = vec![false; self.graph.roles.len()];
        let (mut open, mut found) = (vec![from], Vec::new());
        while let Some(at) = open.pop() {
            for (before, way) in self.into(at) {
                if core::mem::replace(&mut seen[before], true) {
                    continue;
                }
                if passes(self.role(before)) {
                    open.push(before);
                } else {
                    found.push((before, way));
                }
            }
        }
        found
    }

    /// A rollback that is drawn: the one that the nearest gate behind leads to, else the first.
    pub(super) fn rollback_near(&self, at: NodeIx) -> Option<NodeIx> {
        let gates = self.behind(at, |role| *role != Role::Gate);
        let no = gates.iter().find_map(|(gate, _)| {
            let ways = self.graph.ways[*gate].iter();
            ways.map(|way| way.to)
                .find(|to| *self.role(*to) == Role::RollBack)
        });
        no.or_else(|| {
            let mut reached = self.graph.reached();
            reached.find(|at| *self.role(*at) == Role::RollBack)
        })
    }

    /// A finding about a node.
    pub(super) fn finding(
        &self,
        (code, severity): (&'static str, Severity),
        at: Option<NodeIx>,
        why: String,
        repairs: impl IntoIterator<Item = Repair>,
    ) -> Finding {
        let node = at.map(|at| self.graph.node(at));
        Finding {
            code,
            severity,
            why,
            node: node.map(|node| node.id),
            span: node.map_or_else(TextSpan::default, |node| node.span),
            repairs: repairs.into_iter().collect(),
        }
    }

    /// A repair of the drawing; nothing where it could not be changed so.
    pub(super) fn draw(&self, title: String, change: impl FnOnce(&mut Sketch)) -> Option<Repair> {
        let mut sketch = Sketch::of(self.code);
        change(&mut sketch);
        Some(Repair {
            title,
            code: sketch.finish()?,
            policy: self.policy.clone(),
        })
    }

    /// A repair of the policy.
    pub(super) fn set(&self, title: String, change: impl FnOnce(&mut Policy)) -> Repair {
        let mut policy = self.policy.clone();
        change(&mut policy);
        Repair {
            title,
            code: self.code.into(),
            policy,
        }
    }
}

/// The first edge of these ways.
pub(super) fn first_edge(ways: &[(NodeIx, Way)]) -> Option<EdgeId> {
    ways.first().map(|(_, way)| way.edge)
}
