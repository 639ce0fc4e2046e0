//! A row of a list in the world: what it is called, its fields, and how to take it away.

use leptos::prelude::*;

/// An endpoint, a cohort, a metric: its fields open below its name.
#[component]
pub fn PartRow(
    /// What it is called.
    #[prop(into)]
    name: Signal<String>,
    /// Beside it: its share, its kind.
    #[prop(into)]
    note: Signal<String>,
    /// Away with it.
    on_remove: Callback<()>,
    /// Its fields.
    children: Children,
) -> impl IntoView {
    view! {
        <li class="part-row">
            <div class="fault-row-head">
                <span class="fault-row-name">{move || name.get()}</span>
                <span class="part-note">{move || note.get()}</span>
                <button
                    class="button-icon"
                    aria-label=move || format!("Remove {}", name.get())
                    on:click=move |_| on_remove.run(())
                >
                    <span aria-hidden="true">"×"</span>
                </button>
            </div>
            <details>
                <summary>"Change"</summary>
                <div class="fields">{children()}</div>
            </details>
        </li>
    }
}
