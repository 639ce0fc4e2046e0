//! The world that the rollout happens in, in groups that open: what each group knows, as data, and its fields.

pub mod cohorts;
pub mod endpoints;
pub mod group;
pub mod law;
pub mod metrics;
pub mod part_row;
pub mod platform;
pub mod profile;
pub mod rate_picture;
pub mod recording;
pub mod traffic_fields;
pub mod versions;

use super::{Knob, knob_field::KnobField};
use crate::state::{draft::Draft, edit::Edit};
use coalmine_sim::Scenario;
use leptos::prelude::*;

/// Changes the world.
pub fn change(draft: Draft, change: impl FnOnce(&mut Scenario)) {
    let mut scenario = draft
        .project()
        .with_untracked(|project| project.scenario.clone());
    change(&mut scenario);
    draft.edit(Edit::Scenario(Box::new(scenario)));
}

/// A field for each of these numbers that the world has.
#[component]
pub fn Knobs<const N: usize>(
    /// The project.
    draft: Draft,
    /// The numbers.
    knobs: [Knob; N],
) -> impl IntoView {
    knobs
        .map(|knob| view! { <KnobField draft knob /> })
        .collect_view()
}
