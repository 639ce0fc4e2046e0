//! The diagram with how often each path is taken: what never happens cannot protect anybody.

use super::coverage_look::{EdgeCover, NodeCover, edge_cover, jumps, node_cover, summary};
use crate::{
    diagram::{Scene, SceneEdge, SceneLane, SceneNode},
    state::{analysis::words_of, session::Session},
};
use coalmine_lab::{Passages, Report};
use leptos::prelude::*;
use std::sync::Arc;

/// The diagram, covered.
#[component]
pub fn Coverage(
    /// The session.
    session: Session,
    /// What was found.
    report: Memo<Option<Arc<Report>>>,
) -> impl IntoView {
    let scene = Memo::new(move |_| {
        session.draft.drawing().with(|drawing| {
            let words = words_of(&drawing.meanings);
            Arc::new(Scene::new(&drawing.diagram, &drawing.layout, &words))
        })
    });
    let passages = Memo::new(move |_| {
        report.with(|report| {
            let report = report.as_ref();
            report.map_or_else(Passages::default, |report| report.passages.clone())
        })
    });
    let told = move || scene.with(|scene| passages.with(|passages| summary(scene, passages)));
    view! {
        <section class="lab-section" aria-labelledby="lab-coverage">
            <h2 id="lab-coverage" class="lab-title">
                "Paths " <span class="muted">{told}</span>
            </h2>
            {move || picture(&scene.get(), passages)}
            <p class="lab-jumps muted">
                {move || scene.with(|scene| passages.with(|passages| jumps(scene, passages)))}
            </p>
        </section>
    }
}

fn picture(scene: &Scene, passages: Memo<Passages>) -> impl IntoView + use<> {
    let size = scene.size;
    view! {
        <svg
            class="cover"
            viewBox=format!("0 0 {:.0} {:.0}", size.width, size.height)
            aria-hidden="true"
        >
            {scene.lanes.iter().map(band).collect_view()}
            {scene.edges.iter().map(|edge| line(edge.clone(), passages)).collect_view()}
            {scene.nodes().map(|node| shape(node.clone(), passages)).collect_view()}
            {scene.edges.iter().map(|edge| chip(edge.clone(), passages)).collect_view()}
        </svg>
    }
}

fn band(lane: &SceneLane) -> impl IntoView + use<> {
    let area = lane.area;
    view! {
        <rect class="cover-lane" x=area.x y=area.y width=area.width height=area.height />
        <text class="cover-lane-name" x=lane.header.x + 12.0 y=area.y + 18.0>
            {lane.label.clone()}
        </text>
    }
}

fn line(edge: SceneEdge, passages: Memo<Passages>) -> impl IntoView {
    let (path, head) = (edge.line.clone(), edge.head.clone());
    let cover = Memo::new(move |_| passages.with(|passages| edge_cover(passages, &edge)));
    let width = move || {
        let width = cover.with(|cover| cover.as_ref().map_or(1.5, |cover| cover.width));
        format!("{width:.1}")
    };
    let is_never = move || cover.with(|cover| cover.as_ref().is_some_and(|cover| cover.is_never));
    view! {
        <g class="cover-edge" class:is-never=is_never>
            <path class="cover-line" d=path stroke-width=width />
            <path class="cover-head" d=head />
        </g>
    }
}

fn chip(edge: SceneEdge, passages: Memo<Passages>) -> impl IntoView {
    // Where there is but one way on, the node says it.
    let has_choice = edge.chip.is_some();
    let cover = Memo::new(move |_| passages.with(|passages| edge_cover(passages, &edge)));
    // What every run travels needs no number.
    let told = move || cover.get().filter(|_| has_choice);
    move || {
        told().map(
            |EdgeCover {
                 words,
                 at,
                 is_never,
                 ..
             }| {
                view! {
                    <text class="cover-share" class:is-never=is_never x=at.x y=at.y>{words}</text>
                }
            },
        )
    }
}

fn shape(node: SceneNode, passages: Memo<Passages>) -> impl IntoView {
    let (outline, centre) = (node.outline(0.0), node.area.centre());
    let (right, top) = (node.area.x + node.area.width, node.area.y);
    let lines = node.lines.clone();
    let first = centre.y - 7.0 * (lines.len() as f64 - 1.0);
    let labels = (0_u32..).zip(lines).map(|(place, text)| {
        view! { <text class="cover-label" x=centre.x y=first + 14.0 * f64::from(place)>{text}</text> }
    });
    let labels: Vec<_> = labels.collect();
    let cover = Memo::new(move |_| passages.with(|passages| node_cover(passages, &node)));
    let is_never = move || cover.with(|cover| cover.share == Some(0.0));
    let badge = move || {
        let NodeCover { share, words, .. } = cover.get();
        share.filter(|share| *share < 1.0).map(|_| {
            view! { <text class="cover-share" class:is-never=is_never x=right y=top - 6.0>{words}</text> }
        })
    };
    view! {
        <g class="cover-node" class:is-never=is_never>
            <path class="cover-outline" d=outline />
            {labels}
            {badge}
        </g>
    }
}
