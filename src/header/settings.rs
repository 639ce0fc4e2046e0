//! Theme and motion, in a small panel under their button.

use super::{HeaderIcon, HeaderIconName};
use crate::state::appearance::{Appearance, Movement, ThemeChoice};
use leptos::prelude::*;

/// How the page looks and moves.
#[component]
pub fn Settings(
    /// Theme and motion.
    appearance: Appearance,
) -> impl IntoView {
    let is_reduced = move || appearance.movement().get() == Movement::Reduced;
    let choose_movement = move |event| {
        appearance.choose_movement(if event_target_checked(&event) {
            Movement::Reduced
        } else {
            Movement::Full
        });
    };
    view! {
        <button class="button-icon" popovertarget="settings" aria-label="Look and motion" title="Look and motion">
            <HeaderIcon name=HeaderIconName::Settings />
        </button>
        <div id="settings" class="popover" popover="auto" role="group" aria-label="Look and motion">
            <fieldset class="segments">
                <legend>"Theme"</legend>
                {ThemeChoice::ALL
                    .map(|choice| {
                        view! {
                            <label>
                                <input
                                    type="radio"
                                    name="theme"
                                    prop:checked=move || appearance.choice().get() == choice
                                    on:change=move |_| appearance.choose(choice)
                                />
                                <span>{choice.label()}</span>
                            </label>
                        }
                    })
                    .collect_view()}
            </fieldset>
            <label class="switch">
                <input type="checkbox" role="switch" prop:checked=is_reduced on:change=choose_movement />
                <span>"Reduce motion"</span>
            </label>
        </div>
    }
}
