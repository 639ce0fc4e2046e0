//! Metrics of the team's own, which gates can judge.

use super::{Knobs, change, part_row::PartRow};
use crate::{
    inspector::{Knob, mix, pick::Choose},
    state::draft::Draft,
};
use coalmine_controller::Limit;
use coalmine_sim::{CustomKind, CustomMetric, Scenario};
use leptos::prelude::*;

/// What a metric is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Kind {
    PerMinute,
    PerRequest,
    Gauge,
}

impl Kind {
    const ALL: [(Self, &'static str); 3] = [
        (Self::PerMinute, "events a minute"),
        (Self::PerRequest, "events a request"),
        (Self::Gauge, "a gauge"),
    ];

    const fn of(kind: CustomKind) -> Self {
        match kind {
            CustomKind::PerMinute(_) => Self::PerMinute,
            CustomKind::PerRequest(_) => Self::PerRequest,
            CustomKind::Gauge { .. } => Self::Gauge,
        }
    }

    /// The same metric as another kind.
    fn turned(self, before: CustomKind) -> CustomKind {
        let chance = match before {
            CustomKind::PerMinute(chance) | CustomKind::PerRequest(chance) => chance,
            CustomKind::Gauge { .. } => Limit(50_000),
        };
        match (self, before) {
            (Self::PerMinute, _) => CustomKind::PerMinute(chance),
            (Self::PerRequest, _) => CustomKind::PerRequest(chance),
            (Self::Gauge, same @ CustomKind::Gauge { .. }) => same,
            (Self::Gauge, _) => CustomKind::Gauge {
                level: Limit(100_000_000),
                noise: Limit(5_000_000),
            },
        }
    }
}

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
    let remove = Callback::new(move |()| {
        change(draft, |scenario| {
            if index < scenario.measurement.metrics.len() {
                scenario.measurement.metrics.remove(index);
            }
        });
    });
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_metric_becomes_another_kind_and_back() {
        for (kind, _) in Kind::ALL {
            for (other, _) in Kind::ALL {
                let before = kind.turned(CustomKind::PerMinute(Limit(20_000)));
                let after = other.turned(before);
                assert_eq!(Kind::of(after), other);
                assert_eq!(kind.turned(before), before);
            }
        }
    }
}
