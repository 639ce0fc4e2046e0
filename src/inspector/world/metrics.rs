//! Metrics of the team's own, which gates can judge.

use super::{
    Knobs, change,
    group::Switch,
    judged::{is_judged, turned, without},
    metric_kind::Kind,
    part_row::PartRow,
};
use crate::{
    inspector::{Knob, mix, pick::Choose},
    state::{draft::Draft, edit::Edit},
};
use coalmine_controller::Limit;
use coalmine_sim::{CustomKind, CustomMetric, Scenario};
use coalmine_wire::Project;
use leptos::prelude::*;

/// The list, and a way to make it longer.
#[component]
pub fn Metrics(
    /// The project.
    draft: Draft,
) -> impl IntoView {
    let count = draft.part(|project| project.scenario.measurement.metrics.len());
    let add = move |_| {
        change(draft, |scenario| {
            let metrics = &mut scenario.measurement.metrics;
            let taken: Vec<&str> = metrics.iter().map(|it| it.name.as_str()).collect();
            let name = mix::fresh_name("metric", &taken).replace(' ', "-");
            metrics.push(CustomMetric {
                name,
                kind: CustomKind::PerMinute(Limit(50_000)),
                endpoint: None,
            });
        });
    };
    view! {
        <ul class="part-rows" aria-label="Metrics of your own">
            <For each=move || 0..count.get() key=|index| *index let:index>
                <MetricRow draft index />
            </For>
        </ul>
        <button class="button-outlined part-add" on:click=add>"Add a metric"</button>
    }
}

/// One metric.
#[component]
fn MetricRow(
    /// The project.
    draft: Draft,
    /// Its place.
    index: usize,
) -> impl IntoView {
    let metric =
        draft.part(move |project| project.scenario.measurement.metrics.get(index).cloned());
    let kind = Signal::derive(move || metric.get().map_or(Kind::PerMinute, |it| Kind::of(it.kind)));
    let note = Signal::derive(move || {
        let kind = kind.get();
        let found = Kind::ALL.iter().find(|(other, _)| *other == kind);
        found.map_or_else(String::new, |(_, words)| (*words).to_owned())
    });
    let endpoints =
        Signal::derive(move || draft.project().with(|project| endpoints(&project.scenario)));
    let put = move |put: &dyn Fn(&mut CustomMetric)| {
        change(draft, |scenario| {
            if let Some(metric) = scenario.measurement.metrics.get_mut(index) {
                put(metric);
            }
        });
    };
    let replace = move |other: &dyn Fn(&Project) -> Project| {
        let after = draft.project().with_untracked(other);
        draft.edit(Edit::Replace(Box::new(after)));
    };
    let remove = Callback::new(move |()| replace(&|project| without(project, index)));
    let judge = Callback::new(move |_: bool| replace(&|project| turned(project, index)));
    view! {
        <PartRow
            name=Signal::derive(move || metric.get().map(|it| it.name).unwrap_or_default())
            note
            on_remove=remove
        >
            <Knobs draft knobs=[Knob::MetricName(index)] />
            <Choose
                id=format!("metric-kind-{index}")
                label="Tells"
                options=Signal::stored(Kind::ALL.map(|(it, words)| (it, words.to_owned())).to_vec())
                chosen=kind
                on_choose=Callback::new(move |kind: Kind| {
                    put(&move |metric| metric.kind = kind.turned(metric.kind));
                })
            />
            <Knobs draft knobs=[Knob::MetricLevel(index), Knob::MetricNoise(index)] />
            <Choose
                id=format!("metric-endpoint-{index}")
                label="Of"
                options=endpoints
                chosen=Signal::derive(move || metric.get().and_then(|it| it.endpoint))
                on_choose=Callback::new(move |endpoint: Option<u8>| {
                    put(&move |metric| metric.endpoint = endpoint);
                })
            />
            <Switch
                id=format!("metric-judged-{index}")
                label="Gates judge it"
                is_on=draft.part(move |project| is_judged(project, index))
                on_turn=judge
            />
        </PartRow>
    }
}

/// Whose requests a metric may count.
fn endpoints(scenario: &Scenario) -> Vec<(Option<u8>, String)> {
    let mut endpoints = vec![(None, "all requests".to_owned())];
    let named = (0_u8..).zip(&scenario.traffic.endpoints);
    endpoints.extend(named.map(|(place, it)| (Some(place), it.name.clone())));
    endpoints
}
