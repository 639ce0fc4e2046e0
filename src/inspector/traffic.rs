//! SCENARIO: the traffic and what stable looks like, always in sight; all else about the world in groups that open.

use super::{
    Knob, Param,
    param_field::ParamField,
    world::{
        Knobs,
        cohorts::Cohorts,
        endpoints::Endpoints,
        group::Group,
        metrics::Metrics,
        platform::{ScalerFields, SplitFields, platform_note},
        traffic_fields::{CLIENTS, TrafficFields, clients_note},
        versions::{CanaryFields, LatencyFields, PodFields, pods_note},
    },
};
use crate::state::draft::Draft;
use coalmine_controller::Version;
use coalmine_sim::Scenario;
use leptos::prelude::*;

const STABLE: [Param; 5] = [
    Param::Replicas,
    Param::ErrorRate,
    Param::Cpu,
    Param::Memory,
    Param::Slow,
];

const TIMES: [Param; 7] = [
    Param::Build,
    Param::Push,
    Param::PodStart,
    Param::ReadyDeadline,
    Param::RouterDelay,
    Param::Drain,
    Param::Tail,
];

/// The world that the rollout happens in.
#[component]
pub fn TrafficPanel(
    /// The project.
    draft: Draft,
) -> impl IntoView {
    view! {
        <section class="panel panel-traffic" aria-labelledby="traffic-panel">
            <h2 id="traffic-panel" class="panel-title">"Scenario"</h2>
            <div class="fields">
                <TrafficFields draft />
                <LatencyFields draft version=Version::Stable />
                {STABLE.map(|param| view! { <ParamField draft param /> }).collect_view()}
            </div>
            <Groups draft />
        </section>
    }
}

/// What is closed until somebody asks for it.
#[component]
fn Groups(
    /// The project.
    draft: Draft,
) -> impl IntoView {
    let note = move |words: fn(&Scenario) -> String| draft.part(move |it| words(&it.scenario));
    view! {
        <div class="groups">
            <Group title="Clients" note=note(clients_note)>
                <div class="fields"><Knobs draft knobs=CLIENTS /></div>
            </Group>
            <Group title="Endpoints" note=note(|it| many(it.traffic.endpoints.len()))>
                <Endpoints draft />
            </Group>
            <Group title="Cohorts" note=note(|it| many(it.traffic.cohorts.len()))>
                <Cohorts draft />
            </Group>
            <Group title="Pods" note=note(pods_note)>
                <div class="fields"><PodFields draft version=Version::Stable /></div>
            </Group>
            <Group title="The canary by itself" note=note(canary_note)>
                <CanaryFields draft />
            </Group>
            <Group title="Scaling and splitting" note=note(platform_note)>
                <div class="fields">
                    <ScalerFields draft />
                    <SplitFields draft />
                </div>
            </Group>
            <Group title="Platform times" note=Signal::stored(String::new())>
                <div class="fields">
                    {TIMES.map(|param| view! { <ParamField draft param /> }).collect_view()}
                </div>
            </Group>
            <Group title="Measurement" note=note(|it| many(it.measurement.metrics.len()))>
                <div class="fields">
                    <ParamField draft param=Param::Scrape />
                    <Knobs
                        draft
                        knobs=[Knob::Jitter, Knob::Lag, Knob::Buckets, Knob::Objective]
                    />
                </div>
                <Metrics draft />
            </Group>
        </div>
    }
}

/// How many of something there are; nothing where there are none.
fn many(count: usize) -> String {
    if count == 0 {
        String::new()
    } else {
        count.to_string()
    }
}

fn canary_note(scenario: &Scenario) -> String {
    if scenario.canary == scenario.stable {
        "as stable"
    } else {
        "differs"
    }
    .to_owned()
}
