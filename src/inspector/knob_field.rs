//! A field for a number of the world.

use super::{Field, Knob, param_field::id_of};
use crate::state::{draft::Draft, edit::Edit};
use leptos::prelude::*;

/// A field that shows a number of the world and edits it; nothing where the world has no such number.
#[component]
pub fn KnobField(
    /// The project.
    draft: Draft,
    /// The number.
    knob: Knob,
) -> impl IntoView {
    let value = draft.part(move |project| knob.show(&project.scenario));
    let is_there = Memo::new(move |_| value.with(Option::is_some));
    let commit = Callback::new(move |text: String| {
        let read = draft
            .project()
            .with_untracked(|project| knob.read(project, &text));
        draft.edit(Edit::Scenario(Box::new(read?)));
        Ok(())
    });
    view! {
        <Show when=move || is_there.get()>
            <Field
                id=id_of("knob", &knob)
                label=knob.label()
                value=Signal::derive(move || value.get().unwrap_or_default())
                placeholder=knob.when_empty().unwrap_or_default()
                commit
            />
        </Show>
    }
}
