//! What outlives the page: the draft and the person's choices, in the browser's local storage, and its address.
//!
//! The only place that touches it. A browser that keeps nothing (private mode, blocked storage) costs the autosave,
//! never the page.

use web_sys::Storage;

/// What is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// The project as a file's text.
    Project,
    /// The code as typed, also when the project's text could not be read back.
    Code,
    /// The project that was here before a link was opened over it.
    Before,
    /// `light` or `dark`; nothing where the system decides.
    Theme,
    /// `reduced` or `full`; nothing where the system decides.
    Motion,
    /// `truth` where charts draw it, too; nothing where they do not.
    Lines,
}

impl Key {
    const fn name(self) -> &'static str {
        match self {
            Self::Project => "coalmine.project",
            Self::Code => "coalmine.code",
            Self::Before => "coalmine.before",
            Self::Theme => "coalmine.theme",
            Self::Motion => "coalmine.motion",
            Self::Lines => "coalmine.lines",
        }
    }
}

/// What is kept under `key`.
pub fn read(key: Key) -> Option<String> {
    storage()?.get_item(key.name()).ok().flatten()
}

/// Keeps `text` under `key`. Whether it worked.
pub fn write(key: Key, text: &str) -> bool {
    storage().is_some_and(|storage| storage.set_item(key.name(), text).is_ok())
}

/// Keeps nothing under `key`.
pub fn forget(key: Key) {
    if let Some(storage) = storage() {
        // A storage that cannot be written has nothing to forget.
        let _ = storage.remove_item(key.name());
    }
}

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}

/// Loads the page again. One that cannot be reloaded stays as it is.
pub fn reload() {
    let _ = web_sys::window().map(|window| window.location().reload());
}

/// The fragment of the page's address, with its `#`; empty without.
pub fn fragment() -> String {
    leptos::prelude::window()
        .location()
        .hash()
        .unwrap_or_default()
}

/// The page's address with this fragment.
pub fn address(fragment: &str) -> String {
    let address = leptos::prelude::window()
        .location()
        .href()
        .unwrap_or_default();
    let page = address.split('#').next().unwrap_or_default();
    format!("{page}{fragment}")
}

/// Goes to a fragment of the page. A browser that refuses stays where it is.
pub fn go(fragment: &str) {
    let _ = leptos::prelude::window().location().set_hash(fragment);
}
