//! The endpoints: kinds of requests, each with its share, its latency, its errors, its cost.

use super::{Knobs, change, part_row::PartRow};
use crate::{
    inspector::{Knob, mix},
    state::draft::Draft,
};
use leptos::prelude::*;

/// The list, and a way to make it longer.
#[component]
pub fn Endpoints(
    /// The project.
    draft: Draft,
) -> impl IntoView {
    let count = draft.part(|project| project.scenario.traffic.endpoints.len());
    let row = move |index: usize| {
        let text = move |knob: Knob| {
            draft.part(move |project| knob.show(&project.scenario).unwrap_or_default())
        };
        view! {
            <PartRow
                name=text(Knob::EndpointName(index))
                note=text(Knob::EndpointShare(index))
                on_remove=Callback::new(move |()| {
                    change(draft, |scenario| mix::remove_endpoint(scenario, index));
                })
            >
                <Knobs
                    draft
                    knobs=[
                        Knob::EndpointName(index),
                        Knob::EndpointShare(index),
                        Knob::EndpointLatency(index),
                        Knob::EndpointErrors(index),
                        Knob::EndpointCpu(index),
                    ]
                />
            </PartRow>
        }
    };
    let add = move |_| {
        change(draft, |scenario| {
            let endpoints = &mut scenario.traffic.endpoints;
            let taken: Vec<&str> = endpoints.iter().map(|it| it.name.as_str()).collect();
            let name = mix::fresh_name("endpoint", &taken);
            mix::add(endpoints, mix::endpoint(&name));
        });
    };
    view! {
        <ul class="part-rows" aria-label="Endpoints">
            <For each=move || 0..count.get() key=|index| *index children=row />
        </ul>
        <button class="button-outlined part-add" on:click=add>"Add an endpoint"</button>
    }
}
