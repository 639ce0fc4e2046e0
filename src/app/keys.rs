//! The page's keys: finds out where a key was pressed, and hands on what it means.

use crate::state::{
    playhead::PlayerIntent,
    shortcut::{Press, Shortcut, Zone, shortcut},
};
use leptos::{ev, prelude::*, wasm_bindgen::JsCast};
use web_sys::Element;

/// What keys can do.
#[derive(Clone, Copy)]
pub struct Reach {
    /// Something of the player.
    pub on_player: Callback<PlayerIntent>,
    /// Show the sheet of shortcuts.
    pub on_help: Callback<()>,
    /// Show what can be broken.
    pub on_break: Callback<()>,
    /// Save the project.
    pub on_save: Callback<()>,
}

/// Listens to keys on the whole page, after everything on it has had its turn.
pub fn listen(reach: Reach) {
    let listener = window_event_listener(ev::keydown, move |event| {
        if event.default_prevented() || event.alt_key() {
            return;
        }
        let key = event.key();
        let press = Press {
            key: &key,
            command: event.ctrl_key() || event.meta_key(),
            shift: event.shift_key(),
        };
        let target = event.target().and_then(|target| target.dyn_into().ok());
        let Some(meant) = shortcut(press, zone_of(target.as_ref(), &key)) else {
            return;
        };
        event.prevent_default();
        match meant {
            Shortcut::Player(intent) => reach.on_player.run(intent),
            Shortcut::Help => reach.on_help.run(()),
            Shortcut::Break => {
                reach.on_break.run(());
                focus(".fault-card-button");
            }
            Shortcut::Save => reach.on_save.run(()),
        }
    });
    on_cleanup(move || listener.remove());
}

fn zone_of(target: Option<&Element>, key: &str) -> Zone {
    let Some(target) = target else {
        return Zone::Page;
    };
    let is_in = |selector: &str| target.closest(selector).ok().flatten().is_some();
    if is_in("input, textarea, select, dialog, [contenteditable]") {
        return Zone::Elsewhere;
    }
    // Buttons take the space bar themselves.
    if key == " " && is_in("button, summary, a, [role=button], [role=slider]") {
        return Zone::Elsewhere;
    }
    if is_in(".stage, .shell-player") {
        Zone::Run
    } else if target.tag_name() == "BODY" && !is_elsewhere() {
        Zone::Page
    } else {
        Zone::Elsewhere
    }
}

/// Whether the player is out of sight.
fn is_elsewhere() -> bool {
    let shell = document().query_selector(r#".shell:not([data-place="simulate"])"#);
    shell.is_ok_and(|found| found.is_some())
}

fn focus(selector: &str) {
    let found = document().query_selector(selector).ok().flatten();
    if let Some(element) = found.and_then(|found| found.dyn_into::<web_sys::HtmlElement>().ok()) {
        // What cannot be focused is not on screen.
        let _ = element.focus();
    }
}
