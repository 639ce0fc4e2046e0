//! What the picture shows of the run, as memos: each wakes its readers only when what they show has changed.

use super::{
    look::{EdgeStatus, NodeLook, edge_status, node_look, recent_edges},
    reach::reachable,
    scene::Scene,
    token::{Travel, travel},
};
use crate::{
    playback::{Departure, Jump, Moment, Recording, departure, path_words},
    state::playhead::{Motion, Playhead},
};
use coalmine_controller::Time;
use coalmine_flow::{EdgeId, NodeId};
use leptos::prelude::*;
use std::{collections::BTreeSet, sync::Arc};

/// What the picture reads.
#[derive(Clone, Copy)]
pub struct Reads {
    /// What was told of the run.
    pub recording: Signal<Arc<Recording>>,
    /// What is on screen.
    pub moment: Signal<Arc<Moment>>,
    /// The instant on screen.
    pub at: Signal<Time>,
    /// Motion and speed.
    pub playhead: Signal<Playhead>,
    /// Whether nothing shall travel.
    pub is_calm: Signal<bool>,
    /// The chosen node.
    pub selected: Signal<Option<NodeId>>,
}

/// What follows from it.
#[derive(Clone, Copy)]
pub(super) struct Live {
    reads: Reads,
    reach: Memo<BTreeSet<NodeId>>,
    recent: Memo<Vec<EdgeId>>,
    /// Every node that the token entered, as in `n1 n2 n3`.
    pub(super) path: Memo<String>,
    /// The token's latest move.
    pub(super) departure: Memo<Option<Departure>>,
    /// Where the token left the drawn path.
    pub(super) jumps: Memo<Vec<Arc<Jump>>>,
    /// How moves are shown.
    pub(super) travel: Memo<Travel>,
    /// The value of `data-motion`.
    pub(super) motion: Memo<&'static str>,
}

impl Live {
    pub(super) fn new(scene: Arc<Scene>, reads: Reads) -> Self {
        let Reads {
            recording,
            moment,
            at,
            playhead,
            is_calm,
            ..
        } = reads;
        let token = Memo::new(move |_| moment.with(|moment| moment.token));
        let events = Memo::new(move |_| moment.with(|moment| moment.events));
        let is_playing = Memo::new(move |_| playhead.get().motion == Motion::Playing);
        let travel = Memo::new(move |_| travel(playhead.get().speed.factor(), is_calm.get()));
        Self {
            reads,
            reach: Memo::new(move |_| reachable(&scene.diagram, token.get())),
            recent: Memo::new(move |_| match travel.get() {
                Travel::Glow(glow) if is_playing.get() => {
                    moment.with(|moment| recent_edges(moment, at.get(), glow))
                }
                Travel::Glow(_) | Travel::Token | Travel::Still => Vec::new(),
            }),
            path: Memo::new(move |_| {
                recording.with(|recording| path_words(recording, events.get()))
            }),
            departure: Memo::new(move |_| {
                recording.with(|recording| departure(recording, events.get()))
            }),
            jumps: Memo::new(move |_| moment.with(|moment| moment.jumps.clone())),
            travel,
            motion: Memo::new(move |_| {
                if is_playing.get() {
                    "playing"
                } else {
                    "paused"
                }
            }),
        }
    }

    /// What a node looks like.
    pub(super) fn node(self, node: NodeId) -> Memo<NodeLook> {
        let (moment, reach) = (self.reads.moment, self.reach);
        Memo::new(move |_| moment.with(|moment| reach.with(|reach| node_look(moment, reach, node))))
    }

    /// What an edge looks like that leaves `from`.
    pub(super) fn edge(self, edge: EdgeId, from: NodeId) -> Memo<EdgeStatus> {
        let Self { reach, recent, .. } = self;
        let moment = self.reads.moment;
        Memo::new(move |_| {
            moment.with(|moment| {
                reach.with(|reach| {
                    recent.with(|recent| edge_status(moment, reach, recent, edge, from))
                })
            })
        })
    }

    /// Whether a node is the chosen one.
    pub(super) fn is_selected(self, node: NodeId) -> Memo<bool> {
        let selected = self.reads.selected;
        Memo::new(move |_| selected.get() == Some(node))
    }
}
