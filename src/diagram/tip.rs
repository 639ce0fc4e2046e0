//! What a node tells when it is pointed at: pure, ready to print.

use super::{
    badge::{CheckRow, check_rows, next_words},
    jump::cause_words,
    look::{left_words, node_look},
    scene::SceneNode,
};
use crate::{
    format,
    playback::{Moment, NodeStatus},
};
use coalmine_controller::Time;
use coalmine_flow::NodeId;
use std::collections::BTreeSet;

/// What a node tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tip {
    /// Its label, with its id.
    pub title: String,
    /// What was understood of it.
    pub words: String,
    /// Its state: when the token came, what it waits for, what followed.
    pub lines: Vec<String>,
    /// Every check with its numbers.
    pub rows: Vec<CheckRow>,
}

/// What a node tells at a moment.
pub(super) fn tip(node: &SceneNode, moment: &Moment, reach: &BTreeSet<NodeId>, at: Time) -> Tip {
    let state = moment.node(node.id);
    let mut lines = Vec::new();
    match state.status {
        NodeStatus::Untouched => {
            lines.push(format::sentence_case(
                &node_look(moment, reach, node.id).words,
            ));
        }
        NodeStatus::Active | NodeStatus::Done | NodeStatus::Failed => {
            let times = match state.visits {
                0 | 1 => String::new(),
                more => format!(", visit {more}"),
            };
            lines.push(format!(
                "Entered at {}{times}",
                format::clock(state.entered)
            ));
        }
    }
    if let Some(observing) = moment
        .observing
        .filter(|observing| observing.node == node.id)
    {
        lines.push(format!("Observes, {}", left_words(observing.until, at)));
    }
    let judged = moment.decisions.get(&node.id);
    if let Some(judged) = judged {
        lines.push(format!(
            "{} at {}",
            format::sentence_case(super::badge::verdict_word(judged.decision.verdict)),
            format::clock(judged.at)
        ));
        lines.extend(next_words(judged.decision.next).map(|next| format::sentence_case(&next)));
    }
    for jump in moment.jumps.iter().filter(|jump| jump.from == node.id) {
        lines.push(format!(
            "{} at {}",
            format::sentence_case(&cause_words(&jump.cause)),
            format::clock(jump.at)
        ));
    }
    let probed = moment.probes.get(&node.id);
    Tip {
        title: format!("{} {}", node.id, node.label),
        words: node.words.clone(),
        lines,
        rows: match (judged, probed) {
            (Some(judged), _) => check_rows(&judged.decision.checks),
            (None, Some(probed)) => check_rows([&*probed.checked]),
            (None, None) => Vec::new(),
        },
    }
}
