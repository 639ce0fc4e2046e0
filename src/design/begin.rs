//! Rollouts to begin with.

use super::chosen::{Chosen, Hand};
use crate::state::{edit::Edit, notice::Notice};
use coalmine_wire::TEMPLATES;
use leptos::prelude::*;

/// The choice of a template, and the button that puts it in the place of the project.
#[component]
pub fn Begin(
    /// Whose drawing it is.
    hand: Hand,
) -> impl IntoView {
    let place = RwSignal::new(0_usize);
    let take = move |_| {
        let Some(template) = TEMPLATES.get(place.get_untracked()) else {
            return;
        };
        let before = Box::new(hand.draft.project().get_untracked());
        hand.chosen.set(Chosen::Nothing);
        hand.draft.edit(Edit::Replace(Box::new(template.project())));
        let words = format!("Began with \"{}\"", template.title);
        hand.on_notice.run(Notice::Replaced { words, before });
    };
    let note = move || TEMPLATES.get(place.get()).map(|it| it.note);
    view! {
        <section class="panel" aria-label="Begin with a template">
            <h2 class="panel-title">"Templates"</h2>
            <div class="field">
                <label for="design-template">"Begin with"</label>
                <select
                    id="design-template"
                    on:change:target=move |event| place.set(event.target().value().parse().unwrap_or(0))
                >
                    {TEMPLATES
                        .iter()
                        .enumerate()
                        .map(|(number, it)| view! { <option value=number.to_string()>{it.title}</option> })
                        .collect_view()}
                </select>
            </div>
            <p class="design-meaning muted">{note}</p>
            <button class="button-outlined" on:click=take>"Use this one"</button>
        </section>
    }
}
