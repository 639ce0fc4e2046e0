//! SCENARIO: what stable looks like, and how long the platform takes for things.

use super::{Param, param_field::ParamField};
use crate::state::draft::Draft;
use leptos::prelude::*;

const WORLD: [Param; 8] = [
    Param::Rate,
    Param::Replicas,
    Param::LatencyMedian,
    Param::LatencySigma,
    Param::ErrorRate,
    Param::Cpu,
    Param::Memory,
    Param::Slow,
];

const PLATFORM: [Param; 8] = [
    Param::Build,
    Param::Push,
    Param::PodStart,
    Param::ReadyDeadline,
    Param::RouterDelay,
    Param::Drain,
    Param::Scrape,
    Param::Tail,
];

/// The world that the rollout happens in.
#[component]
pub fn TrafficPanel(
    /// The project.
    draft: Draft,
) -> impl IntoView {
    let fields = move |params: [Param; 8]| {
        params
            .map(|param| view! { <ParamField draft param /> })
            .collect_view()
    };
    view! {
        <section class="panel panel-traffic" aria-labelledby="traffic-panel">
            <h2 id="traffic-panel" class="panel-title">"Scenario"</h2>
            <div class="fields">{fields(WORLD)}</div>
            <details class="panel-more">
                <summary>"Platform times"</summary>
                <div class="fields">{fields(PLATFORM)}</div>
            </details>
        </section>
    }
}
