//! What moves between two events: the ring of an observation, the breath of the active node, the token on its way.

use super::{
    geometry::Spot,
    scene::Scene,
    token::{Travel, token_at, way},
};
use crate::playback::{Departure, Moment};
use coalmine_controller::Time;
use coalmine_flow::NodeId;
use leptos::prelude::*;
use std::sync::Arc;

/// Above which pixel of growth the ring lies around its node.
const RING: f64 = 4.0;
/// The ring moves in this many steps a turn: finer than the eye, coarser than the frames.
const RING_STEPS: f64 = 500.0;

/// Everything that lies above the nodes and moves.
#[component]
pub fn Overlay(
    /// Where it is drawn.
    scene: Arc<Scene>,
    /// What is on screen.
    #[prop(into)]
    moment: Signal<Arc<Moment>>,
    /// The token's latest move.
    #[prop(into)]
    departure: Signal<Option<Departure>>,
    /// How moves are shown.
    #[prop(into)]
    travel: Signal<Travel>,
    /// The playhead.
    #[prop(into)]
    at: Signal<Time>,
) -> impl IntoView {
    let outline = {
        let scene = Arc::clone(&scene);
        move |node: Option<NodeId>, by: f64| {
            node.and_then(|node| scene.node(node))
                .map_or_else(String::new, |node| node.outline(by))
        }
    };
    let active =
        Memo::new(move |_| moment.with(|moment| moment.token.filter(|_| moment.ended.is_none())));
    let observing = Memo::new(move |_| moment.with(|moment| moment.observing));
    let filled = Memo::new(move |_| {
        let share = observing
            .get()
            .map_or(0.0, |observing| observing.progress(at.get()));
        (share * RING_STEPS).floor() / RING_STEPS * 100.0
    });
    let breath = {
        let outline = outline.clone();
        move || outline(active.get(), RING)
    };
    let ring = move || outline(observing.get().map(|observing| observing.node), RING);
    let track = ring.clone();
    let points = Memo::new(move |_| {
        departure.with(|departure| {
            departure
                .as_ref()
                .map_or_else(Vec::new, |departure| way(&scene, departure))
        })
    });
    let token = Memo::new(move |_| {
        if travel.get() != Travel::Token {
            return None;
        }
        departure
            .with(|departure| points.with(|points| token_at(points, departure.as_ref()?, at.get())))
    });
    let place = move || {
        let Spot { x, y } = token.get().unwrap_or_default();
        format!("translate({x:.1} {y:.1})")
    };
    view! {
        <g class="flow-overlay" aria-hidden="true">
            <path class="flow-breath" d=breath />
            <path class="flow-ring-track" d=track />
            <path
                class="flow-ring"
                pathLength="100"
                d=ring
                stroke-dasharray=move || format!("{:.1} 100", filled.get())
            />
            <circle
                class="flow-token"
                class:flow-token-moves=move || token.get().is_some()
                r="6"
                transform=place
            />
        </g>
    }
}
