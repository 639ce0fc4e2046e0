//! Closer, further away, all of it: the buttons for what the wheel and the keys do as well.

use crate::player::{Icon, IconName};
use leptos::prelude::*;

/// What is wanted of the view.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zoom {
    /// Closer.
    In,
    /// Further away.
    Out,
    /// All of it.
    Fit,
}

impl Zoom {
    /// What a key means.
    pub(super) fn of_key(key: &str) -> Option<Self> {
        match key {
            "+" | "=" => Some(Self::In),
            "-" => Some(Self::Out),
            "0" => Some(Self::Fit),
            _ => None,
        }
    }
}

/// The buttons.
#[component]
pub fn ZoomButtons(
    /// What is wanted.
    on_zoom: Callback<Zoom>,
) -> impl IntoView {
    let button = move |zoom: Zoom, icon: IconName, label: &'static str, key: &'static str| {
        view! {
            <button
                class="button-icon"
                aria-label=label
                aria-keyshortcuts=key
                title=format!("{label} ({key})")
                on:click=move |_| on_zoom.run(zoom)
            >
                <Icon name=icon />
            </button>
        }
    };
    view! {
        <div class="flow-zoom" role="group" aria-label="Zoom of the diagram">
            {button(Zoom::Out, IconName::Minus, "Zoom out", "-")}
            {button(Zoom::In, IconName::Plus, "Zoom in", "+")}
            {button(Zoom::Fit, IconName::Fit, "Fit the diagram", "0")}
        </div>
    }
}
