//! The picture on the page: one drawing, redrawn when a pod or the split changes; its numbers follow the scrapes.

use super::{
    marks::{group, router, stream, users},
    picture::{WIDTH, picture, rate_words, rates},
};
use crate::playback::{Moment, Recording};
use coalmine_controller::Time;
use leptos::prelude::*;
use std::sync::Arc;

/// Everything that the picture reads.
#[derive(Clone, Copy)]
pub struct TrafficInput {
    /// What is on screen.
    pub moment: Signal<Arc<Moment>>,
    /// What was received of the run.
    pub recording: Signal<Arc<Recording>>,
    /// The instant on screen.
    pub at: Signal<Time>,
    /// Whether the run moves: only then do requests.
    pub playing: Signal<bool>,
}

/// Users, router, pods.
#[component]
pub fn TrafficPanel(
    /// What it reads.
    input: TrafficInput,
) -> impl IntoView {
    let drawn = Memo::new(move |_| input.moment.with(|moment| picture(moment)));
    let rates = Memo::new(move |_| {
        let rates = input
            .recording
            .with(|recording| rates(recording, input.at.get()));
        rates.map(rate_words)
    });
    let box_of = move || format!("0 0 {WIDTH} {}", drawn.with(|picture| picture.height));
    view! {
        <section class="panel traffic" aria-labelledby="traffic-title">
            <h2 id="traffic-title">"Traffic"</h2>
            <svg
                class="traffic-picture"
                class:is-flowing=move || input.playing.get()
                viewBox=box_of
                role="img"
                aria-label=move || drawn.with(|picture| picture.summary.clone())
            >
                {move || {
                    let picture = drawn.get();
                    let middle = picture.router_y;
                    let streams = picture.flows.iter().map(|flow| stream(flow, middle)).collect_view();
                    let groups = picture.flows.iter().map(|flow| group(flow, rates)).collect_view();
                    view! {
                        <path class="stream stream-users" d=format!("M34 {middle} H80") />
                        {streams}
                        {users(middle)}
                        {router(middle)}
                        {groups}
                    }
                }}
            </svg>
        </section>
    }
}
