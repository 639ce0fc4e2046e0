//! What the panel says of the gate that matters: the one ahead, or the one that decided last.

use super::{
    checks::{CheckLine, decision_lines, shared_basis},
    preview::{checks_of, last_change, next_gate, preview},
    view::NowInput,
};
use crate::{
    events::row::node_name,
    format,
    playback::{Judged, Moment},
};
use leptos::prelude::*;

/// What the panel says of a gate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct GateNow {
    pub(super) title: String,
    pub(super) note: String,
    pub(super) lines: Vec<CheckLine>,
}

/// The gate ahead while the canary has traffic; after the end, the last one that decided.
pub(super) fn gate_now(input: NowInput) -> GateNow {
    input.moment.with(|moment| {
        input.diagram.with(|diagram| {
            let ahead = moment
                .token
                .filter(|_| moment.ended.is_none() && 0 < moment.traffic.routed.basis_points())
                .and_then(|token| next_gate(diagram, token));
            match ahead {
                Some(gate) => {
                    let lines = input.recording.with(|recording| {
                        input.project.with(|project| {
                            let since = last_change(recording, moment);
                            let checks = checks_of(&project.policy, gate);
                            preview(checks, recording, since, input.at.get())
                        })
                    });
                    GateNow::new(node_name(diagram, gate), "Next gate, so far", lines)
                }
                None => latest(moment).map_or_else(GateNow::default, |judged| {
                    let name = node_name(diagram, judged.decision.node);
                    let when = format!("Decided at {}", format::clock(judged.at));
                    GateNow::new(name, &when, decision_lines(&judged.decision))
                }),
            }
        })
    })
}

impl GateNow {
    fn new(title: String, when: &str, lines: Vec<CheckLine>) -> Self {
        let basis = shared_basis(&lines);
        let note = if basis.is_empty() {
            when.to_owned()
        } else {
            format!("{when}: {basis}")
        };
        Self { title, note, lines }
    }
}

fn latest(moment: &Moment) -> Option<&Judged> {
    moment.decisions.values().max_by_key(|judged| judged.at)
}
