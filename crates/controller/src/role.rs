//! What a node means: the roles of a rollout, each carrying what only it needs.

use crate::{
    query::Metric,
    units::{Millis, Weight},
};
use alloc::{string::String, vec::Vec};
use coalmine_flow::{NodeId, TextSpan};

/// What a node does when the token stands on it.
///
/// Shares are more than nothing and at most everything: what a label says beyond that is an error, not a role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// The run begins here.
    Start,
    /// The run ends here.
    End,
    /// The image is built.
    Build,
    /// The image is pushed.
    Push,
    /// Canary pods are asked for: this share of the replicas.
    Pods(Weight),
    /// Pods, then traffic, are raised to this share.
    Raise(Weight),
    /// The router is set: to the share in the label, or to the last percentage passed.
    Split(Option<Weight>),
    /// Observation: as long as the label says, or as the policy says.
    Wait(Option<Millis>),
    /// Metrics are measured; the first probe after a change of weight observes before.
    Probe {
        /// What is measured, at least one.
        metrics: Vec<Metric>,
        /// Observation as the label says.
        window: Option<Millis>,
    },
    /// A decision.
    Gate,
    /// The rollback is carried out.
    RollBack,
    /// Stable takes over the new version.
    Success,
    /// A remark such as "Complete rollout": the token passes on.
    Complete,
    /// A circle on the way: the token passes on.
    Milestone,
    /// Not understood: the token passes on, and a diagnostic says so.
    Unknown,
}

/// What was understood of one node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meaning {
    /// The node.
    pub node: NodeId,
    /// What it does.
    pub role: Role,
    /// The same in a few words, to be shown on the node.
    pub words: String,
    /// The number of the percentage in the label, as bytes of the text, where the label stands there as it reads.
    pub share_span: Option<TextSpan>,
}
