//! The cohorts: groups of users, each with its share and its errors.

use super::{Knobs, change, part_row::PartRow};
use crate::{
    inspector::{Knob, mix},
    state::draft::Draft,
};
use leptos::prelude::*;

/// The list, and a way to make it longer.
#[component]
pub fn Cohorts(
    /// The project.
    draft: Draft,
) -> impl IntoView {
    let count = draft.part(|project| project.scenario.traffic.cohorts.len());
    let row = move |index: usize| {
        let text = move |knob: Knob| {
            draft.part(move |project| knob.show(&project.scenario).unwrap_or_default())
        };
        view! {
            <PartRow
                name=text(Knob::CohortName(index))
                note=text(Knob::CohortShare(index))
                on_remove=Callback::new(move |()| {
                    change(draft, |scenario| mix::remove_cohort(scenario, index));
                })
            >
                <Knobs
                    draft
                    knobs=[
                        Knob::CohortName(index),
                        Knob::CohortShare(index),
                        Knob::CohortErrors(index),
                    ]
                />
            </PartRow>
        }
    };
    let add = move |_| {
        change(draft, |scenario| {
            let cohorts = &mut scenario.traffic.cohorts;
            let taken: Vec<&str> = cohorts.iter().map(|it| it.name.as_str()).collect();
            let name = mix::fresh_name("cohort", &taken);
            mix::add(cohorts, mix::cohort(&name));
        });
    };
    view! {
        <ul class="part-rows" aria-label="Cohorts">
            <For each=move || 0..count.get() key=|index| *index children=row />
        </ul>
        <button class="button-outlined part-add" on:click=add>"Add a cohort"</button>
    }
}
