//! The bar that chooses what the sheet under the diagram shows, on a narrow page.

use crate::{
    chunks::{Region, later},
    state::tab::Tab,
};
use leptos::prelude::*;

/// The bar of places within Simulate.
#[component]
pub fn TabBar(
    /// What is open.
    tab: RwSignal<Tab>,
) -> impl IntoView {
    view! { <nav class="tab-bar" aria-label="Panels">{later(Region::Tabs(tab))}</nav> }
}

/// Its buttons.
#[component]
pub fn TabButtons(
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
    Tab::ALL.map(button).collect_view()
}
