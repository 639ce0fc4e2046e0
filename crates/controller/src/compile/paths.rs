//! Where the token may stand, and with what behind it: every path through the diagram, run without clock or metrics.
//!
//! What a node does can depend on the path that led to it: a gate holds where nothing observed before, a split needs a
//! percentage that was passed. So the lint sends a token that remembers just that along every edge.

use super::graph::{Graph, NodeIx};
use crate::{
    policy::Policy,
    role::Role,
    units::{Millis, Weight},
};
use alloc::{
    collections::{BTreeMap, BTreeSet},
    vec,
    vec::Vec,
};

/// More pairs of node and token than any drawing by hand comes to.
const LIMIT: usize = 100_000;

/// What is known of the canary on a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fate {
    /// Nothing was deployed yet.
    Absent,
    /// It was deployed.
    Present {
        /// The last percentage passed.
        share: Weight,
        /// What the router was last set to.
        traffic: Weight,
    },
    /// It was rolled back.
    RolledBack,
    /// It became stable.
    Promoted,
}

/// What observed since the last change of weight on a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Seen {
    /// Neither a wait nor a probe.
    Nothing,
    /// A wait.
    Waited,
    /// A probe.
    Probed,
}

/// A token that remembers what matters of its path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Token {
    pub(crate) fate: Fate,
    pub(crate) seen: Seen,
}

/// Whether a node takes time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pace {
    /// The token leaves at the instant of its arrival.
    Instant,
    /// A command is carried out, or a window observed.
    Takes,
}

/// The tokens that may arrive at each node.
pub(crate) struct Paths {
    pub(crate) arrivals: Vec<BTreeSet<Token>>,
    /// Whether all paths were walked.
    pub(crate) complete: Completeness,
}

/// Whether all paths were walked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Completeness {
    All,
    /// There are too many.
    CutOff,
}

impl Paths {
    /// Walks every path from the start.
    pub(crate) fn walk(graph: &Graph<'_>, policy: &Policy) -> Self {
        let mut arrivals = vec![BTreeSet::new(); graph.roles.len()];
        let begin = Token {
            fate: Fate::Absent,
            seen: Seen::Nothing,
        };
        let mut open: Vec<(NodeIx, Token)> =
            graph.start.map(|at| (at, begin)).into_iter().collect();
        let mut known = 0;
        while let Some((at, token)) = open.pop() {
            if !arrivals[at].insert(token) {
                continue;
            }
            known += 1;
            if known == LIMIT {
                return Self {
                    arrivals,
                    complete: Completeness::CutOff,
                };
            }
            let (behind, _) = pass(graph, policy, at, token);
            open.extend(
                graph.ways[at]
                    .iter()
                    .map(|way| (way.to, behind))
                    .filter(|_| graph.roles[at] != Role::End),
            );
        }
        Self {
            arrivals,
            complete: Completeness::All,
        }
    }

    /// A node on a circle that a token could go round without time passing.
    pub(crate) fn endless_loop(&self, graph: &Graph<'_>, policy: &Policy) -> Option<NodeIx> {
        let mut colours: BTreeMap<(NodeIx, Token), Colour> = BTreeMap::new();
        for (at, tokens) in self.arrivals.iter().enumerate() {
            for &token in tokens {
                let mut open = vec![Visit::Enter(at, token)];
                while let Some(visit) = open.pop() {
                    let (at, token) = match visit {
                        Visit::Leave(at, token) => {
                            colours.insert((at, token), Colour::Black);
                            continue;
                        }
                        Visit::Enter(at, token) => (at, token),
                    };
                    match colours.get(&(at, token)) {
                        Some(Colour::Grey) => return Some(at),
                        Some(Colour::Black) => continue,
                        None => {}
                    }
                    let (behind, pace) = pass(graph, policy, at, token);
                    if pace == Pace::Takes || graph.roles[at] == Role::End {
                        colours.insert((at, token), Colour::Black);
                        continue;
                    }
                    colours.insert((at, token), Colour::Grey);
                    open.push(Visit::Leave(at, token));
                    open.extend(
                        graph.ways[at]
                            .iter()
                            .map(|way| Visit::Enter(way.to, behind)),
                    );
                }
            }
        }
        None
    }
}

/// A step of the search in depth.
#[derive(Clone, Copy)]
enum Visit {
    Enter(NodeIx, Token),
    Leave(NodeIx, Token),
}

/// Grey on the path being searched, black once searched.
#[derive(Clone, Copy)]
enum Colour {
    Grey,
    Black,
}

/// What a token is behind a node, and whether the node took time.
pub(crate) fn pass(graph: &Graph<'_>, policy: &Policy, at: NodeIx, token: Token) -> (Token, Pace) {
    let node = graph.node(at).id;
    let Token { fate, seen } = token;
    let after_change = |fate| Token {
        fate,
        seen: Seen::Nothing,
    };
    let observes = |window: Option<Millis>| match policy.observation_of(node, window) {
        (Millis(0), _) => Pace::Instant,
        _ => Pace::Takes,
    };
    match &graph.roles[at] {
        Role::Start | Role::End | Role::Complete | Role::Milestone | Role::Unknown => {
            (token, Pace::Instant)
        }
        Role::Build | Role::Push => (token, Pace::Takes),
        Role::Pods(share) => {
            let traffic = fate.traffic();
            let fate = Fate::Present {
                share: *share,
                traffic,
            };
            (Token { fate, seen }, Pace::Takes)
        }
        Role::Raise(share) => {
            let fate = Fate::Present {
                share: *share,
                traffic: *share,
            };
            (after_change(fate), Pace::Takes)
        }
        Role::Split(own) => match (fate, own) {
            (Fate::Present { share, .. }, own) => {
                let traffic = own.unwrap_or(share);
                (after_change(Fate::Present { share, traffic }), Pace::Takes)
            }
            (Fate::Absent | Fate::RolledBack | Fate::Promoted, _) => (token, Pace::Instant),
        },
        Role::Wait(drawn) => {
            let seen = seen.max(Seen::Waited);
            (Token { fate, seen }, observes(*drawn))
        }
        Role::Probe { window, .. } => {
            let pace = match seen {
                Seen::Probed => Pace::Instant,
                Seen::Nothing | Seen::Waited => observes(*window),
            };
            let seen = Seen::Probed;
            (Token { fate, seen }, pace)
        }
        Role::Gate => match seen {
            Seen::Nothing => (token, observes(None)),
            Seen::Waited | Seen::Probed => (token, Pace::Instant),
        },
        Role::RollBack => match fate {
            Fate::Present { .. } => (after_change(Fate::RolledBack), Pace::Takes),
            Fate::Absent | Fate::RolledBack | Fate::Promoted => {
                (after_change(Fate::RolledBack), Pace::Instant)
            }
        },
        Role::Success => (after_change(Fate::Promoted), Pace::Takes),
    }
}

impl Fate {
    /// What the router was last set to.
    pub(crate) fn traffic(self) -> Weight {
        match self {
            Self::Present { traffic, .. } => traffic,
            Self::Absent | Self::RolledBack | Self::Promoted => Weight::ZERO,
        }
    }
}
