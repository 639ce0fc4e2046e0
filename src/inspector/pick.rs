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

/// A labelled choice among values, each with its words.
#[component]
pub fn Choose<T: Clone + PartialEq + Send + Sync + 'static>(
    /// The id of the select; unique on the page.
    #[prop(into)]
    id: String,
    /// What stands before it.
    #[prop(into)]
    label: String,
    /// What can be chosen.
    options: Signal<Vec<(T, String)>>,
    /// What is chosen.
    chosen: Signal<T>,
    /// What somebody chose.
    on_choose: Callback<T>,
) -> impl IntoView {
    let words = Signal::derive(move || {
        options.with(|options| options.iter().map(|(_, words)| words.clone()).collect())
    });
    let place = Signal::derive(move || {
        let chosen = chosen.get();
        options.with(|options| {
            let found = options.iter().position(|(other, _)| *other == chosen);
            found.unwrap_or_default()
        })
    });
    let choose = Callback::new(move |place: usize| {
        let found = options.with_untracked(|options| options.get(place).cloned());
        if let Some((value, _)) = found {
            on_choose.run(value);
        }
    });
    view! { <Pick id label options=words chosen=place on_choose=choose /> }
}
