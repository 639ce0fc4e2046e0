//! The bar that chooses what the sheet under the diagram shows, on a narrow page.

use crate::state::tab::Tab;
use leptos::prelude::*;

/// The bar of places within Simulate.
#[component]
pub fn TabBar(
    /// What is open.
    tab: RwSignal<Tab>,
) -> impl IntoView {
    let button = move |choice: Tab| {
        view! {
            <button
                aria-current=move || (tab.get() == choice).then_some("true")
                on:click=move |_| tab.set(choice)
            >
                {choice.label()}
            </button>
        }
    };
    view! {
        <nav class="tab-bar" aria-label="Panels">{Tab::ALL.map(button).collect_view()}</nav>
    }
}
