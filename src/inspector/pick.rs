//! A labelled choice of a few words: the browser's own select.

use leptos::prelude::*;

/// A labelled choice. The options are told apart by their place in the list.
#[component]
pub fn Pick(
    /// The id of the select; unique on the page.
    #[prop(into)]
    id: String,
    /// What stands before it.
    #[prop(into)]
    label: String,
    /// What can be chosen.
    #[prop(into)]
    options: Signal<Vec<String>>,
    /// The place of what is chosen.
    #[prop(into)]
    chosen: Signal<usize>,
    /// The place of what somebody chose.
    on_choose: Callback<usize>,
) -> impl IntoView {
    let rows = move || options.get().into_iter().enumerate().collect::<Vec<_>>();
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <select
                id=id
                on:change=move |event| {
                    if let Ok(index) = event_target_value(&event).parse() {
                        on_choose.run(index);
                    }
                }
                prop:value=move || chosen.get().to_string()
            >
                <For each=rows key=Clone::clone let((index, words))>
                    <option value=index.to_string() selected=move || chosen.get() == index>
                        {words}
                    </option>
                </For>
            </select>
        </div>
    }
}
