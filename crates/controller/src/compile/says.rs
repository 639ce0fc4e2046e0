//! What was understood of each node, in a few words that fit on it.

use super::{
    graph::{Graph, NodeIx},
    outline,
    paths::{Fate, Paths},
};
use crate::{
    policy::{Policy, WindowSource},
    role::{Meaning, Role},
    units::Weight,
};
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

/// The meanings of all nodes, in the order of the text.
pub(crate) fn meanings(graph: &Graph<'_>, paths: &Paths, policy: &Policy) -> Vec<Meaning> {
    let meaning = |at: NodeIx| Meaning {
        node: graph.node(at).id,
        role: graph.roles[at].clone(),
        words: words(graph, paths, policy, at),
        share_span: graph.share_spans[at],
    };
    (0..graph.roles.len()).map(meaning).collect()
}

fn words(graph: &Graph<'_>, paths: &Paths, policy: &Policy, at: NodeIx) -> String {
    let node = graph.node(at).id;
    let observed = outline::observation(graph, paths, policy, at);
    let window = observed.map(|(window, source)| match source {
        WindowSource::Policy => format!("{window} (policy)"),
        WindowSource::Node | WindowSource::Drawn => window.to_string(),
    });
    match (&graph.roles[at], window) {
        (Role::Start, _) => "begins".into(),
        (Role::End, _) => "ends".into(),
        (Role::Build, _) => "builds the image".into(),
        (Role::Push, _) => "pushes the image".into(),
        (Role::Pods(share), _) => format!("{share} of pods"),
        (Role::Raise(share), _) => format!("{share} of pods, then traffic"),
        (Role::Split(Some(share)), _) => format!("{share} of traffic"),
        (Role::Split(None), _) => match last_share(paths, at) {
            Some(share) => format!("{share} of traffic"),
            None => "traffic as last deployed".into(),
        },
        (Role::Wait(_), Some(window)) => format!("observes {window}"),
        (Role::Wait(_), None) => "observes".into(),
        // There is little room: that the policy says how long is told by the lint.
        (Role::Probe { metrics, .. }, _) => {
            let metrics: Vec<String> = metrics.iter().map(ToString::to_string).collect();
            let metrics = metrics.join(", ");
            match observed {
                Some((window, _)) => format!("observes {window}, measures {metrics}"),
                None => format!("measures {metrics}"),
            }
        }
        (Role::Gate, _) => {
            let checks: String = match policy.checks_of(node).len() {
                1 => "1 check".into(),
                many => format!("{many} checks"),
            };
            match observed {
                Some((window, _)) => format!("holds {window}, {checks}"),
                None => checks,
            }
        }
        (Role::RollBack, _) => "rolls back".into(),
        (Role::Success, _) => "stable takes over".into(),
        (Role::Complete | Role::Milestone, _) => "passes on".into(),
        (Role::Unknown, _) => "not understood, passes on".into(),
    }
}

/// The last percentage passed before this node, where all paths agree.
fn last_share(paths: &Paths, at: NodeIx) -> Option<Weight> {
    let mut shares = paths.arrivals[at]
        .iter()
        .filter_map(|token| match token.fate {
            Fate::Present { share, .. } => Some(share),
            Fate::Absent | Fate::RolledBack | Fate::Promoted => None,
        });
    let first = shares.next()?;
    shares.all(|share| share == first).then_some(first)
}
