//! A group of fields that is closed until somebody opens it, and says in a word what it holds.

use leptos::prelude::*;

/// A group; what it holds is made when it is first opened.
#[component]
pub fn Group(
    /// What it is about.
    title: &'static str,
    /// What it holds, in a word or two; empty where nothing is set.
    #[prop(into)]
    note: Signal<String>,
    /// What it holds.
    children: ChildrenFn,
) -> impl IntoView {
    let was_open = RwSignal::new(false);
    view! {
        <details class="group" on:toggle=move |_| was_open.set(true)>
            <summary>
                <span class="group-title">{title}</span>
                <span class="group-note">{move || note.get()}</span>
            </summary>
            <Show when=move || was_open.get()>{children()}</Show>
        </details>
    }
}

/// A switch that turns a part of the world on and off.
#[component]
pub fn Switch(
    /// The id of the box; unique on the page.
    #[prop(into)]
    id: String,
    /// What it turns on.
    label: &'static str,
    /// Whether it is on.
    #[prop(into)]
    is_on: Signal<bool>,
    /// Somebody turned it.
    on_turn: Callback<bool>,
) -> impl IntoView {
    view! {
        <div class="field field-switch">
            <label for=id.clone()>{label}</label>
            <input
                id=id
                type="checkbox"
                role="switch"
                prop:checked=move || is_on.get()
                on:change=move |event| on_turn.run(event_target_checked(&event))
            />
        </div>
    }
}
